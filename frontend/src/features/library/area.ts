// The area of a crop: it stays within the picture and keeps its ratio.
import type { Area, Ratio } from './api';

export type Size = { width: number; height: number };

/** Below this many pixels the server makes no crop. */
export const MIN_SIDE = 200;
/** Below this many pixels a crop looks blurred where networks show it large. */
export const GOOD_SIDE = 720;

const parts: Record<Ratio, number> = {
  '1:1': 1,
  '4:5': 0.8,
  '9:16': 9 / 16,
  '16:9': 16 / 9,
  '1.91:1': 1.91,
  free: 0,
};

const between = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** The area of this width around a point, as far as the picture reaches. */
function around(whole: Size, part: number, width: number, x: number, y: number): Area {
  const most = Math.min(whole.width, whole.height * part);
  const least = Math.min(most, Math.max(MIN_SIDE, MIN_SIDE * part));
  const w = Math.round(between(width, least, most));
  const h = Math.min(whole.height, Math.round(w / part));
  return inside(whole, { x: x - w / 2, y: y - h / 2, width: w, height: h });
}

export function inside(whole: Size, area: Area): Area {
  return {
    ...area,
    x: Math.round(between(area.x, 0, whole.width - area.width)),
    y: Math.round(between(area.y, 0, whole.height - area.height)),
  };
}

/** The largest area of a ratio around the focus, in percent of the picture. */
export function largest(whole: Size, ratio: Ratio, focusX: number, focusY: number): Area {
  const part = parts[ratio] || whole.width / whole.height;
  const x = (focusX / 100) * whole.width;
  const y = (focusY / 100) * whole.height;
  return around(whole, part, whole.width, x, y);
}

/** Larger or smaller around its own middle. */
export function zoomed(whole: Size, area: Area, by: number): Area {
  const part = area.width / area.height;
  return around(whole, part, area.width * by, area.x + area.width / 2, area.y + area.height / 2);
}

/** A free area of another size. */
export function resized(whole: Size, area: Area, width: number, height: number): Area {
  const size = {
    width: Math.round(between(width, Math.min(MIN_SIDE, whole.width), whole.width)),
    height: Math.round(between(height, Math.min(MIN_SIDE, whole.height), whole.height)),
  };
  return inside(whole, { ...area, ...size });
}
