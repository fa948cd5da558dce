import type id from './asn.id';

export default {
  feed: 'Feed',
} satisfies Record<keyof typeof id, string>;
