// The one way to the server. Paths, parameters and answers are typed by the API document.
import type { Client } from 'openapi-fetch';
import { session } from '../session.svelte';
import { noteAge } from './aged';
import { ApiError } from './error';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** Their 401 means a wrong password or an old session, not a page that must sign in first. */
const withoutSession = ['/api/v1/auth/login', '/api/v1/auth/refresh', '/api/v1/about'];

let refreshing: Promise<boolean> | undefined;

async function renew() {
  const answer = await fetch('/api/v1/auth/refresh', { method: 'POST' });
  await answer.body?.cancel(); // only the status is wanted; an unread body holds its connection
  // A server in trouble has not ended the session.
  if (answer.status >= 500) throw ApiError.of(undefined, answer.status);
  return answer.ok;
}

/** Renews the cookies. All requests that fail at the same time share one renewal. */
function refresh() {
  refreshing ??= renew().finally(() => (refreshing = undefined));
  return refreshing;
}

type Options = {
  params?: {
    path?: Record<string, unknown>;
    query?: Record<string, unknown>;
    header?: Record<string, string>;
  };
  body?: unknown;
  signal?: AbortSignal;
};

/** Sends a request; when the session ended it is renewed, or the person signs in, and it goes again. */
async function send(method: string, path: string, { params = {}, body, signal }: Options = {}) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params.path?.[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params.query ?? {}))
    if (value != null) query.set(name, String(value));
  const headers: Record<string, string> = { ...params.header };
  const init: RequestInit = { method, signal, headers };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    headers['content-type'] = 'application/json';
  }
  // Whose page this is: on a shared phone the session may be somebody else's by now.
  if (method !== 'GET' && session.me && !withoutSession.includes(path))
    headers['x-gaung-as'] = String(session.me.id);
  const ask = () => fetch(filled + (String(query) && `?${query}`), init);
  let response = await ask();
  if (response.status === 401 && !withoutSession.includes(path)) {
    if ((await refresh()) || (await session.signInAgain())) response = await ask();
  }
  if (response.ok) {
    const data: unknown = await response.json();
    noteAge(data, response);
    return { data, response };
  }
  return { error: await response.json().catch(() => undefined), response }; // a proxy's page is not ours
}

const method =
  (name: string) =>
  (path: string, options?: Options): Promise<unknown> =>
    send(name, path, options);

/** One function for each method, typed by the API document; only its types come from the library. */
export const api = {
  GET: method('GET'),
  POST: method('POST'),
  PUT: method('PUT'),
  PATCH: method('PATCH'),
  DELETE: method('DELETE'),
} as unknown as Pick<Client<paths>, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The data of an answer, or an ApiError: `const me = await unwrap(api.GET('/api/v1/me'))`. */
export async function unwrap<T>(pending: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await pending;
  } catch (reason) {
    throw ApiError.from(reason);
  }
  if (!answer.response.ok) {
    const error = ApiError.of(answer.error, answer.response.status);
    if (error.status === 403) session.hold(error.fields[0]?.field);
    throw error;
  }
  return answer.data as T;
}
