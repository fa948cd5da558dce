// One day of an office, from the first letter to the recall: written with a fault that the linter stops, mended,
// returned, corrected, approved by a head of division and by the deputy of the head of the office on a phone,
// scheduled by a drag, live by its own clock, shared, and withdrawn with a correction. Then the same from draft to
// publish with nothing but a keyboard.
import path from 'node:path';
import { check } from './look.mjs';
import { drag, must, out, person, program, startBrowser, startServer, until } from './world.mjs';

const title = 'Perpustakaan Keliling Singgah di Sebelas Sekolah';
const captions = [
  'Perpustakaan keliling singgah di sebelas sekolah mulai pekan depan. Bagikan ke 10 grup, ya!',
  'Bapak dan Ibu guru, siapkan jadwal membaca: perpustakaan keliling datang ke sekolah kita.',
  'Sebelas sekolah, tiga ratus judul buku baru. Jadwal lengkap di tautan ini.',
];
const mended =
  'Perpustakaan keliling singgah di sebelas sekolah mulai pekan depan. Cek jadwalnya, ya.';
const reason = 'Sebutkan jam singgahnya pada ringkasan.';
const corrected = 'Perpustakaan keliling singgah pukul 08.00–11.00 di sebelas sekolah.';

const clean = async (page, name) => {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
};
const shot = (page, name) => page.screenshot({ path: path.join(out, `hari-${name}.png`) });
const whole = (page, name) =>
  page.screenshot({ path: path.join(out, `hari-${name}.png`), fullPage: true });

const choices = [
  ['Jenis konten', 'pengumuman'],
  ['Pilar', 'product'],
  ['Tahap kegiatan', 'akan'],
  ['Topik', 'pendidikan'],
  ['Klasifikasi informasi', 'terbuka'],
];

async function write(author) {
  const { page } = author;
  await author.go('/konsol/tulis');
  await page.getByLabel('Judul', { exact: true }).fill(title);
  await page.getByLabel('Ringkasan').fill('Perpustakaan keliling singgah di sebelas sekolah.');
  await page.getByLabel('Isi', { exact: true }).fill('Bawa **kartu pelajar**.');
  for (const [label, value] of choices) await page.getByLabel(label).selectOption(value);
  for (const [i, text] of captions.entries())
    await page.getByLabel(`Keterangan ${i + 1}`, { exact: true }).fill(text);
  await page.getByLabel('Cari instansi').fill('Nusa');
  await page.getByLabel('Provinsi Nusa Arunika', { exact: true }).check();
  await page.getByText(/Menjangkau [\d.]+ ASN/).waitFor();
  const panel = page.getByRole('region', { name: 'Pemeriksaan bahasa' });
  await panel
    .getByText(/Umpan suka atau bagikan/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'Ada yang perlu diperbaiki' });
  await summary.getByRole('link', { name: /Umpan suka/ }).waitFor();
  await clean(page, 'refused by the linter');
  await shot(page, '1-ditahan-linter-1440');
  await page.getByLabel('Keterangan 1', { exact: true }).fill(mended);
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();
  const id = Number(page.url().match(/(\d+)$/)[1]);
  await whole(page, '2-diajukan-1440');
  return id;
}

const open = async (one, id) => {
  await one.go(`/konsol/periksa/${id}`);
  await one.page.getByRole('heading', { name: title }).first().waitFor();
  await one.page.waitForLoadState('networkidle');
};

