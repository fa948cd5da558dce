// Words of how the feed is ordered.
export default {
  order_title: 'Bagaimana beranda diurutkan',
  order_lead:
    'Yang terbaru di atas. Lalu sebuah konten naik atau turun, seolah-olah terbit lebih baru atau lebih lama:',
  order_clarifies: 'klarifikasi: naik 36 jam',
  order_wished: 'topik yang Anda ikuti: naik 24 jam; yang Anda kurangi: turun 24 jam',
  order_mandated: 'diminta surat tugas: naik 12 jam',
  order_nearer: 'ditujukan lebih dekat ke unit Anda: naik 2 jam per jenjang',
  order_done: 'sudah Anda bagikan: turun 72 jam; sudah Anda sukai: turun 12 jam',
  order_note: 'Urutan ini berlaku bagi 200 konten terbaru, sama untuk semua orang, tanpa bayaran.',
} as const;
