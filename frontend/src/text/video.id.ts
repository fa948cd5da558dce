// Words of a video for readers.
export default {
  show: 'Tampilkan video ({n} MB)',
  unplayable: 'Video belum dapat diputar di perangkat ini.',
} as const;
