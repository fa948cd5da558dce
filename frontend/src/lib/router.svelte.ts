// A history router of one page: patterns with :name, links of this face caught, focus to the h1.
import { tick } from 'svelte';

let path = $state.raw(location.pathname);
let search = $state.raw(location.search);

/** The address of now, for templates and $derived. */
export const route = {
  get path() {
    return path;
  },
  /** Filters and periods live in the address, so that it can be shared. */
  get query() {
    return new URLSearchParams(search);
  },
};

function parts(of: string) {
  return of.split('/').filter((part) => part !== '');
}

/** The parameters of a path that fits the pattern, or null. A trailing slash does not matter. */
export function match(pattern: string, of = path): Record<string, string> | null {
  const wanted = parts(pattern);
  const given = parts(of);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i]!;
    if (!part.startsWith(':')) {
      if (part !== value) return null;
      continue;
    }
    try {
      params[part.slice(1)] = decodeURIComponent(value);
    } catch {
      return null; // a broken escape such as %E0%
    }
  }
  return params;
}

/** Whether a path is the base or below it; /konsolidasi is not below /konsol. */
export function within(base: string, of: string) {
  return base === '/' || of === base || of.startsWith(`${base}/`);
}

function read() {
  path = location.pathname;
  search = location.search;
}

/** How many frames a screen that comes lazily gets until its heading is there: about two seconds. */
const patience = 120;

/** Tells screen readers and keyboard users that the screen changed: its heading takes the focus. */
export async function focusHeading() {
  await tick();
  const wanted = path;
  let frames = 0;
  const look = () => {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading) heading.focus({ preventScroll: true });
    else if (path === wanted && ++frames < patience) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Goes to another screen of this face. */
export function go(to: string, { replace = false, quiet = false } = {}) {
  const before = path;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  read();
  if (path === before || quiet) return; // only a filter or the screen's own name changed: stay there
  scrollTo(0, 0);
  void focusHeading();
}

/** Changes a part of the query and nothing else; an empty value takes it out. */
export function setQuery(changes: Record<string, string>, { replace = true } = {}) {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  go(path + (text ? `?${text}` : ''), { replace });
}

/** Catches clicks on links of this face; other faces and downloads stay with the browser. */
export function startRouter(base: string, others: string[] = []) {
  addEventListener('popstate', () => {
    const before = path;
    read();
    if (path !== before) void focusHeading();
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a');
    if (!link || link.target || link.hasAttribute('download')) return;
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || !within(base, link.pathname)) return;
    if (others.some((other) => within(other, link.pathname))) return;
    if (link.hash && link.pathname === location.pathname) return; // a jump within the page
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}
