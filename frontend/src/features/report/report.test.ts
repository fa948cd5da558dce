import { describe, expect, it } from 'vitest';
import type { EngagementReport, ReportMetric, ReportUnit } from './types';
import { named, sortUnits } from './units';
import { fill } from '../../lib/i18n.svelte';
import id from '../../text/laporan.id';
import { dayCount, fileLink, presetRange, queryOf, todayIn } from './period';
import { firstDay, periodsOf } from './targets';
import { change, figure, type Words } from './sentence';

const indonesian: Words = (key, params = {}) => fill(id[key], params, 'id');

function metric(key: string, value: number | null, previous: number | null = null): ReportMetric {
  return {
    key,
    name: key,
    name_en: key,
    unit: 'count',
    meaning: '',
    meaning_en: '',
    missing: '',
    missing_en: '',
    place: 'report',
    source: '',
    goal: '',
    value,
    previous,
    formula: '',
    formula_en: '',
    version: 1,
    evidence: 'A+B',
    denominator: '',
    caveat: '',
    caveat_en: '',
    small_base: previous !== null && previous < 30,
  };
}

function report(people: number | null, shares: number | null, sharers: number | null) {
  return {
    agency: {
      id: 1,
      name: 'Provinsi Nusa Arunika',
      short_name: 'Nusa Arunika',
      kind: 'region',
      zone: 'Asia/Makassar',
    },
    from: '2026-11-01',
    to: '2026-11-22',
    compare: 'previous',
    metrics: [
      metric('people_reached', people),
      metric('shares', shares),
      metric('proven_shares', shares === null ? null : Math.ceil(shares / 2)),
      metric('active_sharers', sharers),
    ],
  } as EngagementReport;
}

describe('change', () => {
  const shown = report(1, 1, 1);

  it.each([
    [1083, 1000, 'up', 'naik 8,3% dari 22 hari sebelumnya'],
    [900, 1000, 'down', 'turun 10% dari 22 hari sebelumnya'],
    [5, 5, 'same', 'sama dengan 22 hari sebelumnya (pembanding kecil, di bawah 30)'],
    [
      5,
      0,
      'up',
      'dari 0 menjadi 5 dibandingkan 22 hari sebelumnya; pembanding terlalu kecil untuk persentase',
    ],
    [
      2814,
      3,
      'up',
      'dari 3 menjadi 2.814 dibandingkan 22 hari sebelumnya; pembanding terlalu kecil untuk persentase',
    ],
    [5, null, 'none', 'tidak ada data pembanding'],
    [null, 5, 'none', 'tidak ada data pembanding'],
  ])('of %s against %s', (value, previous, direction, text) => {
    expect(change(metric('shares', value, previous), shown, indonesian, 'id-ID')).toEqual({
      direction,
      text,
    });
  });
});

it('says people, rates and shares over a small base in their own words', () => {
  const said = (unit: ReportMetric['unit'], value: number, previous: number) =>
    change(
      { ...metric('x', value, previous), unit, small_base: true },
      report(1, 1, 1),
      indonesian,
      'id-ID',
    ).text;
  expect(said('people', 2814, 3)).toContain('dari 3 menjadi 2.814 orang ');
  expect(said('per_100', 93.8, 0.1)).toContain('dari 0,1 menjadi 93,8 per 100 ASN ');
  expect(said('percent', 40, 10)).toBe(
    'dari 10% menjadi 40% dibandingkan 22 hari sebelumnya; pembanding kecil, di bawah 30',
  );
});

describe('figure', () => {
  it('tells a hidden value from zero', () => {
    expect(figure({ unit: 'people', value: null }, 'id-ID')).toBe('–');
    expect(figure({ unit: 'people', value: 0 }, 'id-ID')).toBe('0');
    expect(figure({ unit: 'percent', value: 12.345 }, 'id-ID')).toBe('12,3%');
  });

  it('writes minutes in the unit that one reads', () => {
    expect(figure({ unit: 'minutes', value: 45 }, 'id-ID')).toBe('45 menit');
    expect(figure({ unit: 'minutes', value: 180 }, 'id-ID')).toBe('3 jam');
    expect(figure({ unit: 'minutes', value: 4320 }, 'id-ID')).toBe('3 hari');
  });
});

