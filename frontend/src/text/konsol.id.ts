// Words of the Humas console.
export default {
  title: 'Konsol Humas',
  to_feed: 'Ke umpan ASN',
} as const;
