// Giving an item another time, and the way back: a lawful move of the state machine both times.
import { scheduleContent } from '../content/api';
import { wish, type Plan } from './api';
import type { Item } from './items';

/** A planned item is planned anew; a wish is only wished anew. */
export const sendMove = (item: Item, at: number): Promise<unknown> => {
  const when = new Date(at).toISOString();
  return item.slot.wish ? wish(item.slot.id, when) : scheduleContent(item.slot.id, when);
};

/** The plan with one item at another time. */
export const withMove = (plan: Plan, id: number, at: number): Plan => ({
  ...plan,
  slots: plan.slots.map((slot) =>
    slot.id === id ? { ...slot, at: new Date(at).toISOString() } : slot,
  ),
});
