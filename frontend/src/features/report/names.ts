// Words for what the report names by code.
import { t } from '../../text/laporan';
import type { ReportMetric } from '../../lib/api/pending-report';
import { formatDate } from '../../lib/format';
import { language } from '../../lib/i18n.svelte';

const metricNames = {
  people_reached: 'metric_people_reached',
  active_sharers: 'metric_active_sharers',
  share_rate: 'metric_share_rate',
  shares: 'metric_shares',
  reach_per_100: 'metric_reach_per_100',
  eligible: 'metric_eligible',
  likes: 'metric_likes',
  valid_clicks: 'metric_valid_clicks',
  clicks_per_share: 'metric_clicks_per_share',
  machine_requests: 'metric_machine_requests',
} as const;

const definitions = {
  people_reached: 'define_people_reached',
  active_sharers: 'define_active_sharers',
  share_rate: 'define_share_rate',
  shares: 'define_shares',
  reach_per_100: 'define_reach_per_100',
} as const;

/** Our word for a metric, or the registry's own name for one that came later. */
export function metricName(metric: Pick<ReportMetric, 'key' | 'name'>): string {
  const known = metricNames[metric.key as keyof typeof metricNames];
  return known ? t(known) : metric.name;
}

export function definition(metric: ReportMetric): string {
  return t(definitions[metric.key as keyof typeof definitions] ?? 'define_other');
}

const networkNames: Record<string, string> = {
  whatsapp: 'WhatsApp',
  facebook: 'Facebook',
  instagram: 'Instagram',
  x: 'X',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  threads: 'Threads',
  telegram: 'Telegram',
  linkedin: 'LinkedIn',
};

export function networkName(network: string): string {
  return networkNames[network] ?? t(network === 'copy' ? 'network_copy' : 'network_other');
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
