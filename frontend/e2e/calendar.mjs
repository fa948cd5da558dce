// The desk plans: an item is dragged and moved by keyboard in the calendar and goes back, many are submitted at once
// and stopped in time, a card goes only where it may, a search finds by the stem, and all of it stands in the address.
// Then a month of 2,000 items on a slow machine.
import path from 'node:path';
import { must, out, person, program, startServer, startBrowser } from './world.mjs';
import { check } from './screens.mjs';

const dayLong = 86_400_000;
const title = (n) => `Posyandu keliling melayani balita di desa ke-${n}`;
const whole = (n) => ({
  title: title(n),
  summary: 'Jadwal posyandu pekan depan.',
  body: 'Bawa buku KIA.',
  kind: 'pengumuman',
  pillar: 'product',
  stage: 'akan',
  topic: 'kesehatan',
  classification: 'terbuka',
  captions: [`Posyandu ${n}.`, `Yuk ke posyandu ${n}.`, `Jadwal posyandu ${n}.`].map((text) => ({
    text,
  })),
});

const clean = async (page, name) => {
  await page.waitForLoadState('networkidle');
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
};

/** The mouse as a hand moves it: down, a little way, there, up. */
async function drag(page, from, to) {
  await from.scrollIntoViewIfNeeded();
  const a = await from.boundingBox();
  const b = await to.boundingBox();
  await page.mouse.move(a.x + Math.min(40, a.width / 2), a.y + Math.min(14, a.height / 2));
  await page.mouse.down();
  await page.mouse.move(a.x + 50, a.y + 24, { steps: 4 });
  await page.mouse.move(b.x + b.width / 2, b.y + Math.min(b.height - 8, 100), { steps: 12 });
  await page.mouse.move(b.x + b.width / 2 + 2, b.y + Math.min(b.height - 8, 100), { steps: 2 });
  await page.waitForTimeout(500); // what lies below is looked for five times a second
  await page.mouse.up();
  await page.locator('#dnd-action-dragged-el').waitFor({ state: 'detached' });
}

const local = (at) => new Date(Date.parse(at) + 8 * 3_600_000); // WITA, as the desk's own clock

async function moveInCalendar(browser, server) {
  const me = await person(browser, server, { local: 'humas' });
  const { page } = me;
  const humas = await program(server, 'humas');
  const [item] = (await humas('/api/v1/contents?state=scheduled')).items;
  const publishAt = async () => (await humas(`/api/v1/contents/${item.id}`)).publish_at;
  const was = await publishAt();
  const day = Math.floor(local(was).getTime() / dayLong);
  const at = new Date(day * dayLong).toISOString().slice(0, 10);
  await me.go(`/konsol/kalender?at=${at}`);
  const chip = page.locator(`a[data-slot="${item.id}"]`);
  await chip.waitFor();
  await clean(page, 'kalender, bulan');
  // Within the same month where there is room, else within its last week.
  const there = day + (new Date(day * dayLong).getUTCDay() === 0 ? -1 : 1);
  await drag(page, chip, page.locator(`td[data-day="${there}"]`));
  await page.getByText(/pindah ke/).waitFor();
  const moved = await publishAt();
  must(
    Date.parse(moved) - Date.parse(was) === (there - day) * dayLong,
    `dragged from ${was} to ${moved}: another day, the same hour was meant`,
  );
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await page.getByText('Pemindahan diurungkan.').waitFor();
  must((await publishAt()) === was, 'the drag was not undone');

  await chip.focus();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog');
  const field = dialog.getByLabel(/Tanggal dan jam/);
  const wanted = new Date(local(was).getTime() + 2 * dayLong).toISOString().slice(0, 11) + '16:45';
  await field.fill(wanted);
  await dialog.getByText(/Tidak ada bentrok|Perhatian/).waitFor();
  await clean(page, 'kalender, pindahkan');
  await page.screenshot({ path: path.join(out, 'kalender-pindah-1440.png') });
  await field.press('Enter');
  await page.getByText(/pindah ke/).waitFor();
  must(
    local(await publishAt())
      .toISOString()
      .startsWith(wanted),
    'moved elsewhere by keyboard',
  );
  await page.keyboard.press('Control+z');
  await page.getByText('Pemindahan diurungkan.').waitFor();
  must((await publishAt()) === was, 'Ctrl+Z did not undo');

  const live = (await humas('/api/v1/contents?state=live')).items[0];
  await me.go(
    `/konsol/kalender?look=agenda&at=${local(live.published_at).toISOString().slice(0, 10)}`,
  );
  await page.locator(`a[data-slot="${live.id}"]`).focus();
  await page.keyboard.press('m');
  await page.getByText(/tidak dapat dipindahkan/).waitFor();

  await me.go(`/konsol/kalender?at=${at}`);
  await page.getByLabel('Keadaan').selectOption('live');
  await page.waitForURL(/state=live/);
  await chip.waitFor({ state: 'detached' });
  await page.reload();
  await page.locator('td[data-day]').first().waitFor();
  must((await page.getByLabel('Keadaan').inputValue()) === 'live', 'the filter was lost');
  await page.keyboard.press('p');
  await page.waitForURL(/look=pekan/);
  await clean(page, 'kalender, pekan');
  await page.goBack({ waitUntil: 'commit' }).catch(() => {});
  return me;
}

