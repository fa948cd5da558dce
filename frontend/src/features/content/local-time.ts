/** Clock times in an agency's own zone: what people type, and what the API wants. */

/** How far a zone's clock is ahead of UTC at an instant, in minutes. */
export function offsetMinutes(zone: string, instant: Date): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  const whole = Math.floor(instant.getTime() / 60_000) * 60_000;
  return (wall - whole) / 60_000;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

const localPattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/;

/**
 * Turns the value of a datetime-local field into RFC 3339 with the zone's offset.
 * An empty or half-typed value is null: it never becomes a time in the browser's zone.
 */
export function toRfc3339(local: string, zone: string): string | null {
  const match = localPattern.exec(local);
  if (!match) {
    return null;
  }
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  const guess = offsetMinutes(zone, new Date(asUtc));
  const offset = offsetMinutes(zone, new Date(asUtc - guess * 60_000));
  const sign = offset < 0 ? '-' : '+';
  const size = Math.abs(offset);
  return `${match[0]}:00${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/** The value of a datetime-local field for an instant, on the zone's own clock. */
export function toLocalInput(instant: string | undefined, zone: string): string {
  if (!instant) {
    return '';
  }
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) {
    return '';
  }
  return new Date(at.getTime() + offsetMinutes(zone, at) * 60_000).toISOString().slice(0, 16);
}
