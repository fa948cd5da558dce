import { thumbnail } from './images';
import { toLocalInput, toRfc3339 } from './local-time';
import { variantOf, variantsOf, type Variant } from './variants';
import type { Content, ContentBody, OfficialPost } from './types';

/** What the composer's fields hold: every field is there, times are on the agency's clock. */
export interface Draft {
  agency_id: number;
  title: string;
  summary: string;
  body: string;
  kind: string;
  pillar: string;
  stage: string;
  topic: string;
  classification: string;
  landing_url: string;
  hashtags: string;
  captions: Variant[];
  official_posts: OfficialPost[];
  images: DraftImage[];
  video: DraftVideo | null;
  targets: number[];
  ends_local: string;
  /** A letter asks for it; its parts are kept while the box is not ticked. */
  mandated: boolean;
  mandate_number: string;
  mandate_date: string;
  mandate_signer: string;
  mandate_basis: string;
  mandate_until: string;
}

/** A picture of the text; `src` is where a small form of it is. */
export type DraftImage = { name: string; alt: string; src: string };

/** The video of the text; `src` is its poster, when it has one. */
export type DraftVideo = { name: string; alt: string; src: string; subtitled: boolean };

export type DraftField = keyof Draft;

export const MAX_POSTS = 10;

export const pillars = ['personal', 'regional', 'product'] as const;
export const stages = ['akan', 'sedang', 'telah'] as const;
export const topics = [
  'layanan_publik',
  'kesehatan',
  'pendidikan',
  'pariwisata',
  'ekonomi',
  'kebencanaan',
  'klarifikasi_hoaks',
] as const;
export const classifications = ['terbuka', 'dikecualikan'] as const;
export const networks = [
  'instagram',
  'facebook',
  'x',
  'tiktok',
  'youtube',
  'threads',
  'website',
] as const;

export function emptyDraft(agency: number): Draft {
  return {
    agency_id: agency,
    title: '',
    summary: '',
    body: '',
    kind: '',
    pillar: '',
    stage: '',
    topic: '',
    classification: '',
    landing_url: '',
    hashtags: '',
    captions: variantsOf([]),
    official_posts: [],
    images: [],
    video: null,
    targets: [],
    ends_local: '',
    mandated: false,
    mandate_number: '',
    mandate_date: '',
    mandate_signer: '',
    mandate_basis: '',
    mandate_until: '',
  };
}

export function draftOf(content: Content): Draft {
  return {
    agency_id: content.agency_id,
    title: content.title,
    summary: content.summary ?? '',
    body: content.body ?? '',
    kind: content.kind ?? '',
    pillar: content.pillar ?? '',
    stage: content.stage ?? '',
    topic: content.topic ?? '',
    classification: content.classification ?? '',
    landing_url: content.landing_url ?? '',
    hashtags: (content.hashtags ?? []).join(' '),
    captions: variantsOf(content.captions ?? []),
    official_posts: (content.official_posts ?? []).map((post) => ({ ...post })),
    images: (content.images ?? []).map((image) => ({
      name: image.name,
      alt: image.alt,
      src: thumbnail(image),
    })),
    video: content.video
      ? {
          name: content.video.name,
          alt: content.video.alt,
          src: content.video.poster?.[0] ? `/media/${content.video.poster[0].name}` : '',
          subtitled: (content.video.subtitles ?? []).length > 0,
        }
      : null,
    targets: [...content.targets],
    ends_local: toLocalInput(content.ends_at, content.agency_zone),
    mandated: !!content.mandate,
    mandate_number: content.mandate?.number ?? '',
    mandate_date: content.mandate?.date ?? '',
    mandate_signer: content.mandate?.signer ?? '',
    mandate_basis: content.mandate?.basis ?? '',
    mandate_until: content.mandate?.until ?? '',
  };
}

/** Hashtags as typed, with spaces or commas between; a missing # is added. */
export function parseHashtags(typed: string): string[] {
  const tags = typed.split(/[\s,]+/).filter(Boolean);
  return [...new Set(tags.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`)))];
}

export function bodyOf(draft: Draft, zone: string): ContentBody {
  const endsAt = toRfc3339(draft.ends_local, zone);
  return {
    agency_id: draft.agency_id,
    title: draft.title,
    summary: draft.summary,
    body: draft.body,
    kind: draft.kind,
    pillar: draft.pillar,
    stage: draft.stage,
    topic: draft.topic,
    classification: draft.classification,
    landing_url: draft.landing_url,
    hashtags: parseHashtags(draft.hashtags),
    captions: draft.captions.filter(({ text }) => text.trim()).map(variantOf),
    official_posts: draft.official_posts.filter((post) => post.url.trim() !== ''),
    images: draft.images.map(({ name, alt }) => ({ name, alt: alt.trim() })),
    ...(draft.video ? { video: { name: draft.video.name, alt: draft.video.alt.trim() } } : {}),
    targets: draft.targets,
    ...(draft.mandated ? { mandate: mandateOf(draft) } : {}),
    ...(endsAt ? { ends_at: endsAt } : {}),
  };
}

function mandateOf(draft: Draft) {
  return {
    number: draft.mandate_number,
    signer: draft.mandate_signer,
    basis: draft.mandate_basis,
    ...(draft.mandate_date ? { date: draft.mandate_date } : {}),
    ...(draft.mandate_until ? { until: draft.mandate_until } : {}),
  };
}

/** A field's value as a person reads it; used to compare, to show and to copy. */
export function plain(draft: Draft, field: DraftField): string {
  switch (field) {
    case 'captions':
      return draft.captions
        .filter(({ text }) => text.trim())
        .map(({ text, register, networks }) =>
          [[register, ...networks].filter(Boolean).join(', '), text.trim()]
            .filter(Boolean)
            .join(': '),
        )
        .join('\n\n');
    case 'official_posts':
      return draft.official_posts
        .filter((post) => post.url.trim() !== '')
        .map((post) => `${post.network}: ${post.url.trim()}`)
        .join('\n');
    case 'images':
      return draft.images
        .map(({ name, alt }, i) => `${i + 1}. ${alt.trim()} (${name.slice(0, 6)})`)
        .join('\n');
    case 'video':
      return draft.video ? `${draft.video.alt.trim()} (${draft.video.name.slice(0, 6)})` : '';
    case 'targets':
      return [...draft.targets].sort((a, b) => a - b).join(', ');
    case 'hashtags':
      return parseHashtags(draft.hashtags).join(' ');
    default:
      return String(draft[field]).trim();
  }
}

export function sameDraft(a: Draft, b: Draft): boolean {
  return (Object.keys(a) as DraftField[]).every((field) => plain(a, field) === plain(b, field));
}

/** The text as plain lines, for the clipboard. */
export function asText(draft: Draft): string {
  const fields: DraftField[] = ['title', 'summary', 'body', 'captions', 'hashtags', 'landing_url'];
  return fields
    .map((field) => plain(draft, field))
    .filter(Boolean)
    .join('\n\n');
}
