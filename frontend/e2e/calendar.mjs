// The desk plans: an item is dragged and moved by keyboard in the calendar and goes back, many are submitted at once
// and stopped in time, a card goes only where it may, a search finds by the stem, and all of it stands in the address.
// Then a month of 2,000 items on a slow machine.
import path from 'node:path';
import {
  drag,
  landmarks,
  leave,
  must,
  out,
  person,
  program,
  short,
  startBrowser,
  startServer,
} from './world.mjs';
import { check } from './look.mjs';

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
  // It finds by the stem, and the table follows its count.
  await page.locator('tbody tr:first-child').filter({ hasText: 'Posyandu' }).waitFor();
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
// What a person must get is 200 ms; each run prints its figures. A build fails only at what no busy machine explains.
const wantedMs = 200;
const brokenMs = 2 * wantedMs;
const manyItems = short ? 400 : 2000;
const rounds = short ? 1 : 3;
const offices = ['DISPAR', 'DLH', 'DINKES', 'RSUD', 'PUPR', 'DPMPTSP', 'BPKAD', 'BPBD'];
const pillars = ['product', 'regional', 'personal'];

/** The first day of the month after this one, as the desk's clock has it. */
function nextMonth() {
  const now = local(new Date());
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1) / dayLong;
}

/** A month full of work, written, approved and planned as by hand: 2,000 items of eight offices. */
async function fillMonth(server) {
  const { node } = await landmarks(server);
  const [author, approver, publisher] = await Promise.all(
    ['penulis', 'penyetuju', 'humas'].map((local) => program(server, local)),
  );
  const first = nextMonth();
  let next = 0;
  const one = async (n) => {
    const body = {
      ...whole(n),
      pillar: pillars[n % 3],
      agency_id: node[`99-${offices[n % offices.length]}`],
      ...(n % 20 === 0 && { targets: [node['99']] }),
    };
    const { id } = await author('/api/v1/contents', { method: 'POST', body });
    await author(`/api/v1/contents/${id}/submit`, { method: 'POST' });
    const decided = { version: 1, step: 1 };
    await approver(`/api/v1/contents/${id}/approve`, { method: 'POST', body: decided });
    const at = (first + (n % 28)) * dayLong + (6 + (n % 12)) * 3_600_000 + (n % 60) * 60_000;
    const when = { publish_at: new Date(at - 8 * 3_600_000).toISOString() };
    const planned = await publisher(`/api/v1/contents/${id}/schedule`, {
      method: 'POST',
      body: when,
    });
    must(planned.state === 'scheduled', `item ${n}: ${JSON.stringify(planned)}`);
  };
  const hand = async () => {
    while (next < manyItems) await one(next++);
  };
  await Promise.all(Array.from({ length: 6 }, hand));
}

