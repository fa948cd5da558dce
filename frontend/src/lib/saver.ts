// Data saver: pictures wait for a tap. The person's choice, or else the browser's own setting.
const key = 'data-saver';

export function saving(): boolean {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(key);
  } catch {
    // Private mode.
  }
  const device = navigator as { connection?: { saveData?: boolean } };
  return chosen ? chosen === 'on' : !!device.connection?.saveData;
}

/** Holds from the next screen on. */
export function setSaving(on: boolean) {
  try {
    localStorage.setItem(key, on ? 'on' : 'off');
  } catch {
    // Private mode: the browser's own setting stays.
  }
}
