import { expect, test } from 'vitest';
import type { Content } from '../content/types';
import { extent, filtersOf, queryOf } from './filters';
import { moveTo } from './moves';

const at = (query: string) => filtersOf(new URLSearchParams(query));

test('an address gives its filters back, and drops what is none', () => {
  const filters = at(
    'state=live&q=vaksin&author=7&from=2026-11-01&topic=x%27y&agency=-1&look=papan',
  );
  expect(queryOf(filters)).toEqual({ state: 'live', q: 'vaksin', author: 7, from: '2026-11-01' });
  expect(extent(filters)).toBe(2);
  expect(at('state=entah').state).toBe('');
});

test('a card goes only where the state machine and the person’s role lead, and else says why', () => {
  const card = (state: Content['state'], ...actions: string[]) => ({ state, actions }) as Content;
  expect(moveTo(card('draft', 'submit'), 'in_review')).toEqual({ action: 'submit' });
  expect(moveTo(card('draft'), 'in_review')).toEqual({ why: 'role' });
  expect(moveTo(card('in_review', 'approve'), 'approved')).toEqual({ why: 'review' });
  expect(moveTo(card('scheduled', 'unschedule'), 'approved')).toEqual({ action: 'unschedule' });
  expect(moveTo(card('live', 'end'), 'approved')).toEqual({ why: 'time' });
  expect(moveTo(card('ended'), 'live')).toEqual({ why: 'over' });
});
