// The calls of the import, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { upload } from '../../lib/api/upload';

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

export function uploadRoster(
  agency: number,
  file: File,
  onprogress: (percent: number) => void,
): Promise<Roster> {
  const query = new URLSearchParams({ agency: String(agency), name: file.name });
  return upload(`/api/v1/rosters?${query}`, file, onprogress);
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
