// The calls of "my data", in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { language } from '../../lib/i18n.svelte';
import { session } from '../../lib/session.svelte';

export type MyData = Schemas['MyData'];
export type Consent = Schemas['Consent'];
export type Notice = Schemas['PrivacyNotice'];
export type DataRequest = Schemas['DataRequest'];

const query = () => ({ lang: language.current });

export const readMyData = (signal?: AbortSignal): Promise<MyData> =>
  unwrap(api.GET('/api/v1/me/data', { params: { query: query() }, signal }));

/** What is kept of one kind, row by row. Never kept on the device: it is read where it is asked for. */
export const readRows = (kind: string, after: string, signal?: AbortSignal) =>
  unwrap(
    api.GET('/api/v1/me/data/{class}', {
      params: { path: { class: kind }, query: { ...query(), limit: 20, ...(after && { after }) } },
      signal,
    }),
  );

export const readNotice = (signal?: AbortSignal): Promise<Notice> =>
  unwrap(api.GET('/api/v1/privacy-notice', { params: { query: query() }, signal }));

/** Notes that this version was read; the banner goes with it. */
export async function acknowledge(version: number) {
  session.begin(await unwrap(api.POST('/api/v1/me/privacy-notice', { body: { version } })));
}

export async function setConsent(kind: Consent['kind'], given: boolean): Promise<Consent[]> {
  const { consents } = await unwrap(api.PUT('/api/v1/me/consents', { body: { kind, given } }));
  // The setting of the board is the same thing.
  if (kind === 'public_name' && session.me) session.begin({ ...session.me, hide_name: !given });
  return consents;
}

export const askCopy = (withNIP: boolean, password: string) =>
  unwrap(
    api.POST('/api/v1/me/exports', {
      body: { with_nip: withNIP, ...(withNIP && { password }) },
    }),
  );

export const sendRequest = (kind: DataRequest['kind'], text: string, password: string) =>
  unwrap(
    api.POST('/api/v1/me/requests', {
      body: { kind, text, ...(kind === 'erase' && { password }) },
    }),
  );
