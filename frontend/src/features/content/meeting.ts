// How a text is brought together with what another device of the same person, a colleague, or a tab that is gone
// has left: what only one side changed is taken over, what both changed is for the person to choose.
import { dropWorking, getContent } from './api';
import { draftOf, type Draft } from './draft';
import { device, draftFrom, drop, type Left } from './kept';
import { merge } from './merge';
import { exactly, type Sheet } from './sheet.svelte';
import type { Content, Working } from './types';

type Then = { revision: number; content?: Content; at?: string };

/** `plan` saves after a while. What the calls throw is the caller's. */
export function meetingOf(sheet: Sheet, left: Left[], plan: (now: boolean) => void) {
  const found = [...left];

  /** Something else is on the server than this text goes on from: first the copy, then the version. */
  async function meet(there: Working) {
    const theirs = there.revision > 0 ? (draftFrom(there.draft) ?? sheet.base) : sheet.savedDraft;
    const moved = there.newest_version !== sheet.version;
    if (there.revision === sheet.revision) {
      // The version came from somebody who did not know of this copy.
      if (moved) await meetVersion([sheet.savedDraft], sheet.revision);
    } else if (there.revision > 0 && there.device === device) {
      // Our own save whose answer was lost: this text goes on from it.
      sheet.revision = there.revision;
      sheet.base = theirs;
      plan(true);
    } else if (there.revision > 0) {
      sheet.otherDevice = there.at ?? '';
      bring([sheet.base], theirs, { at: there.at, revision: there.revision });
    } else if (moved)
      await meetVersion([sheet.savedDraft, sheet.base], 0); // the copy became the version
    else bring([sheet.base], theirs, { revision: 0 });
  }

  async function meetVersion(bases: Draft[], on: number) {
    const newest = await getContent(sheet.saved!.id);
    bring(bases, draftOf(newest), { revision: on, content: newest });
  }

  function bring(bases: Draft[], theirs: Draft, { revision, content, at }: Then) {
    const mine = sheet.snapshot();
    const merged = merge(bases, mine, theirs);
    const settle = () => {
      sheet.revision = revision;
      sheet.base = theirs;
      sheet.clash = undefined;
      if (content) sheet.goesOn(content);
      sheet.status = sheet.onServer ? 'saved' : 'still';
      if (!sheet.onServer) plan(false);
      else if (content && sheet.revision > 0) void forgetCopy();
      fold();
    };
    if (merged.taken.length > 0) {
      const after = structuredClone(merged.draft);
      sheet.draft = merged.draft;
      sheet.taken = { fields: merged.taken, before: mine, after, version: !!content };
    }
    if (merged.clashes.length === 0) return settle();
    const base = bases[bases.length - 1]!;
    sheet.clash = { theirs, mine, base, fields: merged.clashes, content, at, settle };
  }

  /** The text is that of the version: a copy of before would only be asked for again. */
  async function forgetCopy() {
    const gone = sheet.revision;
    await dropWorking(sheet.saved!.id, gone).catch(() => {}); // a newer one is met at the next look
    if (sheet.revision === gone) sheet.revision = 0;
  }

  /** Takes up what tabs that are gone have left on this device. */
  function fold() {
    for (let one = found.shift(); one; one = found.shift()) {
      const there = sheet.snapshot();
      const base = one.base ?? sheet.savedDraft;
      const merged = merge([base], one.draft, there);
      if (!sheet.saved && one.key) sheet.key = one.key;
      if (!exactly(merged.draft, there)) {
        sheet.restored = { at: one.at, before: sheet.restored?.before ?? there };
        sheet.draft = merged.draft;
      }
      const { place } = one;
      if (merged.clashes.length > 0) {
        const settle = () => {
          sheet.clash = undefined;
          sheet.keep();
          drop(place);
          fold();
        };
        sheet.clash = { theirs: there, mine: one.draft, base, fields: merged.clashes, settle };
        return;
      }
      sheet.keep();
      drop(place);
    }
  }

  return { meet, fold };
}