async function giveBack(approver, id) {
  const { page } = approver;
  await open(approver, id);
  await page.getByRole('button', { name: 'Minta perbaikan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Apa yang perlu diperbaiki').fill(reason);
  await shot(page, '3-dikembalikan-360');
  await dialog.getByRole('button', { name: 'Kirim permintaan' }).click();
  await page.getByText('Konten dikembalikan kepada penyusun.').first().waitFor();
}

async function correct(author, id) {
  const { page } = author;
  await author.go(`/konsol/tulis/${id}`);
  await page.getByText(reason).first().waitFor();
  await page.getByLabel('Ringkasan').fill(corrected);
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();
  await shot(page, '4-diperbaiki-1440');
}

async function approve(one, id, name) {
  const { page } = one;
  await open(one, id);
  await page.locator('ins').filter({ hasText: '08.00' }).first().waitFor();
  await clean(page, `approver ${name}`);
  await whole(page, `5-${name}-360`);
  await page.getByRole('button', { name: 'Setujui', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await shot(page, `6-${name}-setuju-360`);
  await dialog.getByRole('button', { name: 'Ya, setujui' }).click();
  await dialog.waitFor({ state: 'detached' });
}

const wita = (at) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16);
const dayNumber = (at) => Math.floor((at + 8 * 3_600_000) / 86_400_000);

/** From the column of what is approved into that of what is planned; then to another day in the calendar. */
async function schedule(publisher, id, humas) {
  const { page } = publisher;
  const tomorrow = Date.now() + 86_400_000;
  const body = { at: new Date(tomorrow + 3_600_000).toISOString() };
  await humas(`/api/v1/contents/${id}/wish`, { method: 'PUT', body });
  await publisher.go(`/konsol/antrean?look=papan&q=${encodeURIComponent('perpustakaan keliling')}`);
  const card = page.locator(`li[data-id="${id}"]`);
  await card.waitFor();
  const column = page.locator('section[aria-labelledby="kolom-scheduled"] ul');
  await column.scrollIntoViewIfNeeded(); // both columns in view, as a person would have them
  await drag(page, card, column);
  await shot(page, '6b-papan-1440');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Sesuai usulan di kalender.').waitFor();
  const begun = await dialog.getByLabel(/Tanggal dan jam/).inputValue();
  must(begun === wita(tomorrow + 3_600_000), `the dialog begins with ${begun}`);
  await dialog.getByLabel(/Tanggal dan jam/).fill(wita(tomorrow));
  await dialog.getByText(/Tidak ada bentrok|Perhatian/).waitFor();
  await shot(page, '7-dijadwalkan-1440');
  await dialog.getByRole('button', { name: 'Jadwalkan' }).click();
  await dialog.waitFor({ state: 'detached' });
  const planned = async () => (await humas(`/api/v1/contents/${id}`)).publish_at;
  must(wita(Date.parse(await planned())) === wita(tomorrow), 'the board planned another time');

  await publisher.go(`/konsol/kalender?at=${wita(tomorrow).slice(0, 10)}`);
  const chip = page.locator(`a[data-slot="${id}"]`);
  await chip.waitFor();
  const there = dayNumber(tomorrow) + 1;
  await drag(page, chip, page.locator(`td[data-day="${there}"]`));
  await page.getByText(/pindah ke/).waitFor();
  must(dayNumber(Date.parse(await planned())) === there, 'the drag set another day');
  await clean(page, 'calendar');
  await shot(page, '8-digeser-di-kalender-1440');

  // To the next minute but one, by keyboard: its own clock takes it live.
  await chip.focus();
  await page.keyboard.press('m');
  const soon = Date.now() + 90_000;
  await dialog.getByLabel(/Tanggal dan jam/).fill(wita(soon));
  await dialog.getByLabel(/Tanggal dan jam/).press('Enter');
  await page
    .getByText(/pindah ke/)
    .last()
    .waitFor();
  await until(
    'it goes live by itself',
    async () => (await humas(`/api/v1/contents/${id}`)).state === 'live',
    { seconds: 150, every: 1000 },
  );
  await open(publisher, id);
  await page.getByText('Tayang').first().waitFor();
  await whole(page, '9-tayang-1440');
}

async function share(asn, id) {
  const { page } = asn;
  await asn.go('/');
  const card = page.getByRole('article').filter({ hasText: title });
  await card.waitFor();
  await shot(page, '10-umpan-360');
  const one = await program(asn.server, 'asn3');
  await one(`/api/v1/contents/${id}/shares`, { method: 'POST', body: { channel: 'telegram' } });
}

async function recall(publisher, asn, id) {
  const { page } = publisher;
  await open(publisher, id);
  await page.getByRole('button', { name: 'Tarik konten' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Alasan penarikan').fill('Sekolah kesebelas keliru ditulis.');
  await shot(page, '11-tarik-1440');
  await dialog.getByRole('button', { name: 'Tarik konten' }).click();
  await page.getByText('Ditarik').first().waitFor();
  await asn.page
    .getByRole('article')
    .filter({ hasText: title })
    .waitFor({ state: 'detached', timeout: 20_000 });
  await asn.page
    .getByText(/mohon hapus/i)
    .first()
    .waitFor({ timeout: 20_000 });
  await shot(asn.page, '12-ditarik-360');
  await page
    .getByText(/1 dari 1|sudah diberi tahu|diberi tahu/i)
    .first()
    .waitFor();
  await whole(page, '13-kemajuan-penarikan-1440');
}

export async function day() {
  const server = await startServer();
  const browser = await startBrowser();
  const people = [];
  const meet = async (options) => {
    const one = await person(browser, server, options);
    one.server = server;
    people.push(one);
    return one;
  };
  try {
    const humas = await program(server, 'humas');
    const author = await meet({ local: 'penulis' });
    const approver = await meet({ width: 360, height: 740, local: 'penyetuju' });
    const deputy = await meet({ width: 360, height: 740, local: 'sekretaris' });
    const publisher = await meet({ local: 'humas' });
    const asn = await meet({ width: 360, height: 740, local: 'asn3' });
    const id = await write(author);
    await giveBack(approver, id);
    await correct(author, id);
    await approve(approver, id, 'penyetuju');
    await approve(deputy, id, 'plh');
    const decided = (await humas(`/api/v1/contents/${id}`)).decisions.at(-1);
    must(decided.post === 'plh' && decided.final, `not by the deputy: ${JSON.stringify(decided)}`);
    await schedule(publisher, id, humas);
    await share(asn, id);
    await recall(publisher, asn, id);
    for (const one of people) {
      const faults = one.faults.filter((fault) => !/422|409|410/.test(fault));
      must(faults.length === 0, faults.join('\n'));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}
