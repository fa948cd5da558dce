import type id from './order.id';

export default {
  order_title: 'How the feed is ordered',
  order_lead:
    'The newest comes first. Then an item moves up or down, as if it had been published later or earlier:',
  order_clarifies: 'a clarification: up 36 hours',
  order_wished: 'a topic you follow: up 24 hours; one you want less of: down 24 hours',
  order_mandated: 'asked for by a letter: up 12 hours',
  order_nearer: 'aimed closer to your unit: up 2 hours for each step',
  order_done: 'you shared it already: down 72 hours; you liked it: down 12 hours',
  order_note: 'This holds for the newest 200 items, the same for everybody, and cannot be bought.',
} satisfies Record<keyof typeof id, string>;
