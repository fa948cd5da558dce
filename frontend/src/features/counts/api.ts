// The calls about what was taken out of what counts: a person's own, and those of the officers who decide.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Own = Schemas['CountCase'];
export type Case = Schemas['DeskCountCase'];
export const filters = ['waiting', 'kept', 'restored', 'all'] as const;
export type Filter = (typeof filters)[number];
type List<T> = { items: T[]; next: string };

export const listOwn = (after: string, signal?: AbortSignal): Promise<List<Own>> =>
  unwrap(
    api.GET('/api/v1/me/count-cases', {
      params: { query: { limit: 30, ...(after && { after }) } },
      signal,
    }),
  );

const at = (id: number) => ({ params: { path: { id } } });

export const object = (id: number, words: string) =>
  unwrap(api.POST('/api/v1/me/count-cases/{id}/objection', { ...at(id), body: { words } }));

export const listCases = (
  state: Filter,
  after: string,
  signal?: AbortSignal,
): Promise<List<Case>> =>
  unwrap(
    api.GET('/api/v1/integrity/cases', {
      params: { query: { limit: 50, state, ...(after && { after }) } },
      signal,
    }),
  );

export const getCase = (id: number): Promise<Case> =>
  unwrap(api.GET('/api/v1/integrity/cases/{id}', at(id)));

export const decide = (id: number, restore: boolean, answer: string) =>
  restore
    ? unwrap(api.POST('/api/v1/integrity/cases/{id}/restore', { ...at(id), body: { answer } }))
    : unwrap(api.POST('/api/v1/integrity/cases/{id}/keep', { ...at(id), body: { answer } }));
