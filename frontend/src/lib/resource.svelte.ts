// Data of a screen: what was kept is shown at once, the network's answer replaces it, and a failure
// never takes away what is on the screen.
import { get, set } from 'idb-keyval';
import { writtenAt } from './api/aged';
import { ApiError } from './api/error';

type Kept<T> = { data: T; at: number };

export type Options = {
  /** Keeps a snapshot in IndexedDB for the next visit. Sign-out clears it. */
  persist?: boolean;
  /** An answer younger than this is not asked for again when the person comes back to the tab. */
  fresh?: number;
  /** Pauses between tries, in milliseconds. */
  retries?: number[];
};

export type Resource<T> = ReturnType<typeof resource<T>>;

export function resource<T>(
  key: string,
  fetcher: (signal: AbortSignal) => Promise<T>,
  { persist = false, fresh = 60_000, retries = [800, 1600] }: Options = {},
) {
  let data = $state.raw<T | undefined>();
  let error = $state.raw<ApiError | undefined>();
  let loading = $state.raw(true);
  let at = $state.raw(0);
  let running: AbortController | undefined;

  function put(value: T, time = writtenAt(value)) {
    data = value;
    at = time;
    if (persist) void set(`r:${key}`, { data: value, at: time } satisfies Kept<T>).catch(() => {});
  }

  async function refresh() {
    running?.abort();
    const mine = (running = new AbortController());
    loading = true;
    for (let attempt = 0; ; attempt++) {
      try {
        const value = await fetcher(mine.signal);
        if (mine.signal.aborted) return;
        put(value);
        error = undefined;
        break;
      } catch (reason) {
        if (mine.signal.aborted) return;
        const failure = ApiError.from(reason);
        const pause = retries[attempt];
        // A refusal stays a refusal; only what may pass by itself is tried again.
        if (pause === undefined || !failure.passing || !navigator.onLine) {
          error = failure;
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (mine.signal.aborted) return;
      }
    }
    loading = false;
  }

  async function restore() {
    const kept = await get<Kept<T>>(`r:${key}`).catch(() => undefined);
    if (kept && data === undefined) {
      data = kept.data;
      at = kept.at;
    }
  }

  const again = () => void refresh();
  const onReturn = () => {
    if (!document.hidden && Date.now() - at > fresh) again();
  };
  addEventListener('online', again);
  document.addEventListener('visibilitychange', onReturn);

  // The snapshot and the network race; the newer one wins.
  const restored = persist ? restore() : Promise.resolve();
  const settled = refresh();

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get loading() {
      return loading;
    },
    /** When the data came, in epoch milliseconds; 0: never. */
    get at() {
      return at;
    },
    restored,
    /** Resolves when the first answer is there, or that there is none. */
    settled,
    refresh,
    /** Changes what is on the screen before the server has told so. */
    mutate(change: (data: T) => T) {
      if (data !== undefined) put(change(data), at);
    },
    /** Ends it; a component calls this when it goes. */
    close() {
      running?.abort();
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', onReturn);
    },
  };
}
