import { expect, it } from 'vitest';
import { formatDateTime, formatPercent, formatRupiah, formatTime } from './format';

const moment = '2026-11-22T01:12:00Z';

it('writes a time in the zone of the agency, with its name', () => {
  expect(formatTime('id-ID', moment, 'Asia/Jakarta')).toBe('08.12 WIB');
  expect(formatTime('id-ID', moment, 'Asia/Makassar')).toBe('09.12 WITA');
  expect(formatTime('en-GB', moment, 'Asia/Jayapura')).toBe('10:12 WIT');
});

it('takes the date from the zone as well', () => {
  const late = '2026-11-22T16:30:00Z';
  expect(formatDateTime('id-ID', late, 'Asia/Jayapura')).toBe('23 Nov 2026, 01.30 WIT');
});

it('writes midnight as 00, not 24', () => {
  expect(formatTime('id-ID', '2026-11-21T17:00:00Z', 'Asia/Jakarta')).toBe('00.00 WIB');
});

it('writes rupiah without a space and shares with a comma', () => {
  expect(formatRupiah('id-ID', 1_250_000)).toBe('Rp1.250.000');
  expect(formatPercent('id-ID', 0.083)).toBe('8,3%');
});
