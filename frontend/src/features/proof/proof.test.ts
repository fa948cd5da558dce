import { afterEach, expect, test, vi } from 'vitest';
import { boxOf, fromEdges, meant } from './frame';
import { addressIn } from './shared-in';
import { moment, statusWords } from './words';

afterEach(() => vi.useRealTimers());

test('an address is found wherever an app puts it, without what stands around it', () => {
  const of = (given: Record<string, string>) => addressIn(new URLSearchParams(given));
  expect(of({ url: 'https://x.com/a/status/1' })).toBe('https://x.com/a/status/1');
  expect(of({ title: 'Kabar', text: 'Lihat (https://t.me/a/1), ya.' })).toBe('https://t.me/a/1');
  expect(of({ text: 'tanpa tautan' })).toBe('');
  expect(of({ text: 'javascript:alert(1)' })).toBe('');
});

test('what is covered lies inside the picture, and a slip of the finger covers nothing', () => {
  expect(boxOf({ x: 0.9, y: 1.4 }, { x: -0.2, y: 0.5 })).toEqual({
    x: 0,
    y: 0.5,
    width: 0.9,
    height: 0.5,
  });
  expect(meant(boxOf({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.5 }))).toBe(false);
  expect(fromEdges(10, 0, 0, 20)).toEqual({ x: 0.2, y: 0.1, width: 0.8, height: 0.9 });
});

test('a status says until when, in the zone of the agency, and a late answer says so', () => {
  vi.setSystemTime('2026-11-22T02:00:00Z'); // on its last day a status names the hour alone
  const status = {
    cause: 'waiting_for_click' as const,
    reason: '',
    due_at: '2026-11-24T06:05:00Z',
    late: false,
    open: true,
    paste: true,
    show: false,
    object: true,
    appeal: false,
    take_back: true,
  };
  const words = (more: object) =>
    statusWords({ status: { ...status, ...more } }, 'id-ID', 'Asia/Makassar');
  expect(words({})).toBe('Menunggu klik pertama, sampai 24 November pukul 14.05 WITA.');
  expect(words({ cause: 'objection_open', late: true })).toContain('terlambat');
  for (const cause of ['objection_open', 'screenshot_in_review'])
    expect(words({ cause, reason: 'no_reviewer', late: true })).toMatch(
      /^Belum ada peninjau di luar unit Anda/,
    );
  expect(words({ cause: 'address_in_check', reason: 'sign_in' })).toMatch(
    /tidak mengurangi apa pun. Diperiksa ulang/,
  );
  expect(words({ cause: 'address_unknown', reason: 'a_new_one' })).toBe('');
  expect(
    moment('id-ID', '2026-11-24T06:05:00Z', 'Asia/Makassar', Date.parse('2026-11-24T01:00:00Z')),
  ).toBe('pukul 14.05 WITA');
});
