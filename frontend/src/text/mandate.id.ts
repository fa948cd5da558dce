// Words of mandates: the letter that asks for a content.
export default {
  title: 'Mandat',
  lead: 'ASN melihat suratnya. Mandat berakhir dengan sendirinya; setelah itu membagikan kembali sukarela.',
  mandated: 'Konten ini diminta dengan surat',
  number: 'Nomor surat',
  date: 'Tanggal surat',
  signer: 'Penanda tangan',
  signer_hint: 'Nama dan jabatan.',
  basis: 'Dasar hukum',
  basis_hint: 'Misalnya Inpres 9/2015.',
  until: 'Hari terakhir',
  until_hint: 'Paling lama satu tahun.',
  asn_title: 'Surat yang meminta konten ini',
  asn_lead: 'Membagikan tetap atas nama akun Anda sendiri. Melewati konten tidak dicatat.',
  asn_until: 'Berlaku sampai',
} as const;
