// What every page, list and form of the console says in the same words.
export default {
  more: 'Muat berikutnya',
  save: 'Simpan',
  saving: 'Menyimpan…',
  sending: 'Mengirim…',
  file_get: 'Unduh {name} ({size} kB)',
  file_sending: 'Mengunggah… {n} %',
  file_large: 'Berkas lebih dari 10 MB. Perkecil berkasnya, lalu unggah lagi.',
  restored: 'Isian yang belum tersimpan dipulihkan dari perangkat ini.',
  restored_discard: 'Buang dan pakai yang tersimpan',
  conflict:
    'Yang Anda ubah sudah disimpan orang lain. Isian Anda tetap di sini: salin yang perlu, lalu muat ulang.',
  conflict_reload: 'Muat ulang yang tersimpan',
  leave_title: 'Tinggalkan halaman ini?',
  leave_lead:
    'Ada perubahan yang belum disimpan ke server. Teksnya ditahan di perangkat ini dan dipulihkan saat Anda kembali.',
  leave_stay: 'Tetap di sini',
  leave_go: 'Tinggalkan',
} as const;
