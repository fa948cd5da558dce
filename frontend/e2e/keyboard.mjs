// From draft to publish with nothing but a keyboard: every control is reached by Tab, tells its name, and shows
// that it has the focus. No step uses a pointer, and none asks for more presses than a person would bear.
import path from 'node:path';
import { check } from './look.mjs';
import { must, out, person, program, startBrowser, startServer } from './world.mjs';

const title = 'Imunisasi Kejar Dibuka Setiap Sabtu';
const captions = [
  'Imunisasi kejar dibuka setiap Sabtu di semua puskesmas.',
  'Bapak dan Ibu, lengkapi imunisasi si kecil Sabtu ini di puskesmas terdekat.',
  'Sabtu, pukul 08.00–11.00, gratis. Jadwal di tautan ini.',
];
const most = 120;

const clean = async (page, name) => {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
};

/** What has the focus: its name as a screen reader says it, and whether a person can see where they are. */
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return { name: '', visible: false };
    const style = getComputedStyle(one);
    const named = one.getAttribute('aria-labelledby');
    const name =
      one.getAttribute('aria-label') ||
      (named &&
        named
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent)
          .join(' ')) ||
      one.labels?.[0]?.textContent ||
      one.textContent ||
      '';
    const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    return { name: name.replace(/\s+/g, ' ').trim(), visible: ring };
  });

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page, wanted, back = false) {
  const passed = [];
  for (let n = 0; n < most; n++) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const { name, visible } = await focused(page);
    passed.push(name.slice(0, 30));
    if (wanted.test(name)) {
      must(visible, `nothing shows that “${name}” has the focus`);
      return;
    }
  }
  throw new Error(`${wanted} is not reached: ${passed.join(' | ')}`);
}

async function write(author) {
  const { page } = author;
  await author.go('/konsol/tulis');
  await page.getByLabel('Judul', { exact: true }).waitFor();
  await tabTo(page, /^Judul/);
  await page.keyboard.type(title);
  await tabTo(page, /^Ringkasan/);
  await page.keyboard.type('Imunisasi kejar setiap Sabtu pagi di semua puskesmas.');
  await tabTo(page, /^Isi/);
  await page.keyboard.type('Bawa buku KIA.');
  for (const [i, text] of captions.entries()) {
    await tabTo(page, new RegExp(`^Keterangan ${i + 1}$`));
    await page.keyboard.type(text);
  }
  for (const [label, choice] of [
    [/^Jenis konten/, 'Pengumuman'],
    [/^Topik/, 'Kesehatan'],
    [/^Pilar/, 'Produk'],
    [/^Tahap kegiatan/, 'Akan'],
    [/^Klasifikasi informasi/, 'Terbuka'],
  ]) {
    await tabTo(page, label);
    await page.keyboard.type(choice);
  }
  await page.screenshot({ path: path.join(out, 'papan-ketik-1-tulis.png') });
  await page.keyboard.press('Control+Enter');
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();
  return Number(page.url().match(/(\d+)$/)[1]);
}

async function approve(one, id) {
  const { page } = one;
  await one.go(`/konsol/periksa/${id}`);
  await page.getByRole('heading', { name: title }).first().waitFor();
  await page.getByRole('button', { name: 'Setujui', exact: true }).waitFor();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await tabTo(page, /^Ya, setujui/);
  await page.screenshot({ path: path.join(out, 'papan-ketik-2-setujui.png') });
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function publish(publisher, id) {
  const { page } = publisher;
  await publisher.go(`/konsol/periksa/${id}`);
  await page.getByRole('button', { name: 'Terbitkan' }).first().waitFor();
  await tabTo(page, /^Terbitkan/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, /^Ya, terbitkan/);
  await page.screenshot({ path: path.join(out, 'papan-ketik-3-terbitkan.png') });
  await page.keyboard.press('Enter');
  await page.getByText('Konten tayang.').first().waitFor();
}

/** What stands in the address bar once it fits. */
const arrives = (page, path) => page.waitForURL((url) => url.pathname === path);

/** G and a letter goes, ? lists, and none of it acts while one types, with a modifier, or switched off. */
async function shortcuts(one, id) {
  const { page } = one;
  await one.go('/konsol/antrean');
  await page.getByRole('heading', { name: 'Antrean konten' }).waitFor();
  await page.waitForLoadState('networkidle'); // they come with a file of their own
  for (const [letter, path] of [
    ['k', '/konsol/kalender'],
    ['m', '/konsol/kampanye'],
    ['a', '/konsol/antrean'],
  ]) {
    await page.keyboard.press('g');
    await page.getByText(/^G, lalu: /).waitFor();
    await page.keyboard.press(letter);
    await arrives(page, path);
  }
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.press('/');
  must((await focused(page)).name.startsWith('Cari'), 'the slash does not reach the search');
  await page.keyboard.type('gk?n');
  must(page.url().includes('/antrean'), 'typing in a field went elsewhere');
  must((await page.getByRole('dialog').count()) === 0, 'typing in a field opened the list');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('searchbox').blur();
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('Shift+N');
  must(page.url().includes('/antrean'), 'a shortcut acted with a modifier');

  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Pintasan papan tik' });
  await list.getByText('Buka Kalender').waitFor();
  await page.screenshot({ path: path.join(out, 'papan-ketik-4-pintasan.png') });
  await clean(page, 'list of shortcuts');
  await tabTo(page, /Pakai pintasan satu huruf/);
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.keyboard.press('n');
  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await page.waitForTimeout(300);
  must(page.url().includes('/antrean'), 'a shortcut acted though they are switched off');
  must(
    (await page.getByRole('dialog').count()) === 0,
    'the list opened though they are switched off',
  );
  await one.go(`/konsol/periksa/${id}`);
  await page.getByRole('heading', { name: title }).first().waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.waitForTimeout(300);
  must(page.url().includes('/periksa/'), 'the choice does not last');
  await page.locator('summary').last().press('Enter');
  await page.getByRole('button', { name: 'Pintasan papan tik' }).last().press('Enter');
  await list.waitFor();
  await tabTo(page, /Pakai pintasan satu huruf/);
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.getByText(/^G, lalu: /).waitFor();
  await page.keyboard.press('a');
  await arrives(page, '/konsol/antrean');
}

export async function keyboard() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const meet = (local) => person(browser, server, { local });
    const id = await write(await meet('penulis'));
    await approve(await meet('penyetuju'), id);
    await approve(await meet('kadis'), id);
    const publisher = await meet('humas');
    await publish(publisher, id);
    await shortcuts(publisher, id);
    const live = await (await program(server, 'humas'))(`/api/v1/contents/${id}`);
    must(live.state === 'live' && live.captions.length === 3, `it is ${live.state}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}
