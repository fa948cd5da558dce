// Pictures, as people do it: an author uploads and describes one, it is approved and published, an ASN sees
// it in the feed, a citizen on the public page, and without a network its place stays calm.
import path from 'node:path';
import { check } from './look.mjs';
import { leave, must, out, person, program, startBrowser, startServer } from './world.mjs';

const title = 'Loket Baru Puskesmas Melati Dibuka Senin';
const alt = 'Warga mengantre di loket baru Puskesmas Melati.';

async function clean(page, name) {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
}

/** A photograph that the browser itself draws: gradients, shapes and grain. */
async function photograph(page, width, height) {
  const url = await page.evaluate(
    ([w, h]) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: w, height: h });
      const c = canvas.getContext('2d');
      const sky = c.createLinearGradient(0, 0, 0, h);
      sky.addColorStop(0, '#7fb2dd');
      sky.addColorStop(0.6, '#f3d9b1');
      sky.addColorStop(1, '#5d7f4e');
      c.fillStyle = sky;
      c.fillRect(0, 0, w, h);
      for (let i = 0; i < 400; i++) {
        c.fillStyle = `hsl(${(i * 47) % 360} 45% ${30 + (i % 40)}% / .5)`;
        c.fillRect(
          (i * 7919) % w,
          h * 0.45 + ((i * 104729) % (h * 0.5)),
          w / 30 + (i % 60),
          h / 14,
        );
      }
      return canvas.toDataURL('image/jpeg', 0.92);
    },
    [width, height],
  );
  return Buffer.from(url.split(',')[1], 'base64');
}

async function write(author) {
  const { page } = author;
  await author.go('/konsol/tulis');
  await page.getByLabel('Judul').fill(title);
  await page.getByLabel('Ringkasan').fill('Loket baru melayani warga mulai pukul 07.30 WITA.');
  await page
    .getByLabel('Isi', { exact: true })
    .fill('Datang dengan **kartu identitas**.\n\n- Loket 1: pendaftaran\n- Loket 2: obat');
  for (const [label, value] of [
    ['Jenis konten', 'pengumuman'],
    ['Pilar', 'product'],
    ['Tahap kegiatan', 'akan'],
    ['Topik', 'kesehatan'],
    ['Klasifikasi informasi', 'terbuka'],
  ]) {
    await page.getByLabel(label).selectOption(value);
  }
  for (const i of [1, 2, 3])
    await page
      .getByLabel(`Keterangan ${i}`, { exact: true })
      .fill(`Loket baru sudah dibuka. Ragam ${i}.`);
  await page.getByLabel('Cari instansi').fill('Nusa');
  await page.getByLabel('Provinsi Nusa Arunika', { exact: true }).check();

  const input = page.locator('#f-images');
  await input.setInputFiles({
    name: 'gambar.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg/>'),
  });
  await page.getByText(/bukan JPEG, PNG, atau WebP/).waitFor();
  await page.waitForURL(/\/konsol\/tulis\/\d+/);
  await page.getByRole('button', { name: 'Tutup pesan' }).click();
  // Called a picture, and none: the server says so.
  await input.setInputFiles({
    name: 'palsu.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('<!doctype html><p>palsu'),
  });
  await page.getByText(/bukan gambar JPEG/).waitFor();
  await page.getByRole('button', { name: 'Tutup pesan' }).click();

  const pictures = [await photograph(page, 1600, 900), await photograph(page, 900, 1200)];
  await input.setInputFiles(
    pictures.map((buffer, i) => ({ name: `foto-${i}.jpg`, mimeType: 'image/jpeg', buffer })),
  );
  await page.getByLabel('Teks alternatif gambar 2', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'Ada yang perlu diperbaiki' });
  await summary.getByText(/teks alternatif gambar ke-1/).waitFor();
  await page
    .locator('#s-images')
    .locator('..')
    .screenshot({ path: path.join(out, 'gambar-1-penyusun.png') });
  await page.getByLabel('Teks alternatif gambar 1', { exact: true }).fill('Papan jadwal loket.');
  await page.getByLabel('Teks alternatif gambar 2', { exact: true }).fill(alt);
  await page.getByRole('button', { name: 'Naikkan gambar 2' }).click();
  await page.reload(); // what was typed is still there
  must(
    (await page.getByLabel('Teks alternatif gambar 1', { exact: true }).inputValue()) === alt,
    'the order or the words were lost',
  );
  await clean(page, 'composer with pictures');
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();
  return Number(page.url().match(/(\d+)$/)[1]);
}

