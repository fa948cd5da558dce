// A list that grows page by page: what the first answer holds, and what was asked for after it.
import { onDestroy } from 'svelte';
import { ApiError } from './api/error';
import { resource, type Options } from './resource.svelte';

type Page<T> = { items: T[]; next: string };

/** `first` is the newest first page, and `load` fetches the one behind a pointer. */
export function pages<T extends { id: number }>(
  first: () => Page<T> | undefined,
  load: (after: string) => Promise<Page<T>>,
) {
  let more = $state.raw<T[]>([]);
  let next = $state<string | undefined>();
  let busy = $state(false);
  let error = $state.raw<ApiError | undefined>();

  // A later page can hold an item that moved since the first one was read.
  const items = $derived.by(() => {
    const all = [...(first()?.items ?? []), ...more];
    return all.filter(({ id }, i) => all.findIndex((other) => other.id === id) === i);
  });
  const after = $derived(next ?? first()?.next ?? '');

  return {
    get items() {
      return items;
    },
    /** Whether there is more to ask for. */
    get goesOn() {
      return after !== '';
    },
    get busy() {
      return busy;
    },
    get error() {
      return error;
    },
    async more() {
      if (busy) return;
      busy = true;
      error = undefined;
      try {
        const page = await load(after);
        more = [...more, ...page.items];
        next = page.next;
      } catch (reason) {
        error = ApiError.from(reason);
      } finally {
        busy = false;
      }
    },
  };
}

/** A list as a screen shows it: the first page kept for the next visit, the rest asked for page by page. Called
 * while a component is made, and ends with it. */
export function listOf<T extends { id: number }>(
  key: string,
  load: (after: string, signal?: AbortSignal) => Promise<Page<T>>,
  options: Options = { persist: true },
) {
  const first = resource(key, (signal) => load('', signal), options);
  onDestroy(first.close);
  const rest = pages(() => first.data, load);
  return {
    get items() {
      return rest.items;
    },
    /** Whether an answer is on the screen, even an empty one. */
    get ready() {
      return first.data !== undefined;
    },
    get loading() {
      return first.loading;
    },
    get error() {
      return first.error;
    },
    /** When the first page came, in epoch milliseconds; 0: never. */
    get at() {
      return first.at;
    },
    refresh: first.refresh,
    rest,
  };
}

export type List<T extends { id: number }> = ReturnType<typeof listOf<T>>;
