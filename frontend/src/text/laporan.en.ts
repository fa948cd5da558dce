import type id from './laporan.id';

export default {
  title: 'Leadership reports',
  to_feed: 'To the staff feed',
} satisfies Record<keyof typeof id, string>;
