// Every screen, and how one gets there.

const sheet = async (page) => {
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /Bagikan|^Share/ })
    .click();
  await page.getByRole('dialog').waitFor();
};
const pressed = (name) => async (page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};

const openBell = async (page) => {
  await page
    .getByRole('button', { name: /Notifikasi|Notices/ })
    .locator('visible=true')
    .first()
    .click();
  await page.getByRole('dialog').locator('li').first().waitFor();
};
/** Which notices also go by e-mail: folded away above the list of the bell. */
const chooseMail = async (page) => {
  await openBell(page);
  await page.getByText(/^(Pilih yang juga dikirim lewat surel|Choose what also comes)/).click();
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
};
/** The list of shortcuts comes with a file of its own. */
const listKeys = async (page) => {
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('?');
  await page.getByRole('dialog').locator('kbd').first().waitFor();
};
const changeChain = async (page) => {
  await page.getByRole('button', { name: /Ubah rantai|Change the chain/ }).click();
  await page
    .getByLabel(/Nama tahap|Name of the step/)
    .first()
    .waitFor();
};

/** Presses what leads on until a word is there; a question is left out. */
const onUntil = (there) => async (page) => {
  const main = page.locator('main, dialog[open]').last();
  const on = main.getByRole('button', {
    name: /^(Lanjut|Mulai kuis|Lewati pertanyaan|Lihat hasil|Next|Start the quiz|Skip the question|See the result)$/,
  });
  for (let i = 0; i < 30 && !(await main.locator(there).count()); i++) {
    await on.first().click();
    await page.waitForTimeout(50);
    await main.locator(there).or(on).first().waitFor(); // the answer to the last one takes its time
  }
};
const toQuiz = onUntil('legend');
const toResult = onUntil('ol.divide-y > li');
/** The sheet of somebody who has not learned yet what comes before the first share. */
const toLesson = async (page) => {
  await sheet(page);
  await page
    .locator('dialog[open]')
    .getByRole('button', { name: /^(Salin teks|Copy)/ })
    .first()
    .click();
  await page
    .locator('dialog[open]')
    .getByRole('button', { name: /^(Mulai|Start)$/ })
    .waitFor();
};

