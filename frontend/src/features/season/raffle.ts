// The calls of raffles, in one place, and how their numbers are written and checked.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Raffle = Schemas['Raffle'];
export type Ticket = Schemas['Ticket'];
export type Winner = Schemas['Winner'];
export type RafflePlan = Schemas['RafflePlan'];
export type Figure = Schemas['Figure'];

export const listRaffles = async (signal?: AbortSignal): Promise<Raffle[]> =>
  (await unwrap(api.GET('/api/v1/raffles', { signal }))).items;

/** The raffles with the person's own numbers. */
export async function readRaffles(signal?: AbortSignal) {
  const [raffles, mine] = await Promise.all([
    listRaffles(signal),
    unwrap(api.GET('/api/v1/me/raffles', { signal })),
  ]);
  return { raffles, mine: mine.items };
}

const path = (season: number) => ({ params: { path: { id: season } } });

export const setRaffle = (season: number, body: RafflePlan) =>
  unwrap(api.PUT('/api/v1/seasons/{id}/raffle', { ...path(season), body }));

export const drawRaffle = (season: number, body: Figure) =>
  unwrap(api.POST('/api/v1/seasons/{id}/raffle/draws', { ...path(season), body }));

export const listWinners = async (season: number): Promise<Winner[]> =>
  (await unwrap(api.GET('/api/v1/seasons/{id}/raffle/winners', path(season)))).items;

export const listAddress = (season: number) => `/api/v1/raffles/${season}/numbers`;

/** 482193507112 as people read it out. */
export const grouped = (number: string) => number.replace(/(\d{4})(?=\d)/g, '$1 ');

export type Verdict = 'ok' | 'missing' | 'other';

/** Whether a list is the one that was fixed, and holds a number: by the bytes, as an outsider would do it. */
export async function checkList(list: ArrayBuffer, hash: string, number: string): Promise<Verdict> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', list));
  const hex = [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== hash) return 'other';
  return new TextDecoder().decode(list).split('\n').includes(number) ? 'ok' : 'missing';
}
