// Acts made offline wait here and leave once. The idempotency key is made with the act, so that a try
// whose answer was lost does no harm when it is repeated.
import { get, update } from 'idb-keyval';
import { ApiError } from './api/error';

export type Pending<Act> = { key: string; act: Act; at: number };

export type OutboxOptions<Act, Answer> = {
  send: (act: Act, key: string) => Promise<Answer>;
  onsent?: (item: Pending<Act>, answer: Answer) => void;
  /** The server refused for good: the person must be told. */
  onrefused?: (item: Pending<Act>, error: ApiError) => void;
  /** Where it is kept on the device: each outbox has its own. */
  name?: string;
};

/** A new idempotency key. Not randomUUID(): that one is missing where an office serves plain HTTP. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether a failed act stays: no network, server trouble, not signed in, in progress, too fast. */
export function staysInOutbox(error: ApiError) {
  return error.passing || error.status === 401 || error.status === 409;
}

export function createOutbox<Act, Answer>(options: OutboxOptions<Act, Answer>) {
  const storageKey = options.name ?? 'outbox';
  let items = $state.raw<Pending<Act>[]>([]);
  let draining: Promise<void> | undefined;

  async function change(edit: (items: Pending<Act>[]) => Pending<Act>[]) {
    await update<Pending<Act>[]>(storageKey, (kept = []) => (items = edit(kept)));
  }

  async function sendAll() {
    items = (await get<Pending<Act>[]>(storageKey)) ?? [];
    for (const item of items) {
      if (!navigator.onLine) return;
      let answer: Answer;
      try {
        answer = await options.send(item.act, item.key);
      } catch (reason) {
        const error = ApiError.from(reason);
        if (staysInOutbox(error)) return; // the others would meet the same
        await change((kept) => kept.filter((other) => other.key !== item.key));
        options.onrefused?.(item, error);
        continue;
      }
      await change((kept) => kept.filter((other) => other.key !== item.key));
      options.onsent?.(item, answer);
    }
  }

  /** Two tabs take turns, so that neither sends what the other is sending. */
  async function takeTurn() {
    if (navigator.locks) await navigator.locks.request(storageKey, sendAll);
    else await sendAll();
  }

  /** Sends what waits, in order. The same call twice is one. */
  function drain() {
    draining ??= takeTurn()
      .catch(() => {}) // no IndexedDB: nothing waits
      .finally(() => (draining = undefined));
    return draining;
  }

  return {
    get items() {
      return items;
    },
    async add(act: Act, key = newKey()) {
      await change((kept) => [...kept, { key, act, at: Date.now() }]);
    },
    drain,
    /** Sends on start, when the network is back and when the person comes back. */
    start() {
      addEventListener('online', () => void drain());
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) void drain();
      });
      void drain();
    },
  };
}
