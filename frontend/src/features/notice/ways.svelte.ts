// How a person wants to be told: read once, changed switch by switch.
import { api, unwrap, type Schemas } from '../../lib/api/client';
import { ApiError } from '../../lib/api/error';
import { t } from '../../text/ways';
import { toast } from '../../ui/toast.svelte';

export type WaysOf = Schemas['Ways'];
export type Habit = Schemas['Habit'];
export type Switch = Schemas['Switch'];

export function myWays() {
  let data = $state.raw<WaysOf>();
  let error = $state.raw<ApiError>();
  let busy = $state(false);

  /** A box that was tapped is put back by `undo` when the change fails, which offers the same change again. */
  async function change(ask: () => Promise<WaysOf>, undo?: () => void) {
    if (busy) return;
    busy = true;
    try {
      data = await ask();
      toast(t('saved'), { tone: 'ok' });
    } catch (reason) {
      undo?.();
      const offline = ApiError.from(reason).code === 'offline';
      toast(t(offline ? 'not_saved_offline' : 'not_saved'), {
        tone: 'danger',
        action: { label: t('retry'), run: () => void change(ask, undo) },
      });
    }
    busy = false;
  }

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get busy() {
      return busy;
    },
    async load() {
      error = undefined;
      try {
        data = await unwrap(api.GET('/api/v1/me/notices'));
      } catch (reason) {
        error = ApiError.from(reason);
      }
    },
    setHabit: (habit: Habit, undo?: () => void) =>
      change(() => unwrap(api.PUT('/api/v1/me/notices', { body: habit })), undo),
    setWay: (body: Switch, undo?: () => void) =>
      change(() => unwrap(api.PUT('/api/v1/me/notices/kinds', { body })), undo),
  };
}

export type Mine = ReturnType<typeof myWays>;
