// Indonesian words of the registry of metrics.
export default {
  title: 'Definisi angka',
  lead: 'Setiap angka di Gaung punya satu nama, satu rumus, dan satu sumber. Layar, berkas, dan API memakai daftar ini.',
  back: 'Kembali ke laporan',
  place_report: 'Angka laporan',
  place_board: 'Angka papan unit',
  place_drawer: 'Perkiraan dan angka pendamping',
  place_drawer_lead:
    'Hanya tampil di samping definisinya. Tidak pernah menjadi angka utama, peringkat, poin, atau isi berkas.',
  place_none: 'Belum tersedia',
  meaning: 'Arti',
  formula: 'Rumus',
  denominator: 'Penyebut',
  evidence: 'Bukti yang dihitung',
  caveat: 'Yang tidak dikatakan angka ini',
  source: 'Dihitung dari',
  version: 'Rumus versi {n}',
  open: 'Buka di daftar definisi',
  failed: 'Daftar definisi belum dapat dimuat',

  estimates: 'Perkiraan dan angka pendamping',
  estimates_lead:
    'Angka ini tidak masuk laporan. Perkiraan berasal dari keterangan ASN sendiri dan bukan jangkauan.',
  estimates_failed: 'Perkiraan belum dapat dimuat',
  estimate: 'perkiraan',
  range: '{low} sampai {high}',
  from_people: 'dari keterangan {n} ASN',
} as const;
