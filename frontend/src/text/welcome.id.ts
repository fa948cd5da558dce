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
  step_notice_lead: 'Baca yang singkat dahulu; lengkapnya dapat dibuka.',
  notice_next: 'Saya sudah membaca',
  consents: 'Boleh juga, bila Anda mau',

  step_topics: 'Topik apa yang Anda minati?',
  step_topics_lead: 'Konten dari topik ini tampil lebih dahulu. Dapat diubah kapan saja.',
  topics_none: 'Belum ada topik di instansi Anda. Lanjutkan saja.',

  step_networks: 'Jaringan apa yang Anda pakai?',
  step_networks_lead: 'Yang Anda ketuk lebih dahulu tampil lebih dahulu saat membagikan.',
  network_place: 'urutan {n}',

  step_lesson: 'Delapan hal sebelum berbagi',
  step_lesson_lead:
    'Ringkasan Surat Edaran Menteri PANRB 137/2018, kurang dari dua menit. Boleh nanti: akan ditawarkan lagi saat Anda membagikan untuk pertama kali.',
  lesson_known: 'Anda sudah mempelajarinya.',
  lesson_now: 'Pelajari sekarang',
  finish: 'Selesai, buka umpan',

  go_on: 'Lanjutkan perkenalan',
  go_on_text: 'Beberapa langkah singkat: data Anda, topik, dan jaringan.',
} as const;
