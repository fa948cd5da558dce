// One column of the board: pages of one state behind the filters of the queue.
import { ApiError } from '../../lib/api/error';
import type { Content, State } from '../content/types';
import { listQueue } from './api';
import type { Filters } from './filters';

const pageSize = 20;

export type Column = ReturnType<typeof columnOf>;

export function columnOf(state: State, filters: Filters) {
  let items = $state.raw<Content[]>([]);
  let next = $state('');
  let ready = $state(false);
  let busy = $state(false);
  let error = $state.raw<ApiError | undefined>();

  async function load(after: string) {
    busy = true;
    error = undefined;
    try {
      const page = await listQueue(
        { ...filters, state },
        { limit: pageSize, ...(after && { after }) },
      );
      const known = after ? items : [];
      items = [...known, ...page.items.filter(({ id }) => !known.some((one) => one.id === id))];
      next = page.next;
      ready = true;
    } catch (reason) {
      error = ApiError.from(reason);
    } finally {
      busy = false;
    }
  }
  void load('');

  return {
    state,
    get items() {
      return items;
    },
    /** While a card is dragged, it stands where it would fall. */
    set items(shown: Content[]) {
      items = shown;
    },
    get goesOn() {
      return next !== '';
    },
    get ready() {
      return ready;
    },
    get busy() {
      return busy;
    },
    get error() {
      return error;
    },
    more: () => load(next),
    reload: () => load(''),
  };
}
