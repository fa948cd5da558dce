// Words of the page of one content.
export default {
  not_kept:
    'Naskah lengkapnya belum tersimpan di ponsel ini. Bukalah sekali saat daring, lalu dapat dibaca luring.',
  back_to_feed: 'Kembali ke beranda',
  content: 'Konten',
  content_error: 'Konten belum dapat dibuka',
  official_posts: 'Unggahan resmi',
  origin: 'Asal konten',
  origin_agency: 'Instansi',
  origin_approved: 'Disetujui oleh',
  origin_approver: 'Penyetuju konten',
  show_picture: 'Tampilkan gambar ({n} KB)',
  origin_published: 'Tayang',
  origin_until: 'Berakhir',
  origin_version: 'Versi',
  origin_hash: 'Sidik konten: kode yang berubah bila isinya diubah',
  landing: 'Buka laman resmi',
  public_page: 'Halaman publik konten ini',
  my_acts: 'Partisipasi Anda',
} as const;
