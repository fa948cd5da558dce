// The calls of election mode, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Election = Schemas['Election'];
type Watch = Schemas['Watch'];
type Kind = Schemas['WatchedName']['kind'];
type Page<T> = { items: T[]; next: string };

/** A name with its other ways as they were typed. */
export type TypedName = { name: string; kind: Kind; aliases: string; doubtful: string };

/** What an administrator fills in; lists as they were typed. */
export type Typed = {
  name: string;
  node_id: number;
  from: string;
  to: string;
  words: string;
  soft_words: string;
  names: TypedName[];
  accounts: string;
};

export const kinds: Kind[] = ['candidate', 'party', 'team'];

const lines = (text: string) => text.split('\n').map((line) => line.trim());
const commas = (text: string) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);

export function typedOf(of: Election | null): Typed {
  const words = of?.watch.words ?? [];
  const phrases = (severity: string) =>
    words
      .filter((word) => word.severity === severity)
      .map(({ phrase }) => phrase)
      .join('\n');
  return {
    name: of?.name ?? '',
    node_id: of?.node_id ?? 0,
    from: of?.from ?? '',
    to: of?.to ?? '',
    words: phrases('error'),
    soft_words: phrases('warning'),
    names: (of?.watch.names ?? []).map(({ name, kind, aliases, doubtful }) => ({
      name,
      kind,
      aliases: (aliases ?? []).join(', '),
      doubtful: (doubtful ?? []).join(', '),
    })),
    accounts: (of?.watch.accounts ?? [])
      .map(({ handle, whose }) => (whose ? `${handle}, ${whose}` : handle))
      .join('\n'),
  };
}

export function watchOf(typed: Typed): Watch {
  const words = (text: string, severity: 'error' | 'warning') =>
    lines(text)
      .filter(Boolean)
      .map((phrase) => ({ phrase, severity }));
  return {
    words: [...words(typed.words, 'error'), ...words(typed.soft_words, 'warning')],
    names: typed.names.map(({ name, kind, aliases, doubtful }) => ({
      name,
      kind,
      aliases: commas(aliases),
      doubtful: commas(doubtful),
    })),
    accounts: lines(typed.accounts)
      .filter(Boolean)
      .map((line) => {
        const [handle = '', ...whose] = line.split(',');
        return { handle: handle.trim(), whose: whose.join(',').trim() };
      }),
  };
}

export const listElections = (after: string, signal?: AbortSignal): Promise<Page<Election>> =>
  unwrap(
    api.GET('/api/v1/elections', {
      params: { query: { limit: 25, ...(after && { after }) } },
      signal,
    }),
  );

export const getElection = (id: number): Promise<Election> =>
  unwrap(api.GET('/api/v1/elections/{id}', { params: { path: { id } } }));

/** Saves a new mode, or on top of the version that the edit started from. */
export function saveElection(of: Election | null, typed: Typed): Promise<Election> {
  const body = { name: typed.name, from: typed.from, to: typed.to, watch: watchOf(typed) };
  return of
    ? unwrap(
        api.PUT('/api/v1/elections/{id}', {
          params: { path: { id: of.id } },
          body: { ...body, version: of.version },
        }),
      )
    : unwrap(api.POST('/api/v1/elections', { body: { ...body, node_id: typed.node_id } }));
}

export const endElection = (of: Election, reason: string): Promise<Election> =>
  unwrap(
    api.POST('/api/v1/elections/{id}/end', {
      params: { path: { id: of.id } },
      body: { version: of.version, reason },
    }),
  );
