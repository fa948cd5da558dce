import { formatDate, type Locale } from '../../lib/format';

/** A day without a time is the same day everywhere: noon in UTC, named in UTC. */
export const dayName = (locale: Locale, day: string) =>
  formatDate(locale, `${day}T12:00:00Z`, 'UTC');
