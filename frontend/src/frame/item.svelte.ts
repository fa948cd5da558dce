// One item with a page of its own: read by the number in the address, changed in a form, or begun.
import { untrack } from 'svelte';
import { ApiError } from '../lib/api/error';
import { go } from '../lib/router.svelte';

export type ItemPage<T extends { id: number }> = ReturnType<typeof itemPage<T>>;

/**
 * `base` is the address of the list, `wanted` the number of the item (null: it is begun). `besides` reads what the
 * form needs as well. Called while a component is made, and ends with it.
 */
export function itemPage<T extends { id: number }>(
  base: string,
  wanted: () => number | null,
  load: (id: number) => Promise<T>,
  besides?: () => Promise<void>,
) {
  let item = $state.raw<T | null>(null);
  let ready = $state(false);
  let editing = $state(false);
  let error = $state.raw<ApiError | undefined>();
  let turn = $state(0);
  let asked = 0;

  async function reload() {
    const mine = ++asked; // the answer to an older question is no answer any more
    const id = wanted();
    ready = false;
    error = undefined;
    try {
      const [found] = await Promise.all([id ? load(id) : null, besides?.()]);
      if (mine !== asked) return;
      [item, ready] = [found, true];
      turn++;
    } catch (reason) {
      if (mine === asked) error = ApiError.from(reason);
    }
  }

  $effect(() => {
    const id = wanted();
    untrack(() => {
      if (!ready || (item?.id ?? null) !== id) void reload();
    });
  });
  $effect(() => {
    const again = () => {
      if (error) void reload();
    };
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  });

  return {
    base,
    get item() {
      return item;
    },
    get ready() {
      return ready;
    },
    get error() {
      return error;
    },
    get editing() {
      return editing;
    },
    /** Goes up with each reading: a form is made anew then. */
    get turn() {
      return turn;
    },
    reload,
    /** Reads the item anew and changes nothing else on the page. */
    async refresh() {
      const id = wanted();
      const found = id && (await load(id).catch(() => null)); // what is on the screen stays
      if (found && id === wanted()) item = found;
    },
    edit: () => (editing = true),
    leave: () => (editing = false),
    /** Shows what is newer than what was read; what is typed in a form stays. */
    put: (now: T) => (item = now),
    /** A form was saved. The first save gives the item its address. */
    saved(now: T) {
      item = now;
      editing = false;
      if (!wanted()) go(`${base}/${now.id}`, { replace: true });
    },
  };
}
