// Somebody left for a network and came back: they are asked once whether they shared.
import { session } from '../../lib/session.svelte';

/** `again`: what stood before this tap is not taken back with it. */
export type Left = { content: number; network: string; title: string; again?: boolean };

const storageKey = 'left';
/** Back before that, nobody has shared anything; the server holds to the same. */
const away = 5000;
const longest = 86_400_000;

let asked = $state.raw<Left | undefined>();
/** The open sheet asks itself. */
let inSheet = $state.raw(false);

export const returned = {
  get asked() {
    return asked;
  },
  get elsewhere() {
    return inSheet ? undefined : asked;
  },
  set inSheet(here: boolean) {
    inSheet = here;
  },
  done() {
    asked = undefined;
  },
};

type Kept = Left & { at: number; by?: number };

function read(): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function write(kept: Kept) {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept));
  } catch {
    // Private mode: nobody is asked.
  }
}

/** The page may be gone before it is back: the tab remembers. */
export function leave({ content, network, title, again }: Left) {
  asked = undefined;
  write({ content, network, title, again, at: Date.now(), by: session.me?.id });
}

function look() {
  const kept = read();
  if (!kept || kept.by !== session.me?.id) return;
  if (document.hidden) return write({ ...kept, at: Date.now() });
  const gone = Date.now() - kept.at;
  if (gone < away) return;
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // It was readable a moment ago.
  }
  if (gone < longest) asked = kept;
}

export function startReturned() {
  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', look);
  look();
}
