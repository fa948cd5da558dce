// Words of the introduction.
export default {
  title: 'Selamat datang di Gaung',
  step: 'Langkah {n} dari {all}',
  voluntary: 'Membagikan itu sukarela, tanpa sanksi. Anda dapat berhenti kapan saja.',
  later: 'Nanti saja',
  back: 'Kembali',
  next: 'Lanjut',
  skip: 'Lewati',
  saving: 'Menyimpan…',
  save_failed: 'Belum tersimpan. Periksa jaringan Anda, lalu coba lagi, atau pilih Nanti saja.',

  step_notice: 'Data Anda di sini',
  step_notice_lead: 'Singkatnya:',
  notice_next: 'Sudah saya baca',
  consents: 'Bila Anda mau',

  step_topics: 'Topik apa yang Anda minati?',
  step_topics_lead: 'Tampil lebih dahulu di beranda. Dapat diubah kapan saja.',
  topics_none: 'Belum ada topik di instansi Anda. Lanjutkan saja.',

  step_networks: 'Jaringan apa yang Anda pakai?',
  followers_title: 'Perkiraan jumlah pengikut (boleh dikosongkan)',
  followers_why:
    'Dipakai hanya sebagai rentang perkiraan untuk kelompok 5 orang atau lebih. Tidak masuk poin, peringkat, atau laporan tentang Anda.',
  followers_none: 'Tidak menyebutkan',
  followers_band: '{low}–{high}',
  followers_more: '{low} atau lebih',
  step_networks_lead: 'Urutan ketukan menjadi urutan saat membagikan.',
  network_place: 'urutan {n}',

  step_lesson: 'Delapan hal sebelum berbagi',
  step_lesson_lead:
    'Ringkasan SE Menteri PANRB 137/2018, lalu delapan pertanyaan singkat; seluruhnya sekitar tiga menit. Boleh nanti, saat pertama kali membagikan.',
  lesson_known: 'Anda sudah mempelajarinya.',
  lesson_now: 'Pelajari sekarang',
  lesson_opening: 'Membuka…',
  finish: 'Selesai, buka beranda',

  go_on: 'Lanjutkan perkenalan',
  go_on_text: 'Beberapa langkah singkat: data Anda, topik, dan media sosial.',
} as const;
