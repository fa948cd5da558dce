// What a network makes of a variant, by the same rules by which it is really made when somebody shares.
import { compose, type Composed } from '../share/compose';
import type { Network } from '../../lib/api/types';
import { parseHashtags, type Draft } from './draft';

/** Who would share it, and how long their link is. */
export type Sharer = { agency: string; shortName: string; linkLength: number };

/** In the place of the personal link, which nobody has yet. */
export const linkOf = (length: number) => 'x'.repeat(length);

export type Seen = Composed & {
  /** How long it was before anything had to go. */
  whole: number;
};

export function seen(network: Network, text: string, draft: Draft, who: Sharer): Seen {
  const says = (name: string) => (name ? `Saya ASN di ${name}.` : '');
  const parts = {
    caption: text.trim(),
    hashtags: parseHashtags(draft.hashtags),
    disclosure: says(who.agency),
    shortDisclosure: says(who.shortName),
    link: linkOf(who.linkLength),
    subject: draft.title.trim(),
  };
  return {
    ...compose(network, parts),
    whole: compose({ ...network, limit: 0 }, parts).length,
  };
}

/** Pages that draw no card for whoever is not signed in there; a link to them leads over our own page. */
const walled = /(^|\.)(instagram|tiktok)\.com$/i;

/** The host whose page gives the card; empty: our own page does. */
export function cardHost(landing: string): string {
  try {
    const { protocol, hostname } = new URL(landing.trim());
    return protocol === 'https:' && !walled.test(hostname) ? hostname : '';
  } catch {
    return '';
  }
}
