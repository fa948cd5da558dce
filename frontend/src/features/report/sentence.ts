// The words of the report: one sentence from the numbers, and what each change means.
import type { EngagementReport, ReportMetric } from './types';
import { formatNumber, formatPercent, type Locale } from '../../lib/format';
import type { Params } from '../../lib/i18n.svelte';
import type id from '../../text/laporan.id';
import { dayCount } from './period';

export type Words = (key: keyof typeof id, params?: Params) => string;

export function metricOf(report: EngagementReport, key: string): ReportMetric | undefined {
  return report.metrics.find((metric) => metric.key === key);
}

/** What happened, in one sentence that a leader can repeat. No figure is in it that is not on the page. */
export function sentence(report: EngagementReport, period: string, t: Words): string {
  const value = (key: string) => metricOf(report, key)?.value ?? null;
  const shares = value('shares');
  const people = value('people_reached');
  const asn = value('active_sharers');
  const frame = { period, agency: report.agency.short_name || report.agency.name };
  if (shares === null || people === null) return t('sentence_hidden', frame);
  if (shares === 0 && people === 0) return t('sentence_none', frame);
  if (shares === 0) return t('sentence_only_reach', { ...frame, people });
  const key = people === 0 ? 'sentence_no_reach' : 'sentence_full';
  // A headline counts what is proven; only where nothing is, it tells what was recorded.
  const told = people === 0 ? shares : (value('proven_shares') ?? 0);
  if (asn === null) return t(`${key}_unnamed`, { ...frame, shares: told, people });
  return t(key, { ...frame, asn, shares: told, people });
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
  const share = formatPercent(locale, Math.abs(value - previous) / previous);
  return careful(direction, t(`change_${direction}`, { share, than }));
}

/** A metric's value in its unit; a hidden or unknown one is a dash. */
export function figure(
  { unit, value }: Pick<ReportMetric, 'unit' | 'value'>,
  locale: Locale,
): string {
  if (value === null) return '–';
  if (unit === 'percent') return formatPercent(locale, value / 100);
  const digits = unit === 'people' || unit === 'count' ? 0 : unit === 'index' ? 2 : 1;
  return formatNumber(locale, value, { maximumFractionDigits: digits });
}
