import { expect, test } from 'vitest';
import {
  addMonths,
  clock,
  dayOf,
  daysOf,
  instant,
  iso,
  localInput,
  minuteOf,
  ontoDay,
  parse,
} from './grid';

const seven = Date.parse('2026-11-24T23:00:00Z'); // Wednesday 07.00 WITA, 06.00 WIB

test('an item stands at each zone’s own hour and day', () => {
  expect(clock(minuteOf(seven, 'Asia/Makassar'))).toBe('07.00');
  expect(clock(minuteOf(seven, 'Asia/Jakarta'))).toBe('06.00');
  const late = Date.parse('2026-11-24T15:30:00Z'); // 23.30 WITA, 00.30 WIT the day after
  expect(iso(dayOf(late, 'Asia/Makassar'))).toBe('2026-11-24');
  expect(iso(dayOf(late, 'Asia/Jayapura'))).toBe('2026-11-25');
});

test('a month moves the day and keeps the hour', () => {
  const there = ontoDay(seven, parse('2026-12-01')!, 'Asia/Makassar');
  expect(localInput(there, 'Asia/Makassar')).toBe('2026-12-01T07:00');
  expect(instant(dayOf(seven, 'Asia/Makassar'), 7 * 60, 'Asia/Makassar')).toBe(seven);
});

test('a month is whole weeks from Monday, and December is followed by January', () => {
  const november = daysOf('bulan', parse('2026-11-22')!);
  expect([iso(november[0]!), iso(november.at(-1)!)]).toEqual(['2026-10-26', '2026-12-06']);
  expect(iso(addMonths(parse('2026-12-31')!, 1))).toBe('2027-01-01');
  expect(daysOf('agenda', parse('2027-02-10')!)).toHaveLength(28);
});
