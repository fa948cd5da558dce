// What changed between two versions of a text, word by word. It comes lazily, with the screen of a review.
import { diffArrays } from 'diff';
import type { Text } from './api';

export type Piece = { kind: 'same' | 'added' | 'removed'; text: string };

/** How long a comparison may take; a text that is so different is shown as replaced. */
const patience = 500;

/** Words with what joins them (09.00, e-KTP), runs of spaces, line ends, and each other sign by itself. */
const token = /\n|[^\S\n]+|[\p{L}\p{N}]+(?:[.,:/–-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

/** The words that were added and removed, in the order in which they are read. */
export function words(before: string, after: string): Piece[] {
  const cut = (text: string) => text.match(token) ?? [];
  const changes = diffArrays(cut(before), cut(after), { timeout: patience });
  if (!changes) return replaced(before, after);
  return joined(
    changes.map(({ value, added, removed }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value.join(''),
    })),
  );
}

function replaced(before: string, after: string): Piece[] {
  const pieces: Piece[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
  return pieces.filter(({ text }) => text !== '');
}

/** A space alone between two changed words belongs to the change: "~~a b~~ __c d__" reads better than four. */
function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    out.push(...replaced(removed, added));
    removed = added = '';
  };
  for (const [i, piece] of pieces.entries()) {
    const between = piece.kind === 'same' && /^[^\S\n]+$/.test(piece.text);
    const goesOn = pieces[i + 1] && pieces[i + 1]!.kind !== 'same';
    if (between && goesOn && removed && added) {
      removed += piece.text;
      added += piece.text;
    } else if (piece.kind === 'same') {
      flush();
      out.push(piece);
    } else if (piece.kind === 'removed') removed += piece.text;
    else added += piece.text;
  }
  flush();
  return out;
}

const longest = 280;
const kept = 110;

/** Without the middle of long stretches that stayed: what changed must not be looked for. */
export function folded(pieces: Piece[]): Piece[] {
  return pieces.map((piece, i) => {
    if (piece.kind !== 'same' || piece.text.length <= longest) return piece;
    const head = i === 0 ? '' : piece.text.slice(0, kept).replace(/\S*$/, '');
    const tail = i === pieces.length - 1 ? '' : piece.text.slice(-kept).replace(/^\S*/, '');
    return { kind: 'same', text: `${head}[…]${tail}` };
  });
}

export type Item = {
  kind: 'same' | 'moved' | 'changed' | 'added' | 'removed';
  before: string;
  after: string;
  /** Places in the lists, from 1; 0: not there. */
  from: number;
  to: number;
};

/** How alike two texts are, from 0 to 1, by the words that they share. */
export function likeness(a: string, b: string): number {
  const left = a.toLowerCase().split(/\s+/).filter(Boolean);
  const right = b.toLowerCase().split(/\s+/).filter(Boolean);
  if (left.length + right.length === 0) return 1;
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of right) {
    const n = counts.get(word) ?? 0;
    if (n === 0) continue;
    counts.set(word, n - 1);
    shared++;
  }
  return (2 * shared) / (left.length + right.length);
}

const alike = 0.4;

/** Items of a list, each with the one that it was: one that moved is not new, one that was reworded neither. */
export function items(before: string[], after: string[]): Item[] {
  const partner = new Map<number, number>(); // place after → place before
  const free = new Set(before.keys());
  const take = (to: number, from: number) => {
    partner.set(to, from);
    free.delete(from);
  };
  for (const [to, text] of after.entries()) {
    const here =
      before[to] === text && free.has(to) ? to : [...free].find((i) => before[i] === text);
    if (here !== undefined) take(to, here);
  }
  const pairs = [...after.keys()]
    .filter((to) => !partner.has(to))
    .flatMap((to) =>
      [...free].map((from) => ({ to, from, like: likeness(before[from]!, after[to]!) })),
    )
    .filter(({ like }) => like >= alike)
    .sort((a, b) => b.like - a.like);
  for (const { to, from } of pairs) if (!partner.has(to) && free.has(from)) take(to, from);

  // Those that kept their order among each other did not move: only the fewest are said to have.
  const stay = longestRising([...partner].sort(([a], [b]) => a - b));
  const list = after.map((text, to): Item => {
    const from = partner.get(to);
    if (from === undefined) return { kind: 'added', before: '', after: text, from: 0, to: to + 1 };
    const kind = before[from] !== text ? 'changed' : stay.has(to) ? 'same' : 'moved';
    return { kind, before: before[from]!, after: text, from: from + 1, to: to + 1 };
  });
  const gone = [...free].map((from): Item => {
    return { kind: 'removed', before: before[from]!, after: '', from: from + 1, to: 0 };
  });
  return [...list, ...gone];
}

