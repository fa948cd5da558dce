// Local days of an agency, as the date fields write them.

/** The day of now in a zone, as 2026-11-22. */
export function dayIn(zone: string, at = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
}
