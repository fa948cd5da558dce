// What the buttons above a Markdown text do: which part is replaced by what, and what is marked then.

export type Kind = 'bold' | 'heading' | 'list' | 'link';
export type Edit = { from: number; to: number; text: string; mark: [number, number] };

export function editOf(kind: Kind, value: string, from: number, to: number): Edit {
  const chosen = value.slice(from, to);
  if (kind === 'bold') {
    if (value.slice(from - 2, from) === '**' && value.slice(to, to + 2) === '**')
      return { from: from - 2, to: to + 2, text: chosen, mark: [from - 2, to - 2] };
    return { from, to, text: `**${chosen}**`, mark: [from + 2, to + 2] };
  }
  if (kind === 'link') {
    const text = `[${chosen}](https://)`;
    // Without words the caret goes between the brackets, with them to the address.
    const at = chosen ? from + text.length - 1 : from + 1;
    return { from, to, text, mark: [at, at] };
  }
  return lines(kind === 'heading' ? '## ' : '- ', value, from, to);
}

/** Puts a mark before each line that is touched, or takes it away when all have it. */
function lines(mark: string, value: string, from: number, to: number): Edit {
  const start = value.lastIndexOf('\n', from - 1) + 1;
  const next = value.indexOf('\n', to);
  const end = next < 0 ? value.length : next;
  const list = value.slice(start, end).split('\n');
  const all = list.every((line) => line.startsWith(mark));
  const text = list.map((line) => (all ? line.slice(mark.length) : mark + line)).join('\n');
  const last = start + text.length;
  return { from: start, to: end, text, mark: list.length > 1 ? [start, last] : [last, last] };
}