/** The places after of the longest run of pairs whose places before rise. */
function longestRising(pairs: [number, number][]): Set<number> {
  const best: { length: number; last: number }[] = [];
  for (const [i, [, from]] of pairs.entries()) {
    best[i] = { length: 1, last: -1 };
    for (let j = 0; j < i; j++) {
      if (pairs[j]![1] < from && best[j]!.length + 1 > best[i]!.length)
        best[i] = { length: best[j]!.length + 1, last: j };
    }
  }
  const stay = new Set<number>();
  let at = best.reduce((top, one, i) => (one.length > (best[top]?.length ?? 0) ? i : top), -1);
  for (; at >= 0; at = best[at]!.last) stay.add(pairs[at]![0]);
  return stay;
}

export type PictureChange = {
  kind: 'added' | 'removed' | 'alt' | 'moved';
  name: string;
  pieces: Piece[];
  from: number;
  to: number;
};

export type Field =
  | 'title'
  | 'summary'
  | 'body'
  | 'landing_url'
  | 'kind'
  | 'pillar'
  | 'stage'
  | 'topic'
  | 'classification';
export type Group = 'captions' | 'hashtags' | 'official_posts';

const fields: Field[] = [
  'title',
  'summary',
  'body',
  'landing_url',
  'kind',
  'pillar',
  'stage',
  'topic',
  'classification',
];

export type Changes = {
  fields: { field: Field; pieces: Piece[] }[];
  groups: { group: Group; items: Item[] }[];
  pictures: PictureChange[];
  count: number;
};

/** A caption with what it is for, so that a change of that is seen, too. */
const captionLine = ({ text, register, networks }: NonNullable<Text['captions']>[number]) =>
  [[register, ...(networks ?? [])].filter(Boolean).join(', '), text].filter(Boolean).join(': ');

const listOf: Record<Group, (text: Text) => string[]> = {
  captions: (text) => (text.captions ?? []).map(captionLine),
  hashtags: (text) => text.hashtags ?? [],
  official_posts: (text) =>
    (text.official_posts ?? []).map(({ network, url }) => `${network}: ${url}`),
};

function pictures(before: Text, after: Text): PictureChange[] {
  const old = before.images ?? [];
  const now = after.images ?? [];
  const places = items(
    old.map(({ name }) => name),
    now.map(({ name }) => name),
  );
  const altOf = (list: typeof now, name: string) =>
    list.find((one) => one.name === name)?.alt ?? '';
  return places.flatMap(({ kind, before: was, after: is, from, to }): PictureChange[] => {
    const name = is || was;
    // Two names are never alike enough to be one picture: a name is the picture's own hash.
    if (kind === 'added' || kind === 'removed') return [{ kind, name, pieces: [], from, to }];
    const alt: PictureChange[] =
      altOf(old, name) === altOf(now, name)
        ? []
        : [{ kind: 'alt', name, pieces: words(altOf(old, name), altOf(now, name)), from, to }];
    return kind === 'moved' ? [{ kind, name, pieces: [], from, to }, ...alt] : alt;
  });
}

/** Everything that changed from one version to another; what stayed is left out. */
export function changes(before: Text, after: Text): Changes {
  const changedFields = fields
    .filter((field) => (before[field] ?? '') !== (after[field] ?? ''))
    .map((field) => ({ field, pieces: words(before[field] ?? '', after[field] ?? '') }));
  const groups = (['captions', 'hashtags', 'official_posts'] as const)
    .map((group) => ({ group, items: items(listOf[group](before), listOf[group](after)) }))
    .map(({ group, items }) => ({ group, items: items.filter(({ kind }) => kind !== 'same') }))
    .filter(({ items }) => items.length > 0);
  const seen = pictures(before, after);
  return {
    fields: changedFields,
    groups,
    pictures: seen,
    count:
      changedFields.length + groups.reduce((n, { items }) => n + items.length, 0) + seen.length,
  };
}
