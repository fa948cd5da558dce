// The calls about how a content spreads, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import type { Content } from '../content/types';

export type Prompts = Schemas['Prompts'];
export type Captions = Schemas['Captions'];

export function getPrompts(id: number, signal?: AbortSignal): Promise<Prompts> {
  return unwrap(api.GET('/api/v1/contents/{id}/prompts', { params: { path: { id } }, signal }));
}

export function getCaptions(id: number, signal?: AbortSignal): Promise<Captions> {
  return unwrap(api.GET('/api/v1/contents/{id}/captions', { params: { path: { id } }, signal }));
}

export function getAside(id: number, signal?: AbortSignal): Promise<Schemas['AsideAnswer']> {
  return unwrap(api.GET('/api/v1/contents/{id}/aside', { params: { path: { id } }, signal }));
}

export function getThanks(id: number, signal?: AbortSignal): Promise<Schemas['Thanks']> {
  return unwrap(api.GET('/api/v1/contents/{id}/thanks', { params: { path: { id } }, signal }));
}

export function sayThanks(id: number, text: string): Promise<Schemas['Thanks']> {
  return unwrap(
    api.PUT('/api/v1/contents/{id}/thanks', { params: { path: { id } }, body: { text } }),
  );
}

/** Over how many waking minutes the prompts go out once it is live. */
export function setSpread(id: number, minutes: number): Promise<Content> {
  return unwrap(
    api.PUT('/api/v1/contents/{id}/spread', { params: { path: { id } }, body: { minutes } }),
  );
}
