// The calls of the console, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import type { Draft } from './draft';
import type { Agency, Content, ContentBody, State, Text, Working } from './types';

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

/** Begins an item. The same key gives the same item, as it is by then. */
export function createContent(body: ContentBody, key: string): Promise<Content> {
  const params = { header: { 'Idempotency-Key': key } };
  return unwrap(api.POST('/api/v1/contents', { params, body }));
}

/**
 * Saves on top of the version that the edit started from; another one in between is a conflict. The working
 * copy of that revision becomes the version, and then is gone.
 */
export function saveContent(
  id: number,
  body: ContentBody,
  version: number,
  revision: number,
): Promise<Content> {
  return unwrap(
    api.PUT('/api/v1/contents/{id}', {
      params: { path: { id } },
      body: { ...body, version, revision },
    }),
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

export function getVersion(id: number, n: number): Promise<Text> {
  return unwrap(api.GET('/api/v1/contents/{id}/versions/{n}', { params: { path: { id, n } } }));
}

/** My working copy; revision 0: there is none. */
export function getWorking(id: number): Promise<Working> {
  return unwrap(api.GET('/api/v1/contents/{id}/draft', { params: { path: { id } } }));
}

/** Saves what is typed on top of a revision; on another one it is a conflict that holds what is there. */
export function saveWorking(
  id: number,
  { draft, ...on }: { revision: number; version: number; device: string; draft: Draft },
): Promise<{ revision: number; at: string }> {
  const body = { ...on, draft: { ...draft } };
  return unwrap(api.PUT('/api/v1/contents/{id}/draft', { params: { path: { id } }, body }));
}

export async function dropWorking(id: number, revision: number) {
  const params = { path: { id }, query: { revision } };
  await unwrap(api.DELETE('/api/v1/contents/{id}/draft', { params }));
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
