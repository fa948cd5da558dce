// Looks at a draft while it is typed: after a pause, one request at a time, the former one given up.
import { untrack } from 'svelte';
import { ApiError } from '../../lib/api/error';
import { connection } from '../../lib/connection.svelte';
import { lint, type About, type Finding } from './api';
import { isEmpty, textOf, type Written } from './place';

const PAUSE = 600;

export type Check = ReturnType<typeof checkOf>;

/** Begins to look; called while a component is made, and ends with it. */
export function checkOf(draft: () => Written & About) {
  let findings = $state.raw<Finding[]>([]);
  let error = $state.raw<ApiError>();
  let checking = $state.raw(false);
  let empty = $state.raw(true);
  /** The draft that the findings are about: their positions are its. */
  let seen = $state.raw<Written>();
  let again = $state(0);

  async function look(about: About, written: Written, stop: AbortController) {
    checking = true;
    try {
      const found = await lint(about, textOf(written), stop.signal);
      if (stop.signal.aborted) return;
      findings = found;
      seen = written;
      error = undefined;
    } catch (reason) {
      if (!stop.signal.aborted) error = ApiError.from(reason);
    } finally {
      if (!stop.signal.aborted) checking = false;
    }
  }

  $effect(() => {
    const { title, summary, body, captions, hashtags, ...rest } = draft();
    const about = {
      agency_id: rest.agency_id,
      targets: [...rest.targets],
      landing_url: rest.landing_url,
      official_posts: rest.official_posts.map(({ url }) => ({ url })),
    };
    const written = { title, summary, body, captions: [...captions], hashtags };
    void again;
    const nothing = isEmpty(textOf(written));
    empty = nothing;
    if (nothing) {
      findings = [];
      seen = undefined;
    }
    if (nothing || !connection.online) return;
    const stop = new AbortController();
    const pause = untrack(() => seen === undefined || error !== undefined) ? 0 : PAUSE;
    const timer = setTimeout(() => void look(about, written, stop), pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
      checking = false;
    };
  });

  return {
    get findings() {
      return findings;
    },
    get error() {
      return error;
    },
    get checking() {
      return checking;
    },
    get empty() {
      return empty;
    },
    get seen() {
      return seen;
    },
    again: () => void again++,
  };
}
