// What this person passed on and was withdrawn since: the feed asks them to delete it.
import type { Withdrawal } from '../../lib/api/types';

let list = $state.raw<Withdrawal[]>([]);

export const asked = {
  get list() {
    return list;
  },
  set list(now: Withdrawal[]) {
    list = now;
  },
};
