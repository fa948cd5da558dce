// The calls of the desk that looks at proofs, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Shot = Schemas['Waiting'];
export type Asked = Schemas['Asked'];
type Page<T> = { items: T[]; next: string };

const query = (after: string) => ({ query: { limit: 50, ...(after && { after }) } });

export const listShots = (after: string, signal?: AbortSignal): Promise<Page<Shot>> =>
  unwrap(api.GET('/api/v1/proofs/screenshots', { params: query(after), signal }));

export const listAsked = (after: string, signal?: AbortSignal): Promise<Page<Asked>> =>
  unwrap(api.GET('/api/v1/proofs/objections', { params: query(after), signal }));

export const pictureOf = (shot: Shot) => `/api/v1/proofs/screenshots/${shot.id}/picture`;

export type Reason = Exclude<NonNullable<Schemas['Verdict']['reason']>, ''>;
export const reasons: Reason[] = [
  'other_content',
  'other_network',
  'not_posted',
  'unreadable',
  'names_shown',
  'edited',
  'other',
];

export const decide = (shot: Shot, body: { accept: boolean; reason?: Reason; words?: string }) =>
  unwrap(
    api.POST('/api/v1/proofs/screenshots/{id}/decide', { params: { path: { id: shot.id } }, body }),
  );

export const take = (asked: Asked) =>
  unwrap(api.POST('/api/v1/proofs/objections/{id}/take', { params: { path: { id: asked.id } } }));

export const answer = (asked: Asked, grant: boolean, words: string) =>
  unwrap(
    api.POST('/api/v1/proofs/objections/{id}/answer', {
      params: { path: { id: asked.id } },
      body: { grant, words },
    }),
  );
