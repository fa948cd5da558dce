import { describe, expect, it } from 'vitest';
import { foldedOf } from './fold';
import { columns } from './moves';

const counts = { draft: 3, in_review: 2, approved: 1, live: 9, ended: 40 };
const fold = (width: number, chosen = {}, of = counts) =>
  [...foldedOf(columns, of, width, chosen)].sort();

describe('the columns of the board', () => {
  it('all stay open where there is room', () => expect(fold(1280)).toEqual([]));
  it('give way from the right, the empty ones first', () => {
    expect(fold(1168)).toEqual(['scheduled']);
    expect(fold(1024)).toEqual(['changes_requested', 'scheduled']);
    expect(fold(912)).toEqual(['changes_requested', 'ended', 'scheduled']);
  });
  it('are never folded because their numbers are not known yet', () =>
    expect([...foldedOf(columns, undefined, 1168, {})]).toEqual(['ended']));
  it('follow the person', () => {
    expect(fold(1168, { scheduled: false })).toEqual(['changes_requested']);
    expect(fold(2000, { draft: true })).toEqual(['draft']);
    expect(fold(320, { changes_requested: false, scheduled: false, ended: false })).toEqual([]);
  });
});
