// The state of a text while it is written: what stands on the screen, what the server has of it, and from which
// version and which working copy it goes on.
import type { ApiError } from '../../lib/api/error';
import { newKey } from '../../lib/outbox.svelte';
import { draftOf, sameDraft, type Draft, type DraftField } from './draft';
import { device, draftFrom, forget, keep, type Left } from './kept';
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

/** To the letter: a space at the end is typed, too. */
export const exactly = (a: Draft, b: Draft) => JSON.stringify(a) === JSON.stringify(b);

export class Sheet {
  draft: Draft;
  saved: Content | null;
  savedDraft: Draft;
  version: number;
  /** The last text that the server has as well. */
  base: Draft;
  /** Of the working copy that it goes on from; 0: of none. */
  revision: number;
  savedAt: string;
  status: Status;
  problem: ApiError | undefined;
  clash: Clash | undefined;
  taken: Taken | undefined;
  /** Since when the text is that this device had kept, and what stood here before. */
  restored: { at: string; before: Draft } | undefined;
  kept: boolean;
  /** When another device saved last. */
  otherDevice: string;
  /** The same for each try to begin the item: an answer that is lost makes no second one. */
  key = newKey();

  dirty = $derived.by(() => !sameDraft(this.draft, this.savedDraft));
  onServer = $derived.by(() => exactly(this.snapshot(), this.base));

  constructor(
    readonly user: number,
    { content, version, copy }: Start,
    private readonly onitem: (content: Content) => void,
  ) {
    const working = copy && copy.revision > 0 ? draftFrom(copy.draft) : null;
    this.draft = $state(structuredClone(working ?? version));
    this.saved = $state.raw(content);
    this.savedDraft = $state.raw(version);
    this.version = $state.raw(working ? copy!.version : (content?.version ?? 0));
    this.base = $state.raw(working ?? version);
    this.revision = working ? copy!.revision : 0;
    this.savedAt = $state.raw(working ? (copy!.at ?? '') : '');
    this.status = $state.raw('still' as Status);
    this.problem = $state.raw();
    this.clash = $state.raw();
    this.taken = $state.raw();
    this.restored = $state.raw();
    this.kept = $state.raw(true);
    this.otherDevice = $state.raw(copy?.device && copy.device !== device ? (copy.at ?? '') : '');
  }

  snapshot = () => $state.snapshot(this.draft) as Draft;

  /** Keeps the text on this device, unless the server has it. */
  keep() {
    const text = this.snapshot();
    const { user, base, version, key } = this;
    const id = this.saved?.id ?? null;
    if (exactly(text, base) && !this.clash) forget(user, id);
    else this.kept = keep(user, id, { draft: text, base, version, key });
  }

  /** The text has a number now: what this tab keeps moves to it. */
  begun(made: Content) {
    if (!this.saved) forget(this.user, null);
    this.goesOn(made);
    this.base = this.savedDraft;
    this.revision = 0;
    this.keep();
  }

  /** A version was saved: the working copy is gone, and what was typed since goes on from it. */
  took(made: Content, sent: Draft) {
    this.goesOn(made);
    this.base = this.savedDraft;
    this.revision = 0;
    this.restored = this.taken = undefined;
    this.savedAt = '';
    this.status = 'saved';
    if (exactly(this.snapshot(), sent)) this.draft = draftOf(made);
    this.keep();
  }

  /** Back to the last version. */
  back() {
    this.draft = structuredClone(this.savedDraft);
    this.base = this.savedDraft;
    this.revision = 0;
    this.restored = this.taken = undefined;
    this.savedAt = '';
    this.status = 'still';
  }

  /** The text goes on from this version. */
  goesOn(version: Content) {
    this.saved = version;
    this.version = version.version;
    this.savedDraft = draftOf(version);
    this.onitem(version);
  }
}
