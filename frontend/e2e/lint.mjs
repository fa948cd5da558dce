// The brand guide and the linter, as people use them: a publisher bans a word while another edits the same
// guide; an author is told while typing, sees where, lets it be mended, and is refused only until then.
import path from 'node:path';
import { check } from './look.mjs';
import {
  landmarks,
  leave,
  must,
  out,
  person,
  program,
  startBrowser,
  startServer,
} from './world.mjs';

async function clean(page, name) {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
}

/** Two publishers with the same guide open: the later one is told, keeps what was typed, and saves again. */
async function guide(server, browser, node) {
  const publisher = await person(browser, server, { width: 1440, height: 900, local: 'humas' });
  const { page } = publisher;
  await publisher.go(`/konsol/panduan?agency=${node}`);
  await page.getByRole('heading', { name: 'Kata yang dihindari' }).waitFor();
  await page.getByText('Dari KKP Contoh').first().waitFor();
  const other = await program(server, 'admin');
  const now = await other(`/api/v1/agencies/${node}/brand`);
  await other(`/api/v1/agencies/${node}/brand`, {
    method: 'PUT',
    body: {
      version: now.own.version,
      kit: { ...now.own.kit, voice: `${now.own.kit.voice}\n- Sapa warga.` },
    },
  });

  await page.getByRole('button', { name: 'Tambah kata' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Kata atau frasa').fill('himbau');
  await dialog.getByLabel('Pengganti yang disarankan').fill('imbau');
  await dialog.getByLabel('Alasan').fill('Bentuk baku menurut KBBI.');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await dialog.getByText(/gaya bahasa diubah/).waitFor();
  await clean(page, 'stale guide');
  await page.screenshot({ path: path.join(out, 'panduan-usang-1440.png') });
  await dialog.getByRole('button', { name: 'Muat panduan terbaru' }).click();
  await dialog.getByText('Isian Anda tetap ada.').waitFor();
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await page.getByRole('row', { name: /himbau/ }).waitFor();
  await page.getByText('Sapa warga.').waitFor(); // the other edit is kept
  await page.getByRole('button', { name: 'Hapus dirubah' }).click();
  await page.getByText('“dirubah” dihapus.').first().waitFor();
  must(
    publisher.faults.filter((fault) => !fault.includes('409')).length === 0,
    publisher.faults.join('\n'),
  );
  await leave(publisher.context);
}

async function compose(server, browser) {
  const author = await person(browser, server, { width: 1440, height: 900, local: 'penulis' });
  const { page, context } = author;
  await author.go('/konsol/tulis');
  const panel = page.getByRole('region', { name: 'Pemeriksaan bahasa' });
  await panel.getByText('Mulailah menulis.').waitFor();
  await page.getByLabel('Judul').fill('👨‍👩‍👧 Warga di himbau datang ke Nusa Arunika');
  await page.getByLabel('Ringkasan').fill('Loket baru melayani warga.');
  await page.getByLabel('Isi', { exact: true }).fill('Loket dibuka dalam rangka hari jadi.');
  for (const [label, value] of [
    ['Jenis konten', 'pengumuman'],
    ['Pilar', 'product'],
    ['Tahap kegiatan', 'akan'],
    ['Topik', 'kesehatan'],
    ['Klasifikasi informasi', 'terbuka'],
  ]) {
    await page.getByLabel(label).selectOption(value);
  }
  const captions = ['Loket baru sudah dibuka.', 'Warga dapat datang ke loket baru.', 'x'];
  for (const [i, text] of captions.entries())
    await page.getByLabel(`Keterangan ${i + 1}`, { exact: true }).fill(text);
  await page
    .getByLabel('Keterangan 3', { exact: true })
    .fill('🎉 Seluruh ASN wajib membagikan unggahan ini.');
  await panel.getByText('1 wajib diperbaiki, 1 peringatan, 1 saran').waitFor();
  await clean(page, 'composer with findings');
  await page.screenshot({ path: path.join(out, 'lint-1440.png') });

  // The words that are meant are marked in their field, emoji or not.
  await panel.getByRole('button', { name: /Lihat “wajib membagikan/ }).click();
  const marked = await page.evaluate(() => {
    const field = document.activeElement;
    return `${field.id}: ${field.value.slice(field.selectionStart, field.selectionEnd)}`;
  });
  must(marked === 'f-captions-2: wajib membagikan', `marked: ${marked}`);

  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: /Keterangan 3: “wajib membagikan”/ })
    .waitFor();
  await panel.getByRole('button', { name: /Perbaiki “himbau”/ }).click();
  must(
    (await page.getByLabel('Judul').inputValue()) === '👨‍👩‍👧 Warga di imbau datang ke Nusa Arunika',
    'the title is not mended',
  );
  await panel.getByText('1 wajib diperbaiki, 0 peringatan, 1 saran').waitFor();

  await context.setOffline(true);
  await panel.getByText(/berhenti selama luring/).waitFor();
  await context.setOffline(false);
  await page.getByLabel('Keterangan 3', { exact: true }).fill('Bagikan bila bermanfaat.');
  await panel.getByText('0 wajib diperbaiki, 0 peringatan, 1 saran').waitFor();
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();
  must(
    author.faults.filter((fault) => !/422|ERR_INTERNET/.test(fault)).length === 0,
    author.faults.join('\n'),
  );
  await leave(context);
}

/** On a phone the panel comes after the form, and the count leads to it. */
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
    await page.getByLabel('Judul').fill('Nusa Arunika: like dan share sebanyak-banyaknya!!!!');
    await page.getByRole('button', { name: /Lihat temuan bahasa/ }).click();
    const panel = page.getByRole('region', { name: 'Pemeriksaan bahasa' });
    await panel.getByText(/wajib diperbaiki,/).waitFor();
    await clean(page, `composer with findings 360 ${theme}`);
    await page.screenshot({ path: path.join(out, `lint-360-${theme}.png`) });
    await leave(author.context);
  }
}

export async function lint() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const { node } = await landmarks(server);
    await guide(server, browser, node['99']);
    await compose(server, browser);
    await phone(server, browser);
    console.log(
      'lint: told while typing, shown, mended, refused until then; the guide is edited by two',
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}
