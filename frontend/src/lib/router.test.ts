import { describe, expect, it } from 'vitest';
import { go, match, route, setQuery, within } from './router.svelte';

describe('match', () => {
  it.each([
    ['/', '/', {}],
    ['/konten/:id', '/konten/12', { id: '12' }],
    ['/konten/:id', '/konten/12/', { id: '12' }],
    ['/k/:slug', '/k/a%20b', { slug: 'a b' }],
    ['/konten/:id', '/konten', null],
    ['/konten/:id', '/konten/%E0%', null],
    ['/', '/saya', null],
  ])('%s on %s', (pattern, path, params) => {
    expect(match(pattern, path)).toEqual(params);
  });
});

it('does not take a longer name for a face', () => {
  expect(within('/konsol', '/konsol/tulis')).toBe(true);
  expect(within('/konsol', '/konsolidasi')).toBe(false);
  expect(within('/', '/saya')).toBe(true);
});

it('changes one filter and keeps the others', () => {
  go('/peringkat?lingkup=7&periode=month');
  setQuery({ periode: 'week' });
  expect(route.query.get('lingkup')).toBe('7');
  expect(route.query.get('periode')).toBe('week');
  setQuery({ lingkup: '' });
  expect(location.search).toBe('?periode=week');
});
