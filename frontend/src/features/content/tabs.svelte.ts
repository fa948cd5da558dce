// Which other tabs of this browser have the same text open.
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

type Said = { from: string; what: 'hello' | 'here' | 'bye' };

const ROUND = 10_000;

/** Listens while a component lives; `name` is the text, undefined: it has none yet. */
export function watchTabs(name: () => string | undefined, mine: string) {
  /** Each with when it was last heard. */
  const others = new SvelteMap<string, number>();

  $effect(() => {
    const of = name();
    if (!of || typeof BroadcastChannel === 'undefined') return;
    const channel = new BroadcastChannel(`gaung:tulis:${of}`);
    const say = (what: Said['what']) => channel.postMessage({ from: mine, what } satisfies Said);
    channel.onmessage = ({ data: { from, what } }: MessageEvent<Said>) => {
      if (what === 'bye') others.delete(from);
      else others.set(from, Date.now());
      if (what === 'hello') say('here');
    };
    // A tab that crashed says nothing: whoever was not heard for two rounds is gone.
    const round = () => {
      const since = Date.now() - 2 * ROUND;
      for (const [from, at] of others) if (at < since) others.delete(from);
      say('hello');
    };
    untrack(round);
    const timer = setInterval(round, ROUND);
    const bye = () => say('bye');
    addEventListener('pagehide', bye);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', bye);
      bye();
      channel.close();
      untrack(() => others.clear());
    };
  });

  return {
    get others() {
      return others.size;
    },
  };
}
