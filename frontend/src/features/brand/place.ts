// Where a finding is in the composer's fields, and how its fix goes into them.
import type { Finding, LintText } from './api';

/** The fields of a draft that the linter looks at; hashtags are one field of typed words. */
export type Written = {
  title: string;
  summary: string;
  body: string;
  captions: string[];
  hashtags: string;
};

/** A place in a control: counted in UTF-16 code units, as the server and the browser count. */
export type Place = { control: string; from: number; to: number };

type Tag = { text: string; at: number; added: number };

/** The tags of a typed field, each once, with where it stands and whether its # was left out. */
function tags(typed: string): Tag[] {
  const found = new Map<string, Tag>();
  for (const match of typed.matchAll(/[^\s,]+/g)) {
    const added = match[0].startsWith('#') ? 0 : 1;
    const text = added ? `#${match[0]}` : match[0];
    if (!found.has(text)) found.set(text, { text, at: match.index, added });
  }
  return [...found.values()];
}

/** What is sent: nothing is trimmed, so that positions are those of what was typed. */
export function textOf(draft: Written): LintText {
  return {
    title: draft.title,
    summary: draft.summary,
    body: draft.body,
    captions: [...draft.captions],
    hashtags: tags(draft.hashtags).map(({ text }) => text),
  };
}

export const isEmpty = (text: LintText) =>
  ![text.title, text.summary, text.body, ...text.captions, ...text.hashtags].some((one) =>
    one.trim(),
  );

/** The text of the control that a finding is in. */
function valueOf(draft: Written, { field, index }: Finding): string {
  if (field === 'captions') return draft.captions[index] ?? '';
  return field === 'landing_url' || field === 'official_posts' ? '' : draft[field];
}

export function placeOf(draft: Written, finding: Finding): Place {
  const { field, index, from, to } = finding;
  if (field === 'captions') return { control: `f-captions-${index}`, from, to };
  if (field === 'official_posts') return { control: `f-official_posts-${index}`, from, to };
  if (field !== 'hashtags') return { control: `f-${field}`, from, to };
  const tag = tags(draft.hashtags)[index];
  if (!tag || from === to) return { control: 'f-hashtags', from: 0, to: 0 };
  const shift = tag.at - tag.added;
  return { control: 'f-hashtags', from: Math.max(tag.at, from + shift), to: to + shift };
}

/**
 * Puts a fix into a draft. Nothing when the words there are no longer those that were looked at: what
 * somebody typed in between is worth more than a replacement.
 */
export function mended(now: Written, seen: Written, finding: Finding): Written | undefined {
  const place = placeOf(seen, finding);
  const [was, is] = [valueOf(seen, finding), valueOf(now, finding)];
  if (was.slice(place.from, place.to) !== is.slice(place.from, place.to)) return undefined;
  const value = is.slice(0, place.from) + finding.fix + is.slice(place.to);
  if (finding.field !== 'captions') return { ...now, [finding.field]: value };
  return { ...now, captions: now.captions.map((one, i) => (i === finding.index ? value : one)) };
}

export const byWeight = (findings: Finding[]) => ({
  error: findings.filter(({ severity }) => severity === 'error'),
  warning: findings.filter(({ severity }) => severity === 'warning'),
  hint: findings.filter(({ severity }) => severity === 'hint'),
});
