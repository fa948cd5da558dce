import { expect, test } from 'vitest';
import { ratios } from './api';
import { inside, largest, resized, zoomed } from './area';

const whole = { width: 1280, height: 720 };
const part = { '1:1': 1, '4:5': 0.8, '9:16': 0.5625, '16:9': 16 / 9, '1.91:1': 1.91, free: 0 };

test('a crop never leaves the picture and keeps its ratio', () => {
  for (const ratio of ratios) {
    for (const [x, y] of [
      [0, 0],
      [50, 50],
      [100, 100],
    ] as const) {
      let area = largest(whole, ratio, x, y);
      for (const by of [1, 0.5, 0.1, 3, 0.9]) {
        area = inside(whole, { ...zoomed(whole, area, by), x: area.x + 37, y: area.y - 91 });
        expect(area.x).toBeGreaterThanOrEqual(0);
        expect(area.y).toBeGreaterThanOrEqual(0);
        expect(area.x + area.width).toBeLessThanOrEqual(whole.width);
        expect(area.y + area.height).toBeLessThanOrEqual(whole.height);
        expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(199);
        // What the server allows: a pixel or two of rounding.
        if (part[ratio]) expect(Math.abs(area.width - part[ratio] * area.height)).toBeLessThan(2.5);
      }
    }
  }
});

test('a free area takes any size that the picture has', () => {
  const area = resized(whole, { x: 1000, y: 0, width: 280, height: 720 }, 5000, 10);
  expect(area).toEqual({ x: 0, y: 0, width: 1280, height: 200 });
});
