// Learning: the eight points before the first share, a module without a network, and a certificate that
// anybody may check.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { must, out, person, program, startBrowser, startServer, until } from './world.mjs';

const written = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../internal/demo/learn.json'), 'utf8'),
);
const hoax = written.modules.find(({ lesson }) =>
  lesson.title.startsWith('Mengenali hoaks'),
).lesson;
const own = 'Bu Tini, jadwal posyandu sudah keluar. Semoga membantu.';

/** Answers what is asked, screen by screen, until the result is asked for. */
async function answerAll(page, within, choose) {
  for (let i = 0; i < 13; i++) {
    const question = (await within.locator('legend span').first().textContent()).trim();
    const option = choose(question);
    must(option, `an unknown question: ${question}`);
    await within.getByRole('radio', { name: option, exact: true }).check();
    const last = within.getByRole('button', { name: 'Lihat hasil' });
    if (await last.isVisible()) return last.click();
    await within.getByRole('button', { name: 'Lanjut', exact: true }).click();
  }
  throw new Error('the quiz has no end');
}

const fitting = /santun|gotong royong|situs resmi/;

/** Answers without a network open nothing: the share is held until the server has said that they passed. */
async function heldOffline({ page, context }, sheet) {
  const shares = [];
  context.on('request', (one) => one.url().endsWith('/shares') && shares.push(one.url()));
  await context.setOffline(true);
  await answerAll(page, sheet, (question) =>
    fitting.test(question) ? 'Sesuai aturan' : 'Tidak sesuai aturan',
  );
  await sheet.getByText('Jawaban tersimpan di perangkat ini').waitFor();
  await sheet.getByRole('button', { name: 'Kembali ke pilihan saya' }).click();
  await sheet.getByRole('button', { name: /Salin teks/ }).click();
  await sheet.getByText('Jawaban tersimpan di perangkat ini').waitFor();
  const kept = await keptUnder(page, 'outbox');
  must(!kept?.length && shares.length === 0, 'the phone decided that somebody may share');
  const waits = await keptUnder(page, 'learn');
  must(waits?.length === 1, `${waits?.length} attempts wait`);
  await page.screenshot({ path: path.join(out, 'belajar-tertahan-360.png') });
  await context.setOffline(false);
  await sheet.getByRole('button', { name: 'Lanjut membagikan' }).waitFor();
  must(shares.length === 0, 'it was shared by itself');
}

/** What the page keeps under a name. */
const keptUnder = (page, name) =>
  page.evaluate(
    (key) =>
      new Promise((resolve) => {
        const open = indexedDB.open('keyval-store');
        open.onsuccess = () => {
          const get = open.result.transaction('keyval').objectStore('keyval').get(key);
          get.onsuccess = () => {
            open.result.close();
            resolve(get.result);
          };
        };
      }),
    name,
  );

/** Back to the choices and here again: the place is the same. */
async function leaveAndReturn(sheet, place) {
  await sheet.getByRole('button', { name: 'Kembali ke pilihan saya' }).click();
  await sheet.getByRole('button', { name: /Salin teks/ }).click();
  await sheet.getByText(place).waitFor();
}

/** A newcomer writes own words, is shown the eight points, and goes on with what was typed. */
async function firstShare(asn) {
  const { page } = asn;
  await asn.go('/');
  await page.getByRole('article').first().waitFor();
  const began = Date.now();
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /Bagikan/ })
    .click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('Tulis dengan kata sendiri').click();
  await sheet.getByRole('textbox').fill(own);
  await sheet.getByRole('button', { name: /Salin teks/ }).click();
  await sheet.getByText('Sebelum membagikan yang pertama').waitFor();
  await sheet.getByRole('button', { name: 'Kembali ke pilihan saya' }).click();
  must((await sheet.getByRole('textbox').inputValue()) === own, 'what was typed is gone');
  await sheet.getByRole('button', { name: /Salin teks/ }).click();
  await sheet.getByRole('button', { name: 'Mulai', exact: true }).click();
  for (let i = 0; i < 7; i++) {
    await sheet.getByText(`Langkah ${i + 1} dari 8`).waitFor();
    if (i === 3) await leaveAndReturn(sheet, 'Langkah 4 dari 8');
    await sheet.getByRole('button', { name: 'Lanjut', exact: true }).click();
  }
  await sheet.getByRole('button', { name: 'Mulai kuis' }).click();
  await answerAll(page, sheet, (question) =>
    fitting.test(question) ? 'Tidak sesuai aturan' : 'Sesuai aturan',
  );
  await sheet.getByText('0 dari 8 benar').waitFor();
  must((await sheet.getByText(/Yang tepat: .*esuai aturan\./).count()) === 8, 'no right answers');
  await leaveAndReturn(sheet, '0 dari 8 benar');
  await sheet.getByRole('button', { name: 'Coba lagi' }).click();
  await sheet.getByText('Pertanyaan 1 dari 8').waitFor();
  await heldOffline(asn, sheet);
  const answer = page.waitForResponse((one) => one.url().endsWith('/shares'));
  await sheet.getByRole('button', { name: 'Lanjut membagikan' }).click();
  must((await answer).status() === 201, `the share after the points: ${(await answer).status()}`);
  await sheet
    .getByText(/tersalin|disalin/i)
    .first()
    .waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  must(copied.includes(own), `other words went out: ${copied}`);
  return Date.now() - began;
}

