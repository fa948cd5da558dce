// Indonesian words of news about what a person sent in: proofs, objections, data requests.
export default {
  proof_accepted: 'Tangkapan layar Anda diterima',
  proof_rejected: 'Tangkapan layar Anda belum dapat diterima',
  objection_granted: 'Keberatan Anda dikabulkan',
  objection_rejected: 'Keberatan Anda sudah dijawab',
  reach_taken: 'Sebagian hitungan Anda dikeluarkan: baca alasannya',
  reach_kept: 'Pemeriksaan hitungan Anda sudah diputuskan',
  reach_restored: 'Hitungan Anda dipulihkan',
  request_working: 'Permintaan data Anda sedang diproses',
  request_done: 'Permintaan data Anda dikabulkan',
  request_refused: 'Permintaan data Anda ditolak: baca alasannya',
  ask_correction: 'Betulkan data saya',
  ask_copy: 'Akses atau salinan',
  ask_information: 'Keterangan',
  ask_erase: 'Hapus atau batasi',
  ask_withdraw: 'Tarik semua persetujuan',
} as const;
