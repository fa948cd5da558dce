import { expect, it } from 'vitest';
import type { Schemas } from '../../lib/api/client';
import type { UnitRow } from '../../lib/api/types';
import { leagues } from './leagues';
import { scopesOf } from './scopes';

const unit = (id: number, band: UnitRow['band'], mine = false): UnitRow => ({
  id,
  band,
  mine,
  name: `Unit ${id}`,
  rank: id,
  eligible: 20,
  people_reached: 1,
  rate: 5,
});

it('shows the head of a league and the own unit, never its bottom', () => {
  const small = Array.from({ length: 14 }, (_, i) => unit(i + 1, '1-30', i === 12));
  const [first, second] = leagues([...small, unit(20, '31-100')]);
  expect(first!.rows.map((row) => row.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
  expect(second).toMatchObject({ band: '31-100', rows: [{ id: 20 }] });
});

const node = (id: number, parent_id: number) =>
  ({ id, parent_id, short_name: `N${id}` }) as Schemas['Agency'];

it('climbs from the unit to the top, and ends even if the tree were a ring', () => {
  const me = { unit: node(4, 3), agency: node(3, 2) } as Schemas['Me'];
  const tree = [node(1, 0), node(2, 1), node(3, 2), node(4, 3), node(9, 2)];
  expect(scopesOf(me, tree).map((scope) => scope.id)).toEqual([4, 3, 2, 1]);
  expect(scopesOf(me, [node(2, 3), node(3, 2)]).map((scope) => scope.id)).toEqual([4, 3, 2]);
});

it('names an agency once when it has no units', () => {
  const me = { unit: node(3, 2), agency: node(3, 2) } as Schemas['Me'];
  expect(scopesOf(me, []).map((scope) => scope.kind)).toEqual(['agency']);
});
