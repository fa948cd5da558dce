// A text while it is written: kept on the device with every keystroke, on the server after a pause, and brought
// together with what another device of the same person, or a colleague, has saved meanwhile.
import { untrack } from 'svelte';
import { ApiError } from '../../lib/api/error';
import { createContent, dropWorking, getWorking, saveContent, saveWorking } from './api';
import { bodyOf, sameDraft, type DraftField } from './draft';
import { device } from './kept';
import { meetingOf } from './meeting';
import { take } from './merge';
import { exactly, Sheet, type Start } from './sheet.svelte';
import { watchTabs } from './tabs.svelte';
import type { Content, Working } from './types';

const PAUSE = 1500;
const LOOK = 15_000;
const BACKOFF = [2000, 4000, 8000, 15_000, 30_000];
const TITLE = 200;

export type Writing = ReturnType<typeof writingOf>;

/** Begins; called while a component is made, and ends with it. */
export function writingOf(
  user: number,
  start: Start,
  zone: () => string,
  onitem: (content: Content) => void,
) {
  const sheet = new Sheet(user, start, onitem);
  const { meet: meetThere, fold } = meetingOf(sheet, start.left, (now) => plan(now ? 0 : PAUSE));
  let now = $state.raw(Date.now());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  let ended = false;
  const tabs = watchTabs(() => (sheet.saved ? `${user}:${sheet.saved.id}` : undefined), device);

  function plan(wait: number) {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => void push(), wait);
  }

  // Each keystroke, before anything else can happen.
  $effect(() => {
    void [sheet.onServer, sheet.saved, sheet.base, sheet.clash];
    void JSON.stringify(sheet.draft); // all of it: every letter counts
    untrack(() => {
      sheet.keep();
      if (sheet.onServer) return;
      if (sheet.status === 'refused') sheet.status = 'still';
      plan(PAUSE);
    });
  });

  /** Puts what is typed onto the server, one request at a time. */
  function push(): Promise<void> {
    if (running) return running.then(() => (sheet.onServer ? undefined : plan(PAUSE)));
    if (sheet.onServer || sheet.clash || ended) return Promise.resolve();
    if (!sheet.saved && !sheet.draft.title.trim()) {
      sheet.status = 'untitled';
      return Promise.resolve();
    }
    sheet.status = 'saving';
    running = send().finally(() => (running = undefined));
    return running;
  }

  async function send() {
    try {
      if (!sheet.saved) await begin();
      const text = sheet.snapshot();
      const { revision, version } = sheet;
      const body = { revision, version, device, draft: text };
      const done = await saveWorking(sheet.saved!.id, body);
      sheet.revision = done.revision;
      sheet.base = text;
      sheet.savedAt = done.at;
      failures = 0;
      sheet.status = 'saved';
      sheet.problem = undefined;
      sheet.otherDevice = '';
      if (!exactly(sheet.snapshot(), text)) plan(PAUSE);
    } catch (reason) {
      const error = ApiError.from(reason);
      if (error.code === 'conflict' && error.current) await meet(error.current as Working);
      else failed(error);
    }
  }

  /** An item begins with its title only: nothing else in a half-written text may refuse it. */
  async function begin() {
    const title = [...sheet.draft.title.trim()].slice(0, TITLE).join('');
    const outline = { agency_id: sheet.draft.agency_id, title };
    sheet.begun(await createContent(outline, sheet.key));
  }

  function failed(error: ApiError) {
    sheet.problem = error;
    sheet.status = error.passing ? 'waiting' : 'refused';
    if (error.passing) plan(BACKOFF[Math.min(failures++, BACKOFF.length - 1)]!);
  }

  const meet = (there: Working) => meetThere(there).catch((why) => failed(ApiError.from(why)));

  /** Another tab or device may have saved: this one follows, or is told. */
  async function look() {
    now = Date.now();
    const busy = () => running || sheet.clash;
    if (!sheet.saved || busy() || document.visibilityState !== 'visible' || !navigator.onLine)
      return;
    try {
      const there = await getWorking(sheet.saved.id);
      if (busy() || ended) return;
      const same = there.revision === sheet.revision && there.newest_version === sheet.version;
      if (!same) await meet(there);
    } catch {
      // The next look, or the next save, tells.
    }
  }

  const again = () => (sheet.onServer ? void look() : plan(0));
  const hidden = () => (document.visibilityState === 'hidden' ? void push() : again());
  const keep = () => sheet.keep();

  $effect(() => {
    untrack(() => {
      fold();
      const { content, copy } = start;
      if (content && sheet.version !== content.version && copy) void meet(copy);
    });
    const looking = setInterval(() => void look(), LOOK);
    addEventListener('online', again);
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      ended = true;
      clearInterval(looking);
      clearTimeout(timer);
      removeEventListener('online', again);
      removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', hidden);
      keep();
    };
  });

  /** Saves a version. What the server refuses is thrown; false: there is something to choose first. */
  async function store(): Promise<boolean> {
    clearTimeout(timer);
    await running;
    if (sheet.clash) return false;
    const sent = sheet.snapshot();
    const body = bodyOf(sent, zone());
    if (!sheet.saved) sheet.begun(await createContent(body, sheet.key));
    const { id } = sheet.saved!;
    if (sameDraft(sent, sheet.savedDraft)) {
      sheet.took(sheet.saved!, sent);
      return true;
    }
    try {
      sheet.took(await saveContent(id, body, sheet.version, sheet.revision), sent);
      return true;
    } catch (reason) {
      const error = ApiError.from(reason);
      plan(PAUSE);
      if (error.code !== 'conflict') throw error;
      const there = await getWorking(id);
      if (there.newest_version === sheet.version) throw error; // not a version: it may not be edited any more
      await meet(there);
      return sheet.clash ? false : store();
    }
  }

  return {
    /** What a screen shows of it; it types into `sheet.draft`. */
    sheet,
    /** Nothing on the server and nothing on the device: leaving would lose it. */
    get atRisk() {
      return !sheet.onServer && !sheet.kept;
    },
    /** Another tab is open with it, or another device saved in the last two minutes. */
    get elsewhere() {
      const other = sheet.otherDevice;
      return tabs.others > 0 || (other !== '' && now - Date.parse(other) < 120_000);
    },
    /** Takes the other side's field. */
    choose(field: DraftField, theirs: boolean) {
      const { clash } = sheet;
      if (clash) take(sheet.draft, theirs ? clash.theirs : clash.mine, field);
    },
    noted: () => (sheet.taken = undefined),
    /** Without what was restored. */
    discard() {
      if (sheet.restored) sheet.draft = structuredClone(sheet.restored.before);
      sheet.restored = undefined;
    },
    /** Gives the text its item, for pictures. */
    async item(): Promise<number | null> {
      await running;
      if (!sheet.saved) await begin();
      return sheet.saved?.id ?? null;
    },
    store,
    /** Back to the last version; what was typed is gone here and on the server. */
    async revert() {
      clearTimeout(timer);
      await running;
      if (sheet.saved && sheet.revision > 0) await dropWorking(sheet.saved.id, sheet.revision);
      sheet.back();
    },
  };
}
