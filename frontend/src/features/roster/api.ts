// The calls of the import, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { ApiError } from '../../lib/api/error';

type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };
export type Mapping = Known<Schemas['Mapping']>;
export type Counts = Known<Schemas['RosterCounts']>;
export type Fault = Known<Schemas['RosterFault']>;
export type Roster = Omit<Known<Schemas['Roster']>, 'mapping' | 'counts'> & {
  mapping: Mapping;
  counts: Counts;
};
type Page<T> = { items: T[]; next: string };

export const mostBytes = 32 * 1024 * 1024;

/** Sends the file as it is. The session is renewed first: an upload cannot be sent a second time. */
export async function uploadRoster(
  agency: number,
  file: File,
  onprogress: (percent: number) => void,
): Promise<Roster> {
  await unwrap(api.GET('/api/v1/me'));
  const query = new URLSearchParams({ agency: String(agency), name: file.name });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/rosters?${query}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) =>
      onprogress(Math.floor((loaded / Math.max(total, 1)) * 100));
    request.onerror = () => reject(new ApiError({ code: 'offline' }));
    request.onload = () =>
      request.status === 201
        ? resolve(request.response as Roster)
        : reject(ApiError.of(request.response, request.status));
    request.send(file);
  });
}

export function listRosters(): Promise<Page<Roster>> {
  return unwrap(api.GET('/api/v1/rosters', { params: { query: { limit: 10 } } }));
}

export function getRoster(id: number, signal?: AbortSignal): Promise<Roster> {
  return unwrap(api.GET('/api/v1/rosters/{id}', { params: { path: { id } }, signal }));
}

export function mapRoster(
  id: number,
  mapping: Mapping,
  from: string,
  complete: boolean,
): Promise<Roster> {
  const body = { mapping, from, complete };
  return unwrap(api.PUT('/api/v1/rosters/{id}/mapping', { params: { path: { id } }, body }));
}

export function listFaults(id: number, after: string): Promise<Page<Fault>> {
  const params = { path: { id }, query: { after, limit: 50 } };
  return unwrap(api.GET('/api/v1/rosters/{id}/errors', { params }));
}

export function applyRoster(id: number, leaving: boolean): Promise<Roster> {
  const body = { accept_leaving: leaving };
  return unwrap(api.POST('/api/v1/rosters/{id}/apply', { params: { path: { id } }, body }));
}

export async function discardRoster(id: number) {
  await unwrap(api.DELETE('/api/v1/rosters/{id}', { params: { path: { id } } }));
}
