// The part of Markdown that contents use, as a tree: it is shown by components, never as HTML text.
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'strong' | 'em'; children: Inline[] }
  | { type: 'link'; href: string; children: Inline[] };

export type Block =
  | { type: 'heading'; level: 2 | 3; children: Inline[] }
  | { type: 'paragraph' | 'quote'; children: Inline[] }
  | { type: 'list'; ordered: boolean; items: Inline[][] };

/** Only the web: no javascript:, no data:. */
function safe(href: string) {
  return /^(https?:\/\/|mailto:)/i.test(href) ? href : undefined;
}

// A link, strong, emphasis, or a bare address. Each looks only so far for its end: a text of nothing but beginnings
// is read in one go.
const marks =
  /\[([^[\]]{1,300})\]\(([^)\s]{1,2000})\)|\*\*(.{1,2000}?)\*\*|(?<![\w*])[*_](.{1,1000}?)[*_](?![\w*])|(https?:\/\/[^\s<>)]+[^\s<>).,;:!?])/g;

export function parseInline(source: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const mark of source.matchAll(marks)) {
    if (mark.index > end) found.push({ type: 'text', text: source.slice(end, mark.index) });
    end = mark.index + mark[0].length;
    const [whole, label, address, strong, em, bare] = mark;
    const href = safe(address ?? bare ?? '');
    if (strong !== undefined) found.push({ type: 'strong', children: parseInline(strong) });
    else if (em !== undefined) found.push({ type: 'em', children: parseInline(em) });
    else if (href && label !== undefined)
      found.push({ type: 'link', href, children: parseInline(label) });
    else if (href) found.push({ type: 'link', href, children: [{ type: 'text', text: href }] });
    else found.push({ type: 'text', text: label ?? whole });
  }
  if (end < source.length) found.push({ type: 'text', text: source.slice(end) });
  return found;
}

const bullet = /^\s*[-*+]\s+/;
const number = /^\s*\d+[.)]\s+/;

function parseBlock(lines: string[]): Block {
  const first = lines[0]!;
  const heading = /^(#{1,6})\s+(.*)$/.exec(first);
  if (heading) {
    // The page has its h1 already.
    return {
      type: 'heading',
      level: heading[1]!.length <= 2 ? 2 : 3,
      children: parseInline(heading[2]!),
    };
  }
  for (const [mark, ordered] of [
    [bullet, false],
    [number, true],
  ] as const) {
    if (!mark.test(first)) continue;
    const items: string[] = [];
    for (const line of lines) {
      if (mark.test(line)) items.push(line.replace(mark, ''));
      else items.push(`${items.pop()} ${line.trim()}`);
    }
    return { type: 'list', ordered, items: items.map(parseInline) };
  }
  if (first.startsWith('>')) {
    return {
      type: 'quote',
      children: parseInline(lines.map((line) => line.replace(/^>\s?/, '')).join(' ')),
    };
  }
  return { type: 'paragraph', children: parseInline(lines.join(' ')) };
}

/** Whether a line begins a block of its own even without an empty line before it. */
function begins(line: string, block: string[]) {
  const first = block[0];
  if (first === undefined) return false;
  if (/^#{1,6}\s/.test(line) || /^#{1,6}\s/.test(first)) return true;
  const list = (of: string) => bullet.test(of) || number.test(of);
  return list(line) && !list(first);
}

export function parseMarkdown(source: string): Block[] {
  const blocks: string[][] = [];
  let block: string[] = [];
  const close = () => {
    if (block.length > 0) blocks.push(block);
    block = [];
  };
  for (const line of source.split(/\r?\n/)) {
    if (line.trim() === '') {
      close();
      continue;
    }
    if (begins(line, block)) close();
    block.push(line);
  }
  close();
  return blocks.map(parseBlock);
}
