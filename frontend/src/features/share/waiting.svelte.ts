// What the first screen shows of a person's acts: which wait, which may be passed on now, which came too late. How
// they are made and sent comes after the first card; see acts.svelte.ts.
import type { Evidence, Shared, ShareRequest } from '../../lib/api/types';
import { keptList } from '../../lib/keptlist.svelte';
import type { Pending } from '../../lib/outbox.svelte';

/** How acts are made and sent. The face fetches it by itself: mostly it is here already. */
export const acts = () => import('./acts.svelte');

export type About = { content: number; title: string };
/** `again`: there was a share of it on that network before this tap. */
type ShareAct = About & { kind: 'share'; body: ShareRequest; again?: boolean };
type LikeAct = About & { kind: 'like'; body: { network: string } };
type EvidenceAct = About & { kind: 'evidence'; network: string; body: { kind: Evidence } };
type UndoAct = About & { kind: 'undo'; network: string };
export type ClaimAct = About & { kind: 'claim'; body: { url: string; content_id?: number } };
/** Why an item is not for somebody, where they say so. */
export type Reason = 'topic' | 'region' | 'work' | 'often' | 'doubt' | 'other';
type MarkAct = About & { kind: 'mark'; mark: 'skip' | 'save'; on: boolean; reason?: Reason };
export type Waiting = ShareAct | LikeAct | EvidenceAct | UndoAct | MarkAct | ClaimAct;

let items = $state.raw<Pending<Waiting>[]>([]);

export const waiting = {
  get items() {
    return items;
  },
  set items(now: Pending<Waiting>[]) {
    items = now;
  },
};

export type Passed = Shared & { again?: boolean };

/** A share that was sent after a time offline: the person still has to pass its text on. */
export type Ready = Passed & { content: number };

export const ready = keptList<Ready>('ready');

export const readyShares = {
  get list() {
    return ready.list;
  },
  done({ id }: Ready) {
    ready.edit((list) => list.filter((share) => share.id !== id));
  },
};

/** An act that waited and came too late, or was refused; told until the person has seen it. */
export type Unsent = About & {
  kind: Waiting['kind'];
  /** In the server's words; empty: the content was withdrawn while something was typed. */
  reason: string;
  gone: boolean;
  /** Own words, to copy. */
  own?: string;
};

export const unsent = keptList<Unsent>('unsent');

export const unsentActs = {
  get list() {
    return unsent.list;
  },
  /** One for a content: what was typed is not lost to a later one. */
  add(one: Unsent) {
    unsent.edit((list) => {
      const before = list.find(({ content }) => content === one.content);
      const others = list.filter(({ content }) => content !== one.content);
      return [...others, { ...before, ...one, own: one.own || before?.own }];
    });
  },
  seen({ content }: Unsent) {
    unsent.edit((list) => list.filter((one) => one.content !== content));
  },
};
