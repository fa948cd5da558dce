import { describe, expect, it } from 'vitest';
import { toLocalInput, toRfc3339 } from './local-time';

describe('toRfc3339', () => {
  it.each([
    ['Asia/Jakarta', '2026-11-23T08:00:00+07:00', '2026-11-23T01:00:00.000Z'],
    ['Asia/Makassar', '2026-11-23T08:00:00+08:00', '2026-11-23T00:00:00.000Z'],
    ['Asia/Jayapura', '2026-11-23T08:00:00+09:00', '2026-11-22T23:00:00.000Z'],
  ])('keeps the clock of %s whatever the browser thinks', (zone, expected, instant) => {
    const sent = toRfc3339('2026-11-23T08:00', zone);
    expect(sent).toBe(expected);
    expect(new Date(sent!).toISOString()).toBe(instant);
  });

  it('makes nothing of an empty or half-typed value', () => {
    expect(toRfc3339('', 'Asia/Makassar')).toBeNull();
    expect(toRfc3339('2026-11', 'Asia/Makassar')).toBeNull();
  });

  it('comes back as it was typed, over midnight too', () => {
    for (const zone of ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']) {
      for (const local of ['2026-12-31T23:59', '2027-01-01T00:00', '2026-02-28T06:30']) {
        expect(toLocalInput(toRfc3339(local, zone)!, zone)).toBe(local);
      }
    }
  });
});
