import type id from './konsol.id';

export default {
  title: 'PR console',
  to_feed: 'To the staff feed',
} satisfies Record<keyof typeof id, string>;
