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
export type Narrow = { state: string; agency: number; pillar: string; words: string };

const zoneOf = (plan: Plan | undefined, zone: string) => {
  const zones = new Map(plan?.agencies.map((one) => [one.id, one.zone]));
  return (slot: Slot) => zone || zones.get(slot.agency_id) || 'Asia/Jakarta';
};

/** Each item on its local day, in the order of its hour; `zone` is empty where each agency's own clock counts. */
export function timed(plan: Plan | undefined, zone: string): Item[] {
  const of = zoneOf(plan, zone);
  const items: Item[] = [];
  for (const slot of plan?.slots ?? []) {
    if (!slot.at) continue;
    const own = of(slot);
    const at = Date.parse(slot.at);
    items.push({ slot, at, zone: own, day: dayOf(at, own), minute: minuteOf(at, own) });
  }
  return items.sort((a, b) => a.minute - b.minute);
}

/** Whether a filter lets an item through: each word that was typed is somewhere in its title. */
export function passes({ state, agency, pillar, words }: Narrow) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return (slot: Slot) => {
    if (state && slot.state !== state) return false;
    if (agency && slot.agency_id !== agency) return false;
    if (pillar && slot.pillar !== pillar) return false;
    if (wanted.length === 0) return true;
    const title = slot.title.toLowerCase();
    return wanted.every((word) => title.includes(word));
  };
}

export function byDay(items: Item[], narrow: Narrow): Days {
  const through = passes(narrow);
  const days: Days = new Map();
  for (const item of items) {
    if (!through(item.slot)) continue;
    const there = days.get(item.day);
    if (there) there.push(item);
    else days.set(item.day, [item]);
  }
  return days;
}

/** What ends on each day. */
export function ending(plan: Plan | undefined, zone: string, narrow: Narrow) {
  const of = zoneOf(plan, zone);
  const through = passes(narrow);
  const days = new Map<number, Slot[]>();
  for (const slot of plan?.slots ?? []) {
    if (!slot.ends_at || slot.state === 'recalled' || slot.wish || !through(slot)) continue;
    const day = dayOf(Date.parse(slot.ends_at), of(slot));
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
