// Light, dark, or as the device says. The page's own inline script sets it before the first paint, and
// follows the device.
export type Theme = 'light' | 'dark' | 'system';

const storageKey = 'theme';
const device = matchMedia('(prefers-color-scheme: dark)');

function saved(): Theme {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

let choice = $state.raw<Theme>(saved());

function apply() {
  document.documentElement.dataset.theme =
    choice === 'system' ? (device.matches ? 'dark' : 'light') : choice;
}

export const theme = {
  get current() {
    return choice;
  },
  set(to: Theme) {
    choice = to;
    try {
      localStorage.setItem(storageKey, to);
    } catch {
      // Private mode: the choice lasts as long as the tab.
    }
    apply();
  },
};
