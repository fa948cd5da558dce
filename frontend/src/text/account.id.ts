// Words of the person's own page.
export default {
  my_unit: 'Unit',
  my_agency: 'Instansi',
  my_nip: 'NIP',
  my_position: 'Jabatan',
  my_email: 'Surel',
  data_saver: 'Hemat data',
  data_saver_hint: 'Gambar baru dimuat setelah diketuk, dengan ukurannya tertulis.',
  appearance: 'Tampilan',
  install_title: 'Pasang di ponsel',
  install_lead: 'Gaung terbuka dari layar utama, juga tanpa sinyal. Ukurannya di bawah 1 MB.',
  install: 'Pasang Gaung',
  installed: 'Gaung terpasang di perangkat ini.',
  install_ios_1: 'Buka Gaung di Safari, lalu ketuk tombol Bagikan (kotak dengan panah ke atas).',
  install_ios_2: 'Pilih “Tambahkan ke Layar Utama”.',
  install_ios_3: 'Ketuk “Tambah”.',
  install_menu:
    'Buka menu peramban (⋮), lalu pilih “Instal aplikasi” atau “Tambahkan ke layar utama”.',
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
