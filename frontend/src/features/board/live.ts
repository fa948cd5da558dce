// Keeps a board fresh while somebody looks at it: told by events, and where those do not come, by asking from time
// to time. Nothing is open while the page is hidden, and nothing at all with data saver.
import { saving } from '../../lib/saver';

const poll = 60_000;
/** Thousands are told at once: each asks a moment later. */
const spread = 4_000;

export function live(address: string, changed: () => void): () => void {
  if (saving()) return () => {};
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let soon: ReturnType<typeof setTimeout> | undefined;

  const told = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      changed();
    }, Math.random() * spread);
  };
  const ask = () => (timer ??= setInterval(() => navigator.onLine && changed(), poll));
  const rest = () => {
    source?.close();
    clearInterval(timer);
    clearTimeout(soon);
    source = timer = soon = undefined;
  };
  const open = () => {
    if (source || timer) return;
    if (!('EventSource' in window)) {
      ask();
      return;
    }
    source = new EventSource(address);
    source.addEventListener('changed', told);
    source.onerror = () => {
      // It opens again by itself, unless the server refused: full, signed out, or a board that stands.
      if (source?.readyState === EventSource.CLOSED) {
        source = undefined;
        ask();
      }
    };
  };
  const turn = () => (document.hidden ? rest() : open());
  document.addEventListener('visibilitychange', turn);
  turn();
  return () => {
    document.removeEventListener('visibilitychange', turn);
    rest();
  };
}
