// A list that grows page by page: what the first answer holds, and what was asked for after it.
import { ApiError } from './api/error';

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
