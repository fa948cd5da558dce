// A newcomer: signs in, reads the notice, gives one consent, chooses topics and networks, leaves the lesson for
// later. Nothing that was tapped is lost when the page is loaded anew, and it is never shown again.
import { must, person, program, signIn, startBrowser, startServer } from './world.mjs';

const all = 4;

// A person: reads 200 words a minute, needs a second and a half to find and press something, and types three
// characters a second.
const readsASecond = 200 / 60;
const aTap = 1.5;
const typesASecond = 3;

/** Counts the presses of a person, what there is to read on each step, and what is typed. */
function hand(page) {
  let taps = 0;
  let words = 0;
  let typed = 0;
  const steps = [];
  return {
    /** What can be seen between the page's heading and its bars: what is folded away is not read. */
    read: async (name) => {
      const text = await page.locator('main').innerText();
      const n = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      words += n;
      steps.push(`${name} ${n}`);
    },
    press: async (what) => {
      taps++;
      await what.click();
    },
    button: (name) => page.getByRole('button', { name, exact: true }),
    type: (n) => (typed += n),
    get taps() {
      return taps;
    },
    get words() {
      return words;
    },
    get steps() {
      return steps.join(', ');
    },
    get seconds() {
      return words / readsASecond + taps * aTap + typed / typesASecond;
    },
  };
}

const at = (page, n) => page.getByText(`Langkah ${n} dari ${all}`).waitFor();

async function introduction(asn, server) {
  const { page } = asn;
  const own = hand(page);
  let known;
  const tapped = new Promise((resolve) => (known = resolve));
  await page.route('**/learn/before-sharing*', (route) => tapped.then(() => route.continue()));
  await asn.go('/masuk');
  await page.getByLabel('Kata sandi', { exact: true }).waitFor();
  await own.read('sign-in');
  const began = Date.now();
  await signIn(asn, server, 'asn9');
  own.type('asn9@nusaarunika.example'.length + 'gaung-demo-2026'.length);
  await at(page, 1);
  const consent = page.getByLabel('Tampilkan nama saya di papan peringkat');
  await consent.waitFor();
  await own.read('notice');
  for (const box of await page.getByRole('checkbox').all())
    must(!(await box.isChecked()), 'a consent is ticked before anybody asked');
  await own.press(consent);
  await page.getByText('Persetujuan dicatat.').waitFor();
  await own.press(own.button('Sudah saya baca'));
  await at(page, 2);
  const topics = page.getByRole('group', { name: 'Topik apa yang Anda minati?' });
  await own.press(topics.getByRole('button').first());
  await own.read('topics');
  // Loaded anew: the same step, and what was tapped is there.
  await page.reload();
  await at(page, 2);
  await topics.getByRole('button', { pressed: true }).first().waitFor();
  await own.press(own.button('Lanjut'));
  await at(page, 3);
  await own.read('networks');
  await own.press(page.getByRole('button', { name: 'Telegram' }));
  await own.press(own.button('WhatsApp'));
  await own.press(own.button('Lanjut'));
  await at(page, 4);
  await own.read('lesson');
  // The lesson is the one before the first share, also for whoever taps before the phone knows which; it leads back.
  await page.getByRole('button', { name: 'Pelajari sekarang' }).click();
  known();
  await page.getByRole('heading', { level: 1, name: /Delapan/ }).waitFor();
  await page.getByRole('link', { name: 'Kembali ke perkenalan' }).click();
  await at(page, 4);
  await own.press(own.button('Selesai, buka beranda'));
  await page.getByRole('article').first().waitFor();
  return { machine: (Date.now() - began) / 1000, own };
}

export async function start() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const asn = await person(browser, server, { width: 360, height: 740 });
    const { page } = asn;
    const { machine, own } = await introduction(asn, server);
    // Three presses more sign in: both fields and the button.
    const seconds = machine + own.seconds + 3 * aTap;
    const figures = `about ${Math.round(seconds)} s for a person (${machine.toFixed(1)} s by machine, ${own.taps + 3} taps, ${own.words} words: ${own.steps})`;
    must(seconds < 120, `the introduction takes ${figures}`);

    const me = await (await program(server, 'asn9'))('/api/v1/me');
    must(!me.onboarding && !me.notice_due, 'it is asked for again');
    must(!me.hide_name, 'the consent is not what the boards read');
    must(me.networks.join() === 'telegram,whatsapp', `networks: ${me.networks}`);
    // The sheet: WhatsApp first, then what the person said.
    await page.getByRole('article').first().getByRole('button', { name: 'Bagikan' }).click();
    const tiles = page.getByRole('group', { name: 'Bagikan ke' }).getByRole('button');
    await tiles.filter({ hasText: 'Telegram' }).waitFor();
    const names = (await tiles.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
    must(names[0] === 'WhatsApp' && names[1] === 'Telegram', `the sheet: ${names}`);
    await page.getByRole('button', { name: 'Tutup' }).first().click();

    await asn.go('/mulai'); // a link of old still opens
    await at(page, 1);
    await data(asn);
    must(asn.faults.length === 0, asn.faults.join('\n'));
    console.log(`start: ${figures}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The page of one's own data: a copy, a request, a consent taken back, and the same without a network. */
async function data({ page, go, context }) {
  await go('/saya/data');
  await page.getByRole('button', { name: 'Minta salinan' }).click();
  const waits = page.waitForEvent('download', { timeout: 60_000 });
  await page.getByRole('link', { name: 'Unduh ZIP' }).click({ timeout: 60_000 });
  must((await waits).suggestedFilename().endsWith('.zip'), 'no copy');
  await page.getByRole('button', { name: 'Ajukan permintaan' }).click();
  await page.getByLabel('Keterangan', { exact: true }).check();
  await page.getByLabel('Uraian').fill('Siapa yang menerima data saya?');
  await page.getByRole('button', { name: 'Kirim' }).click();
  await page.getByText('Siapa yang menerima data saya?').waitFor();
  await page.getByLabel('Tampilkan nama saya di papan peringkat').uncheck();
  await page.getByText('Persetujuan ditarik').waitFor();
  await context.setOffline(true);
  await page
    .getByText(/Luring/)
    .first()
    .waitFor();
  await page.getByText('Siapa yang menerima data saya?').waitFor();
  await context.setOffline(false);
}
