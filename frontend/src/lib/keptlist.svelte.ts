// A short list of one person on this device, the same in every tab: written whole, in turn.
import { get, update } from 'idb-keyval';

export function keptList<T>(key: string) {
  let list = $state.raw<T[]>([]);
  return {
    get list() {
      return list;
    },
    read() {
      void get<T[]>(key)
        .then((kept) => kept && (list = kept))
        .catch(() => {});
    },
    /** On the screen at once; the store may hold more, from another tab. */
    edit(change: (list: T[]) => T[]) {
      list = change(list);
      void update<T[]>(key, (kept = []) => (list = change(kept))).catch(() => {});
    },
  };
}
