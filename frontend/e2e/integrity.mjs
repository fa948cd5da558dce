// What the night's check took out of somebody's count: they are told, read why and object; without a network what they
// typed stays; an officer sees figures and the objection, and nobody's name, restores; the person has it back.
import path from 'node:path';
import { check } from './look.mjs';
import { must, out, person, program, startBrowser, startServer, until } from './world.mjs';

const words = 'Itu murid kelas enam: kami membaca bersama di perpustakaan.';
const answer = 'Sekolah membenarkan. Hitungannya dipulihkan.';

const clean = async (page, name) => {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
};
const shot = (page, name) =>
  page.screenshot({ path: path.join(out, `hitungan-${name}.png`), fullPage: true });

/** They object; the network goes in between, and they come back later. */
async function objects(me) {
  const { page, context } = me;
  await me.go('/notifikasi');
  await page
    .getByRole('link', { name: /Sebagian hitungan Anda dikeluarkan/ })
    .first()
    .click();
  const card = page.getByRole('listitem').filter({ hasText: '43 pembukaan dikeluarkan' });
  await card.getByText('Lebih banyak peramban berbeda').waitFor();
  await clean(page, 'own cases');
  await shot(page, '1-milik-sendiri-360');
  await card.getByRole('button', { name: 'Ajukan keberatan' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Ajukan keberatan' }).click();
  await sheet.getByText('Jelaskan mengapa hitungan itu menurut Anda benar.').first().waitFor();
  await sheet.getByLabel('Mengapa hitungan itu benar?').fill(words);
  await clean(page, 'objecting');
  await context.setOffline(true);
  await sheet.getByRole('button', { name: 'Ajukan keberatan' }).click();
  await sheet.getByRole('alert').first().waitFor();
  must(
    (await sheet.getByLabel('Mengapa hitungan itu benar?').inputValue()) === words,
    'what was typed is gone without a network',
  );
  await shot(page, '2-luring-360');
  await context.setOffline(false);
  await page.reload();
  await card.getByRole('button', { name: 'Ajukan keberatan' }).click();
  must(
    (await sheet.getByLabel('Mengapa hitungan itu benar?').inputValue()) === words,
    'what was typed did not survive a reload',
  );
  await sheet.getByRole('button', { name: 'Ajukan keberatan' }).click();
  await sheet.waitFor({ state: 'detached' });
  await card.getByText('Ada keberatan').waitFor();
  await card.getByText(/Jawaban paling lambat/).waitFor();
  await shot(page, '3-keberatan-360');
  return card;
}

async function restores(officer, name) {
  const { page } = officer;
  await officer.go('/konsol/hitungan');
  const row = page
    .getByRole('main')
    .getByRole('link')
    .filter({ hasText: '43 pembukaan' })
    .filter({ hasText: 'Ada keberatan' });
  await row.waitFor();
  await clean(page, 'desk');
  await shot(page, '4-meja-1440');
  await row.click();
  await page.getByText(words).waitFor();
  await page.getByRole('heading', { name: 'Angka temuan' }).waitFor();
  const all = await page.getByRole('main').innerText();
  must(!all.includes(name), `the desk names the person: ${all}`);
  must(!/\d+\.\d+\.\d+\.\d+|Mozilla|[0-9a-f]+::/.test(all), `the desk shows readers: ${all}`);
  await clean(page, 'case');
  await shot(page, '5-temuan-1440');
  await page.getByRole('button', { name: 'Pulihkan hitungan' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Pulihkan hitungan' }).click();
  await dialog.getByText('Tulis alasannya').first().waitFor();
  await dialog.getByLabel('Alasan untuk orang yang bersangkutan').fill(answer);
  await clean(page, 'deciding');
  await dialog.getByRole('button', { name: 'Pulihkan hitungan' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('43 pembukaan dihitung kembali').first().waitFor();
}

export async function integrity() {
  const server = await startServer({ env: { GAUNG_RATE_FACTOR: '0' } });
  const browser = await startBrowser();
  try {
    const asn = await program(server, 'asn3');
    const reached = async () => (await asn('/api/v1/me/impact?span=all')).ever;
    const { name } = await asn('/api/v1/me');
    const before = await reached();
    const told = async () =>
      (await asn('/api/v1/notices?part=feed')).items.some(({ kind }) => kind === 'reach_taken');
    await until('they are told', told);
    const me = await person(browser, server, { width: 360, height: 740, local: 'asn3' });
    const officer = await person(browser, server, { local: 'auditor' });
    const card = await objects(me);
    await restores(officer, name);
    await me.page.reload();
    const back = me.page.getByRole('listitem').filter({ hasText: '43 pembukaan dihitung kembali' });
    await back.getByText(answer).waitFor();
    must((await card.count()) === 0, 'it still stands as taken out');
    must((await reached()) === before + 43, `${before} before, ${await reached()} restored`);
    await clean(me.page, 'restored');
    await shot(me.page, '6-dipulihkan-360');
    for (const one of [me, officer]) {
      const faults = one.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault));
      must(faults.length === 0, faults.join('\n'));
    }
    console.log('integrity: told, objected, restored');
  } finally {
    await browser.close();
    await server.stop();
  }
}
