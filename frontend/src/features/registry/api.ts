// The calls of the registry of accounts, in one place.
import { api, unwrap, type Schemas } from '../../lib/api/client';

export type Account = Schemas['Account'];
type Page<T> = { items: T[]; next: string };

export const listAccounts = (after: string, signal?: AbortSignal): Promise<Page<Account>> =>
  unwrap(
    api.GET('/api/v1/accounts', {
      params: { query: { limit: 50, ...(after && { after }) } },
      signal,
    }),
  );

export const createAccount = (
  agency: number,
  plan: { network: string; handle: string; kind: Account['kind']; owner: string },
): Promise<Account> =>
  unwrap(api.POST('/api/v1/accounts', { body: { ...plan, ...(agency && { agency_id: agency }) } }));

export const openAccount = (of: Account, until: string, reason: string): Promise<Account> =>
  unwrap(
    api.POST('/api/v1/accounts/{id}/open', {
      params: { path: { id: of.id } },
      body: { version: of.version, until, reason },
    }),
  );

export const closeAccount = (of: Account): Promise<Account> =>
  unwrap(
    api.POST('/api/v1/accounts/{id}/close', {
      params: { path: { id: of.id } },
      body: { version: of.version },
    }),
  );
