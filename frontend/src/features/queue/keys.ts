// Shortcuts of the desk never act inside a field or while a dialog is open.
export function shortcut(event: KeyboardEvent): string {
  if (event.defaultPrevented || event.altKey || event.isComposing) return '';
  const at = event.target as HTMLElement | null;
  if (at?.closest('input, textarea, select, [contenteditable="true"]')) return '';
  if (document.querySelector('dialog[open]')) return '';
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'z' ? 'undo' : '';
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}
