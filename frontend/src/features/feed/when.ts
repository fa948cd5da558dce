// When a content came and goes, in the zone of the agency that published it.
import { formatDate, formatTime, type Locale } from '../../lib/format';
import { t } from '../../text/asn';

export function publishedWhen(locale: Locale, at: string, zone: string, now = Date.now()) {
  const day = formatDate(locale, at, zone);
  return day === formatDate(locale, now, zone)
    ? t('today_at', { time: formatTime(locale, at, zone) })
    : day;
}