describe('periods of targets', () => {
  it('begin with their first day, from the one before to a year ahead', () => {
    expect(firstDay('quarter', '2026-11-22')).toBe('2026-10-01');
    expect(periodsOf('quarter', '2026-11-22')[0]).toBe('2026-07-01');
    expect(periodsOf('year', '2026-01-01')).toEqual(['2025-01-01', '2026-01-01', '2027-01-01']);
    expect(periodsOf('month', '2026-01-31').at(-1)).toBe('2027-01-01');
  });
});

describe('links', () => {
  it('downloads the figures that are shown, not those of the address', () => {
    expect(fileLink(report(1, 1, 1), 'csv')).toBe(
      '/api/v1/reports/engagement?agency=1&from=2026-11-01&to=2026-11-22&format=csv',
    );
  });

  it('leads to the file of a closed report where one is shown', () => {
    expect(fileLink({ ...report(1, 1, 1), closed: { id: 7 } }, 'pdf')).toBe(
      '/api/v1/reports/closed/7?format=pdf',
    );
    expect(queryOf('?tutup=7').closed).toBe(7);
    expect(queryOf('?tutup=-1').closed).toBeNull();
  });

  it('drops a broken question instead of sending it', () => {
    expect(queryOf('?agency=x&from=2026-13-40&to=2026-11-01')).toEqual({
      agency: null,
      from: null,
      to: null,
      compare: 'previous',
      closed: null,
    });
    expect(queryOf('?from=2026-11-20&to=2026-11-01').from).toBeNull();
  });
});

describe('period', () => {
  it('counts both ends', () => {
    expect(dayCount('2026-11-01', '2026-11-22')).toBe(22);
    expect(dayCount('2026-11-22', '2026-11-22')).toBe(1);
  });

  it('knows the last month over a new year', () => {
    expect(presetRange('last_month', '2027-01-05')).toEqual({
      from: '2026-12-01',
      to: '2026-12-31',
    });
    expect(presetRange('week', '2026-03-02')).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  });

  it('knows that it is already tomorrow in the east', () => {
    const now = new Date('2026-11-22T15:30:00Z');
    expect(todayIn('Asia/Jakarta', now)).toBe('2026-11-22');
    expect(todayIn('Asia/Jayapura', now)).toBe('2026-11-23');
  });
});

describe('comparison', () => {
  it('is in the address, and says what it compares with', () => {
    expect(queryOf('?compare=year').compare).toBe('year');
    expect(queryOf('?compare=tahun').compare).toBe('previous');
    const shown = { ...report(1, 1, 1), compare: 'year' as const };
    expect(fileLink(shown, 'xlsx')).toContain('compare=year');
    expect(change(metric('shares', 90, 60), shown, indonesian, 'id-ID').text).toBe(
      'naik 50% dari periode yang sama tahun lalu',
    );
  });
});

describe('units', () => {
  const unit = (name: string, rank: number | null, band = '') =>
    ({ name, short_name: '', rank, band }) as ReportUnit;

  it('puts the first of each league first, the others by name, and hidden ones after all leagues', () => {
    const units = [
      unit('Z', null),
      unit('D', null, '1-30'),
      unit('B', 1, '301+'),
      unit('E', 2, '1-30'),
      unit('C', null, '1-30'),
      unit('F', 1, '1-30'),
    ];
    const order = (by: 'league' | 'name') => sortUnits(units, by, 'id-ID').map(({ name }) => name);
    expect(order('league').join('')).toBe('FECDBZ');
    expect(order('name').join('')).toBe('BCDEFZ');
    expect(named(units, ' b ').map(({ name }) => name)).toEqual(['B']);
  });
});
