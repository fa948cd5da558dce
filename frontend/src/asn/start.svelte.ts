// Who uses this face: known from the last visit at once, confirmed by the server after that.
import { get, set } from 'idb-keyval';
import { api, unwrap, type Schemas } from '../lib/api/client';
import { ApiError } from '../lib/api/error';
import { language } from '../lib/i18n.svelte';
import { session } from '../lib/session.svelte';
import { feed } from '../features/feed/feed.svelte';
import { acts } from '../features/share/waiting.svelte';

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

/** On a slow link nothing may stand in the way of the first card. */
export const firstCard = async () => location.pathname === '/' && feed().settled;
const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

/** Begins the session of a person on this device. */
export async function begin(me: Me) {
  const before = await lastPerson;
  const other = before && before.id !== me.id;
  if (other) {
    const { clearLocalData } = await import('../lib/local');
    await clearLocalData(before.id, { everything: false });
  }
  lastPerson = Promise.resolve(me);
  const kept = set(storageKey, me).catch(() => {}); // only the next visit reads it
  if (other) await kept; // which is at once: the page begins anew
  try {
    // The person's own language, until they choose one on this device.
    if (me.lang === 'en' && !localStorage.getItem('lang')) await language.set('en');
  } catch {
    // Private mode, or English is not there yet.
  }
  error = undefined;
  session.begin(me);
  if (!acting && !me.pending) {
    acting = true;
    void firstCard()
      .then(soon)
      .then(acts)
      .then(({ startActs }) => startActs(load))
      .catch(() => (acting = false)); // the next visit sends what waits
  }
}

export async function load() {
  error = undefined;
  const kept = await lastPerson;
  if (kept && !session.me) {
    await begin(kept);
    await firstCard();
  }
  try {
    const early = await window.earlyMe;
    window.earlyMe = undefined;
    await begin(early?.ok ? await early.json() : await unwrap(api.GET('/api/v1/me')));
  } catch (reason) {
    error = ApiError.from(reason);
  }
}
