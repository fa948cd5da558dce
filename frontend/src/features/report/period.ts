/** The report's question: which agency, which days. It lives in the address, so a link repeats it. */

export interface Query {
  agency: number | null;
  from: string | null;
  to: string | null;
  compare: Compare;
  /** The number of a closed report: it says which days itself. */
  closed: number | null;
}

/** With as many days before, or with the same days of the year before. */
export type Compare = 'previous' | 'year';
export const comparisons: readonly Compare[] = ['previous', 'year'];

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

function day(text: string | null): string | null {
  return text && dayPattern.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

export function queryOf(search: string): Query {
  const params = new URLSearchParams(search);
  const from = day(params.get('from'));
  const to = day(params.get('to'));
  const whole = from !== null && to !== null && from <= to;
  return {
    agency: positive(params.get('agency')),
    from: whole ? from : null,
    to: whole ? to : null,
    compare: params.get('compare') === 'year' ? 'year' : 'previous',
    closed: positive(params.get('tutup')),
  };
}

function positive(text: string | null): number | null {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : null;
}

function params(query: Omit<Query, 'closed'>): URLSearchParams {
  const all = new URLSearchParams();
  if (query.agency !== null) {
    all.set('agency', String(query.agency));
  }
  if (query.from !== null && query.to !== null) {
    all.set('from', query.from);
    all.set('to', query.to);
  }
  if (query.compare === 'year') {
    all.set('compare', 'year');
  }
  return all;
}

/** The page's own address for a question, or that of another page about the same. */
export function pageLink(query: Query, page: '' | 'target' | 'tutup' | 'langganan' = ''): string {
  const search = params(query).toString();
  return search ? `/laporan/${page}?${search}` : `/laporan/${page}`;
}

/** A closed report in the reader. */
export function closedLink(
  one: { id: number; from: string; to: string; compare: Compare },
  agency: number | null,
): string {
  const { from, to, compare } = one;
  const search = params({ agency, from, to, compare });
  search.set('tutup', String(one.id));
  return `/laporan/?${search}`;
}

/** The file holds the figures of the screen: same agency, same days as the report that is shown. */
export function fileLink(
  shown: {
    agency: { id: number };
    from: string;
    to: string;
    compare: Compare;
    closed?: { id: number };
  },
  format: 'csv' | 'xlsx' | 'pdf' | 'pptx',
): string {
  if (shown.closed) return `/api/v1/reports/closed/${shown.closed.id}?format=${format}`;
  const { from, to, compare } = shown;
  const search = params({ agency: shown.agency.id, from, to, compare });
  search.set('format', format);
  return `/api/v1/reports/engagement?${search}`;
}

function utc(text: string): number {
  return Date.parse(`${text}T00:00:00Z`);
}

const DAY = 86_400_000;

function text(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export function addDays(from: string, days: number): string {
  return text(utc(from) + days * DAY);
}

/** Both ends count. */
export function dayCount(from: string, to: string): number {
  return Math.round((utc(to) - utc(from)) / DAY) + 1;
}

export type Preset = 'this_month' | 'last_month' | 'week';
export const presets: readonly Preset[] = ['this_month', 'last_month', 'week'];

/** A quick choice, from today on the agency's own clock. */
export function presetRange(preset: Preset, today: string): { from: string; to: string } {
  const first = `${today.slice(0, 7)}-01`;
  switch (preset) {
    case 'this_month':
      return { from: first, to: today };
    case 'last_month': {
      const last = addDays(first, -1);
      return { from: `${last.slice(0, 7)}-01`, to: last };
    }
    case 'week':
      return { from: addDays(today, -6), to: today };
  }
}

export function presetOf(from: string, to: string, today: string): Preset | null {
  return (
    presets.find((preset) => {
      const range = presetRange(preset, today);
      return range.from === from && range.to === to;
    }) ?? null
  );
}

/** Today on the zone's clock, YYYY-MM-DD. */
export function todayIn(zone: string, now = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
