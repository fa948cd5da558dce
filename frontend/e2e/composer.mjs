// The composer, as it is when things go wrong: the tab dies in the middle of a word, the network goes, the
// server is killed, the same text is open twice. Every typed letter is there again, and nobody writes over
// anybody. And what the preview counts is what the share sheet then makes.
import path from 'node:path';
import { check } from './look.mjs';
import { leave, must, out, person, program, startBrowser, startServer } from './world.mjs';

const harmless = /ERR_INTERNET|ERR_CONNECTION|Failed to fetch|409|502|503/;
const clean = async (page, name, part) => {
  const faults = await check(page, name, { part });
  must(faults.length === 0, faults.join('\n'));
};
const status = (page) => page.locator('#save-status');
const savedNow = (page) =>
  status(page)
    .filter({ hasText: /^Tersimpan \d\d\.\d\d WI/ })
    .waitFor();
const valueOf = (page, label) => page.getByLabel(label, { exact: true }).inputValue();
const title = 'Loket baru Mal Pelayanan Publik';

/** A new page of the same browser: what this device has kept is there. */
async function newTab(author, server, to) {
  const page = await author.context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(server.url + to);
  await page.getByLabel('Judul', { exact: true }).waitFor();
  return page;
}

/** No handler of the page runs, as when the process dies. */
async function crash(author, page) {
  const devtools = await author.context.newCDPSession(page);
  const gone = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => {});
  await gone;
  await page.close().catch(() => {});
}

async function theTabDies(author, server) {
  let page = author.page;
  // Before the server knows of it: nothing but the title's first letters.
  await author.go('/konsol/tulis');
  await page.getByLabel('Ringkasan').pressSequentially('Belum berjudul, kata ter');
  await crash(author, page);
  page = await newTab(author, server, '/konsol/tulis');
  await page.getByText(/dipulihkan dari perangkat ini/).waitFor();
  must((await valueOf(page, 'Ringkasan')) === 'Belum berjudul, kata ter', 'letters were lost');

  await page.getByLabel('Judul', { exact: true }).fill(title);
  await page.waitForURL(/\/konsol\/tulis\/\d+$/);
  await savedNow(page);
  const id = Number(page.url().match(/(\d+)$/)[1]);
  // Typed right up to the crash, a space at the end as well.
  await page.getByLabel('Ringkasan').fill('Ringkasan');
  await page.getByLabel('Ringkasan').pressSequentially(' yang terputus di tengah ka ');
  await crash(author, page);
  page = await newTab(author, server, `/konsol/tulis/${id}`);
  const found = await valueOf(page, 'Ringkasan');
  must(found === 'Ringkasan yang terputus di tengah ka ', `after the crash: “${found}”`);
  await savedNow(page);
  return { id, page };
}

async function theNetworkGoes(author, page) {
  await author.context.setOffline(true);
  await page.getByLabel('Isi', { exact: true }).pressSequentially('Ditulis saat luring.');
  await status(page).filter({ hasText: 'Luring: tersimpan di perangkat ini' }).waitFor();
  await page.screenshot({ path: path.join(out, 'composer-luring-1440.png') });
  await author.context.setOffline(false);
  await savedNow(page);
  must((await valueOf(page, 'Isi')) === 'Ditulis saat luring.', 'lost offline');
}

async function theServerDies(author, server, page, id) {
  await server.kill();
  await page.getByLabel('Isi', { exact: true }).press('End');
  await page.getByLabel('Isi', { exact: true }).pressSequentially(' Ditulis tanpa server.');
  await status(page)
    .filter({ hasText: /Server belum menjawab/ })
    .waitFor();
  await crash(author, page); // and the tab, too
  await server.again();
  page = await newTab(author, server, `/konsol/tulis/${id}`);
  const found = await valueOf(page, 'Isi');
  must(found === 'Ditulis saat luring. Ditulis tanpa server.', `after the server died: “${found}”`);
  await savedNow(page);

  // Without the crash it saves by itself once the server is back.
  await server.kill();
  await page.getByLabel('Isi', { exact: true }).press('End');
  await page.getByLabel('Isi', { exact: true }).pressSequentially(' Lagi.');
  await status(page)
    .filter({ hasText: /Server belum menjawab/ })
    .waitFor();
  await server.again();
  await savedNow(page);
  // Another device finds it: nothing of this one is there.
  const other = await program(server, 'penulis');
  const copy = await other(`/api/v1/contents/${id}/draft`);
  must(copy.draft.body.endsWith('tanpa server. Lagi.'), `on the server: ${copy.draft.body}`);
  return page;
}

