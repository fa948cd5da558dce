// Shortcuts of the desk: single keys, never inside a field, with a dialog open or with a modifier. A person can
// switch them off on this device: whoever speaks to their computer presses letters by talking (WCAG 2.1.4).
const setting = 'gaung:keys';

function kept() {
  try {
    return localStorage.getItem(setting) !== 'off';
  } catch {
    return true; // private mode
  }
}

let on = $state(kept());

export const keys = {
  get on() {
    return on;
  },
  set on(wanted: boolean) {
    on = wanted;
    try {
      localStorage.setItem(setting, wanted ? 'on' : 'off');
    } catch {
      // Private mode: the choice lasts as long as the tab.
    }
  },
};

/** The key that was pressed as a shortcut: a letter in lower case, the name of another key, or `undo` for Ctrl+Z. */
export function shortcut(event: KeyboardEvent): string {
  if (event.defaultPrevented || event.altKey || event.isComposing) return '';
  const at = event.target as HTMLElement | null;
  // A dialog that was just closed may hold the focus until it is taken away; nobody types there.
  const gone = at?.closest('dialog:not([open])');
  if (!gone && at?.closest('input, textarea, select, [contenteditable="true"]')) return '';
  if (document.querySelector('dialog[open]')) return '';
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'z' ? 'undo' : '';
  if (event.key.length > 1) return event.key;
  const key = event.key.toLowerCase();
  const letter = key !== event.key.toUpperCase();
  return on && !event.repeat && !(letter && event.shiftKey) ? key : '';
}

/** A name with its key, for a tooltip. */
export const withKey = (name: string, key: string) => (on ? `${name} (${key})` : name);

/** What a control is given that a key presses: any screen may have one for N and one for the slash. */
export const keyed = (key: string, name?: string) => ({
  'data-key': key,
  'aria-keyshortcuts': key,
  title: name && withKey(name, key),
});

/** Presses the control of the screen whose key it is; a field takes the focus. Tells whether there is one. */
export function press(key: string): boolean {
  const own = `main [data-key="${CSS.escape(key.toUpperCase())}"]`;
  const control = [...document.querySelectorAll<HTMLElement>(own)].find((one) =>
    one.checkVisibility(),
  );
  if (control instanceof HTMLInputElement) control.focus();
  else control?.click();
  return control !== undefined;
}