/** Three are chosen; one lacks what a review needs. */
async function many(browser, server) {
  const author = await program(server, 'penulis');
  const made = [];
  for (const n of [1, 2, 3]) {
    const body = n === 3 ? { title: title(n) } : whole(n);
    made.push((await author('/api/v1/contents', { method: 'POST', body })).id);
  }
  const states = async () =>
    Promise.all(made.map(async (id) => (await author(`/api/v1/contents/${id}`)).state));
  const me = await person(browser, server, { local: 'penulis' });
  const { page } = me;
  await me.go('/konsol/antrean');
  await page.locator('tbody tr').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('pelayanan balita desa');
  await page.waitForURL(/q=/);
  await page.getByText('3 konten cocok').waitFor();
  must(
    (await page.locator('tbody tr').first().innerText()).includes('Posyandu'),
    'the search does not find by the stem',
  );
  await clean(page, 'antrean, pencarian');
  const ask = async () => {
    await page.getByLabel('Pilih semua yang tampil').check();
    await page.getByRole('button', { name: /^Ajukan \(3\)/ }).click();
  };
  await ask();
  await page.getByText(/3 konten diajukan dalam/).waitFor();
  await clean(page, 'antrean, banyak');
  await page.screenshot({ path: path.join(out, 'antrean-banyak-1440.png') });
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await page.getByText('Diurungkan. Tidak ada yang berubah.').waitFor();
  must(
    (await states()).every((state) => state === 'draft'),
    'something was submitted after all',
  );
  await ask();
  await page.getByText('2 selesai, 1 ditolak').first().waitFor({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Lihat yang ditolak' }).click();
  await page.getByRole('dialog').getByText(/wajib/).first().waitFor();
  await clean(page, 'antrean, hasil');
  must((await states()).join() === 'in_review,in_review,draft', `after: ${await states()}`);
  return me;
}

/** A draft goes into review and not straight to live; the same by the menu. */
async function board(browser, server) {
  const author = await program(server, 'penulis');
  const ids = [];
  for (const n of [11, 12])
    ids.push((await author('/api/v1/contents', { method: 'POST', body: whole(n) })).id);
  const me = await person(browser, server, { local: 'penulis', width: 1900 });
  const { page } = me;
  await me.go('/konsol/antrean?look=papan&author=' + (await author('/api/v1/me')).id);
  const card = (id) => page.locator(`li[data-id="${id}"]`);
  const column = (state) => page.locator(`section[aria-labelledby="kolom-${state}"] ul`);
  await card(ids[0]).waitFor();
  await clean(page, 'antrean, papan');
  await drag(page, card(ids[0]), column('approved'));
  await page
    .getByText(/Dari Draf tidak ada jalan langsung ke Disetujui/)
    .first()
    .waitFor();
  must(
    (await author(`/api/v1/contents/${ids[0]}`)).state === 'draft',
    'the board approved a draft',
  );
  await drag(page, card(ids[0]), column('in_review'));
  await page
    .getByText(/kini pemeriksaan/)
    .first()
    .waitFor();
  await page.screenshot({ path: path.join(out, 'papan-1900.png') });
  await page.getByRole('button', { name: `Pindahkan ke: ${title(12)}` }).focus();
  await page.keyboard.press('Enter');
  const choice = page.getByRole('dialog').getByRole('button', { name: 'Pemeriksaan', exact: true });
  await choice.focus();
  await page.keyboard.press('Enter');
  await column('in_review').locator(`li[data-id="${ids[1]}"]`).waitFor();
  for (const id of ids)
    must((await author(`/api/v1/contents/${id}`)).state === 'in_review', `card ${id} stayed`);
  return me;
}

const slowness = 4;
const mostMs = 200;

/** From a press to the next paint, as the browser itself times it. */
async function quick(browser, server) {
  const me = await person(browser, server, { local: 'humas' });
  const { page, context } = me;
  const today = Math.floor((Date.now() + 8 * 3_600_000) / dayLong);
  await context.route('**/api/v1/calendar?*', async (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const from = Date.parse(asked.get('from'));
    const days = (Date.parse(asked.get('to')) - from) / dayLong + 1;
    const states = ['scheduled', 'live', 'ended', 'approved'];
    const slots = Array.from({ length: 2000 }, (_, i) => ({
      id: i + 1,
      title: `Konten ke-${i} tentang layanan kesehatan keliling di desa`,
      state: i % 2 ? 'scheduled' : states[i % 4],
      agency_id: 1 + (i % 12),
      at: new Date(from + (i % days) * dayLong + (i % 1380) * 60_000).toISOString(),
      ends_at: i % 5 ? undefined : new Date(from + ((i * 3) % days) * dayLong).toISOString(),
      movable: i % 2 === 1,
      near: i % 9 === 0 ? 2 : undefined,
    })).sort((a, b) => a.at.localeCompare(b.at));
    const agencies = Array.from({ length: 12 }, (_, i) => ({
      id: i + 1,
      name: `Dinas ${i + 1}`,
      zone: 'Asia/Makassar',
    }));
    await route.fulfill({ json: { slots, agencies, holidays: [], partial: false } });
  });
  await context.route('**/api/v1/contents/*/schedule', (route) => route.fulfill({ json: {} }));
  await me.go('/konsol/antrean');
  await page.locator('main h1').waitFor();
  await page.evaluate(() => {
    globalThis.timed = [];
    new PerformanceObserver((list) => {
      for (const { name, duration, interactionId } of list.getEntries())
        if (interactionId || /drag|drop/.test(name)) globalThis.timed.push({ name, duration });
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  const measured = {};
  const measure = async (name, act) => {
    await page.evaluate(() => (globalThis.timed = []));
    await act();
    await page.waitForTimeout(700); // the browser tells of an event after its frame
    const worst = await page.evaluate(() =>
      globalThis.timed.reduce((most, { duration }) => Math.max(most, duration), 0),
    );
    measured[name] = Math.max(measured[name] ?? 0, worst);
  };
  const cell = (n) => page.locator('td[data-day]').nth(n);
  for (let round = 0; round < 3; round++) {
    await measure('open the month', async () => {
      await page.getByRole('link', { name: 'Kalender', exact: true }).click();
      await page.locator('a[data-slot]').nth(100).waitFor();
    });
    await measure('next month', async () => {
      await page.getByRole('button', { name: 'Bulan berikutnya' }).click();
      await page.locator('a[data-slot]').nth(100).waitFor();
    });
    await measure('open a day', async () => {
      await page.locator('button[data-open]').nth(16).click();
      await page.getByRole('dialog').locator('li').nth(5).waitFor();
    });
    await page.keyboard.press('Escape');
    await measure('drag an item', async () => {
      await drag(page, page.locator(`a[data-slot][draggable="true"]`).nth(40), cell(24));
      await page.getByText(/pindah ke/).waitFor();
    });
    await measure('filter', async () => {
      await page.getByLabel('Keadaan').selectOption('scheduled');
      await page.waitForURL(/state=scheduled/);
    });
    await page.getByRole('link', { name: 'Antrean konten', exact: true }).click();
    await page.locator('main h1').waitFor();
  }
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  console.log(
    `calendar: 2,000 items, ${slowness}x slower, day ${today}: ${Object.entries(measured)
      .map(([name, ms]) => `${name} ${ms} ms`)
      .join(', ')}`,
  );
  for (const [name, ms] of Object.entries(measured))
    must(ms < mostMs, `${name}: ${ms} ms to the next paint`);
  return me;
}

/** A phone has the list, and no more is needed. */
async function phone(browser, server) {
  const me = await person(browser, server, { local: 'humas', width: 360, height: 740 });
  await me.go('/konsol/kalender');
  await me.page.locator('[data-agenda]').first().waitFor();
  must((await me.page.locator('td[data-day]').count()) === 0, 'a grid on a phone');
  await clean(me.page, 'kalender di ponsel');
  return me;
}

export async function calendar() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    for (const part of [moveInCalendar, many, board, phone, quick]) {
      const { faults, context } = await part(browser, server).catch(async (error) => {
        for (const [i, open] of browser.contexts().entries())
          await open
            .pages()[0]
            ?.screenshot({ path: path.join(out, `gagal-${part.name}-${i}.png`) });
        throw error;
      });
      must(faults.length === 0, faults.join('\n'));
      await context.close();
    }
    console.log(
      'calendar: dragged, moved by keyboard, undone; many at once; the board; the search',
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}
