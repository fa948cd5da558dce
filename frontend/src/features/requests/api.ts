// The calls of the desk that answers requests about personal data.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Case = Schemas['Case'];
export type OpenCase = Schemas['OpenCase'];

export const listCases = (
  closed: boolean,
  after: string,
  signal?: AbortSignal,
): Promise<{ items: Case[]; next: string }> =>
  unwrap(
    api.GET('/api/v1/requests', {
      params: { query: { limit: 50, closed, ...(after && { after }) } },
      signal,
    }),
  );

const at = (id: number) => ({ params: { path: { id } } });

export const getCase = (id: number): Promise<OpenCase> =>
  unwrap(api.GET('/api/v1/requests/{id}', at(id)));

export const takeCase = (id: number): Promise<OpenCase> =>
  unwrap(api.POST('/api/v1/requests/{id}/take', at(id)));

export const answerCase = (id: number, body: Schemas['CaseAnswer']): Promise<OpenCase> =>
  unwrap(api.POST('/api/v1/requests/{id}/answer', { ...at(id), body }));
