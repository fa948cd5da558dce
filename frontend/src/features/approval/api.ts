// The calls of the approval flow, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import type { Content } from '../content/types';

export type Review = Schemas['Review'];
export type StepShown = Schemas['StepShown'];
export type Base = Schemas['EarlierText'];
export type Text = Schemas['Text'];
export type ChainOf = Schemas['ChainOf'];
export type Chain = Pick<ChainOf, 'steps' | 'repeats' | 'remind_hours' | 'escalate_hours'>;
export type ChainStep = Schemas['ChainStep'];
export type Named = Schemas['Colleague'];
export type Deputy = Schemas['Deputy'];
/** What an approver looks for in pictures and videos while an election mode holds. */
export const pictureChecks = ['poses', 'attributes', 'candidates'] as const;
export type PictureCheck = (typeof pictureChecks)[number];
export type Decision = 'approve' | 'return' | 'reject' | 'hold' | 'release';
type Page<T> = { items: T[]; next: string };

export function getReview(id: number, signal?: AbortSignal): Promise<Review> {
  return unwrap(api.GET('/api/v1/contents/{id}/review', { params: { path: { id } }, signal }));
}

/** Records that this version was before the person. */
export function seeContent(id: number, version: number): Promise<unknown> {
  return unwrap(
    api.POST('/api/v1/contents/{id}/seen', { params: { path: { id } }, body: { version } }),
  );
}

/** Decides on what was seen: the version and the step. Any other is refused as a conflict. */
export function decide(
  kind: Decision,
  id: number,
  seen: { version: number; step: number },
  text: string,
  ticked: PictureCheck[] = [],
): Promise<Content> {
  const params = { path: { id } };
  const reason = { ...seen, reason: text };
  const remark = text ? { ...seen, remark: text } : seen;
  switch (kind) {
    case 'approve':
      return unwrap(
        api.POST('/api/v1/contents/{id}/approve', {
          params,
          body: { ...remark, ...(ticked.length > 0 && { checklist: ticked }) },
        }),
      );
    case 'release':
      return unwrap(api.POST('/api/v1/contents/{id}/release', { params, body: remark }));
    case 'return':
      return unwrap(api.POST('/api/v1/contents/{id}/return', { params, body: reason }));
    case 'reject':
      return unwrap(api.POST('/api/v1/contents/{id}/reject', { params, body: reason }));
    case 'hold':
      return unwrap(api.POST('/api/v1/contents/{id}/hold', { params, body: reason }));
  }
}

export function copyContent(id: number): Promise<Content> {
  return unwrap(api.POST('/api/v1/contents/{id}/copy', { params: { path: { id } } }));
}

/** What waits for this person, the oldest first. */
export function listWaiting(signal?: AbortSignal): Promise<Page<Content>> {
  const query = { waiting: true, limit: 50 };
  return unwrap(api.GET('/api/v1/contents', { params: { query }, signal }));
}

export function getChain(agency: number, signal?: AbortSignal): Promise<ChainOf> {
  const params = { path: { id: agency } };
  return unwrap(api.GET('/api/v1/agencies/{id}/approval-chain', { params, signal }));
}

/** Saves on top of a version; another one is a conflict, whose `current` is the chain that is there. */
export function saveChain(agency: number, body: Chain & { version: number }): Promise<ChainOf> {
  const params = { path: { id: agency } };
  return unwrap(api.PUT('/api/v1/agencies/{id}/approval-chain', { params, body }));
}

export function dropChain(agency: number, version: number): Promise<ChainOf> {
  const params = { path: { id: agency }, query: { version } };
  return unwrap(api.DELETE('/api/v1/agencies/{id}/approval-chain', { params }));
}

export async function listApprovers(agency: number, signal?: AbortSignal): Promise<Named[]> {
  const params = { path: { id: agency } };
  return (await unwrap(api.GET('/api/v1/agencies/{id}/approvers', { params, signal }))).items;
}

export function listDeputies(after = '', signal?: AbortSignal): Promise<Page<Deputy>> {
  const query = { after, limit: 20 };
  return unwrap(api.GET('/api/v1/deputies', { params: { query }, signal }));
}

export function nameDeputy(
  person: number,
  body: { deputy_id: number; kind: 'plh' | 'plt'; from: string; to: string },
): Promise<Deputy> {
  const params = { path: { id: person } };
  return unwrap(api.POST('/api/v1/people/{id}/deputies', { params, body }));
}

export function endDeputy(person: number, number: number): Promise<Deputy> {
  const params = { path: { id: person, n: number } };
  return unwrap(api.DELETE('/api/v1/people/{id}/deputies/{n}', { params }));
}

/** By a part of the name; it goes in the body, because no address line may hold a name. */
export async function findPeers(person: number, q: string): Promise<Named[]> {
  const params = { path: { id: person } };
  const answer = api.POST('/api/v1/people/{id}/deputies/find', { params, body: { q } });
  return (await unwrap(answer)).items;
}
