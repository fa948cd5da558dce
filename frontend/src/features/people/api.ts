// The calls of the list of people, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';

type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };
export type Person = Known<Schemas['Person']>;
export type RoleOf = Known<Schemas['RoleOf']>;
export type Held = Schemas['RolesAnswer'];
export type Role = Schemas['GrantInputBody']['role'];
export type Agency = Known<Schemas['Agency']>;
type Page<T> = { items: T[]; next: string };

/** Everything goes in the body: a search can be a NIP, which no address line may hold. */
export function findPeople(
  q: string,
  agency: number,
  after: string,
  signal?: AbortSignal,
): Promise<Page<Person>> {
  const body = { q, agency_id: agency, after, limit: 50 };
  return unwrap(api.POST('/api/v1/people/find', { body, signal }));
}

/** How many screenshots and objections wait though nobody outside the person's unit may decide. */
export async function unattended(signal?: AbortSignal): Promise<number> {
  return (await unwrap(api.GET('/api/v1/proofs/stuck', { signal }))).waiting;
}

export function movePerson(id: number, unit: number, from: string): Promise<Person> {
  const body = { unit_id: unit, from };
  return unwrap(api.POST('/api/v1/people/{id}/move', { params: { path: { id } }, body }));
}

export function switchPerson(id: number, on: boolean): Promise<Person> {
  const params = { path: { id } };
  return on
    ? unwrap(api.POST('/api/v1/people/{id}/activate', { params }))
    : unwrap(api.POST('/api/v1/people/{id}/deactivate', { params }));
}

export function rolesOf(id: number): Promise<Held> {
  return unwrap(api.GET('/api/v1/people/{id}/roles', { params: { path: { id } } }));
}

export function grantRole(id: number, role: Role, agency: number): Promise<Held> {
  const body = { role, agency_id: agency };
  return unwrap(api.POST('/api/v1/people/{id}/roles', { params: { path: { id } }, body }));
}

export function revokeRole(id: number, role: Role, agency: number): Promise<Held> {
  const params = { path: { id }, query: { role, agency } };
  return unwrap(api.DELETE('/api/v1/people/{id}/roles', { params }));
}

/** Whether somebody stands on the board of executives without being a leader by role. */
export function markExecutive(id: number, executive: boolean): Promise<Held> {
  return unwrap(
    api.PUT('/api/v1/people/{id}/executive', { params: { path: { id } }, body: { executive } }),
  );
}

export const mostUnits = 100;

export function findUnits(q: string, signal?: AbortSignal): Promise<Page<Agency>> {
  const query = q ? { q, limit: mostUnits } : { limit: mostUnits };
  return unwrap(api.GET('/api/v1/agencies', { params: { query }, signal }));
}

export function unitOf(id: number): Promise<Agency> {
  return unwrap(api.GET('/api/v1/agencies/{id}', { params: { path: { id } } }));
}
