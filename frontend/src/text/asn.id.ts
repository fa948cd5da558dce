// Words of the ASN face.
export default {
  feed: 'Umpan',
} as const;
