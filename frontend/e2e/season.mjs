// A season from plan to raffle: the desk plans one and its raffle, a person reads the rules and finds their number in
// the list, a board moves while it is looked at, the season closes and stands, and the raffle of the one before is
// drawn once. Then the draw is done again, here, by nothing but what everybody may read.
import { createHash, createHmac } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import { check } from './look.mjs';
import {
  must,
  out,
  person,
  phoneAgent,
  program,
  startBrowser,
  startServer,
  until,
} from './world.mjs';

const [over, current, planned] = ['Musim Gaung Sehat', 'Musim Layanan Prima', 'Musim Awal Tahun'];
const figure =
  'Kurs JISDOR Bank Indonesia pada hari kerja kelima sesudah musim ditutup, tanpa desimal.';
const day = (ahead, hours = 7) =>
  new Date(Date.now() + ahead * 86_400_000 + hours * 3_600_000).toISOString().slice(0, 10);
const sha = (data) => createHash('sha256').update(data);

const raffleOf = async (server, name) =>
  (await (await fetch(`${server.url}/api/v1/raffles`)).json()).items.find(
    (one) => one.name === name,
  );

const sizes = { 360: 740, 1440: 900 };
// Everything by day and by night takes its time: only when somebody wants to look.
const looks = process.env.E2E_LOOK
  ? [360, 1440].flatMap((width) => ['light', 'dark'].map((scheme) => [width, scheme]))
  : [
      [360, 'light'],
      [1440, 'dark'],
    ];

