// The words of a change, and how a figure is written.
import type { EngagementReport, ReportMetric } from './types';
import { formatNumber, formatPercent, type Locale } from '../../lib/format';
import type { Params } from '../../lib/i18n.svelte';
import type id from '../../text/laporan.id';
import { dayCount } from './period';

export type Words = (key: keyof typeof id, params?: Params) => string;

export function metricOf(report: EngagementReport, key: string): ReportMetric | undefined {
  return report.metrics.find((metric) => metric.key === key);
}

export type Direction = 'up' | 'down' | 'same' | 'none';

export type Change = { direction: Direction; text: string };

/** The change against the days that the report is compared with, in words and never as a bare sign. */
export function change(
  metric: ReportMetric,
  report: EngagementReport,
  t: Words,
  locale: Locale,
): Change {
  const { value, previous } = metric;
  if (value === null || previous === null) return { direction: 'none', text: t('change_none') };
  const than =
    report.compare === 'year'
      ? t('than_year')
      : t('than_days', { days: dayCount(report.from, report.to) });
  const careful = (direction: Direction, text: string) => ({
    direction,
    text: metric.small_base ? `${text} (${t('small_base')})` : text,
  });
  if (value === previous) return careful('same', t('change_same', { than }));
  const direction = value > previous ? 'up' : 'down';
  if (previous === 0) return careful(direction, t('change_from_zero', { than }));
  const share = distance(metric.unit, Math.abs(value - previous), previous, t, locale);
  return careful(direction, t(`change_${direction}`, { share, than }));
}

/** How far a figure has moved: what is a share or a quotient already is not divided once more. */
function distance(
  unit: ReportMetric['unit'],
  by: number,
  previous: number,
  t: Words,
  locale: Locale,
): string {
  const plain = (digits: number) => formatNumber(locale, by, { maximumFractionDigits: digits });
  if (unit === 'percent') return t('percent_points', { n: plain(1) });
  if (unit === 'ratio') return plain(1);
  if (unit === 'index') return plain(2);
  return formatPercent(locale, by / previous);
}

/** A metric's value in its unit; a hidden or unknown one is a dash. */
export function figure(
  { unit, value }: Pick<ReportMetric, 'unit' | 'value'>,
  locale: Locale,
): string {
  if (value === null) return '–';
  if (unit === 'percent') return formatPercent(locale, value / 100);
  if (unit === 'minutes') return duration(value, locale);
  const digits = unit === 'people' || unit === 'count' ? 0 : unit === 'index' ? 2 : 1;
  return formatNumber(locale, value, { maximumFractionDigits: digits });
}

/** Minutes as one reads them: 45 minutes, 3 hours, 2 days. */
function duration(minutes: number, locale: Locale): string {
  const [value, unit] =
    minutes < 60
      ? [minutes, 'minute']
      : minutes < 1440
        ? [minutes / 60, 'hour']
        : [minutes / 1440, 'day'];
  return formatNumber(locale, value, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  });
}
