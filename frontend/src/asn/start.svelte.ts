// Who uses this face: known from the last visit at once, confirmed by the server after that.
import { get, set } from 'idb-keyval';
import { api, unwrap, type Schemas } from '../lib/api/client';
import { ApiError } from '../lib/api/error';
import { language } from '../lib/i18n.svelte';
import { clearLocalData, signedInKey } from '../lib/local';
import { session } from '../lib/session.svelte';
import { feed } from '../features/feed/feed.svelte';
import { startActs } from '../features/share/acts.svelte';

type Me = Schemas['Me'];

const storageKey = 'me';

let error = $state.raw<ApiError | undefined>();

/** Who used this device last. Asked for at once: a slow phone takes long to open its store. */
let lastPerson = get<Me>(storageKey).catch(() => undefined);

/** Why nobody is known; undefined while it is being found out. */
export const start = {
  get error() {
    return error;
  },
};

let acting = false;

/** Begins the session of a person on this device. */
export async function begin(me: Me) {
  const before = await lastPerson;
  if (before && before.id !== me.id) await clearLocalData();
  lastPerson = Promise.resolve(me);
  void set(storageKey, me).catch(() => {}); // nothing waits for it: only the next visit reads it
  try {
    localStorage.setItem(signedInKey, '1');
    // The person's own language, until they choose one on this device.
    if (me.lang === 'en' && !localStorage.getItem('lang')) await language.set('en');
  } catch {
    // Private mode, or English is not there yet.
  }
  error = undefined;
  session.begin(me);
  if (!acting && !me.pending) {
    acting = true;
    void startActs();
  }
}

export async function load() {
  error = undefined;
  const kept = await lastPerson;
  if (kept && !session.me) {
    await begin(kept);
    // On a slow link nothing may stand in the way of the first card.
    if (location.pathname === '/') await feed().settled;
  }
  try {
    const early = await window.earlyMe;
    window.earlyMe = undefined;
    await begin(early?.ok ? await early.json() : await unwrap(api.GET('/api/v1/me')));
  } catch (reason) {
    error = ApiError.from(reason);
  }
}
