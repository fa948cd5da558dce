// The calls of the console, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import type { Agency, Content, ContentBody, State } from './types';

type Page<T> = { items: T[]; next: string };
type Paging = { after?: string; limit?: number };

/** The queue: of one state, of all, or only what waits for this person, then the oldest first. */
export function listContents(
  state: State | 'waiting' | '',
  paging: Paging = {},
  signal?: AbortSignal,
): Promise<Page<Content>> {
  const query =
    state === 'waiting' ? { waiting: true, ...paging } : state ? { state, ...paging } : paging;
  return unwrap(api.GET('/api/v1/contents', { params: { query }, signal }));
}

export function getContent(id: number, signal?: AbortSignal): Promise<Content> {
  return unwrap(api.GET('/api/v1/contents/{id}', { params: { path: { id } }, signal }));
}

export function createContent(body: ContentBody): Promise<Content> {
  return unwrap(api.POST('/api/v1/contents', { body }));
}

/** Saves on top of the version that the edit started from; another one in between is a conflict. */
export function saveContent(id: number, body: ContentBody, version: number): Promise<Content> {
  return unwrap(
    api.PUT('/api/v1/contents/{id}', { params: { path: { id } }, body: { ...body, version } }),
  );
}

export type Audience = Schemas['Audience'];

/** How many people the nodes reach, each once. */
export function audienceOf(targets: number[], signal?: AbortSignal): Promise<Audience> {
  return unwrap(api.POST('/api/v1/audience', { body: { targets }, signal }));
}

export type Account = Schemas['Account'];

/** The accounts that an agency may name under its official posts. */
export async function accountsFor(agency: number, signal?: AbortSignal): Promise<Account[]> {
  const query = { agency, limit: 100 };
  return (await unwrap(api.GET('/api/v1/accounts', { params: { query }, signal }))).items;
}

export function submitContent(id: number): Promise<Content> {
  return unwrap(api.POST('/api/v1/contents/{id}/submit', { params: { path: { id } } }));
}

export function scheduleContent(id: number, publishAt: string): Promise<Content> {
  return unwrap(
    api.POST('/api/v1/contents/{id}/schedule', {
      params: { path: { id } },
      body: { publish_at: publishAt },
    }),
  );
}

export function publishContent(id: number): Promise<Content> {
  return unwrap(api.POST('/api/v1/contents/{id}/publish', { params: { path: { id } } }));
}

export function recallContent(id: number, reason: string, correction: number): Promise<Content> {
  return unwrap(
    api.POST('/api/v1/contents/{id}/recall', {
      params: { path: { id } },
      body: correction ? { reason, correction_id: correction } : { reason },
    }),
  );
}

export function listAgencies(search: string, signal?: AbortSignal): Promise<Page<Agency>> {
  const query = search ? { q: search, limit: 100 } : { limit: 100 };
  return unwrap(api.GET('/api/v1/agencies', { params: { query }, signal }));
}

export function getAgency(id: number): Promise<Agency> {
  return unwrap(api.GET('/api/v1/agencies/{id}', { params: { path: { id } } }));
}
