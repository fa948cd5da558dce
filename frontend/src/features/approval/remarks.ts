// What was typed for a decision stays on this device until the server has it.
const prefix = 'gaung:remark:';
const keyOf = (user: number, content: number, kind: string) =>
  `${prefix}${user}:${content}:${kind}`;

export function keepRemark(user: number, content: number, kind: string, text: string) {
  try {
    if (text.trim()) localStorage.setItem(keyOf(user, content, kind), text);
    else localStorage.removeItem(keyOf(user, content, kind));
  } catch {
    // Private mode: it lasts as long as the dialog.
  }
}

export function keptRemark(user: number, content: number, kind: string): string {
  try {
    return localStorage.getItem(keyOf(user, content, kind)) ?? '';
  } catch {
    return '';
  }
}
