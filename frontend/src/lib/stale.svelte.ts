// Whether the server has a newer version than this page: the files of the old one are gone then, and a part
// that comes late cannot come any more.
let seen = $state.raw(false);

export const stale = {
  get seen() {
    return seen;
  },
  /** Looks after a part did not come; without an answer nothing is known. */
  async look() {
    const script = document.querySelector<HTMLScriptElement>('script[type=module][src]');
    try {
      // Not the worker's copy: that is as old as this page.
      const page = await fetch('/index.html?baru', { signal: AbortSignal.timeout(4000) });
      seen = page.ok && !(await page.text()).includes(new URL(script!.src).pathname);
    } catch {
      // No network: the part may come later.
    }
  },
};