/** A module that was opened is read and answered without a network, and graded once afterwards. */
async function offlineModule(asn) {
  const { page, context } = asn;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await asn.go('/belajar');
  await page.getByRole('link', { name: new RegExp(hoax.title) }).click();
  await page.getByText('Langkah 1 dari 3').waitFor();
  await page.waitForTimeout(1500); // the worker has the screen's files, the device the module
  const sent = [];
  context.on('response', (one) => {
    if (one.url().endsWith('/answers')) sent.push(one.status());
  });
  await context.setOffline(true);
  await page.reload();
  await page.getByText('Langkah 1 dari 3').waitFor();
  for (const name of ['Lanjut', 'Lanjut', 'Mulai kuis'])
    await page.getByRole('main').getByRole('button', { name, exact: true }).click();
  await answerAll(page, page.getByRole('main'), (question) => {
    const one = hoax.quiz.find(({ text }) => text === question);
    return one?.options[one.right];
  });
  await page.getByText('Jawaban tersimpan di perangkat ini').waitFor();
  must(sent.length === 0, 'something was sent without a network');
  await context.setOffline(false);
  await page.getByText('4 dari 4 benar').first().waitFor();
  await page.reload();
  await page.getByText('Lulus', { exact: true }).waitFor();
  const { step } = await (
    await page.request.get(page.url().replace('/belajar', '/api/v1/learn/modules'))
  ).json();
  must(step === 3, `the steps that were read offline: ${step}`);
  must(sent.length === 1 && sent[0] === 200, `graded ${sent.length} times: ${sent}`);
}

/** A note of a practice task that was written offline is there when it is read elsewhere. */
async function noteOffline(server, asn) {
  const { page, context } = asn;
  const reads = await program(server, 'asn9');
  const one = (await reads('/api/v1/learn')).items.find(({ practice }) => practice);
  const begun = { method: 'PUT', body: { text: 'Belum selesai.' } };
  await reads(`/api/v1/learn/modules/${one.id}/practice`, begun);
  await asn.go(`/belajar/${one.id}`);
  const field = page.getByLabel('Apa yang Anda coba?');
  await field.waitFor();
  await context.setOffline(true);
  await field.fill('Saya bertanya kepada rekan seruang.');
  await page.getByRole('button', { name: 'Simpan catatan' }).click();
  await page.getByText('Catatan tersimpan di perangkat ini').waitFor();
  await page.screenshot({ path: path.join(out, 'belajar-catatan-luring-360.png') });
  await page.reload();
  await page.getByText('Catatan tersimpan di perangkat ini').waitFor();
  must((await field.inputValue()).includes('rekan seruang'), 'the note is gone after a reload');
  await context.setOffline(false);
  await page.getByText('Catatan tersimpan di perangkat ini').waitFor({ state: 'detached' });
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await field.waitFor();
  // It comes with the lesson's newest form, behind the kept one.
  await until('the note', async () => (await field.inputValue()).includes('rekan seruang'));
}

/** The certificate is checked by somebody who is not signed in. */
async function certificate(server, browser, asn) {
  const { page } = asn;
  await page.getByRole('button', { name: 'Buat sertifikat' }).click();
  const link = page.getByRole('link', { name: 'Buka halaman verifikasi' });
  await link.waitFor();
  const address = server.url + (await link.getAttribute('href'));
  const paper = await page.request.get(
    server.url + (await page.getByRole('link', { name: 'Unduh PDF' }).getAttribute('href')),
  );
  must(paper.ok() && (await paper.body()).subarray(0, 4).toString() === '%PDF', 'no paper');
  const stranger = await browser.newContext();
  const check = await stranger.newPage();
  const opened = await check.goto(address);
  must(opened.status() === 200, `the certificate's page: ${opened.status()}`);
  await check.getByRole('heading', { name: 'Sertifikat ini asli' }).waitFor();
  await check.getByText('Lukman Darmapala').waitFor();
  await page.getByRole('switch').click();
  await page.getByText('Halaman verifikasi ditutup.').waitFor();
  must((await check.goto(address)).status() === 404, 'a closed page is open');
  await stranger.close();
}

export async function learn() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const asn = await person(browser, server, {
      width: 360,
      height: 740,
      local: 'asn9',
      worker: 'allow',
    });
    const took = await firstShare(asn);
    await asn.page.getByRole('dialog').getByRole('button', { name: 'Tutup', exact: true }).click();
    await offlineModule(asn);
    await certificate(server, browser, asn);
    await noteOffline(server, asn);
    must(asn.faults.length === 0, asn.faults.join('\n'));
    console.log(
      `learn: eight points in the sheet (${Math.round(took / 100) / 10} s by machine), a module offline graded once, a certificate checked`,
    );
  } finally {
    await browser.close();
    await server.stop();
  }
}
