// A text while it is written: kept on the device with every keystroke, on the server after a pause, and brought
// together with what another device of the same person, or a colleague, has saved meanwhile.
import { untrack } from 'svelte';
import { ApiError } from '../../lib/api/error';
import { newKey } from '../../lib/outbox.svelte';
import {
  createContent,
  dropWorking,
  getContent,
  getWorking,
  saveContent,
  saveWorking,
} from './api';
import { bodyOf, draftOf, sameDraft, type Draft, type DraftField } from './draft';
import { device, draftFrom, drop, forget, keep, type Left } from './kept';
import { merge, take } from './merge';
import { watchTabs } from './tabs.svelte';
import type { Content, Working } from './types';

/** What a text begins with. */
export type Start = {
  content: Content | null;
  /** The version's text; of a new item an empty one. */
  version: Draft;
  copy: Working | null;
  left: Left[];
};

/** Another text that has to be brought together with the one on the screen. */
export type Clash = {
  theirs: Draft;
  /** This side when they met. */
  mine: Draft;
  /** Both come from it. */
  base: Draft;
  fields: DraftField[];
  /** The others saved a version; else it is the working copy of another device. */
  content?: Content;
  at?: string;
  /** Called when the person has chosen. */
  settle: () => void;
};

/** What was taken over by itself, to be shown. */
export type Taken = { fields: DraftField[]; before: Draft; after: Draft; version: boolean };

export type Status = 'still' | 'untitled' | 'saving' | 'saved' | 'waiting' | 'refused';

const PAUSE = 1500;
const LOOK = 15_000;
const BACKOFF = [2000, 4000, 8000, 15_000, 30_000];
const TITLE = 200;

/** To the letter: a space at the end is typed, too. */
const exactly = (a: Draft, b: Draft) => JSON.stringify(a) === JSON.stringify(b);

export type Writing = ReturnType<typeof writingOf>;

