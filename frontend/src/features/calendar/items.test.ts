import { expect, test } from 'vitest';
import type { Plan } from './api';
import { byDay, ending, timed } from './items';

const slot = (id: number, title: string, more = {}) => ({
  id,
  title,
  state: 'scheduled' as const,
  agency_id: 1,
  pillar: 'product',
  at: '2026-12-01T16:30:00Z',
  ends_at: '2026-12-05T01:00:00Z',
  ...more,
});
const plan = {
  slots: [
    slot(1, 'Posyandu keliling di Desa Sari'),
    slot(2, 'Pasar murah', { pillar: 'regional', at: '2026-12-01T15:00:00Z' }),
    slot(3, 'Posyandu lansia', { state: 'live', agency_id: 2 }),
  ],
  agencies: [
    { id: 1, name: 'A', zone: 'Asia/Makassar' },
    { id: 2, name: 'B', zone: 'Asia/Jakarta' },
  ],
  holidays: [],
  partial: false,
} as Plan;
const none = { state: '', agency: 0, pillar: '', words: '' };
const shown = (narrow: Partial<typeof none>, zone = 'Asia/Makassar') =>
  [...byDay(timed(plan, zone), { ...none, ...narrow }).values()].flat().map((item) => item.slot.id);

test('each filter lets through what it names, and all of them together', () => {
  expect(shown({}).sort()).toEqual([1, 2, 3]);
  expect(shown({ state: 'live' })).toEqual([3]);
  expect(shown({ agency: 2 })).toEqual([3]);
  expect(shown({ pillar: 'regional' })).toEqual([2]);
  expect(shown({ words: 'sari POSYANDU' })).toEqual([1]);
  expect(shown({ words: 'posyandu', state: 'live', pillar: 'regional' })).toEqual([]);
  const ends = ending(plan, 'Asia/Makassar', { ...none, words: 'pasar' });
  expect([...ends.values()].flat().map(({ id }) => id)).toEqual([2]);
});

test('a day is that of the clock that counts', () => {
  const days = (zone: string) =>
    new Set(timed(plan, zone).map(({ slot, day }) => `${slot.id}:${day % 7}`));
  expect(days('Asia/Makassar')).not.toEqual(days(''));
});
