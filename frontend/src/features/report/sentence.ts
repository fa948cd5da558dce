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
  if (value === previous) {
    const same = t('change_same', { than });
    return {
      direction: 'same',
      text: metric.small_base ? `${same} (${t('small_base_short')})` : same,
    };
  }
  const direction = value > previous ? 'up' : 'down';
  if (metric.small_base) return { direction, text: fromFew(metric, previous, than, t, locale) };
  if (previous === 0) return { direction, text: t('change_from_zero', { than }) };
  const share = distance(metric.unit, Math.abs(value - previous), previous, t, locale);
  return { direction, text: t(`change_${direction}`, { share, than }) };
}

/** Both figures: of three people who became thousands a percentage is noise. */
function fromFew(
  { unit, value }: ReportMetric,
  previous: number,
  than: string,
  t: Words,
  locale: Locale,
): string {
  const of =
    unit === 'people' || unit === 'per_100' ? ` ${t(`small_base_${unit}`, { n: value ?? 0 })}` : '';
  const both = t('change_few', {
    than,
    was: figure({ unit, value: previous }, locale),
    now: figure({ unit, value }, locale) + of,
  });
  const whole = unit === 'percent' || unit === 'ratio' || unit === 'index';
  return `${both}; ${t(whole ? 'small_base_short' : 'small_base_no_percent')}`;
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
