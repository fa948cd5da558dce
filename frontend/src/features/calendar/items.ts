// What a grid shows: each item on its local day, in the order of its hour.
import type { Holiday, Plan, Slot } from './api';
import { dayOf, minuteOf } from './grid';

export type Item = {
  slot: Slot;
  at: number;
  zone: string;
  day: number;
  minute: number;
};
export type Days = Map<number, Item[]>;
export type Narrow = { state: string; agency: number };

/** Sorted by day; `zone` is empty where each agency's own clock counts. */
export function byDay(plan: Plan | undefined, zone: string, { state, agency }: Narrow): Days {
  const zones = new Map(plan?.agencies.map((one) => [one.id, one.zone]));
  const days: Days = new Map();
  for (const slot of plan?.slots ?? []) {
    if (!slot.at || (state && slot.state !== state) || (agency && slot.agency_id !== agency))
      continue;
    const own = zone || zones.get(slot.agency_id) || 'Asia/Jakarta';
    const at = Date.parse(slot.at);
    const item = { slot, at, zone: own, day: dayOf(at, own), minute: minuteOf(at, own) };
    const there = days.get(item.day);
    if (there) there.push(item);
    else days.set(item.day, [item]);
  }
  for (const items of days.values()) items.sort((a, b) => a.minute - b.minute);
  return days;
}

/** How many end on each day. */
export function ending(plan: Plan | undefined, zone: string, { state, agency }: Narrow) {
  const zones = new Map(plan?.agencies.map((one) => [one.id, one.zone]));
  const days = new Map<number, Slot[]>();
  for (const slot of plan?.slots ?? []) {
    if (!slot.ends_at || slot.state === 'recalled' || slot.wish) continue;
    if ((state && slot.state !== state) || (agency && slot.agency_id !== agency)) continue;
    const day = dayOf(
      Date.parse(slot.ends_at),
      zone || zones.get(slot.agency_id) || 'Asia/Jakarta',
    );
    const there = days.get(day);
    if (there) there.push(slot);
    else days.set(day, [slot]);
  }
  return days;
}

export const warned = ({ slot }: Item) => Boolean(slot.near || slot.prompts);

/** The holidays of each day, by its date. */
export function holidaysOf(plan: Plan | undefined) {
  const days = new Map<string, Holiday[]>();
  for (const one of plan?.holidays ?? []) days.set(one.day, [...(days.get(one.day) ?? []), one]);
  return days;
}

/** The items of each hour, by "day:hour". */
export function byHour(days: number[], items: Days) {
  const cells = new Map<string, Item[]>();
  for (const day of days) {
    for (const item of items.get(day) ?? []) {
      const key = `${day}:${Math.floor(item.minute / 60)}`;
      const there = cells.get(key);
      if (there) there.push(item);
      else cells.set(key, [item]);
    }
  }
  return cells;
}
