// Words of the leadership reports.
export default {
  title: 'Laporan pimpinan',
  to_feed: 'Ke umpan ASN',
} as const;
