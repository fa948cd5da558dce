import { expect, it } from 'vitest';
import type { Guide, Kit } from './api';
import { isOwn, readable, withItem, withoutItem } from './kit';

const word = (phrase: string, instead = '') => ({
  phrase,
  instead,
  reason: 'x',
  severity: 'warning' as const,
});
const kit: Kit = {
  logos: [],
  colors: [],
  templates: [],
  keywords: [],
  voice: '',
  banned: [word('antri'), word('himbau')],
};

it('puts a renamed word where the old one stood', () => {
  const changed = withItem(kit, 'banned', word('antrian', 'antrean'), 'antri');
  expect(changed.banned.map(({ phrase }) => phrase)).toEqual(['antrian', 'himbau']);
  expect(kit.banned[0]?.phrase).toBe('antri');
});

it('adds what is new and removes by the key', () => {
  const changed = withItem(kit, 'banned', word('Buzzer'));
  expect(withoutItem(changed, 'banned', 'buzzer')).toEqual(kit);
});

it('tells own items from inherited ones', () => {
  const origins = [{ section: 'banned', key: 'antri', agency_id: 1, agency: 'Provinsi' }];
  const guide = { agency_id: 2, origins } as unknown as Guide;
  expect(isOwn(guide, 'banned', word('Antri'))).toBe(false);
});

it('judges contrast by WCAG', () => {
  expect([4.5, 4.49, 3, 2.9].map(readable)).toEqual(['text', 'large', 'large', 'none']);
});
