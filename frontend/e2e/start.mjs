// A newcomer: signs in, reads the notice, gives one consent, chooses topics and networks, leaves the lesson for
// later. Nothing that was tapped is lost when the page is loaded anew, and it is never shown again.
import { must, person, program, signIn, startBrowser, startServer } from './world.mjs';

const all = 6;

/** Counts the presses of a person. */
function hand(page) {
  let taps = 0;
  return {
    press: async (role, name) => {
      taps++;
      await page.getByRole(role, { name, exact: true }).click();
    },
    get taps() {
      return taps;
    },
  };
}

const at = (page, n) => page.getByText(`Langkah ${n} dari ${all}`).waitFor();

async function introduction(asn, server) {
  const { page } = asn;
  const began = Date.now();
  await signIn(asn, server, 'asn9');
  const own = hand(page);
  await at(page, 3);
  const consent = page.getByLabel('Tampilkan nama saya di papan peringkat');
  for (const box of await page.getByRole('checkbox').all())
    must(!(await box.isChecked()), 'a consent is ticked before anybody asked');
  await consent.check();
  await page.getByText('Persetujuan dicatat.').waitFor();
  await own.press('button', 'Saya sudah membaca');
  await at(page, 4);
  const topics = page.getByRole('group', { name: 'Topik apa yang Anda minati?' });
  await topics.getByRole('button').first().click();
  // Loaded anew: the same step, and what was tapped is there.
  await page.reload();
  await at(page, 4);
  await topics.getByRole('button', { pressed: true }).first().waitFor();
  await own.press('button', 'Lanjut');
  await at(page, 5);
  await page.getByRole('button', { name: 'Telegram' }).click();
  await page.getByRole('button', { name: 'WhatsApp', exact: true }).click();
  await own.press('button', 'Lanjut');
  await at(page, 6);
  await own.press('button', 'Selesai, buka umpan');
  await page.getByRole('article').first().waitFor();
  return { seconds: (Date.now() - began) / 1000, taps: own.taps + 4 };
}

export async function start() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const asn = await person(browser, server, { width: 360, height: 740 });
    const { page } = asn;
    const took = await introduction(asn, server);
    must(took.seconds < 120, `the introduction took ${took.seconds} s`);

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
    await at(page, 3);
    await data(asn);
    must(asn.faults.length === 0, asn.faults.join('\n'));
    console.log(
      `start: ${took.seconds.toFixed(1)} s by machine, ${took.taps} taps after signing in`,
    );
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
