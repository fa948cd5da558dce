// One action for many items, on its way: it waits ten seconds on the server, then it runs there, whatever
// becomes of this page.
import { ApiError } from '../../lib/api/error';
import { askBulk, readBulk, stopBulk, type Bulk, type Order } from './api';

const beat = 1000;

/** `ondone` runs when the items have changed. */
export function bulkRun(ondone: () => void) {
  let current = $state.raw<Bulk | undefined>();
  let error = $state.raw<ApiError | undefined>();
  let left = $state(0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endsAt = 0;

  async function tick() {
    if (!current || current.state === 'stopped' || current.state === 'done') return;
    left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
    if (left === 0) {
      try {
        current = await readBulk(current.key);
        error = undefined;
        if (current.state === 'done') ondone();
      } catch (reason) {
        error = ApiError.from(reason); // the next beat asks again
      }
    }
    timer = setTimeout(() => void tick(), beat);
  }

  return {
    get current() {
      return current;
    },
    get error() {
      return error;
    },
    /** Seconds in which it can still be stopped. */
    get left() {
      return left;
    },
    async ask(order: Order) {
      clearTimeout(timer);
      error = undefined;
      try {
        current = await askBulk(order);
        endsAt = Date.now() + 10_000; // of this device's clock: the server's own may differ
        await tick();
        return true;
      } catch (reason) {
        error = ApiError.from(reason);
        return false;
      }
    },
    async stop() {
      if (!current) return false;
      try {
        current = await stopBulk(current.key);
        clearTimeout(timer);
        return true;
      } catch (reason) {
        error = ApiError.from(reason);
        endsAt = 0;
        return false;
      }
    },
    close() {
      clearTimeout(timer);
      current = undefined;
      error = undefined;
    },
  };
}
