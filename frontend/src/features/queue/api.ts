// The calls of the queue: lists behind filters, saved views, and one action for many items.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import type { Content, State } from '../content/types';
import { queryOf, type Filters } from './filters';
import type { Move } from './moves';

export type Bulk = Schemas['Bulk'];
export type View = Schemas['View'];
export type Choices = Schemas['Choices'];
export type Page = { items: Content[]; next: string };

/** The most that one action takes. */
export const mostChosen = 200;

export const listQueue = (
  filters: Filters,
  paging: { after?: string; limit?: number },
  signal?: AbortSignal,
): Promise<Page> =>
  unwrap(
    api.GET('/api/v1/contents', { params: { query: { ...queryOf(filters), ...paging } }, signal }),
  );

export const countQueue = async (
  filters: Filters,
  signal?: AbortSignal,
): Promise<Partial<Record<State, number>>> =>
  (
    await unwrap(
      api.GET('/api/v1/queue/counts', {
        params: { query: queryOf({ ...filters, state: '' }) },
        signal,
      }),
    )
  ).counts;

export const readChoices = (): Promise<Choices> => unwrap(api.GET('/api/v1/queue/choices'));

export const listViews = async (): Promise<View[]> =>
  (await unwrap(api.GET('/api/v1/queue/views'))).items;

export const saveView = async (name: string, filters: string): Promise<View[]> =>
  (await unwrap(api.POST('/api/v1/queue/views', { body: { name, filters } }))).items;

export const dropView = async (n: number): Promise<View[]> =>
  (await unwrap(api.DELETE('/api/v1/queue/views/{n}', { params: { path: { n } } }))).items;

export type Order = {
  key: string;
  action: Move;
  contents: number[];
  at?: string;
  minutes?: number;
};

export const askBulk = (body: Order): Promise<Bulk> => unwrap(api.POST('/api/v1/bulk', { body }));

export const readBulk = (key: string): Promise<Bulk> =>
  unwrap(api.GET('/api/v1/bulk/{key}', { params: { path: { key } } }));

export const stopBulk = (key: string): Promise<Bulk> =>
  unwrap(api.POST('/api/v1/bulk/{key}/stop', { params: { path: { key } } }));

export const unscheduleContent = (id: number): Promise<Content> =>
  unwrap(api.POST('/api/v1/contents/{id}/unschedule', { params: { path: { id } } }));

export const endContent = (id: number): Promise<Content> =>
  unwrap(api.POST('/api/v1/contents/{id}/end', { params: { path: { id } } }));
