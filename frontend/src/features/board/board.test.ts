import { expect, it } from 'vitest';
import type { Schemas } from '../../lib/api/client';
import type { UnitRow } from '../../lib/api/types';
import { leagues } from './leagues';
import { scopesOf } from './scopes';

const unit = (id: number, band: UnitRow['band'], mine = false): UnitRow => ({
  id,
  band,
  mine,
  tied: false,
  name: `Unit ${id}`,
  rank: id,
  eligible: 20,
  people_reached: 1,
  rate: 5,
  score: 5,
  low: 4,
  high: 6,
});

it('shows the head of a league and the own unit, never its bottom', () => {
  const small = Array.from({ length: 14 }, (_, i) => unit(i + 1, '1-30', i === 12));
  const [first, second] = leagues([...small, unit(20, '31-100')]);
  expect(first!.rows.map((row) => row.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
  expect(second).toMatchObject({ band: '31-100', rows: [{ id: 20 }] });
});

const node = (id: number) => ({ id, short_name: `N${id}` }) as Schemas['Agency'];

it('climbs from the unit to the top, by the path that the server knows', () => {
  const path = [node(1), node(2), node(3), node(4)];
  const me = { unit: node(4), agency: node(3), path } as unknown as Schemas['Me'];
  expect(scopesOf(me).map((scope) => scope.id)).toEqual([4, 3, 2, 1]);
});

it('names an agency once when it has no units', () => {
  const me = { unit: node(3), agency: node(3), path: [node(3)] } as unknown as Schemas['Me'];
  expect(scopesOf(me).map((scope) => scope.kind)).toEqual(['agency']);
});
