// Words of the rows that are kept about a person.
export default {
  list: 'Catatan Anda',
  list_note:
    'Yang terbaru lebih dahulu, paling banyak 1.000 dari tiap daftar. Semuanya ada di salinan data.',
  none: 'Tidak ada catatan yang dapat ditampilkan di sini.',
  in_copy: 'Hanya ada di salinan data: {names}.',
  failed: 'Catatan Anda belum dapat dimuat',
  more: 'Muat lagi',
} as const;
