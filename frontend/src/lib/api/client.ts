// The one way to the server. Paths, parameters and answers are typed by the API document.
import createClient from 'openapi-fetch';
import { session } from '../session.svelte';
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

/** Sends a request; when the session ended it is renewed, or the person signs in, and it goes again. */
async function send(request: Request): Promise<Response> {
  const again = request.clone(); // a body can be read once
  const answer = await fetch(request);
  if (answer.status !== 401 || withoutSession.includes(new URL(request.url).pathname))
    return answer;
  const renewed = (await refresh()) || (await session.signInAgain());
  return renewed ? fetch(again) : answer;
}

export const api = createClient<paths>({
  baseUrl: location.origin,
  fetch: send,
});

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
