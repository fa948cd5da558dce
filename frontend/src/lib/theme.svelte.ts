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
  const dark = choice === 'system' ? device.matches : choice === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  // The bar of the phone above it, on the face that has one; the same colours as in index.html.
  const bar = document.querySelector<HTMLMetaElement>('[name=theme-color]');
  if (bar) bar.content = dark ? '#18212c' : '#0b5cab';
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
