// Short names for the shapes of the API document. The document lets every object have further keys;
// here only the known ones count, so that a misspelt one does not compile.
import type { components } from './schema';

type Schemas = components['schemas'];
type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };

export type Act = Known<Schemas['Act']>;
/** A verified by the network, B measured by us, C an indication, D reported by the person. */
export type Grade = Act['grade'];

export type FeedPage = Known<Schemas['Feed']>;
export type FeedItem = Known<Schemas['Item']>;
/** A picture in the sizes that readers load. */
export type Picture = Known<Schemas['Shown']>;
export type ShareRequest = Known<Schemas['ShareInputBody']>;
export type Shared = Known<Schemas['Shared']>;
export type Liked = Known<Schemas['Liked']>;
/** What a network allows, proves and counts. */
export type Network = Known<Schemas['Capability']>;
export type Networks = Known<Schemas['Networks']>;
export type Withdrawal = Known<Schemas['Withdrawal']>;
export type Evidence = Schemas['EvidenceInputBody']['kind'];

export type Metric = Known<Schemas['Metric']>;
export type Period = Known<Schemas['ScopePeriod']>;
export type PersonRow = Known<Schemas['Standing']>;
export type UnitRow = Known<Schemas['Group']>;
