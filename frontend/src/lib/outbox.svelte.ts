// Acts made offline wait here and leave once. The idempotency key is made with the act, so that a try
// whose answer was lost does no harm when it is repeated.
import { get, update } from 'idb-keyval';
import { ApiError } from './api/error';
import { session } from './session.svelte';

export type Pending<Act> = {
  key: string;
  act: Act;
  at: number;
  /** Who did it. Nobody else's page sends it, and nobody else sees it. */
  by?: number;
};

export type OutboxOptions<Act, Answer> = {
  send: (act: Act, key: string) => Promise<Answer>;
  onsent?: (item: Pending<Act>, answer: Answer) => void;
  /** The server refused for good: the person must be told. */
  onrefused?: (item: Pending<Act>, error: ApiError) => void;
  /** It could not be sent yet, and stays. */
  onheld?: (error: ApiError) => void;
  /** The device has no room for it: it lasts as long as this page, and the person must be told. */
  onloose?: () => void;
  /** Whenever what waits has changed. */
  onitems?: (items: Pending<Act>[]) => void;
  /** What must leave in order: an act that the server stumbles over holds up those of its group alone. */
  group?: (act: Act) => unknown;
  /** Where it is kept on the device: each outbox has its own. */
  name?: string;
};

/** A new idempotency key. Not randomUUID(): that one is missing where an office serves plain HTTP. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Whether a failed act stays: no answer that can be read, server trouble, not signed in, somebody else signed
 * in, too fast.
 */
export function staysInOutbox(error: ApiError) {
  return error.passing || [0, 401, 409].includes(error.status);
}

/** How long a tab that was killed may hold up the others, where the browser has no locks; in milliseconds. */
const turnFor = 30_000;
const shortest = 10_000;
const longest = 300_000;

type Turn = { tab: string; until: number };

const mine = ({ by }: Pending<unknown>) => by === undefined || by === session.me?.id;

export function createOutbox<Act, Answer>(options: OutboxOptions<Act, Answer>) {
  type Item = Pending<Act>;
  const storageKey = options.name ?? 'outbox';
  let items = $state.raw<Item[]>([]);
  /** What this device would not keep. */
  let loose: Item[] = [];
  let draining: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = shortest;
  let others: BroadcastChannel | undefined;

  function show(kept: Item[]) {
    items = [...kept, ...loose].filter(mine);
    options.onitems?.(items);
  }

  async function change(edit: (items: Item[]) => Item[]) {
    let now: Item[] = [];
    await update<Item[]>(storageKey, (kept = []) => (now = edit(kept)));
    show(now);
    others?.postMessage(0);
  }

  async function read() {
    show((await get<Item[]>(storageKey).catch(() => undefined)) ?? []);
  }

  async function over({ key }: Item) {
    const rest = (list: Item[]) => list.filter((other) => other.key !== key);
    loose = rest(loose);
    await change(rest).catch(() => show(rest(items)));
  }

  /** Tries again by itself: nobody has to touch the phone for it. */
  function later(milliseconds = pause) {
    clearTimeout(timer);
    timer = setTimeout(() => void drain(), milliseconds);
    pause = Math.min(pause * 2, longest);
  }

  /** Whether the rest may still be sent. */
  function held(error: ApiError, group: unknown, groups: unknown[]) {
    options.onheld?.(error);
    if (error.status !== 401) later(error.retryAfter * 1000 || undefined);
    if (error.status !== 500 || group === undefined) return false; // the others would meet the same
    groups.push(group);
    return true;
  }

  async function sendAll(mayGoOn: () => Promise<boolean> = async () => true) {
    await read();
    const groups: unknown[] = [];
    const tried: string[] = [];
    // What is added meanwhile leaves, too.
    for (let item; (item = items.find(({ key }) => !tried.includes(key)));) {
      tried.push(item.key);
      const group = options.group?.(item.act);
      if (groups.includes(group)) continue;
      if (!navigator.onLine || !mine(item) || !(await mayGoOn())) return;
      let answer: Answer;
      try {
        answer = await options.send(item.act, item.key);
      } catch (reason) {
        const error = ApiError.from(reason);
        if (staysInOutbox(error)) {
          if (held(error, group, groups)) continue;
          return;
        }
        await over(item);
        options.onrefused?.(item, error);
        continue;
      }
      pause = shortest;
      await over(item);
      options.onsent?.(item, answer);
    }
  }

  const tab = newKey();
  const turnKey = `${storageKey}-turn`;

  /** Takes or keeps the turn, where the browser has no locks; without a store there is nobody to share with. */
  async function hold() {
    let ours = true;
    await update<Turn | undefined>(turnKey, (turn) => {
      ours = !turn || turn.tab === tab || turn.until < Date.now();
      return ours ? { tab, until: Date.now() + turnFor } : turn;
    }).catch(() => {});
    return ours;
  }

  /** Two tabs take turns, so that neither sends what the other is sending. */
  async function takeTurn() {
    if (navigator.locks) return navigator.locks.request(storageKey, () => sendAll());
    if (!(await hold())) return later(turnFor);
    try {
      await sendAll(hold);
    } finally {
      const release = (turn?: Turn) => (turn?.tab === tab ? undefined : turn);
      await update<Turn | undefined>(turnKey, release).catch(() => {});
    }
  }

  /** Sends what waits, in order. The same call twice is one. */
  function drain() {
    draining ??= takeTurn()
      .catch(() => {})
      .finally(() => (draining = undefined));
    return draining;
  }

  return {
    get items() {
      return items;
    },
    async add(act: Act, key = newKey()) {
      const item: Item = { key, act, at: Date.now(), by: session.me?.id };
      await change((kept) => [...kept, item]).catch(() => {
        loose.push(item);
        show(items.filter((one) => !loose.includes(one)));
        options.onloose?.();
      });
    },
    drain,
    /** Sends on start, when the network is back and when the person comes back. */
    start() {
      if (globalThis.BroadcastChannel) {
        others = new BroadcastChannel(`gaung:${storageKey}`);
        others.onmessage = () => void read();
      }
      addEventListener('online', () => void drain());
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) void drain();
      });
      void read();
      void drain();
    },
  };
}