/** Holds a screen against the rules of all screens, and takes its pictures. */
async function look(page, name, part = page) {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
  for (const [width, colorScheme] of looks) {
    await page.setViewportSize({ width, height: sizes[width] });
    await page.emulateMedia({ colorScheme });
    const file = `musim-${name}-${width}-${colorScheme}.png`;
    await part.screenshot({ path: path.join(out, file), ...(part === page && { fullPage: true }) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function plan({ page, go }) {
  await go('/konsol/musim');
  await page.getByRole('button', { name: 'Rencanakan musim' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nama musim').fill(planned);
  await dialog.getByLabel('Hari pertama').fill(day(60));
  await dialog.getByLabel('Hari terakhir').fill(day(120));
  await dialog.getByText(/500 poin/).waitFor();
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('Musim tersimpan.').first().waitFor();
  await page.getByRole('button', { name: `Atur undian ${planned}` }).click();
  await dialog.getByLabel('Jumlah nomor yang diundi').fill('3');
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await dialog.getByText('Sebutkan angka publik yang ditunggu.').first().waitFor();
  await look(page, 'undian-rencana');
  await dialog.getByLabel('Angka publik yang ditunggu').fill(figure);
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('3 nomor akan diundi.').waitFor();
}

async function readRules({ page, go }, number) {
  await go('/peringkat/aturan');
  const rules = page.getByRole('region', { name: planned });
  await rules.getByText(figure).waitFor();
  await rules.getByText('Bukti untuk diperiksa').click();
  await rules.getByText(/^[0-9a-f]{64}$/).waitFor(); // promised before the season begins
  await page.getByText(number).first().waitFor();
  await page.getByRole('button', { name: 'Periksa nomor saya di daftar' }).click();
  await page.getByText('Nomor Anda ada di daftar').waitFor();
  await look(page, 'aturan-sebelum');
  await look(page, 'undian-sebelum', page.getByRole('region', { name: over }));
}

/** A phone opens a link; fetch() says of itself that it is no reader. */
const opens = (link) =>
  new Promise((resolve, reject) => {
    const headers = { 'user-agent': phoneAgent, 'x-forwarded-for': '203.0.113.44' };
    http
      .get(link, { headers }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject);
  });

/** Somebody opens the person's link; the board that they look at moves by itself. */
async function moves(server, { page, go }, asks) {
  const board = () => asks('/api/v1/leaderboards/people?period=season');
  const before = await board();
  await go('/peringkat?periode=season');
  const place = page.locator('section[aria-labelledby="tempat"]');
  const said = (n) => place.getByText(`${n} orang terjangkau`, { exact: true });
  if (before.me) await said(before.me.people_reached).waitFor();
  await page.getByText('Poin Anda musim ini').waitFor();
  const { items } = await asks('/api/v1/feed?limit=5');
  const item = items.find(({ title }) => title) ?? items[0];
  const { url: link } = await asks(`/api/v1/contents/${item.id}/shares`, {
    method: 'POST',
    body: { channel: 'whatsapp' },
  });
  must((await opens(link)) === 302, 'the link leads nowhere');
  const after = (before.me?.people_reached ?? 0) + 1;
  await said(after).waitFor({ timeout: 25_000 }); // nobody has loaded the page again
  must((await board()).me.people_reached === after, 'the board says something else');
  await look(page, 'papan-langsung');
  const [campaign] = (await asks('/api/v1/leaderboards/campaigns')).items;
  await go(`/peringkat?periode=campaign-${campaign.id}`);
  await page.getByText('selama kampanyenya berjalan').waitFor();
  await place.waitFor();
  await look(page, 'papan-kampanye');
}

/** What a board says that must not change. */
const standing = async (asks, season) => {
  const { items, me } = await asks(`/api/v1/leaderboards/people?period=season-${season}`);
  return JSON.stringify({ items, me });
};

async function end({ page, go }, name) {
  await go('/konsol/musim');
  await page.getByRole('button', { name: `Ubah ${name}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Musim ini sudah dimulai').waitFor();
  await dialog.getByLabel('Hari terakhir').fill(day(0, 9)); // the east has it first
  await dialog.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('Musim tersimpan.').first().waitFor();
}

async function draw({ page, go }, raffle) {
  await go('/konsol/musim');
  const card = page.getByRole('listitem').filter({ hasText: raffle.name });
  await card.getByRole('button', { name: 'Masukkan angka dan undi' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Angka publik', { exact: true }).fill('16652');
  await dialog.getByLabel('Hari diumumkan').fill(day(0)); // the list was fixed on this day
  await dialog.getByLabel('Sumber pengumuman').fill('https://www.bi.go.id/id/statistik');
  await dialog.getByRole('button', { name: 'Masukkan angka dan undi' }).click();
  await dialog
    .getByText(/harus diumumkan sesudah hari/)
    .first()
    .waitFor();
  await look(page, 'undian-undi');
  await dialog.getByLabel('Hari diumumkan').fill(day(1));
  await dialog.getByRole('button', { name: 'Masukkan angka dan undi' }).click();
  await page.getByText('Undian selesai.').first().waitFor();
  await card.getByRole('button', { name: 'Lihat pemenang' }).click();
  await dialog
    .getByRole('listitem')
    .nth(raffle.winners - 1)
    .waitFor();
  await look(page, 'undian-pemenang');
  await page.keyboard.press('Escape');
  await look(page, 'meja');
}

/** The draw by whoever has read docs/raffle.md. */
function again(raffle, list) {
  const { secret, value } = raffle.draws[0];
  must(sha(Buffer.from(secret, 'hex')).digest('hex') === raffle.commitment, 'another secret');
  must(sha(list).digest('hex') === raffle.list_hash, 'another list');
  const seed = sha(
    ['gaung-undian-1', raffle.season, secret, value, raffle.list_hash, ''].join('\n'),
  ).digest();
  const left = list.trim().split('\n');
  for (let k = 0, counter = 0; k < Math.min(raffle.winners, left.length); k++) {
    const n = BigInt(left.length - k);
    let x;
    do x = createHmac('sha256', seed).update(String(counter++)).digest().readBigUInt64BE();
    while (x >= 2n ** 64n - (2n ** 64n % n));
    const chosen = k + Number(x % n);
    [left[k], left[chosen]] = [left[chosen], left[k]];
  }
  return left.slice(0, raffle.winners);
}

export async function season() {
  const server = await startServer({ env: { GAUNG_RATE_FACTOR: '0' } });
  const browser = await startBrowser();
  const people = [];
  const meet = async (local, more) => {
    const one = await person(browser, server, { local, ...more });
    people.push(one);
    return one;
  };
  const phone = { width: 360, height: 740 };
  try {
    const listed = await until('a list of who takes part', async () => {
      const one = await raffleOf(server, over);
      return one.entries > 0 && one;
    });
    const holders = [];
    for (const local of ['asn1', 'asn2', 'asn3']) {
      const asks = await program(server, local);
      const [ticket] = (await asks('/api/v1/me/raffles')).items;
      if (ticket) holders.push({ local, number: ticket.number });
    }
    must(holders.length > 0, `nobody of them is among the ${listed.entries}`);
    const [{ local, number }] = holders;
    const grouped = number.replace(/(\d{4})(?=\d)/g, '$1 ');

    const humas = await meet('pusat.humas');
    await plan(humas);
    const reader = await meet(local, phone);
    await readRules(reader, grouped);
    const asks = await program(server, local);
    await moves(server, reader, asks);

    const running = (await asks('/api/v1/seasons/current')).id;
    const before = await standing(asks, running);
    await end(humas, current);
    await server.kill();
    await server.again({ GAUNG_TRIAL_AHEAD: '120h' });
    const later = await program(server, local);
    await until(
      'the season closes',
      async () =>
        (await later('/api/v1/seasons')).items.find(({ id }) => id === running).phase === 'closed',
    );
    must((await standing(later, running)) === before, 'the closed board is another');
    const then = await meet(local, phone);
    await then.go(`/peringkat?periode=season-${running}`);
    await then.page.getByText('Musim ini sudah ditutup').waitFor();
    await look(then.page, 'papan-ditutup');

    await draw(await meet('pusat.humas'), listed);
    const drawn = await raffleOf(server, over);
    const list = await (await fetch(`${server.url}/api/v1/raffles/${drawn.season}/numbers`)).text();
    must(
      again(drawn, list).join() === drawn.draws[0].numbers.join(),
      'whoever draws again gets others',
    );
    const root = await program(server, 'pusat.humas');
    const second = await root(`/api/v1/seasons/${drawn.season}/raffle/draws`, {
      method: 'POST',
      body: { value: '16653', source: 'x', announced: day(1), follows: 0 },
    });
    must(second.code === 'conflict', `a second draw: ${JSON.stringify(second)}`);
    await then.go('/peringkat/aturan');
    await then.page.getByText('Nomor yang terpilih', { exact: true }).waitFor();
    await then.page.getByText(grouped).first().waitFor();
    await look(then.page, 'undian-sesudah', then.page.getByRole('region', { name: over }));
    for (const { faults } of people) must(faults.length === 0, faults.join('\n'));
  } finally {
    await browser.close();
    await server.stop();
  }
}