/** As it is when the network came back after the content was withdrawn. */
const tooLate = async (page) => {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('keyval-store');
        open.onsuccess = () => {
          const change = open.result.transaction('keyval', 'readwrite');
          const one = {
            kind: 'share',
            content: 999_999,
            title: 'Jadwal Pelayanan Administrasi Kependudukan Keliling',
            reason: 'Masa tayang konten ini sudah berakhir.',
            gone: false,
            own: 'Warga RT 05, ini jadwal yang kita tunggu.',
          };
          change.objectStore('keyval').put([one], 'unsent');
          change.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  await page.getByRole('button', { name: /^(Salin kata-kata saya|Copy my words)/ }).waitFor();
};

const previewX = async (page) => {
  await page.locator('#tab-x').click();
  await page.locator('#preview-count').waitFor();
};

/** name, who, address, what shows that it is there, what to do first */
export const screens = [
  ['masuk', undefined, '/masuk', 'form'],
  ['umpan', 'asn3', '/', 'article'],
  ['dampak', 'asn3', '/dampak?rentang=all', '#konten'],
  ['topik', 'asn3', '/saya/topik', 'fieldset'],
  ['umpan-bagikan', 'asn3', '/', 'article', sheet],
  ['konten', 'asn3', '/konten/{live}', 'main h1'],
  ['notifikasi', 'asn3', '/notifikasi', '#quiet-title'],
  ['notifikasi-meja', 'penulis', '/notifikasi', '#quiet-title'],
  ['konsol-tayang', 'humas', '/konsol/periksa/{live}', '#uses-title'],
  ['tindakan', 'asn3', '/dampak/tindakan', '[data-act]'],
  [
    'tindakan-tempel',
    'asn3',
    '/dampak/tindakan',
    '[data-act]',
    pressed(/^(Tempel tautan|Paste a link)/),
  ],
  [
    'tindakan-keberatan',
    'asn3',
    '/dampak/tindakan',
    '[data-act]',
    pressed(/^(Ajukan keberatan|Object)/),
  ],
  ['bagikan-masuk', 'asn3', '/bagikan-masuk', 'main form'],
  ['bukti', 'humas', '/konsol/bukti', '[data-row]'],
  ['bukti-tinjau', 'humas', '/konsol/bukti', '[data-row]', pressed(/^(Periksa|Look at) /)],
  ['peringkat', 'asn3', '/peringkat', 'main h1'],
  ['peringkat-musim', 'asn3', '/peringkat?periode=season', '#poin'],
  ['peringkat-pimpinan', 'asn3', '/peringkat?papan=pimpinan&lingkup={99}', 'main h1'],
  ['peringkat-aturan', 'asn3', '/peringkat/aturan', 'main section h2'],
  ['musim', 'pusat.humas', '/konsol/musim', 'main li h2'],
  [
    'musim-rencana',
    'pusat.humas',
    '/konsol/musim',
    'main li h2',
    pressed(/^(Rencanakan musim|Plan a season)$/),
  ],
  ['belajar', 'asn3', '/belajar', 'main li a'],
  ['belajar-modul', 'asn9', '/belajar/3', 'main h2'],
  ['belajar-kuis', 'asn9', '/belajar/3', 'main h2', toQuiz],
  ['belajar-hasil', 'asn9', '/belajar/4', 'main h2', toResult],
  ['belajar-juknis', 'asn3', '/belajar/juknis/1', 'article h1'],
  ['belajar-awal', 'asn9', '/', 'article', toLesson],
  ['saya', 'asn3', '/saya', 'main h1'],
  ['saya-data', 'asn2', '/saya/data', '#dilihat'],
  ['saya-minta', 'asn6', '/saya/data', '#dilihat', pressed(/^(Ajukan permintaan|Make a request)$/)],
  ['mulai', 'asn9', '/mulai?langkah=3', '#persetujuan'],
  ['mulai-topik', 'asn9', '/mulai?langkah=4', 'main [role=group]'],
  ['mulai-jaringan', 'asn9', '/mulai?langkah=5', 'main [role=group] button'],
  ['mulai-pelajaran', 'asn9', '/mulai?langkah=6', 'main h1'],
  ['saya-bantuan', 'asn3', '/saya/bantuan', 'main details'],
  ['permintaan', 'dpo', '/konsol/permintaan', 'main li a[href*="permintaan/"]'],
  ['permintaan-satu', 'dpo', '/konsol/permintaan/1', '#siapa'],
  ['permintaan-kabulkan', 'dpo', '/konsol/permintaan/1', '#siapa', pressed(/^(Kabulkan|Grant)$/)],
  ['bantuan', undefined, '/bantuan', 'main h1'],
  ['umpan-tidak-terkirim', 'asn3', '/', 'article', tooLate],
  ['tidak-ada', 'asn3', '/entah-apa', 'main'],
  ['konsol-antrean', 'humas', '/konsol/', 'main h1'],
  ['antrean-papan', 'humas', '/konsol/antrean?look=papan', 'main section li'],
  ['pintasan', 'humas', '/konsol/antrean', 'main h1', listKeys],
  ['antrean-saring', 'humas', '/konsol/antrean?q=layanan&pillar=product', 'main h1'],
  [
    'antrean-tampilan',
    'humas',
    '/konsol/antrean',
    'main h1',
    pressed(/Tampilan tersimpan|Saved views/),
  ],
  ['kalender', 'humas', '/konsol/kalender', 'main [data-day], main [data-agenda]'],
  ['kalender-pekan', 'humas', '/konsol/kalender?look=pekan', 'main [data-day], main [data-agenda]'],
  [
    'kalender-libur',
    'admin',
    '/konsol/kalender',
    'main [data-day], main [data-agenda]',
    pressed(/^(Hari libur|Holidays)$/),
  ],
  ['konsol-tulis', 'penulis', '/konsol/tulis', 'form'],
  ['konsol-ubah', 'penulis', '/konsol/tulis/{in_review}', 'form'],
  ['konsol-pratinjau', 'penulis', '/konsol/tulis/{in_review}', 'form', previewX],
  ['konsol-periksa', 'penyetuju', '/konsol/periksa/{in_review}', 'main h1'],
  [
    'konsol-minta-perbaikan',
    'penyetuju',
    '/konsol/periksa/{in_review}',
    'main h1',
    pressed(/Minta perbaikan|Request revision/),
  ],
  [
    'konsol-setujui',
    'penyetuju',
    '/konsol/periksa/{in_review}',
    'main h1',
    pressed(/^(Setujui|Approve)$/),
  ],
  ['konsol-ditahan', 'penyetuju', '/konsol/periksa/{on_hold}', 'main h1'],
  ['konsol-menunggu', 'penyetuju', '/konsol/?state=waiting', 'main h1'],
  ['persetujuan', 'admin', '/konsol/persetujuan', 'main h1'],
  ['persetujuan-rantai', 'admin', '/konsol/persetujuan', 'main h1', changeChain],
  [
    'persetujuan-pengganti',
    'kadis',
    '/konsol/persetujuan',
    'main h1',
    pressed(/Tunjuk pengganti|Name a deputy/),
  ],
  ['notifikasi-bel', 'penulis', '/konsol/', 'main h1', openBell],
  ['surel-pilih', 'penulis', '/konsol/', 'main h1', chooseMail],
  [
    'jam-tenang',
    'admin',
    '/konsol/kalender',
    'main h1',
    pressed(/Jam tenang ajakan|Quiet hours of prompts/),
  ],
  [
    'konsol-terjadwal',
    'humas',
    '/konsol/periksa/{scheduled}',
    'main h1',
    pressed(/Ubah jadwal|Change schedule/),
  ],
  ['konsol-tarik', 'humas', '/konsol/periksa/{live}', 'main h1', pressed(/Tarik konten|Withdraw/)],
  ['panduan', 'humas', '/konsol/panduan?agency={99}', 'main h2'],
  ['panduan-warisan', 'penulis', '/konsol/panduan?agency={99-DISKOMINFO}', 'main h2'],
  [
    'panduan-kata',
    'humas',
    '/konsol/panduan?agency={99}',
    'main h2',
    pressed(/^(Tambah kata|Add a word)$/),
  ],
  ['kampanye', 'humas', '/konsol/kampanye', 'main li'],
  ['kampanye-laju', 'pimpinan', '/konsol/kampanye/2', 'main h2'],
  ['kampanye-tulis', 'humas', '/konsol/kampanye/tulis', 'form'],
  ['pustaka', 'penulis', '/konsol/pustaka', 'main ul a'],
  ['pustaka-gambar', 'penulis', '/konsol/pustaka/1', 'main form'],
  ['pustaka-video', 'penulis', '/konsol/pustaka/2', 'main video'],
  [
    'pustaka-potong',
    'penulis',
    '/konsol/pustaka/1',
    'main form',
    pressed(/Buat potongan|Make a crop/),
  ],
  ['akun', 'admin', '/konsol/akun', 'main li'],
  ['pemilu', 'admin', '/konsol/pemilu', 'main li'],
  ['pemilu-satu', 'humas', '/konsol/pemilu/1', 'main h2'],
  ['pemilu-tulis', 'admin', '/konsol/pemilu/tulis', 'form'],
  ['konsol-belajar', 'humas', '/konsol/belajar', 'main li'],
  ['konsol-belajar-ubah', 'humas', '/konsol/belajar/2', 'form'],
  ['konsol-belajar-tulis', 'humas', '/konsol/belajar/tulis', 'form'],
  ['konsol-juknis', 'humas', '/konsol/belajar/juknis', 'main li'],
  ['konsol-juknis-ubah', 'humas', '/konsol/belajar/juknis/1', 'form'],
  ['sertifikat-salah', undefined, '/sertifikat/tidak-ada', 'main h1'],
  ['arahan', 'pimpinan', '/konsol/arahan', 'main h1'],
  ['arahan-terbit', 'pimpinan', '/konsol/arahan/1', 'main article'],
  ['arahan-ubah', 'pimpinan', '/konsol/arahan/3', 'form'],
  ['arahan-tulis', 'humas', '/konsol/arahan/tulis', 'form'],
  ['arahan-saya', 'asn3', '/arahan', 'main li'],
  ['arahan-surat', 'asn3', '/arahan/1', 'article'],
  ['orang', 'operator', '/konsol/orang', 'main h1'],
  ['orang-kelola', 'operator', '/konsol/orang', 'main h1', pressed(/^(Kelola|Manage)/)],
  ['orang-impor', 'operator', '/konsol/orang/impor', 'form'],
  ['hitungan-saya', 'asn5', '/dampak/hitungan', 'main li'],
  [
    'hitungan-keberatan',
    'asn3',
    '/dampak/hitungan',
    'main li',
    pressed(/^(Ajukan keberatan|Object)$/),
  ],
  ['konsol-hitungan', 'auditor', '/konsol/hitungan', 'main li a'],
  ['konsol-hitungan-semua', 'auditor', '/konsol/hitungan?keadaan=all', 'main li a'],
  [
    'konsol-hitungan-satu',
    'auditor',
    '/konsol/hitungan',
    'main li a',
    async (page) => {
      await page.locator('main ul.card a').first().click();
      await page.getByText(/^(Angka temuan|What was found)/).waitFor();
    },
  ],
  ['konsol-ditolak', 'asn3', '/konsol/', 'main'],
  ['laporan', 'pimpinan', '/laporan/?agency={99}', 'main h1'],
  ['laporan-unit-kecil', 'pimpinan', '/laporan/?agency={99.04-DISKOMINFO-03}', 'main h1'],
  [
    'laporan-perkiraan',
    'pimpinan',
    '/laporan/?agency={99}',
    'main h1',
    pressed(/^(Perkiraan dan|Estimates and)/),
  ],
  [
    'laporan-menu',
    'pimpinan',
    '/laporan/?agency={99}',
    'main h1',
    pressed(/^(Bagikan dan unduh|Share and download)$/),
  ],
  ['laporan-langganan', 'pimpinan', '/laporan/langganan?agency={99}', 'main h2'],
  ['laporan-definisi', 'pimpinan', '/laporan/definisi', 'main article'],
  ['laporan-definisi-satu', 'pimpinan', '/laporan/definisi/integrity', 'main article'],
  ['laporan-target', 'admin', '/laporan/target?agency={99}', 'main form'],
  ['laporan-tutup', 'admin', '/laporan/tutup?agency={99}', 'main li'],
  [
    'laporan-tertutup',
    'admin',
    '/laporan/tutup?agency={99}',
    'main li',
    async (page) => {
      await page.locator('main li a').first().click();
      await page.getByText(/^(Lihat angka sekarang|See the figures of now)/).waitFor();
    },
  ],
  ['publik', undefined, '/k/{slug}', 'main h1'],
  ['tautan-salah', undefined, '/s/abcdefghijkl', 'main h1'],
  ['surel-salah', undefined, '/berhenti/tidak-ada', 'main h1'],
  ['langganan-salah', undefined, '/berhenti/laporan/tidak-ada', 'main h1'],
];

/** Screens whose list is as long as there are rows. */
export const long = ['umpan', 'orang'];
