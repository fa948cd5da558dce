// The calls of seasons, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Seasons = Schemas['Seasons'];
export type Season = Schemas['SeasonTold'];
export type Rulebook = Schemas['Rulebook'];
export type Plan = Schemas['SeasonPlan'];

export const listSeasons = (signal?: AbortSignal): Promise<Seasons> =>
  unwrap(api.GET('/api/v1/seasons', { signal }));

export const listRulebooks = async (): Promise<Rulebook[]> =>
  (await unwrap(api.GET('/api/v1/rulebooks', {}))).items;

export const saveSeason = (of: Season | null, body: Plan) =>
  of
    ? unwrap(api.PUT('/api/v1/seasons/{id}', { params: { path: { id: of.id } }, body }))
    : unwrap(api.POST('/api/v1/seasons', { body }));

export const dropSeason = (of: Season) =>
  unwrap(api.DELETE('/api/v1/seasons/{id}', { params: { path: { id: of.id } } }));
