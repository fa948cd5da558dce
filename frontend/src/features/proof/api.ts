// The calls of proofs and objections of a person, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { upload } from '../../lib/api/upload';

export type MyAct = Schemas['MyAct'];
export type MyActs = Schemas['MyActs'];
export type Claim = Schemas['Claim'];
export type Objection = Schemas['Objection'];
/** What may be asked of an act. */
export type What = 'paste' | 'show' | 'object' | 'appeal' | 'read';
export type Part = 'all' | 'open' | 'settled';

export const listActs = (part: Part, after: string, signal?: AbortSignal): Promise<MyActs> =>
  unwrap(
    api.GET('/api/v1/me/acts', {
      params: { query: { state: part, limit: 30, ...(after && { after }) } },
      signal,
    }),
  );

export type Plea = Schemas['ObjectInputBody'];
export const object = (body: Plea): Promise<Objection> =>
  unwrap(api.POST('/api/v1/me/objections', { body }));

export const appeal = (id: number, words: string): Promise<Objection> =>
  unwrap(
    api.POST('/api/v1/me/objections/{id}/appeal', { params: { path: { id } }, body: { words } }),
  );

export const withdraw = (id: number): Promise<Objection> =>
  unwrap(api.POST('/api/v1/me/objections/{id}/withdraw', { params: { path: { id } } }));

export const sendShot = (act: MyAct, file: File) =>
  upload<Schemas['Shot']>(
    `/api/v1/me/screenshots?content=${act.content_id}&network=${act.network}`,
    file,
    () => {},
  );
