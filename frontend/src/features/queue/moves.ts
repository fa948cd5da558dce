// Where a card of the board may go: what the state machine allows, in the words of columns.
import type { Content, State } from '../content/types';

/** The columns, in the order of an item's life. */
export const columns = [
  'draft',
  'in_review',
  'changes_requested',
  'approved',
  'scheduled',
  'live',
  'ended',
] as const satisfies readonly State[];

/** States beside the way; each can be shown as a further column. */
export const asides = ['on_hold', 'rejected', 'recalled'] as const satisfies readonly State[];

export type Move = 'submit' | 'schedule' | 'unschedule' | 'publish' | 'end';
export const moves: Move[] = ['submit', 'schedule', 'unschedule', 'publish', 'end'];
export type Why = 'review' | 'edit' | 'role' | 'time' | 'over' | 'state';

const ways: Partial<Record<State, Partial<Record<State, Move>>>> = {
  draft: { in_review: 'submit' },
  changes_requested: { in_review: 'submit' },
  approved: { scheduled: 'schedule', live: 'publish' },
  scheduled: { approved: 'unschedule', live: 'publish' },
  live: { ended: 'end' },
};

function reason(from: State, to: State): Why {
  if (from === 'ended' || from === 'recalled' || from === 'rejected') return 'over';
  if (from === 'live') return 'time';
  if (from === 'in_review' || from === 'on_hold' || to === 'on_hold' || to === 'rejected')
    return 'review';
  if (from === 'approved' && (to === 'changes_requested' || to === 'in_review')) return 'review';
  if (from === 'scheduled' && to === 'in_review') return 'edit';
  return 'state';
}

/** The action that leads there, or why there is none for this person. */
export function moveTo(content: Content, to: State): { action: Move } | { why: Why } {
  const action = ways[content.state]?.[to];
  if (!action) return { why: reason(content.state, to) };
  return content.actions.includes(action) ? { action } : { why: 'role' };
}
