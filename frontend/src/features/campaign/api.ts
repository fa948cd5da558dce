// The calls of campaigns, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Campaign = Schemas['Campaign'];
export type Progress = Schemas['Progress'];
type Page<T> = { items: T[]; next: string };

/** What a writer fills in; numbers as they were typed. */
export type Plan = {
  name: string;
  goal: string;
  from: string;
  to: string;
  people_target: string;
  shares_target: string;
  contents: number[];
};

export const planOf = (of: Campaign | null): Plan => ({
  name: of?.name ?? '',
  goal: of?.goal ?? '',
  from: of?.from ?? '',
  to: of?.to ?? '',
  people_target: String(of?.people_target ?? ''),
  shares_target: String(of?.shares_target ?? ''),
  contents: of?.contents ?? [],
});

/** The whole number that was typed, with or without dots between thousands; undefined when it is none. */
export function numberOf(typed: string): number | undefined {
  const digits = typed
    .trim()
    .replace(
      /^(\d{1,3})((?:[.\s]\d{3})+)$/,
      (_, head: string, rest: string) => head + rest.replace(/[.\s]/g, ''),
    );
  return /^\d{1,12}$/.test(digits) ? Number(digits) : undefined;
}

function bodyOf({ people_target, shares_target, ...rest }: Plan) {
  const people = numberOf(people_target);
  const shares = numberOf(shares_target);
  return {
    ...rest,
    ...(people !== undefined && { people_target: people }),
    ...(shares !== undefined && { shares_target: shares }),
  };
}

export const listCampaigns = (after: string, signal?: AbortSignal): Promise<Page<Campaign>> =>
  unwrap(
    api.GET('/api/v1/campaigns', {
      params: { query: { limit: 25, ...(after && { after }) } },
      signal,
    }),
  );

export const getCampaign = (id: number): Promise<Campaign> =>
  unwrap(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }));

/** Saves a new plan, or on top of the version that the edit started from. */
export const saveCampaign = (of: Campaign | null, plan: Plan): Promise<Campaign> =>
  of
    ? unwrap(
        api.PUT('/api/v1/campaigns/{id}', {
          params: { path: { id: of.id } },
          body: { ...bodyOf(plan), version: of.version },
        }),
      )
    : unwrap(api.POST('/api/v1/campaigns', { body: bodyOf(plan) }));
