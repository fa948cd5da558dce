import { expect, it } from 'vitest';
import { matches } from './find';

it('finds an answer by any of its words, in any order', () => {
  const text = 'Mengapa belum tercatat? Berbagi tercatat sejak Anda mengetuk.';
  expect(matches(text, '')).toBe(true);
  expect(matches(text, 'TERCATAT belum')).toBe(true);
  expect(matches(text, ' tercat ')).toBe(true);
  expect(matches(text, 'tercatat kuota')).toBe(false);
});
