// Endpoints that are agreed but not yet in the API document, in the shape that its generator writes.
// Whatever appears in schema.d.ts is taken out here.
import type { components } from './schema';

type Problem = { content: { 'application/problem+json': components['schemas']['ErrorModel'] } };
type Json<T> = { content: { 'application/json': T } };
type Get<Parameters, Answer> = {
  get: { parameters: Parameters; responses: { 200: Json<Answer>; default: Problem } };
};
type Post<Parameters, Body, Answer> = {
  post: {
    parameters: Parameters;
    requestBody: Json<Body>;
    responses: { 201: Json<Answer>; default: Problem };
  };
};

/** A verified by the network, B measured by us, C an indication, D reported by the person. */
export type Grade = 'A' | 'B' | 'C' | 'D';

export type Act = {
  id: number;
  kind: 'share' | 'like';
  network: string;
  grade: Grade;
  at: string;
};

export type FeedItem = {
  id: number;
  title: string;
  summary: string;
  kind: string;
  topic: string;
  agency_name: string;
  agency_zone: string;
  published_at: string;
  ends_at?: string;
  slug: string;
  captions: string[];
  /** Index of the caption that is suggested to this person, so that not everybody posts the same. */
  suggested: number;
  hashtags: string[];
  official_posts: { network: string; url: string }[];
  acts: Act[];
};

export type FeedPage = {
  items: FeedItem[];
  /** Where the next page begins; empty at the end. */
  next: string;
  /** Contents that were recalled: they must vanish wherever they are kept. */
  withdrawn: number[];
};

export type FeedDetail = FeedItem & {
  body: string;
  hash: string;
  version: number;
  approved_by_role: string;
  landing_url: string;
};

export type ShareRequest = {
  channel: 'whatsapp' | 'copy';
  caption?: number;
  text?: string;
  /** “Saya ASN di …” */
  disclosure?: boolean;
};

export type Shared = {
  id: number;
  url: string;
  text: string;
  /** Empty for copy. */
  intent_url: string;
  grade: Grade;
};

export type Liked = { id: number; grade: Grade; network: string; post_url: string };

export type Metric = {
  key: string;
  name: string;
  formula: string;
  version: number | string;
  evidence: string;
};

export type Period = { kind: string; from: string; to: string; name: string };

export type PersonRow = {
  id: number;
  rank: number;
  name: string;
  unit_name: string;
  people_reached: number;
  me: boolean;
};

export type PeopleBoard = {
  items: PersonRow[];
  next: string;
  me: { rank: number; people_reached: number; around: PersonRow[] } | null;
  period: Period;
  agency: { id: number; name: string };
  metric: Metric;
};

export type UnitRow = {
  id: number;
  name: string;
  band: string;
  rank: number | null;
  eligible: number | null;
  people_reached: number | null;
  /** Null: the group is smaller than five. */
  rate: number | null;
  mine: boolean;
};

export type UnitBoard = {
  items: UnitRow[];
  next: string;
  period: Period;
  agency: { id: number; name: string };
  metric: Metric;
};

type BoardQuery = { query: { agency?: number; period?: string; after?: string } };
type Acting = { path: { id: number }; header: { 'Idempotency-Key': string } };

export type PendingPaths = {
  '/api/v1/feed': Get<{ query?: { after?: string; limit?: number } }, FeedPage>;
  '/api/v1/feed/{id}': Get<{ path: { id: number } }, FeedDetail>;
  '/api/v1/contents/{id}/shares': Post<Acting, ShareRequest, Shared>;
  '/api/v1/contents/{id}/likes': Post<Acting, { network?: string }, Liked>;
  '/api/v1/leaderboards/people': Get<BoardQuery, PeopleBoard>;
  '/api/v1/leaderboards/units': Get<BoardQuery, UnitBoard>;
};