/** Begins; called while a component is made, and ends with it. */
export function writingOf(
  user: number,
  start: Start,
  zone: () => string,
  onitem: (content: Content) => void,
) {
  const { content, copy } = start;
  const working = copy && copy.revision > 0 ? draftFrom(copy.draft) : null;

  let saved = $state.raw<Content | null>(content);
  let savedDraft = $state.raw<Draft>(start.version);
  let version = $state.raw(working ? copy!.version : (content?.version ?? 0));
  /** The last text that the server has as well. */
  let base = $state.raw<Draft>(working ?? start.version);
  let revision = working ? copy!.revision : 0;
  let draft = $state<Draft>(structuredClone(working ?? start.version));
  let status = $state.raw<Status>('still');
  let savedAt = $state.raw(working ? (copy!.at ?? '') : '');
  let problem = $state.raw<ApiError>();
  let clash = $state.raw<Clash>();
  let taken = $state.raw<Taken>();
  /** Since when the text is that this device had kept, and what stood here before. */
  let restored = $state.raw<{ at: string; before: Draft }>();
  let kept = $state.raw(true);
  let otherDevice = $state.raw(copy?.device && copy.device !== device ? (copy.at ?? '') : '');
  let now = $state.raw(Date.now());
  let key = newKey();
  const found = [...start.left];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  let ended = false;

  const snapshot = () => $state.snapshot(draft) as Draft;
  const dirty = $derived(!sameDraft(draft, savedDraft));
  const onServer = $derived(exactly($state.snapshot(draft) as Draft, base));
  const tabs = watchTabs(() => (saved ? `${user}:${saved.id}` : undefined), device);

  function keepNow() {
    const text = snapshot();
    if (exactly(text, base) && !clash) forget(user, saved?.id ?? null);
    else kept = keep(user, saved?.id ?? null, { draft: text, base, version, key });
  }

  function plan(wait: number) {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(() => void push(), wait);
  }

  // Each keystroke, before anything else can happen.
  $effect(() => {
    void [onServer, saved, base, clash];
    void JSON.stringify(draft); // all of it: every letter counts
    untrack(() => {
      keepNow();
      if (onServer) return;
      if (status === 'refused') status = 'still';
      plan(PAUSE);
    });
  });

  /** Puts what is typed onto the server, one request at a time. */
  function push(): Promise<void> {
    if (running) return running.then(() => (onServer ? undefined : plan(PAUSE)));
    if (onServer || clash || ended) return Promise.resolve();
    if (!saved && !draft.title.trim()) {
      status = 'untitled';
      return Promise.resolve();
    }
    status = 'saving';
    running = send().finally(() => (running = undefined));
    return running;
  }

  async function send() {
    try {
      if (!saved) begun(await createContent(begin(), key));
      const text = snapshot();
      const done = await saveWorking(saved!.id, { revision, version, device, draft: text });
      [revision, base, savedAt, failures] = [done.revision, text, done.at, 0];
      [status, problem, otherDevice] = ['saved', undefined, ''];
      if (!exactly(snapshot(), text)) plan(PAUSE);
    } catch (reason) {
      const error = ApiError.from(reason);
      if (error.code === 'conflict' && error.current) await meet(error.current as Working);
      else failed(error);
    }
  }

  /** An item begins with its title only: nothing else in a half-written text may refuse it. */
  function begin() {
    const title = [...draft.title.trim()].slice(0, TITLE).join('');
    return { agency_id: draft.agency_id, title };
  }

  function failed(error: ApiError) {
    problem = error;
    status = error.passing ? 'waiting' : 'refused';
    if (error.passing) plan(BACKOFF[Math.min(failures++, BACKOFF.length - 1)]!);
  }

  /** The text has a number now: what this tab keeps moves to it. */
  function begun(made: Content) {
    if (!saved) forget(user, null);
    saved = made;
    version = made.version;
    savedDraft = base = draftOf(made);
    revision = 0;
    onitem(made);
    keepNow();
  }

  /** Something else is on the server than this text goes on from: first the copy, then the version. */
  async function meet(there: Working) {
    try {
      const theirs = there.revision > 0 ? (draftFrom(there.draft) ?? base) : savedDraft;
      const moved = there.newest_version !== version;
      if (there.revision === revision) {
        // The version came from somebody who did not know of this copy.
        if (moved) await meetVersion([savedDraft], revision);
      } else if (there.revision > 0 && there.device === device) {
        // Our own save whose answer was lost: this text goes on from it.
        [revision, base] = [there.revision, theirs];
        plan(0);
      } else if (there.revision > 0) {
        otherDevice = there.at ?? '';
        bring([base], theirs, { at: there.at, revision: there.revision });
      } else if (moved)
        await meetVersion([savedDraft, base], 0); // the copy became the version
      else bring([base], theirs, { revision: 0 });
    } catch (reason) {
      failed(ApiError.from(reason));
    }
  }

  async function meetVersion(bases: Draft[], on: number) {
    const newest = await getContent(saved!.id);
    bring(bases, draftOf(newest), { revision: on, content: newest });
  }

  type Then = { revision: number; content?: Content; at?: string };

  function bring(bases: Draft[], theirs: Draft, { revision: on, content: newest, at }: Then) {
    const before = snapshot();
    const merged = merge(bases, before, theirs);
    const settle = () => {
      revision = on;
      base = theirs;
      clash = undefined;
      if (newest) {
        saved = newest;
        version = newest.version;
        savedDraft = draftOf(newest);
        onitem(newest);
      }
      status = onServer ? 'saved' : 'still';
      if (!onServer) plan(PAUSE);
      else if (newest && revision > 0) void forgetCopy();
      foldLeft();
    };
    if (merged.taken.length > 0) {
      draft = merged.draft;
      const fields = merged.taken;
      taken = { fields, before, after: structuredClone(merged.draft), version: !!newest };
    }
    if (merged.clashes.length === 0) return settle();
    const from = bases[bases.length - 1]!;
    clash = {
      theirs,
      mine: before,
      base: from,
      fields: merged.clashes,
      content: newest,
      at,
      settle,
    };
  }

  /** The text is that of the version: a copy of before would only be asked for again. */
  async function forgetCopy() {
    const gone = revision;
    await dropWorking(saved!.id, gone).catch(() => {}); // a newer one is met at the next look
    if (revision === gone) revision = 0;
  }

  /** Takes up what tabs that are gone have left on this device. */
  function foldLeft() {
    for (let one = found.shift(); one; one = found.shift()) {
      const there = snapshot();
      const merged = merge([one.base ?? savedDraft], one.draft, there);
      if (!saved && one.key) key = one.key;
      if (!exactly(merged.draft, there)) {
        restored = { at: one.at, before: restored?.before ?? there };
        draft = merged.draft;
      }
      const { place } = one;
      if (merged.clashes.length > 0) {
        const settle = () => {
          clash = undefined;
          keepNow();
          drop(place);
          foldLeft();
        };
        const base = one.base ?? savedDraft;
        clash = { theirs: there, mine: one.draft, base, fields: merged.clashes, settle };
        return;
      }
      keepNow();
      drop(place);
    }
  }

  /** Another tab or device may have saved: this one follows, or is told. */
  async function look() {
    now = Date.now();
    if (!saved || running || clash || document.visibilityState !== 'visible' || !navigator.onLine)
      return;
    try {
      const there = await getWorking(saved.id);
      if (running || clash || ended) return;
      if (there.revision !== revision || there.newest_version !== version) await meet(there);
    } catch {
      // The next look, or the next save, tells.
    }
  }

  const again = () => (onServer ? void look() : plan(0));
  const hidden = () => (document.visibilityState === 'hidden' ? void push() : again());

  $effect(() => {
    untrack(() => {
      foldLeft();
      if (content && version !== content.version && copy) void meet(copy);
    });
    const looking = setInterval(() => void look(), LOOK);
    addEventListener('online', again);
    addEventListener('pagehide', keepNow);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      ended = true;
      clearInterval(looking);
      clearTimeout(timer);
      removeEventListener('online', again);
      removeEventListener('pagehide', keepNow);
      document.removeEventListener('visibilitychange', hidden);
      keepNow();
    };
  });

  /** A version was saved: the working copy is gone, and what was typed since goes on from it. */
  function took(made: Content, sent: Draft) {
    saved = made;
    version = made.version;
    savedDraft = base = draftOf(made);
    [revision, restored, taken, savedAt, status] = [0, undefined, undefined, '', 'saved'];
    if (exactly(snapshot(), sent)) draft = draftOf(made);
    onitem(made);
    keepNow();
  }

  return {
    get draft() {
      return draft;
    },
    set draft(to: Draft) {
      draft = to;
    },
    get saved() {
      return saved;
    },
    get version() {
      return version;
    },
    get dirty() {
      return dirty;
    },
    /** Nothing on the server and nothing on the device: leaving would lose it. */
    get atRisk() {
      return !onServer && !kept;
    },
    get onServer() {
      return onServer;
    },
    get status() {
      return status;
    },
    get savedAt() {
      return savedAt;
    },
    get problem() {
      return problem;
    },
    get clash() {
      return clash;
    },
    get taken() {
      return taken;
    },
    get restored() {
      return restored;
    },
    /** Another tab is open with it, or another device saved in the last two minutes. */
    get elsewhere() {
      return tabs.others > 0 || (otherDevice !== '' && now - Date.parse(otherDevice) < 120_000);
    },
    /** Takes the other side's field. */
    choose(field: DraftField, theirs: boolean) {
      if (clash) take(draft, theirs ? clash.theirs : clash.mine, field);
    },
    noted: () => (taken = undefined),
    /** Without what was restored. */
    discard() {
      if (restored) draft = structuredClone(restored.before);
      restored = undefined;
    },
    /** Gives the text its item, for pictures. */
    async item(): Promise<number | null> {
      await running;
      if (!saved) begun(await createContent(begin(), key));
      return saved?.id ?? null;
    },
    /** Saves a version. What the server refuses is thrown; false: there is something to choose first. */
    async store(): Promise<boolean> {
      clearTimeout(timer);
      await running;
      if (clash) return false;
      const sent = snapshot();
      const body = bodyOf(sent, zone());
      if (!saved) {
        const made = await createContent(body, key);
        begun(made);
      }
      if (sameDraft(sent, savedDraft)) {
        took(saved!, sent);
        return true;
      }
      try {
        took(await saveContent(saved!.id, body, version, revision), sent);
        return true;
      } catch (reason) {
        const error = ApiError.from(reason);
        plan(PAUSE);
        if (error.code !== 'conflict') throw error;
        const there = await getWorking(saved!.id);
        if (there.newest_version === version) throw error; // not a version: it may not be edited any more
        await meet(there);
        return clash ? false : this.store();
      }
    },
    /** Back to the last version; what was typed is gone here and on the server. */
    async revert() {
      clearTimeout(timer);
      await running;
      if (saved && revision > 0) await dropWorking(saved.id, revision);
      draft = structuredClone(savedDraft);
      base = savedDraft;
      [revision, restored, taken, savedAt, status] = [0, undefined, undefined, '', 'still'];
    },
  };
}
