// Words for what the report names by code.
import { t as shared } from '../../text/shared';
import { grades, type Metric } from './types';
import { formatDate } from '../../lib/format';
import { language } from '../../lib/i18n.svelte';

/** The registry's own words: the screen, the file and the API call a metric by one name. */
export function metricName(metric: Metric): string {
  return language.current === 'en' ? metric.name_en : metric.name;
}

/** What it says, in a sentence. */
export function meaning(metric: Metric): string {
  return language.current === 'en' ? metric.meaning_en : metric.meaning;
}

export function definition(metric: Metric): string {
  return language.current === 'en' ? metric.formula_en : metric.formula;
}

/** "B · terukur", or the letters alone where several grades count; empty where none does. */
export function evidenceName(metric: Metric): string {
  const counted = grades.filter((grade) => metric.evidence.includes(grade));
  if (counted.length === 1) return `${counted[0]} · ${shared(`evidence_${counted[0]!}`)}`;
  return counted.join(' + ');
}

/** Every grade that counts, in words. */
export function evidenceWords(metric: Metric): string {
  return grades
    .filter((grade) => metric.evidence.includes(grade))
    .map((grade) => `${grade} ${shared(`evidence_${grade}`)}`)
    .join(', ');
}

/** What the figure does not say. */
export function caveat(metric: Metric): string {
  return language.current === 'en' ? metric.caveat_en : metric.caveat;
}

/** The name in the table of networks: the screen, the file and the API use one. */
export function networkName(network: { name: string; name_en: string }): string {
  return language.current === 'en' ? network.name_en : network.name;
}

/** A calendar day of the report: it has no time, so no zone may move it. */
export function dayName(day: string | Date, options?: Intl.DateTimeFormatOptions): string {
  return formatDate(
    language.locale,
    typeof day === 'string' ? `${day}T00:00:00Z` : day,
    'UTC',
    options ?? { day: 'numeric', month: 'short', year: 'numeric' },
  );
}

/** "1–22 November 2026". */
export function periodName(from: string, to: string): string {
  const format = new Intl.DateTimeFormat(language.locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  // Some versions put thin spaces around the dash, which wrap badly and read oddly in a sentence.
  return format
    .formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))
    .replace(/(\d)\s*–\s*(\d+ \p{L})/u, '$1–$2');
}