async function twoTabs(author, server, first, id) {
  const second = await newTab(author, server, `/konsol/tulis/${id}`);
  await second.getByText('Naskah ini juga terbuka di perangkat lain.').waitFor();
  await first.getByText('Naskah ini juga terbuka di perangkat lain.').waitFor();
  // Each another field: both are kept without a question, and the second is shown what came.
  await first.getByLabel('Ringkasan').fill('Ringkasan dari tab pertama.');
  await savedNow(first);
  await second.getByLabel('Keterangan 1', { exact: true }).fill('Keterangan dari tab kedua.');
  await second.getByText(/Perubahan dari perangkat lain sudah digabungkan: Ringkasan/).waitFor();
  must(
    (await valueOf(second, 'Ringkasan')) === 'Ringkasan dari tab pertama.' &&
      (await valueOf(second, 'Keterangan 1')) === 'Keterangan dari tab kedua.',
    'not both',
  );
  await savedNow(second);

  // Both the same field: the later one chooses, and sees what was changed.
  await first.getByLabel('Judul', { exact: true }).fill('Judul dari tab pertama');
  await second.getByLabel('Judul', { exact: true }).fill('Judul dari tab kedua');
  const panels = [first, second].map((page) =>
    page.getByRole('region', { name: 'Naskah ini juga berubah di tempat lain' }),
  );
  const asked = await Promise.any(
    panels.map((panel, i) => panel.waitFor().then(() => [first, second][i])),
  );
  const panel = panels[asked === first ? 0 : 1];
  await panel.locator('ins').first().waitFor();
  await clean(asked, 'clash 1440');
  await asked.screenshot({ path: path.join(out, 'composer-bentrok-1440.png') });
  await panel.getByRole('button', { name: 'Pakai teks ini: Judul, dari tempat lain' }).click();
  const wanted = asked === first ? 'Judul dari tab kedua' : 'Judul dari tab pertama';
  must((await valueOf(asked, 'Judul')) === wanted, 'the other text was not taken');
  await panel.getByRole('button', { name: 'Pakai teks ini: Judul, di sini' }).click();
  await panel.getByRole('button', { name: 'Lanjutkan dengan pilihan ini' }).click();
  const kept = asked === first ? 'Judul dari tab pertama' : 'Judul dari tab kedua';
  must((await valueOf(asked, 'Judul')) === kept, 'what was chosen is lost');
  await savedNow(asked);
  must((await valueOf(asked, 'Keterangan 1')) === 'Keterangan dari tab kedua.', 'a field is lost');
  await second.close();
}

/** A version comes from elsewhere while somebody types: both are in what is saved next. */
async function aVersionComes(server, page, id) {
  const other = await program(server, 'penulis');
  const now = await other(`/api/v1/contents/${id}`);
  await page.getByLabel('Tagar').fill('#DariSini');
  await savedNow(page);
  const made = await other(`/api/v1/contents/${id}`, {
    method: 'PUT',
    body: { title: now.title, summary: 'Ringkasan versi rekan.', version: now.version },
  });
  must(made.version === now.version + 1, `no version: ${JSON.stringify(made)}`);
  await page.getByLabel('Isi', { exact: true }).fill('Isi dari sini.');
  const panel = page.getByRole('region', { name: 'Naskah ini juga berubah di tempat lain' });
  // The summary was touched by both: it is asked for, and nothing else is.
  await panel.getByRole('button', { name: 'Pakai teks ini: Ringkasan, dari tempat lain' }).click();
  must(
    (await panel.getByRole('heading', { level: 3 }).count()) === 1,
    'more is asked than clashed',
  );
  await panel.getByRole('button', { name: 'Lanjutkan dengan pilihan ini' }).click();
  await savedNow(page);
  const found = [await valueOf(page, 'Isi'), await page.getByLabel('Ringkasan').inputValue()];
  must(found.join() === 'Isi dari sini.,Ringkasan versi rekan.', `not both: ${found}`);
}