/** From a press to the next paint, as the browser itself times it; and the longest task that a press set off. */
async function stopwatch({ page, context }) {
  await page.evaluate(() => {
    globalThis.timed = [];
    globalThis.tasks = [];
    new PerformanceObserver((list) => {
      for (const event of list.getEntries()) {
        const { name, interactionId, startTime, processingEnd } = event;
        // What a drag passes over changes nothing, and the next paint may be as late as the drop.
        const passing = /^drag(enter|over|leave)?$/.test(name);
        const duration = passing ? Math.round(processingEnd - startTime) : event.duration;
        if (interactionId || /drag|drop/.test(name)) globalThis.timed.push({ name, duration });
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.tasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  const measured = {};
  const measure = async (name, act) => {
    await page.evaluate(() => (globalThis.timed = []) && (globalThis.tasks = []));
    await act();
    await page.waitForTimeout(700); // the browser tells of an event after its frame
    const { press, task, n } = await page.evaluate(() => ({
      press: globalThis.timed.reduce((most, { duration }) => Math.max(most, duration), 0),
      task: Math.round(Math.max(0, ...globalThis.tasks)),
      n: globalThis.timed.length,
    }));
    (measured[name] ??= []).push({ press, task, n });
  };
  return { measured, measure };
}

async function quick(browser, server) {
  const began = Date.now();
  await fillMonth(server);
  console.log(
    `calendar: ${manyItems} items planned in ${((Date.now() - began) / 1000).toFixed(0)} s`,
  );
  const me = await person(browser, server, { local: 'humas' });
  const { page } = me;
  const month = nextMonth();
  const at = new Date(month * dayLong).toISOString().slice(0, 10);
  const chips = page.locator('a[data-slot]');
  const full = async () => chips.nth(80).waitFor();
  await me.go(`/konsol/kalender?at=${at}`);
  await full();
  const list = await (
    await program(server, 'humas')
  )(
    `/api/v1/calendar?from=${at}&to=${new Date((month + 27) * dayLong).toISOString().slice(0, 10)}`,
  );
  must(list.slots.length >= manyItems, `only ${list.slots.length} items in the month`);
  const { measured, measure } = await stopwatch(me);
  const pick = (label) => page.getByLabel(new RegExp(`^${label}`));
  /** By keys, as the browser times no choice that a program makes. */
  const choose = (name, label, keys) =>
    measure(`${name}`, async () => {
      const field = pick(label);
      await field.focus();
      for (const key of keys) {
        const was = await field.inputValue();
        await page.keyboard.press(key);
        must((await field.inputValue()) !== was, `${label}: ${key} chose nothing`);
        await page.waitForTimeout(300);
      }
    });
  for (let round = 0; round < rounds; round++) {
    await measure('previous month', async () => {
      await page.getByRole('button', { name: 'Bulan sebelumnya' }).click();
      await page.waitForURL((url) => !url.search.includes(at));
    });
    await measure('next month', async () => {
      await page.getByRole('button', { name: 'Bulan berikutnya' }).click();
      await page.waitForURL((url) => url.search.includes(at));
      await full();
    });
    await measure('open the week', async () => {
      await page.getByRole('button', { name: 'Pekan', exact: true }).click();
      await page.locator('tr[data-hour]').first().waitFor();
    });
    await measure('open the month', async () => {
      await page.getByRole('button', { name: 'Bulan', exact: true }).click();
      await full();
    });
    await measure('open a day', async () => {
      await page.locator(`button[data-open="${month + 16}"]`).click();
      await page.getByRole('dialog').locator('li').nth(5).waitFor();
    });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await choose('filter: state', 'Keadaan', ['ArrowDown', 'End', 'Home']);
    await choose('filter: unit', 'Instansi', ['ArrowDown', 'ArrowDown', 'Home']);
    await choose('filter: pillar', 'Pilar', ['ArrowDown', 'ArrowDown', 'Home']);
    await measure('filter: text', async () => {
      await pick('Saring judul').focus();
      await page.keyboard.type('desa ke-19', { delay: 150 });
      await page
        .getByText(/desa ke-19/)
        .first()
        .waitFor();
    });
    await measure('filter: text cleared', async () => {
      for (let i = 0; i < 10; i++) await page.keyboard.press('Backspace', { delay: 60 });
      await page.waitForURL((url) => !url.search.includes('q='));
      await full();
    });
    const chip = page.locator(`td[data-day="${month + 9 + round}"] a[data-slot]`).first();
    await measure('drag an item', async () => {
      await drag(page, chip, page.locator(`td[data-day="${month + 3}"]`));
      await page.getByText(/pindah ke/).waitFor();
    });
    await page.waitForLoadState('networkidle');
    await measure('move by keyboard', async () => {
      await chip.focus();
      await page.keyboard.press('m');
      const field = page.getByRole('dialog').getByLabel(/Tanggal dan jam/);
      const day = new Date((month + 5) * dayLong).toISOString().slice(0, 10);
      await field.fill(`${day}T05:${10 + round}`);
      await page
        .getByRole('dialog')
        .getByText(/Tidak ada bentrok|Perhatian/)
        .waitFor();
      await field.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page
        .getByText(/05\.1\d/)
        .first()
        .waitFor();
    });
    await measure('undo by keyboard', async () => {
      await page.keyboard.press('Control+z');
      await page.getByText('Pemindahan diurungkan.').waitFor();
    });
    await page.waitForLoadState('networkidle');
  }
  const told = Object.entries(measured).map(([name, all]) => {
    const press = all.map((round) => round.press).sort((a, b) => a - b);
    const task = Math.max(...all.map((round) => round.task));
    const n = all.reduce((sum, round) => sum + round.n, 0);
    must(n >= rounds, `${name}: the browser timed ${n} events in ${rounds} rounds`);
    return { name, worst: press.at(-1), middle: press[(rounds - 1) / 2], task };
  });
  console.log(
    `calendar: ${manyItems} items, ${slowness}x slower, ms to the next paint, worst of ${rounds} (middle; longest task): ${told
      .map(({ name, worst, middle, task }) => `${name} ${worst} (${middle}; ${task})`)
      .join(', ')}`,
  );
  const slow = told.filter(({ worst }) => worst >= wantedMs).map(({ name }) => name);
  if (slow.length > 0)
    console.log(`calendar: ${wantedMs} ms or more at least once: ${slow.join(', ')}`);
  // Another process on the machine can spoil one round of three; one alone judges nothing.
  if (short) return me;
  for (const { name, middle } of told)
    must(middle < brokenMs, `${name}: ${middle} ms to the next paint`);
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
  const server = await startServer({ env: { GAUNG_RATE_FACTOR: '0' } });
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
      await leave(context);
    }
    console.log(
      'calendar: dragged, moved by keyboard, undone; many at once; the board; the search',
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}
