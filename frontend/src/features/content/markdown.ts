/**
 * The part of Markdown that offices use, as a tree for Svelte to draw: headings, paragraphs, lists,
 * quotes, bold, italic and links. Never HTML: what is not recognised is shown as it was typed.
 */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em'; text: string }
  | { kind: 'link'; text: string; href: string };

export type Block =
  | { kind: 'heading'; inlines: Inline[] }
  | { kind: 'paragraph' | 'quote'; inlines: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] };

const inlinePattern =
  /\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|_([^_\n]+)_|\[([^\]\n]+)\]\((https:\/\/[^\s)]+)\)/g;

export function inlines(text: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(inlinePattern)) {
    const [whole, strong, star, line, label, href] = match;
    const insideWord = line !== undefined && /\w/.test(text[match.index - 1] ?? '');
    if (insideWord) {
      continue;
    }
    if (match.index > end) {
      found.push({ kind: 'text', text: text.slice(end, match.index) });
    }
    if (strong !== undefined) {
      found.push({ kind: 'strong', text: strong });
    } else if (href !== undefined) {
      found.push({ kind: 'link', text: label ?? href, href });
    } else {
      found.push({ kind: 'em', text: star ?? line ?? '' });
    }
    end = match.index + whole.length;
  }
  if (end < text.length) {
    found.push({ kind: 'text', text: text.slice(end) });
  }
  return found;
}

const bullet = /^\s*[-*]\s+(.*)$/;
const numbered = /^\s*\d+[.)]\s+(.*)$/;

function blockOf(lines: string[]): Block[] {
  const first = lines[0] ?? '';
  const heading = /^#{1,6}\s+(.*)$/.exec(first);
  if (heading) {
    const rest = lines.slice(1);
    const head: Block = { kind: 'heading', inlines: inlines(heading[1] ?? '') };
    return rest.length > 0 ? [head, ...blockOf(rest)] : [head];
  }
  for (const [pattern, ordered] of [
    [bullet, false],
    [numbered, true],
  ] as const) {
    const from = lines.findIndex((line) => pattern.test(line));
    if (from >= 0 && lines.slice(from).every((line) => pattern.test(line))) {
      const items = lines.slice(from).map((line) => inlines(pattern.exec(line)?.[1] ?? ''));
      const list: Block = { kind: 'list', ordered, items };
      return from > 0 ? [...blockOf(lines.slice(0, from)), list] : [list];
    }
  }
  if (lines.every((line) => line.startsWith('>'))) {
    const text = lines.map((line) => line.replace(/^>\s?/, '')).join(' ');
    return [{ kind: 'quote', inlines: inlines(text) }];
  }
  return [{ kind: 'paragraph', inlines: inlines(lines.join(' ')) }];
}

export function blocks(markdown: string): Block[] {
  return markdown
    .replaceAll('\r\n', '\n')
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .flatMap(blockOf);
}
