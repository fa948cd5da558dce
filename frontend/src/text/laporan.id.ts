// Indonesian words of the leadership report.
export default {
  app_title: 'Laporan pimpinan',
  nav_path: 'Jalur instansi',

  page_title: 'Laporan keterlibatan',
  page_generated: 'Dihitung {time}',
  page_previous: 'Pembanding: {period}',
  page_csv: 'Unduh CSV',
  page_print: 'Cetak',
  page_printed: 'Dicetak {time}',
  page_happened: 'Yang terjadi',

  period_title: 'Periode',
  period_this_month: 'Bulan ini',
  period_last_month: 'Bulan lalu',
  period_week: '7 hari terakhir',
  period_from: 'Dari tanggal',
  period_to: 'Sampai tanggal',
  period_apply: 'Terapkan',
  period_order: 'Tanggal awal harus sebelum atau sama dengan tanggal akhir.',
  period_missing: 'Isi kedua tanggal.',

  sentence_full:
    'Pada {period}, {asn} ASN {agency} membagikan konten {shares} kali dan menjangkau {people} orang.',
  sentence_full_unnamed:
    'Pada {period}, konten {agency} dibagikan {shares} kali dan menjangkau {people} orang.',
  sentence_no_reach:
    'Pada {period}, {asn} ASN {agency} membagikan konten {shares} kali, tetapi belum ada yang membuka tautannya.',
  sentence_no_reach_unnamed:
    'Pada {period}, konten {agency} dibagikan {shares} kali, tetapi belum ada yang membuka tautannya.',
  sentence_only_reach:
    'Pada {period} tidak ada konten baru yang dibagikan, tetapi tautan yang sudah beredar menjangkau {people} orang.',
  sentence_none:
    'Pada {period} belum ada ASN {agency} yang membagikan konten, dan belum ada orang yang dijangkau.',
  sentence_hidden:
    'Angka {agency} untuk {period} tidak ditampilkan karena kelompoknya kurang dari 5 orang.',

  change_up: 'naik {share} dari {days} hari sebelumnya',
  change_down: 'turun {share} dari {days} hari sebelumnya',
  change_same: 'sama dengan {days} hari sebelumnya',
  change_from_zero: 'naik dari 0 pada {days} hari sebelumnya',
  change_none: 'belum ada data pembanding',

  metric_people_reached: 'Orang terjangkau',
  kpi_title: 'Angka utama',
  kpi_of_eligible: '{rate} dari {n} ASN yang berhak',
  kpi_define: 'Definisi {name}',
  kpi_definition: 'Definisi',
  kpi_evidence: 'Bukti {grade}',

  trend_title: 'Tren harian',
  trend_people_reached: 'Orang terjangkau',
  trend_shares: 'Pembagian',
  trend_choose: 'Angka yang digambar',
  trend_peak: 'Tertinggi {day}: {n}',
  trend_flat: 'Belum ada angka pada periode ini.',
  trend_role: 'grafik garis',
  trend_alt: '{name} per hari, {period}. Tertinggi {n} pada {day}; jumlah {total}.',
  trend_keys: 'Gunakan panah kiri dan kanan untuk membaca nilai per hari.',
  trend_reading: '{day}: {n}',
  trend_short: 'Tidak cukup data: grafik memerlukan sedikitnya 2 hari.',
  chart_table: 'Tampilkan tabel',
  network_copy: 'Salin tautan',
  network_other: 'Lainnya',
  chart_hide: 'Sembunyikan tabel',
  chart_day: 'Tanggal',

  evidence_title: 'Bukti pembagian',
  evidence_finding: '{share} pembagian terukur atau terverifikasi (A dan B)',
  evidence_empty: 'Belum ada pembagian pada periode ini.',
  evidence_alt: 'Pembagian menurut bukti: {list}.',
  evidence_grade: 'Bukti',
  evidence_shares: 'Pembagian',
  evidence_likes: 'Disukai',
  evidence_A_note: 'terbukti dari unggahan publik',
  evidence_B_note: 'ada klik sah dari orang lain',
  evidence_C_note: 'lembar bagikan dibuka',
  evidence_D_note: 'hanya menurut pelapor',

  networks_title: 'Per jejaring',
  networks_note:
    'Angka antarjejaring tidak dijumlahkan: satu orang dapat hadir di beberapa jejaring.',
  networks_empty: 'Belum ada pembagian di jejaring mana pun.',
  networks_network: 'Jejaring',

  units_title: 'Per unit',
  units_empty: 'Instansi ini tidak memiliki unit di bawahnya.',
  units_name: 'Unit',
  units_eligible: 'ASN yang berhak',
  units_active: 'Membagikan',
  units_shares: 'Pembagian',
  units_people: 'Orang terjangkau',
  units_rate: 'Per 100 ASN',
  units_hidden: 'Disembunyikan: kurang dari 5 orang',
  units_hidden_note:
    'Tanda “–”: angka kelompok yang kurang dari 5 orang tidak ditampilkan agar tidak menunjuk perorangan.',
  units_rate_note: 'Per 100 ASN: orang terjangkau untuk setiap 100 ASN yang berhak.',
  units_sort: 'Urutkan menurut {name}',

  contents_title: 'Konten',
  contents_empty: 'Belum ada konten yang dibagikan pada periode ini.',
  contents_name: 'Konten',

  drawer_title: 'Definisi angka',
  drawer_definition: 'Definisi dan rumus',
  drawer_version: 'Versi definisi',
  drawer_evidence: 'Bukti yang dihitung',
  drawer_denominator: 'Penyebut',
  drawer_value: 'Nilai periode ini',
  drawer_previous: 'Nilai pembanding',
  drawer_none: 'Tidak ada',
  drawer_computed: 'Terakhir dihitung',
  define_all: 'Daftar definisi',

  table_sideways: 'Tabel {name}, dapat digeser ke samping',

  state_loading: 'Memuat laporan…',
  state_error: 'Laporan tidak dapat dimuat',
  state_offline: 'Anda sedang luring. Angka di bawah ini terakhir diperbarui {time}.',
  state_offline_empty: 'Anda sedang luring. Sambungkan internet lalu coba lagi.',
  state_forbidden: 'Anda belum berhak membaca laporan ini',
  state_forbidden_hint:
    'Laporan terbuka bagi pimpinan, auditor, dan administrator. Mintalah peran itu kepada administrator instansi Anda.',
  state_stale: 'Angka di bawah ini yang terakhir berhasil dimuat.',
} as const;
