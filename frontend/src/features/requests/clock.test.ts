import { expect, it } from 'vitest';
import { clockOf, wordsOf } from './clock';

const due = '2026-11-30T11:00:00Z';
const at = (text: string) => clockOf(due, new Date(text).getTime());

it('tells what is left of a clock, and how long it is over', () => {
  expect(at('2026-11-27T11:00:00Z')).toEqual({ over: false, d: 3, h: 0 });
  expect(wordsOf(at('2026-11-29T09:30:00Z'))).toBe('left_days');
  expect(at('2026-11-29T09:30:00Z')).toEqual({ over: false, d: 1, h: 1 });
  expect(wordsOf(at('2026-11-30T09:00:00Z'))).toBe('left_hours');
  expect(wordsOf(at('2026-11-30T10:30:00Z'))).toBe('left_soon');
  expect(wordsOf(at('2026-11-30T11:01:00Z'))).toBe('over_soon');
  expect(at('2026-12-01T15:00:00Z')).toEqual({ over: true, d: 1, h: 4 });
});
