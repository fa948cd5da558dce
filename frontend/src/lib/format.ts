// Numbers, dates and times as people here read them. Making an Intl formatter is dear on a cheap phone,
// so each one is made once per locale and options.
export type Locale = 'id-ID' | 'en-GB';

const formatters = new Map<string, unknown>();

function cached<T>(key: string, make: () => T): T {
  let formatter = formatters.get(key) as T | undefined;
  if (!formatter) {
    formatter = make();
    formatters.set(key, formatter);
  }
  return formatter;
}

export function numberFormat(locale: Locale, options: Intl.NumberFormatOptions = {}) {
  return cached(
    `n${locale}${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(locale, options),
  );
}

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions) {
  return cached(
    `d${locale}${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(locale, options),
  );
}

export function formatNumber(locale: Locale, value: number, options?: Intl.NumberFormatOptions) {
  return numberFormat(locale, options).format(value);
}

/** Share 0.083 as "8,3%". */
export function formatPercent(locale: Locale, share: number, digits = 1) {
  return formatNumber(locale, share, { style: 'percent', maximumFractionDigits: digits });
}

/** Names of the three zones by their IANA names: Intl knows them in Indonesian only. */
const zoneNames: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT',
};

export function zoneName(zone: string) {
  return zoneNames[zone] ?? zone;
}

type Moment = string | number | Date;

/** "22 Nov 2026"; the options replace the default parts. */
export function formatDate(
  locale: Locale,
  at: Moment,
  zone: string,
  options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' },
) {
  return dateFormat(locale, { ...options, timeZone: zone }).format(new Date(at));
}

/** "09.12 WITA": a clock time never stands without its zone. */
export function formatTime(locale: Locale, at: Moment, zone: string) {
  const time = formatDate(locale, at, zone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${time} ${zoneName(zone)}`;
}

/** "22 Nov 2026, 09.12 WITA". */
export function formatDateTime(locale: Locale, at: Moment, zone: string) {
  return `${formatDate(locale, at, zone)}, ${formatTime(locale, at, zone)}`;
}

/** How old what is on the screen is: "09.12 WITA" of today, else with its day. */
export function formatSince(locale: Locale, at: Moment, zone: string, now: Moment = Date.now()) {
  const today = formatDate(locale, at, zone) === formatDate(locale, now, zone);
  return (today ? formatTime : formatDateTime)(locale, at, zone);
}

/** "Rp1.250.000": no space after Rp, as the official spelling has it. */
export function formatRupiah(locale: Locale, value: number) {
  const sign = value < 0 ? '−' : '';
  return `${sign}Rp${formatNumber(locale, Math.abs(value), { maximumFractionDigits: 0 })}`;
}
