// Words of the sign-in form: whoever is signed in does not load them.
export default {
  sign_in_title: 'Masuk ke Gaung',
  sign_in_lead: 'Untuk ASN dan pegawai instansi yang terdaftar.',
  sign_in_again: 'Masuk kembali',
  sign_in_again_lead: 'Sesi Anda telah berakhir. Isi layar ini tetap tersimpan.',
  signing_in: 'Memeriksa…',
  identifier: 'Surel kedinasan',
  password: 'Kata sandi',
  identifier_hint: 'Contoh: nama@instansi.go.id',
  show_password: 'Tampilkan kata sandi',
  hide_password: 'Sembunyikan kata sandi',
  identifier_missing: 'Isi surel kedinasan Anda.',
  password_missing: 'Isi kata sandi Anda.',
  voluntary_note: 'Berpartisipasi bersifat sukarela. Tidak ada sanksi bagi yang tidak membagikan.',
} as const;
