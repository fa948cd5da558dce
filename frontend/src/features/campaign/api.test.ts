import { expect, test } from 'vitest';
import { numberOf } from './api';

test('a target may be typed as it is spoken, and nonsense is none', () => {
  expect(['5000', '5.000', ' 1.250.000 ', '12 500'].map(numberOf)).toEqual([
    5000, 5000, 1250000, 12500,
  ]);
  expect(['', '5,5', '1.25', '-3', 'lima', '5.0000', '1e3'].map(numberOf)).toEqual(
    Array(7).fill(undefined),
  );
});