/** Ctrl+B, the buttons and undo; Ctrl+S makes a version of the working copy. */
async function keys(page) {
  const body = page.getByLabel('Isi', { exact: true });
  await body.fill('satu dua');
  await body.press('Control+A');
  await page.getByRole('button', { name: 'Tebal' }).click();
  must((await body.inputValue()) === '**satu dua**', 'not bold');
  await body.press('Control+Z');
  must((await body.inputValue()) === 'satu dua', 'the undo of the browser does not know it');
  await page.getByRole('button', { name: 'Daftar' }).click();
  await page.getByRole('button', { name: 'Pratinjau isi' }).click();
  await page.locator('#body-preview li').waitFor();
  await page.getByRole('button', { name: 'Tulis', exact: true }).click();
  await body.press('Control+S');
  await status(page).filter({ hasText: 'versi 3' }).waitFor();
  must(await body.evaluate((field) => field === document.activeElement), 'the focus is lost');
}

const captions = [
  'Loket baru dibuka hari Senin. Datanglah mulai pukul 07.30 WITA dengan kartu identitas; nomor antrean dapat diambil dari rumah.',
  'Bapak dan Ibu, urusan kini lebih dekat: ada loket baru. Sampai jumpa 👋',
  'Loket baru, layanan sama ramahnya.',
];

/** What the preview counts is what is made of the same text when it is shared. */
async function previews(server, author, page, id) {
  for (const [i, text] of captions.entries())
    await page.getByLabel(`Keterangan ${i + 1}`, { exact: true }).fill(text);
  const only = page.getByLabel('Keterangan 4', { exact: true });
  await page.getByRole('button', { name: 'Tambah keterangan' }).click();
  await only.fill(`Khusus yang singkat: ${'loket baru 🎉 '.repeat(30)}`);
  await page.locator('#f-captions-3-register').selectOption('singkat');
  await page.getByText('Untuk jejaring: Semua jejaring').last().click();
  await page.getByLabel('X', { exact: true }).last().check();
  await page.getByText(/X: [\d.]+ dari 280 karakter/).waitFor();
  await page.getByLabel('Tagar').fill('#LoketBaru #MelayaniWarga');
  for (const [label, value] of [
    ['Jenis konten', 'pengumuman'],
    ['Pilar', 'product'],
    ['Tahap kegiatan', 'akan'],
    ['Topik', 'layanan_publik'],
    ['Klasifikasi informasi', 'terbuka'],
  ])
    await page.getByLabel(label).selectOption(value);
  const counted = {};
  const names = [
    'whatsapp',
    'facebook',
    'instagram',
    'x',
    'tiktok',
    'threads',
    'linkedin',
    'telegram',
  ];
  for (const [i, name] of names.entries()) {
    const place = name === 'x' ? 3 : 1;
    await page.getByLabel(`Keterangan ${place + 1}`, { exact: true }).focus();
    await page.keyboard.press(`Alt+${i + 1}`);
    const tab = page.locator(`#tab-${name}[aria-selected="true"]`);
    await tab.waitFor();
    counted[name] = {
      caption: place,
      length: Number(await page.locator('#preview-count').getAttribute('data-length')),
    };
    for (const look of ['Terang', 'Gelap']) {
      await page.getByRole('button', { name: look, exact: true }).click();
      await clean(page, `preview of ${name}, ${look}`, 'section:has(#preview-panel)');
      await page
        .getByRole('region', { name: 'Pratinjau' })
        .screenshot({ path: path.join(out, `composer-${name}-${look.toLowerCase()}.png`) });
    }
  }
  await page.locator('#tab-telegram').focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('#tab-whatsapp[aria-selected="true"]').waitFor();
  await page.getByLabel('Cari instansi').fill('Nusa');
  await page.getByLabel('Provinsi Nusa Arunika', { exact: true }).check();
  await page.screenshot({ path: path.join(out, 'composer-1440.png'), fullPage: true });
  await page.getByLabel('Isi', { exact: true }).press('Control+Enter');
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();

  const writer = await program(server, 'penulis');
  let item = await writer(`/api/v1/contents/${id}`);
  for (const who of ['penyetuju', 'kadis', 'plh', 'admin']) {
    if (item.state !== 'in_review') break;
    const decide = await program(server, who).catch(() => undefined);
    await decide?.(`/api/v1/contents/${id}/approve`, {
      method: 'POST',
      body: { version: item.version, step: item.step },
    });
    item = await writer(`/api/v1/contents/${id}`);
  }
  must(item.state === 'approved', `not approved: ${item.state} step ${item.step}`);
  const humas = await program(server, 'humas');
  await humas(`/api/v1/contents/${id}/publish`, { method: 'POST' });
  for (const [name, { caption, length }] of Object.entries(counted)) {
    const made = await writer(`/api/v1/contents/${id}/shares`, {
      method: 'POST',
      body: { channel: name, caption },
    });
    must(made.length === length, `${name}: the preview counts ${length}, made were ${made.length}`);
  }
  const refused = await writer(`/api/v1/contents/${id}/shares`, {
    method: 'POST',
    body: { channel: 'whatsapp', caption: 3 },
  });
  must(refused.status === 422, 'a caption for X goes to WhatsApp');
}

