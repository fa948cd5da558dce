// Days and clocks of Indonesia, by arithmetic: its zones have no summer time, and the browser's own is nobody's.
export const hour = 3_600_000;
export const minute = 60_000;
const dayLong = 24 * hour;

const offsets: Record<string, number> = {
  'Asia/Jakarta': 7,
  'Asia/Pontianak': 7,
  'Asia/Makassar': 8,
  'Asia/Jayapura': 9,
};
const ahead = (zone: string) => (offsets[zone] ?? 7) * hour;

/** A local day as a number: days since 1970-01-01. */
export const dayOf = (at: number, zone: string) => Math.floor((at + ahead(zone)) / dayLong);
/** Minutes since the local midnight. */
export const minuteOf = (at: number, zone: string) =>
  Math.floor((((at + ahead(zone)) % dayLong) + dayLong) / minute) % 1440;
/** The instant of a local day and minute. */
export const instant = (day: number, minutes: number, zone: string) =>
  day * dayLong + minutes * minute - ahead(zone);

export const iso = (day: number) => new Date(day * dayLong).toISOString().slice(0, 10);
export const noon = (day: number) => day * dayLong + 12 * hour;
export function parse(text: string | null): number | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at / dayLong;
}

export const weekday = (day: number) => (((day + 3) % 7) + 7) % 7; // Monday: 0
export const mondayOf = (day: number) => day - weekday(day);

function partsOf(day: number): [year: number, month: number] {
  const date = new Date(day * dayLong);
  return [date.getUTCFullYear(), date.getUTCMonth()];
}
export const monthStart = (day: number) => Date.UTC(...partsOf(day), 1) / dayLong;
export function addMonths(day: number, months: number) {
  const [year, month] = partsOf(day);
  return Date.UTC(year, month + months, 1) / dayLong;
}
export const sameMonth = (a: number, b: number) => partsOf(a).join() === partsOf(b).join();

export type Look = 'bulan' | 'pekan' | 'agenda';

/** The days that a look shows: whole weeks for a month, one week, or the month as a list. */
export function daysOf(look: Look, at: number): number[] {
  let from = mondayOf(at);
  let n = 7;
  if (look === 'bulan') {
    from = mondayOf(monthStart(at));
    n = mondayOf(addMonths(at, 1) - 1) + 7 - from;
  } else if (look === 'agenda') {
    from = monthStart(at);
    n = addMonths(at, 1) - from;
  }
  return Array.from({ length: n }, (_, i) => from + i);
}

/** The same hour on another day, as a month moves it. */
export const ontoDay = (at: number, day: number, zone: string) =>
  instant(day, minuteOf(at, zone), zone);

const two = (n: number) => String(n).padStart(2, '0');
export const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}.${two(minutes % 60)}`;
/** The value of a datetime-local field. */
export const localInput = (at: number, zone: string) => {
  const minutes = minuteOf(at, zone);
  return `${iso(dayOf(at, zone))}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
