// The filters of the queue, as they stand in the address.
import { isState, type State } from '../content/types';

export type Filters = {
  state: State | 'waiting' | '';
  q: string;
  agency: number;
  author: number;
  campaign: number;
  kind: string;
  pillar: string;
  topic: string;
  from: string;
  to: string;
};

const day = /^\d{4}-\d{2}-\d{2}$/;
const word = /^[a-z_]{1,40}$/;

/** What an address asks for; what it should not hold is left out. */
export function filtersOf(query: URLSearchParams): Filters {
  const text = (name: string, fits: RegExp) => {
    const value = query.get(name) ?? '';
    return fits.test(value) ? value : '';
  };
  const number = (name: string) => Number(text(name, /^\d{1,9}$/));
  const state = query.get('state');
  return {
    state: state === 'waiting' || isState(state) ? state : '',
    q: (query.get('q') ?? '').slice(0, 200),
    agency: number('agency'),
    author: number('author'),
    campaign: number('campaign'),
    kind: text('kind', word),
    pillar: text('pillar', word),
    topic: text('topic', word),
    from: text('from', day),
    to: text('to', day),
  };
}

/** The parameters of a request: only what narrows. */
export function queryOf({ state, ...rest }: Filters): Record<string, string | number | boolean> {
  const asked = Object.fromEntries(Object.entries(rest).filter(([, value]) => value));
  if (state === 'waiting') return { ...(rest.agency && { agency: rest.agency }), waiting: true };
  return state ? { ...asked, state } : asked;
}

/** How many narrow the queue beside its state and the search. */
export const extent = ({ agency, author, campaign, kind, pillar, topic, from, to }: Filters) =>
  [agency, author, campaign, kind, pillar, topic, from, to].filter(Boolean).length;

export const narrows = (filters: Filters) =>
  extent(filters) > 0 || filters.q.trim() !== '' || filters.state !== '';
