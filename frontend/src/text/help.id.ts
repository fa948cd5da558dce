// Short answers.
export default {
  title: 'Bantuan',
  lead: 'Jawaban singkat. Cari dengan satu atau dua kata.',
  search: 'Cari bantuan',
  search_hint: 'Misalnya: tercatat, keberatan, siapa melihat',
  found: '{n} jawaban',
  none: 'Belum ada jawaban untuk itu',
  none_hint: 'Coba kata lain, atau tanyakan lewat Permintaan di Data saya.',
  ask: 'Tanyakan',

  q_share: 'Bagaimana cara membagikan?',
  a_share:
    'Ketuk **Bagikan** pada satu konten, pilih atau tulis keterangan, lalu pilih jaringannya. WhatsApp ada paling atas. Untuk Instagram dan TikTok: simpan berkas, salin keterangan, buka aplikasinya.',
  q_recorded: 'Mengapa belum tercatat?',
  a_recorded:
    'Berbagi tercatat sejak Anda mengetuk jaringannya, dengan bukti D. Buktinya naik menjadi B begitu orang lain membuka tautan Anda. Bila tautan terhapus dari teks, tidak ada yang dapat dihitung. Di **Dampak → Status tindakan** ada sebab dan batas waktunya; di sana Anda juga dapat menempel tautan unggahan atau mengajukan keberatan.',
  q_grades: 'Apa arti A, B, C, dan D?',
  a_grades:
    '**A** dipastikan oleh media sosialnya. **B** orang lain membuka tautan Anda. **C** ada tanda, belum terukur. **D** menurut keterangan Anda sendiri. Huruf ini menilai buktinya, bukan Anda.',
  q_object: 'Bagaimana mengajukan keberatan?',
  a_object:
    'Buka **Dampak → Status tindakan**, ketuk **Ajukan keberatan** pada tindakannya, pilih pokoknya, lalu kirim. Tim humas instansi penerbit menjawab dalam 3 hari kerja; bukan atasan Anda. Sebelum dijawab, keberatan dapat dibaca dan ditarik lewat **Lihat keberatan saya**. Bila ditolak, Anda dapat mengajukan banding satu kali.',
  q_seen: 'Siapa yang melihat apa yang saya lakukan?',
  a_seen:
    'Yang Anda bagikan, sukai, lewati, dan pelajari satu per satu hanya tampil di layar Anda. Atasan dan humas melihat jumlah per unit. Nama Anda tampil di papan peringkat hanya bila Anda menyetujuinya. Peninjau tangkapan layar tidak melihat nama Anda; penjawab keberatan melihat unit Anda, dan nama hanya bila Anda izinkan. Siapa yang membuka data Anda tertulis di **Data saya → Siapa yang melihat**.',
  q_offline: 'Bagaimana bila tidak ada sinyal?',
  a_offline:
    'Beranda terakhir tetap dapat dibaca. Yang Anda lakukan menunggu di ponsel dengan tanda **Menunggu terkirim**, lalu dikirim satu kali begitu ada sambungan. Jangan keluar sebelum terkirim.',
  q_data: 'Bagaimana cara menghemat kuota?',
  a_data:
    'Nyalakan **Hemat data** di Saya. Gambar dan video baru dimuat setelah diketuk, dan ukurannya ditulis lebih dahulu.',
  q_notices: 'Bagaimana mengatur atau menghentikan notifikasi?',
  a_notices:
    'Di **Saya → Notifikasi** Anda memilih jenis, cara, dan waktunya. Pukul 21.00–06.00 waktu setempat tidak ada ajakan. Surel punya tautan berhenti di bagian bawah.',
  q_name: 'Siapa yang melihat nama saya?',
  a_name:
    'Papan peringkat menampilkan nama hanya bila Anda menyetujuinya di **Data saya → Persetujuan**. Atasan dan humas melihat jumlah per unit, bukan nama.',
  q_must: 'Apakah saya harus membagikan?',
  a_must:
    'Tidak. Membagikan itu sukarela dan tanpa sanksi. Lewati yang tidak cocok; alasannya boleh disebut, boleh tidak.',
  q_wrong: 'Konten sudah saya bagikan lalu ditarik. Apa yang saya lakukan?',
  a_wrong:
    'Sebuah pesan menyebut alasannya. Mohon hapus unggahan Anda di jaringan itu, lalu ketuk **Sudah saya hapus**.',
  q_password: 'Saya lupa kata sandi.',
  a_password:
    'Hubungi operator unit Anda. Anda menerima kata sandi awal baru dan membuat yang baru saat masuk. Operator tidak dapat melihat kata sandi Anda.',
  q_leave: 'Bagaimana cara keluar atau berhenti?',
  a_leave:
    '**Keluar** ada di bagian bawah Saya; data di ponsel ini ikut dihapus. Untuk berhenti seterusnya, ajukan **Hapus atau batasi** di Data saya.',
  // Other words by which people look for an answer.
  w_share: 'bagi kirim sebar unggah posting post',
  w_recorded: 'hilang tidak muncul nol klik poin catat bukti',
  w_grades: 'arti huruf nilai tingkat bukti a b c d abjad lencana arsir warna',
  w_object: 'keberatan protes komplain keluhan salah keliru banding sanggah tarik batal objection',
  w_seen:
    'siapa melihat tahu lihat lakukan kegiatan tindakan atasan kepala pimpinan kantor rahasia privasi pantau awas diawasi dilihat',
  w_offline: 'luring internet jaringan mati terputus',
  w_data: 'kuota hemat pulsa gambar video',
  w_notices: 'pemberitahuan notifikasi surel email bunyi malam berhenti matikan',
  w_name: 'nama papan peringkat sembunyikan anonim',
  w_must: 'wajib harus paksa sanksi hukuman',
  w_wrong: 'ditarik hapus salah keliru hoaks',
  w_password: 'sandi lupa kata masuk login',
  w_leave: 'keluar berhenti hapus akun tutup',
  // Words that say nothing about what is looked for.
  idle: 'apa apakah arti itu ini yang saya aku kita bagaimana gimana cara mengapa kenapa dan atau di ke dari untuk dengan jika bila bisa dapat boleh tentang maksud maksudnya dalam pada sih ya',
} as const;
