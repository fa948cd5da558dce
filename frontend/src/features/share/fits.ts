// Which captions suit a network, and whose turn it is: the same rule as the server's.
import type { FeedItem } from '../../lib/api/types';

type About = Pick<FeedItem, 'captions' | 'variants' | 'suggested' | 'turn'>;

type Written = Pick<About, 'captions'> & {
  variants?: readonly { networks?: string[] | null }[] | null;
};

const networksOf = (item: Written, i: number) => item.variants?.[i]?.networks ?? [];

/** The places of the captions for a network: its own first, then those for all. */
export function suiting(item: Written, network: string): number[] {
  const places = [...item.captions.keys()];
  const own = places.filter((i) => networksOf(item, i).includes(network));
  return [...own, ...places.filter((i) => networksOf(item, i).length === 0)];
}

/** Those that suit every network; where there is none, all. This person's turn comes first: it is seen at once. */
export function anywhere(item: About): number[] {
  const all = suiting(item, '');
  const places = all.length > 0 ? all : [...item.captions.keys()];
  return places.toSorted((a, b) => Number(b === item.suggested) - Number(a === item.suggested));
}

export const hasOwn = (item: Written, network: string) =>
  item.captions.some((_, i) => networksOf(item, i).includes(network));

/** The caption that rotation gives this person on a network. */
export function suggestedFor(item: About, network: string): number {
  const places = suiting(item, network);
  // A page that was kept by an older build has no turn yet, and no captions of a network's own.
  return places[(item.turn ?? item.suggested) % places.length] ?? item.suggested;
}
