// Words of the person's own page.
export default {
  my_unit: 'Unit',
  my_agency: 'Instansi',
  my_nip: 'NIP',
  my_position: 'Jabatan',
  my_email: 'Surel',
  my_data: 'Data saya',
  my_data_hint: 'Apa yang disimpan tentang Anda, persetujuan, salinan, dan siapa yang melihat.',
  help: 'Bantuan',
  data_saver: 'Hemat data',
  data_saver_hint: 'Gambar baru dimuat setelah diketuk, dengan ukurannya tertulis.',
  appearance: 'Tampilan',
  signing_out: 'Keluar…',
  sign_out_waiting:
    '{n} tindakan masih menunggu terkirim dan akan hilang bila Anda keluar sekarang.',
  sign_out_anyway: 'Keluar juga',
  sign_out_failed: 'Anda belum keluar: tidak ada sambungan ke server. Coba lagi saat daring.',
  sign_out_note: 'Data yang tersimpan di perangkat ini dihapus saat Anda keluar.',
  to_console: 'Buka Konsol Humas',
  to_reports: 'Buka laporan pimpinan',
  other_parts: 'Bagian lain untuk peran Anda',
} as const;
