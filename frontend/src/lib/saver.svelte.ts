// Data saver: pictures wait for a tap. The person's choice, or else the browser's own setting.
const key = 'data-saver';

function start(): boolean {
  try {
    const chosen = localStorage.getItem(key);
    if (chosen) return chosen === 'on';
  } catch {
    // Private mode.
  }
  return !!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
}

let on = $state.raw(start());

export const saver = {
  get on() {
    return on;
  },
  set(to: boolean) {
    on = to;
    try {
      localStorage.setItem(key, to ? 'on' : 'off');
    } catch {
      // It lasts as long as the tab.
    }
  },
};
