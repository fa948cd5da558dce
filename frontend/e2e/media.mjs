// The library, as people do it: files are dragged in, one is refused and one is there already; a picture gets its
// words, a crop by keyboard, and is placed; a video gets subtitles and is placed; where both are used.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from './look.mjs';
import { must, out, person, startServer, startBrowser } from './world.mjs';

const film = readFileSync(new URL('../../internal/media/testdata/kecil.mp4', import.meta.url));
const alt = 'Papan jadwal loket baru.';

async function clean(page, name) {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
}

async function dragIn(page) {
  await page.locator('#f-media').waitFor({ state: 'attached' });
  const picture = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 1600, height: 900 });
    const c = canvas.getContext('2d');
    for (let i = 0; i < 300; i++) {
      c.fillStyle = `hsl(${(i * 47) % 360} 45% ${30 + (i % 40)}%)`;
      c.fillRect((i * 7919) % 1600, (i * 104729) % 900, 90 + (i % 60), 80);
    }
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1];
  });
  await page.evaluate(
    ([jpeg, mp4]) => {
      const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const files = new DataTransfer();
      files.items.add(new File([bytes(jpeg)], 'papan jadwal.jpg', { type: 'image/jpeg' }));
      files.items.add(new File(['<svg/>'], 'logo.svg', { type: 'image/svg+xml' }));
      files.items.add(new File([bytes(jpeg)], 'sekali lagi.jpg', { type: 'image/jpeg' }));
      files.items.add(new File([bytes(mp4)], 'loket.mp4', { type: 'video/mp4' }));
      const box = document.querySelector('[role=presentation]');
      box.dispatchEvent(
        new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }),
      );
    },
    [picture, film.toString('base64')],
  );
  await page.getByText(/bukan JPEG, PNG, WebP, atau MP4/).waitFor();
  await page
    .getByText(/Berkas yang sama sudah ada di pustaka: “papan jadwal”/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: /^papan jadwal/ }).waitFor();
  await page
    .getByRole('link', { name: /^loket Video|^loket/ })
    .first()
    .waitFor();
}

async function describe(page) {
  await page.getByRole('link', { name: /^papan jadwal/ }).click();
  const words = page.getByLabel('Teks alternatif', { exact: true });
  await words.waitFor();
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await page
    .getByText(/Tuliskan teks alternatif/)
    .first()
    .waitFor();
  await words.fill(alt);
  await page.getByLabel('Tanda', { exact: true }).fill('Loket, #jadwal');
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await page.getByText('Keterangan tersimpan.').first().waitFor();
}

/** By keyboard alone: the ratio, the place, the size, and saved. */
async function crop(page) {
  await page.getByRole('button', { name: 'Buat potongan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Rasio').selectOption('9:16');
  const area = dialog.getByRole('button', { name: /Bidang potongan/ });
  const state = dialog.locator('#crop-state');
  const before = await state.textContent();
  await area.focus();
  for (const key of ['-', '-', 'ArrowRight', 'Shift+ArrowRight', 'ArrowDown'])
    await page.keyboard.press(key);
  const after = await state.textContent();
  must(
    after !== before && /ukuran 3\d\d × 6\d\d|ukuran 4\d\d × 7\d\d/.test(after),
    `the area is ${after}`,
  );
  await clean(page, 'crop editor');
  await page.screenshot({ path: path.join(out, 'pustaka-potong.png') });
  await dialog.getByRole('button', { name: 'Simpan', exact: true }).press('Enter');
  await page
    .getByText(/Potongan 9:16.* tersimpan/)
    .first()
    .waitFor();
  await clean(page, 'asset with a crop');
}

async function subtitle(page) {
  await page.getByRole('link', { name: 'Kembali ke pustaka' }).click();
  await page
    .getByRole('link', { name: /^loket/ })
    .first()
    .click();
  await page.getByText('Video tanpa takarir', { exact: false }).waitFor();
  await page.getByLabel('Teks alternatif', { exact: true }).fill('Petugas menunjukkan loket.');
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await page.getByText('Keterangan tersimpan.').first().waitFor();
}

const srt = (text) => ({
  name: 'takarir.srt',
  mimeType: 'application/x-subrip',
  buffer: Buffer.from(text),
});

async function place(page) {
  await page.goto(new URL('/konsol/tulis', page.url()).href);
  await page.getByLabel('Judul', { exact: true }).fill('Loket baru dibuka');
  const open = page.getByRole('button', { name: 'Pilih dari pustaka' });
  await open.first().click();
  await page.getByRole('dialog').getByLabel('Cari di pustaka').fill('jadwal');
  await page.getByRole('dialog').getByRole('button', { name: 'Pakai papan jadwal' }).waitFor();
  await clean(page, 'choosing from the library');
  await page.keyboard.press('Escape');
  must(
    await open.first().evaluate((button) => button === document.activeElement),
    'the focus does not come back',
  );
  await open.first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pakai papan jadwal' }).press('Enter');
  must(
    (await page.getByLabel('Teks alternatif gambar 1', { exact: true }).inputValue()) === alt,
    'the words do not come along',
  );
  await open.last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Pakai loket' }).click();
  await page.getByText(/belum bertakarir/).waitFor();
  await page
    .getByRole('button', { name: /Simpan( draf)?$/ })
    .first()
    .click();
  await page.waitForURL(/\/konsol\/tulis\/\d+/);
  await clean(page, 'composer with a video');
}

export async function media() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const author = await person(browser, server, { local: 'penulis' });
    const { page } = author;
    await author.go('/konsol/pustaka');
    await dragIn(page);
    await clean(page, 'library');
    await page.screenshot({ path: path.join(out, 'pustaka.png'), fullPage: true });
    await describe(page);
    await crop(page);
    await subtitle(page);
    await place(page);
    await author.go('/konsol/pustaka');
    await page
      .getByRole('link', { name: /^loket/ })
      .first()
      .click();
    await page.getByRole('link', { name: 'Loket baru dibuka' }).waitFor();
    const input = page.locator('#f-subtitles');
    await input.setInputFiles(srt('1\n00:00:03,000 --> 00:00:01,000\nTerbalik\n'));
    await page.getByText(/Takarir baris 2/).waitFor();
    await input.setInputFiles(srt('1\n00:00:00,000 --> 00:00:03,000\nSelamat datang\n'));
    await page.getByText('Takarir tersimpan.').first().waitFor();
    await page.getByText('Bahasa Indonesia, 1 bagian').waitFor();
    const shown = await page.locator('video').evaluate(
      (video) =>
        new Promise((resolve) => {
          video.muted = true;
          video.ontimeupdate = () => resolve(video.textTracks[0]?.mode);
          video.onerror = () => resolve('error');
          void video.play().catch(() => resolve('refused'));
        }),
    );
    must(shown === 'showing', `the subtitles are ${shown}`);
    await clean(page, 'video of the library');
    await page.screenshot({ path: path.join(out, 'pustaka-video.png'), fullPage: true });
    await page.getByRole('button', { name: 'Hapus dari pustaka' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hapus dari pustaka' }).click();
    await page
      .getByRole('dialog')
      .getByText(/masih dipakai konten/)
      .waitFor();
    must(
      author.faults.filter((fault) => !/422|409/.test(fault)).length === 0,
      author.faults.join('\n'),
    );
    console.log('media: dragged in, described, cut, subtitled, placed, kept where it is used');
  } finally {
    await browser.close();
    await server.stop();
  }
}
