// What the server will make of a text, told before it is sent: the same rules as internal/network, and
// tested with the same files.
import type { Network } from '../../lib/api/types';

export type Parts = {
  caption: string;
  hashtags: string[];
  disclosure: string;
  shortDisclosure: string;
  link: string;
  subject: string;
};
export type Cut = 'hashtags' | 'disclosure' | 'caption';
export type Composed = { words: string; text: string; length: number; cut: Cut[] };
/** The part of the table that decides. */
export type Limits = Pick<Network, 'share' | 'count' | 'limit' | 'tracked_link'>;

const linkWeight = 23;
const linkPattern =
  /(?:https?:\/\/)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?::[0-9]+)?(?:\/[^ \t\n\f\r]*[^ \t\n\f\r.,;:!?'"()[\]{}…])?\/?/gi;
const knownEndings = ['id', 'com', 'org', 'net', 'info', 'edu', 'gov', 'me', 'tv', 'co', 'io'];

/** As X counts; never less than X. */
export function weighX(text: string) {
  let weight = 0;
  let at = 0;
  for (const found of text.matchAll(linkPattern)) {
    const link = found[0];
    if (!startsLink(text.slice(0, found.index), link)) continue;
    weight += weighPlain(text.slice(at, found.index));
    at = found.index + link.length;
    weight += surely(link) ? linkWeight : Math.max(weighPlain(link), linkWeight);
  }
  return weight + weighPlain(text.slice(at));
}

function startsLink(before: string, link: string) {
  const last = before.slice(-1);
  if (!last) return true;
  if (/[A-Za-z0-9@$#]/.test(last)) return false;
  return link.includes('://') || !/[-_./]/.test(last);
}

function surely(link: string) {
  const host = link
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .split(/[/:]/)[0]!;
  return knownEndings.includes(host.slice(host.lastIndexOf('.') + 1));
}

function weighPlain(text: string) {
  let weight = 0;
  for (const one of clusters(text)) weight += one.length === 1 && light(one[0]!) ? 1 : 2;
  return weight;
}

const light = (c: number) =>
  c <= 0x10ff ||
  (c >= 0x2000 && c <= 0x200d) ||
  (c >= 0x2010 && c <= 0x201f) ||
  (c >= 0x2032 && c <= 0x2037);

/** As Threads counts: emoji by their bytes in UTF-8. */
export function weighBytes(text: string) {
  let weight = 0;
  for (const one of clusters(text)) {
    const first = one[0]!;
    const picture = one.length > 1 || (isPicture(first) && first >= 0x100) || isFlagLetter(first);
    weight += picture ? new TextEncoder().encode(String.fromCodePoint(...one)).length : 1;
  }
  return weight;
}

const joiner = 0x200d;
const asEmoji = 0xfe0f;
const keycap = 0x20e3;

/** Code points, with emoji of several kept together. */
function clusters(text: string) {
  const points = [...text].map((letter) => letter.codePointAt(0)!);
  const list: number[][] = [];
  for (let at = 0; at < points.length;) {
    const n = clusterLength(points, at);
    list.push(points.slice(at, at + n));
    at += n;
  }
  return list;
}

function clusterLength(points: number[], from: number) {
  const at = (i: number) => points[from + i] ?? 0;
  const first = at(0);
  if ((first >= 0x30 && first <= 0x39) || first === 0x23 || first === 0x2a) {
    if (at(1) === keycap) return 2;
    return at(1) === asEmoji && at(2) === keycap ? 3 : 1;
  }
  if (isFlagLetter(first)) return isFlagLetter(at(1)) ? 2 : 1;
  if (!isPicture(first) || (first < 0x100 && at(1) !== asEmoji)) return 1;
  for (let n = 1; ; n += 2) {
    while (
      at(n) === asEmoji ||
      (at(n) >= 0x1f3fb && at(n) <= 0x1f3ff) ||
      (at(n) >= 0xe0020 && at(n) <= 0xe007f)
    )
      n++;
    if (at(n) !== joiner || !isPicture(at(n + 1))) return n;
  }
}

const isFlagLetter = (c: number) => c >= 0x1f1e6 && c <= 0x1f1ff;

// prettier-ignore
const pictures = [
  0xa9, 0xa9, 0xae, 0xae, 0x203c, 0x203c, 0x2049, 0x2049, 0x2122, 0x2122, 0x2139, 0x2139, 0x2194, 0x21aa,
  0x231a, 0x23ff, 0x24c2, 0x24c2, 0x25aa, 0x25fe, 0x2600, 0x27bf, 0x2934, 0x2935, 0x2b05, 0x2b55, 0x3030, 0x3030,
  0x303d, 0x303d, 0x3297, 0x3297, 0x3299, 0x3299, 0x1f000, 0x1faff,
];

function isPicture(c: number) {
  for (let i = 0; i < pictures.length; i += 2)
    if (c >= pictures[i]! && c <= pictures[i + 1]!) return true;
  return false;
}

const join = (between: string, ...parts: string[]) => parts.filter(Boolean).join(between);
const words = (p: Parts) => join('\n\n', p.caption, join('\n', p.hashtags.join(' '), p.disclosure));
const whole = (p: Parts) =>
  join('\n\n', p.caption, join('\n', p.hashtags.join(' '), p.disclosure, p.link));

function lengthOf(n: Limits, p: Parts) {
  const text = n.share === 'intent_link' ? words(p) : whole(p);
  if (n.count === 'x_weighted')
    return p.link ? weighX(text.slice(0, text.length - p.link.length)) + linkWeight : weighX(text);
  if (n.count === 'emoji_bytes') return weighBytes(text);
  if (n.count === 'address') {
    const lines = text.replaceAll('\n', '\r\n');
    return `mailto:?subject=${escape(p.subject)}&body=${escape(lines)}`.length;
  }
  return [...text].length;
}

/** As the server encodes: it leaves only the unreserved characters of RFC 3986. */
const escape = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The text for a network; too long, hashtags go first, the disclosure gets short, the caption is cut. */
export function compose(n: Limits, parts: Parts): Composed {
  let p = n.tracked_link ? parts : { ...parts, link: '' };
  const cut: Cut[] = [];
  const tooLong = () => n.limit > 0 && lengthOf(n, p) > n.limit;
  if (tooLong() && p.hashtags.length > 0) {
    p = { ...p, hashtags: [] };
    cut.push('hashtags');
  }
  const { disclosure, shortDisclosure } = p;
  if (tooLong() && disclosure && shortDisclosure && shortDisclosure !== disclosure) {
    p = { ...p, disclosure: shortDisclosure };
    cut.push('disclosure');
  }
  if (tooLong()) {
    p = { ...p, caption: shortened(n, p) };
    cut.push('caption');
  }
  return { words: words(p), text: whole(p), length: lengthOf(n, p), cut };
}

const trimmed = (text: string) => text.replace(/[\s,;:–—-]+$/, '') + '…';

function shortened(n: Limits, p: Parts) {
  const { caption } = p;
  for (const ends of [wordEnds(caption), clusterEnds(caption)]) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const tried = { ...p, caption: trimmed(caption.slice(0, ends[middle])) };
      if (lengthOf(n, tried) > n.limit) high = middle;
      else low = middle + 1;
    }
    if (low > 0) return trimmed(caption.slice(0, ends[low - 1]));
  }
  return '';
}

const wordEnds = (text: string) =>
  [...text.matchAll(/[^ \t\n\f\r]+/g)].map((found) => found.index + found[0].length).slice(0, -1);

function clusterEnds(text: string) {
  let at = 0;
  return clusters(text).map((one) => (at += String.fromCodePoint(...one).length));
}