/** The approver sees what who cannot see will hear. */
async function approve(server, browser, id) {
  const approver = await person(browser, server, { width: 360, height: 740, local: 'penyetuju' });
  await approver.go(`/konsol/periksa/${id}`);
  await approver.page.getByRole('img', { name: alt }).waitFor();
  await approver.page.getByText(alt).first().waitFor();
  await clean(approver.page, 'review with pictures');
  await approver.page.screenshot({
    path: path.join(out, 'gambar-2-periksa-360.png'),
    fullPage: true,
  });
  await approver.page.getByRole('button', { name: 'Setujui', exact: true }).click();
  await approver.page.getByRole('dialog').getByRole('button', { name: 'Ya, setujui' }).click();
  await approver.page.getByText('Tahap disetujui.').first().waitFor();
  const deputy = await program(server, 'sekretaris');
  const before = await deputy(`/api/v1/contents/${id}`);
  await deputy(`/api/v1/contents/${id}/approve`, {
    method: 'POST',
    body: { version: before.version, step: before.step },
  });
  must(approver.faults.length === 0, approver.faults.join('\n'));
  const publisher = await program(server, 'humas');
  await publisher(`/api/v1/contents/${id}/publish`, { method: 'POST' });
  const item = await publisher(`/api/v1/contents/${id}`);
  must(item.state === 'live', `the content is ${item.state}`);
  return item;
}

async function publicPage(server, browser, { slug }) {
  for (const width of [320, 360, 1440]) {
    for (const theme of ['light', 'dark']) {
      const citizen = await person(browser, server, { width, height: 800, theme });
      await citizen.go(`/k/${slug}`);
      const { page } = citizen;
      await page.getByRole('img', { name: alt }).waitFor();
      const loaded = await page.evaluate(() =>
        document.images[0].decode().then(() => document.images[0].naturalWidth > 0),
      );
      must(loaded, 'the picture does not load');
      await clean(page, `public page ${width} ${theme}`);
      await page.screenshot({
        path: path.join(out, `gambar-3-publik-${width}-${theme}.png`),
        fullPage: true,
      });
      must(citizen.faults.length === 0, citizen.faults.join('\n'));
      await leave(citizen.context);
    }
  }
  const card = await fetch(`${server.url}/media/card/${slug}.jpg`);
  must(card.ok && Number(card.headers.get('content-length')) < 300_000, 'no card below 300 KB');
}

/** In the feed; kept by the worker; a calm place for what was never loaded; a size before it is loaded. */
async function feed(server, browser) {
  const asn = await person(browser, server, {
    width: 360,
    height: 740,
    local: 'asn7',
    worker: 'allow',
  });
  const { page, context } = asn;
  const shown = () => page.getByRole('img', { name: alt }).first();
  const painted = () =>
    shown().evaluate((image) =>
      image.decode().then(
        () => image.naturalWidth > 0,
        () => false,
      ),
    );
  await asn.go('/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await asn.go('/');
  await shown().waitFor();
  must(await painted(), 'the feed shows no picture');
  await clean(page, 'feed with a picture');
  await page.screenshot({ path: path.join(out, 'gambar-4-umpan-360.png') });
  await context.setOffline(true);
  await page.reload();
  await shown().waitFor();
  must(await painted(), 'the picture was not kept');
  await page.evaluate(() => caches.delete('images'));
  await page.reload();
  await shown().waitFor();
  must(await painted(), 'no calm place for a picture that is not there');
  await context.setOffline(false);
  await asn.go('/saya');
  await page.getByLabel(/Hemat data/).check();
  const asked = [];
  page.on('request', (request) => request.url().includes('/media/') && asked.push(request.url()));
  await asn.go('/');
  const button = page.getByRole('button', { name: /Tampilkan gambar \(\d+ KB\)/ }).first();
  await button.waitFor();
  must(asked.length === 0, `the saver loads ${asked}`);
  await page.screenshot({ path: path.join(out, 'gambar-5-hemat-360.png') });
  await button.click();
  await shown().waitFor();
  must(await painted(), 'the tap shows no picture');
  must(asn.faults.length === 0, asn.faults.join('\n'));
}

export async function images() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const author = await person(browser, server, { local: 'penulis' });
    const id = await write(author);
    must(author.faults.length === 0, author.faults.join('\n'));
    const item = await approve(server, browser, id);
    await publicPage(server, browser, item);
    await feed(server, browser);
    console.log('images: uploaded, described, approved, shown in feed and page, kept offline');
  } finally {
    await browser.close();
    await server.stop();
  }
}
