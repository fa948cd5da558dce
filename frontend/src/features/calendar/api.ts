// The calls of the calendar.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Plan = Schemas['Plan'];
export type Slot = Schemas['Slot'];
export type Holiday = Schemas['Holiday'];
export type Warning = Schemas['Warning'];
export type By = 'mine' | 'agency';

export const readPlan = (from: string, to: string, by: By, signal?: AbortSignal): Promise<Plan> =>
  unwrap(api.GET('/api/v1/calendar', { params: { query: { from, to, by } }, signal }));

export const weigh = (id: number, at: string, signal?: AbortSignal): Promise<Warning> =>
  unwrap(
    api.GET('/api/v1/contents/{id}/clashes', { params: { path: { id }, query: { at } }, signal }),
  );

export const wish = (id: number, at: string) =>
  unwrap(api.PUT('/api/v1/contents/{id}/wish', { params: { path: { id } }, body: { at } }));

export const listHolidays = async (from: string, to: string): Promise<Holiday[]> =>
  (await unwrap(api.GET('/api/v1/holidays', { params: { query: { from, to } } }))).items;

export const addHoliday = (
  day: string,
  name: string,
  kind: Holiday['kind'],
  agency_id: number,
): Promise<Holiday> =>
  unwrap(
    api.POST('/api/v1/holidays', { body: { day, name, kind, ...(agency_id && { agency_id }) } }),
  );

export const dropHoliday = (id: number) =>
  unwrap(api.DELETE('/api/v1/holidays/{id}', { params: { path: { id } } }));