/** On X the sheet offers X's own caption first; elsewhere it is not there. */
async function sheet(server, browser, id) {
  const reader = await person(browser, server, {
    width: 360,
    height: 740,
    local: 'penulis',
    leaves: ['wa.me', 'x.com'],
  });
  const { page } = reader;
  await reader.go(`/konten/${id}`);
  await page.getByRole('button', { name: 'Bagikan' }).first().tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Variasi 3').waitFor();
  must((await dialog.getByText('Variasi 4').count()) === 0, 'a caption for X is offered for all');
  await dialog.getByRole('button', { name: /Lainnya/ }).tap();
  await dialog.getByRole('button', { name: /^X/ }).tap();
  const first = dialog.getByRole('radio').first();
  await first.waitFor();
  must(/Variasi 4/.test(await dialog.locator('label').first().innerText()), 'not its own first');
  await first.check();
  await clean(page, 'captions for X 360');
  await page.screenshot({ path: path.join(out, 'composer-bagikan-x-360.png') });
  must(reader.faults.length === 0, reader.faults.join('\n'));
  await leave(reader.context);
}

async function phone(server, browser) {
  for (const theme of ['light', 'dark']) {
    const author = await person(browser, server, {
      width: 360,
      height: 740,
      theme,
      local: 'penulis',
    });
    const { page } = author;
    await author.go('/konsol/tulis');
    await page.getByLabel('Keterangan 1', { exact: true }).fill(captions[0]);
    await page.getByRole('region', { name: 'Pratinjau' }).scrollIntoViewIfNeeded();
    await clean(page, `composer 360 ${theme}`);
    await page.screenshot({ path: path.join(out, `composer-360-${theme}.png`), fullPage: true });
    await leave(author.context);
  }
}

export async function composer() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const author = await person(browser, server, { width: 1440, height: 900, local: 'penulis' });
    const made = await theTabDies(author, server);
    await theNetworkGoes(author, made.page);
    const page = await theServerDies(author, server, made.page, made.id);
    await twoTabs(author, server, page, made.id);
    await aVersionComes(server, page, made.id);
    await keys(page);
    await previews(server, author, page, made.id);
    await sheet(server, browser, made.id);
    await phone(server, browser);
    const faults = author.faults.filter((fault) => !harmless.test(fault));
    must(faults.length === 0, faults.join('\n'));
    console.log('composer: a crash, no network, no server, two tabs: every letter is there');
  } finally {
    await browser.close();
    await server.stop();
  }
}
