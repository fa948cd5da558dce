import { expect, it } from 'vitest';
import { anywhere, hasOwn, suggestedFor, suiting } from './fits';

const item = {
  captions: ['semua', 'x', 'semua juga', 'wa'],
  variants: [{}, { networks: ['x', 'threads'] }, {}, { networks: ['whatsapp'] }],
  suggested: 0,
  turn: 5,
};

it('offers a network its own captions first, then those for all, as the server does', () => {
  expect(suiting(item, 'x')).toEqual([1, 0, 2]);
  expect(suiting(item, 'telegram')).toEqual([0, 2]);
  expect(anywhere(item)).toEqual([0, 2]);
  expect(hasOwn(item, 'telegram')).toBe(false);
  expect(suggestedFor(item, 'x')).toBe(2);
  expect(suggestedFor(item, 'telegram')).toBe(2);
});

it('reads what an older build has kept', () => {
  const old = { captions: ['a', 'b', 'c'], suggested: 1 } as Parameters<typeof anywhere>[0];
  expect(anywhere(old)).toEqual([1, 0, 2]); // their turn first
  expect(suggestedFor(old, 'x')).toBe(1);
});
