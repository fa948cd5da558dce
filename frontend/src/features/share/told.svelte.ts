// How much a person has not read yet of what everybody is told: asked for now and then.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Notice = Schemas['Notice'];

/** What everybody may be told; the other kinds are about work at a desk. */
export type FeedKind = Extract<
  Notice['kind'],
  | 'prompt'
  | 'data_request'
  | 'raffle'
  | `recalled${string}`
  | `proof_${string}`
  | `objection_${string}`
  | `reach_${string}`
>;
type List = { items: Notice[]; next: string; unread: number };

const every = 60_000;
let unread = $state.raw(0);

export const told = {
  get unread() {
    return unread;
  },
};

export async function listTold(after = '', limit = 20): Promise<List> {
  const query = { part: 'feed', after, limit } as const;
  const list: List = await unwrap(api.GET('/api/v1/notices', { params: { query } }));
  unread = list.unread;
  return list;
}

export async function readTold(id: number) {
  await unwrap(api.POST('/api/v1/notices/{id}/read', { params: { path: { id } } }));
  await listTold('', 1);
}

export async function readAllTold(upTo: number) {
  await unwrap(api.POST('/api/v1/notices/read', { body: { up_to: upTo, part: 'feed' } }));
}

/** Looks now and then until the function that it gives is called. */
export function watchTold() {
  const now = () => {
    if (!document.hidden) void listTold('', 1).catch(() => {}); // the number that is shown stays
  };
  now();
  const timer = setInterval(now, every);
  return () => clearInterval(timer);
}
