import { expect, it } from 'vitest';
import { matches } from './find';

it('finds an answer by any of its words, in any order', () => {
  const text = 'Mengapa belum tercatat? Berbagi tercatat sejak Anda mengetuk.';
  expect(matches(text, '')).toBe(true);
  expect(matches(text, 'TERCATAT belum')).toBe(true);
  expect(matches(text, ' tercat ')).toBe(true);
  expect(matches(text, 'tercatat kuota')).toBe(false);
});

it('takes a whole question for the words that tell something', () => {
  const text = 'Apa arti A, B, C, dan D? Huruf ini menilai buktinya.';
  const idle = 'apa yang saya bagaimana itu';
  expect(matches(text, 'Apa itu huruf A–D?', idle)).toBe(true);
  expect(matches(text, 'bagaimana saya protes', idle)).toBe(false);
  expect(matches(text, 'apa', idle)).toBe(true);
});
