// A content is returned, corrected, and approved: by the head of division, and for the head of the office by
// her deputy, on a phone. What was typed survives a request that fails, and the history says who decided for whom.
import path from 'node:path';
import {
  landmarks,
  must,
  out,
  person,
  program,
  startServer,
  startBrowser,
  until,
} from './world.mjs';
import { check } from './look.mjs';

const title = 'Layanan Samsat Keliling Hadir di Sembilan Desa';
const captions = [
  'Samsat keliling hadir di sembilan desa mulai Senin pekan depan.',
  'Bapak dan Ibu, bayar pajak kendaraan kini bisa di balai desa. Catat jadwalnya, ya.',
  'Samsat keliling, sembilan desa. Cek jadwalnya di tautan ini.',
];
const corrected = 'Samsat keliling, sembilan desa, pukul 09.00–14.00. Cek jadwalnya di tautan ini.';
const reason = 'Sebutkan jam layanan pada keterangan ketiga.';

async function write(server, node) {
  const author = await program(server, 'penulis');
  const body = {
    title,
    summary: 'Jadwal samsat keliling pekan depan di sembilan desa.',
    body: 'Bawa **STNK** dan KTP asli.',
    kind: 'pengumuman',
    pillar: 'product',
    stage: 'akan',
    topic: 'layanan_publik',
    classification: 'terbuka',
    captions: captions.map((text) => ({ text })),
    targets: [node],
  };
  const made = await author('/api/v1/contents', { method: 'POST', body });
  await author(`/api/v1/contents/${made.id}/submit`, { method: 'POST' });
  const blind = await (
    await program(server, 'penyetuju')
  )(`/api/v1/contents/${made.id}/approve`, { method: 'POST', body: {} });
  must(blind.status === 422, `an approval without a version: ${JSON.stringify(blind)}`);
  return made.id;
}

async function open(one, id) {
  await one.go(`/konsol/periksa/${id}`);
  await one.page.getByRole('heading', { name: title }).first().waitFor();
  await one.page.waitForLoadState('networkidle');
}

const clean = async (page, name) => {
  const faults = await check(page, name);
  must(faults.length === 0, faults.join('\n'));
};

/** The reason is typed, the network is gone, the page is loaded again: the reason is still there. */
async function giveBack(approver, id) {
  const { page, context } = approver;
  await open(approver, id);
  const ask = () => page.getByRole('button', { name: 'Minta perbaikan' }).click();
  await ask();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Apa yang perlu diperbaiki').fill(reason);
  await context.setOffline(true);
  await dialog.getByRole('button', { name: 'Kirim permintaan' }).click();
  await dialog.getByText('disimpan di perangkat ini').waitFor();
  await context.setOffline(false);
  await open(approver, id);
  await ask();
  const kept = dialog.getByLabel('Apa yang perlu diperbaiki'); // it comes from the device
  await kept.waitFor();
  await until('the reason that was typed', async () => (await kept.inputValue()) === reason);
  await clean(page, 'return on a phone');
  await dialog.getByRole('button', { name: 'Kirim permintaan' }).click();
  await page.getByText('Konten dikembalikan kepada penyusun.').first().waitFor();
}

/** The author finds the news in the bell, mends the caption and moves another, and submits again. */
async function correct(author, id) {
  const { page } = author;
  await author.go('/konsol/');
  await page
    .getByRole('button', { name: /Notifikasi/ })
    .locator('visible=true')
    .first()
    .click();
  const news = page.getByRole('dialog').getByRole('link').filter({ hasText: title }).first();
  await news.getByText(/meminta perbaikan/).waitFor();
  await page.screenshot({ path: path.join(out, 'persetujuan-1-bel.png') });
  await news.click();
  await page.getByText(reason).first().waitFor();
  await author.go(`/konsol/tulis/${id}`);
  await page.getByLabel('Keterangan 1', { exact: true }).fill(captions[1]);
  await page.getByLabel('Keterangan 2', { exact: true }).fill(captions[0]);
  await page.getByLabel('Keterangan 3', { exact: true }).fill(corrected);
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();
}

async function approveFirst(approver, id) {
  const { page } = approver;
  await open(approver, id);
  await page.locator('ins').filter({ hasText: '09.00' }).waitFor();
  await page
    .getByText(/Pindah dari urutan/)
    .first()
    .waitFor();
  must(
    (await page.locator('ins').filter({ hasText: 'Bapak dan Ibu' }).count()) === 0,
    'a caption that moved is shown as new',
  );
  await clean(page, 'review on a phone');
  await page.screenshot({ path: path.join(out, 'persetujuan-2-periksa-360.png'), fullPage: true });
  await page.getByRole('button', { name: 'Setujui', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ya, setujui' }).click();
  await page
    .getByText(/Kini menunggu: Kepala Dinas/)
    .first()
    .waitFor();
}

async function approveAsDeputy(deputy, id) {
  const { page } = deputy;
  await deputy.go('/konsol/?state=waiting');
  await page.getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { name: title }).first().waitFor();
  await page
    .getByText(/Anda memutuskan sebagai Plh\. a\.n\./)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Setujui', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Catatan/).fill('Silakan diterbitkan.');
  await page.screenshot({ path: path.join(out, 'persetujuan-3-plh-360.png') });
  await dialog.getByRole('button', { name: 'Ya, setujui' }).click();
  // The next one that waits for the deputy opens by itself.
  await page.waitForURL(
    (url) => /\/konsol\/periksa\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${id}`),
  );
  await open(deputy, id);
  await page
    .getByText(/\(Plh\. a\.n\. /)
    .first()
    .waitFor();
  await page.getByText('Silakan diterbitkan.').waitFor();
  await clean(page, 'history on a phone');
}

/** Two administrators change one chain: the second is shown both, loses nothing, and chooses. */
async function twoChange(admin, server, node, typed) {
  const { page } = admin;
  const address = `/api/v1/agencies/${node}/approval-chain`;
  const other = await program(server, 'admin');
  await admin.go(`/konsol/persetujuan?agency=${node}`);
  await page.getByRole('button', { name: 'Ubah rantai' }).click();
  const nodes = page.getByLabel('Penyetuju di', { exact: true });
  const offered = await nodes.first().locator('option').allTextContents();
  must(
    offered.length >= 3 &&
      offered[0] === 'Instansi penerbit konten' &&
      offered.at(-1).trim().endsWith('(instansi ini)'),
    `the nodes that a step may be of: ${offered.join(' | ')}`,
  );
  await nodes.first().selectOption({ index: 1 });
  await page.getByLabel('Nama tahap').nth(1).fill(typed);
  const { steps, version } = await other(address);
  const saved = await other(address, {
    method: 'PUT',
    body: { version, steps: [...steps, { name: 'Asisten Daerah' }], remind_hours: 6 },
  });
  must(saved.steps?.length === 3, JSON.stringify(saved));
  await page.getByRole('button', { name: 'Simpan rantai' }).click();
  const clash = page.getByRole('region', { name: /Rantai ini berubah/ });
  await clash.getByText('Asisten Daerah').waitFor();
  await clash.getByText(new RegExp(typed)).waitFor();
  await clash.getByText('Ingatkan setelah (jam kerja)').waitFor();
  must(
    (await page.getByLabel('Nama tahap').nth(1).inputValue()) === typed,
    'what was typed is gone',
  );
  await clean(page, 'two chains');
  await page.screenshot({
    path: path.join(out, `persetujuan-4-dua-${page.viewportSize().width}.png`),
    fullPage: true,
  });
  await clash.getByRole('button', { name: 'Simpan isian saya' }).click();
  await page.getByText('Rantai persetujuan disimpan.').first().waitFor();
  const now = await other(address);
  must(
    now.steps.length === 2 && now.steps[1].name === typed && now.steps[0].agency_id > 0,
    JSON.stringify(now.steps),
  );
  const late = await other(address, { method: 'PUT', body: { version, steps } });
  must(late.status === 409 && late.current.version === now.version, JSON.stringify(late));
}

export async function approval() {
  const server = await startServer();
  const browser = await startBrowser();
  const people = [];
  const meet = async (options) => {
    const one = await person(browser, server, options);
    people.push(one);
    return one;
  };
  try {
    const id = await write(server, (await landmarks(server)).node['99']);
    const phone = { width: 360, height: 740 };
    const approver = await meet({ ...phone, local: 'penyetuju' });
    await giveBack(approver, id);
    await correct(await meet({ local: 'penulis' }), id);
    await approveFirst(approver, id);
    await approveAsDeputy(await meet({ ...phone, local: 'sekretaris' }), id);
    const done = await (await program(server, 'humas'))(`/api/v1/contents/${id}`);
    must(
      done.state === 'approved' && done.decisions.length === 3 && done.decisions[2].post === 'plh',
      JSON.stringify(done.decisions),
    );
    const { node } = await landmarks(server);
    await twoChange(
      await meet({ local: 'admin' }),
      server,
      node['99-DISKOMINFO'],
      'Sekretaris Dinas',
    );
    await twoChange(
      await meet({ ...phone, theme: 'dark', local: 'admin' }),
      server,
      node['99-DISKOMINFO'],
      'Wakil Kepala',
    );
    for (const one of people) must(one.faults.length === 0, one.faults.join('\n'));
    console.log(
      'approval: returned, corrected, approved by the head of division and by the deputy of the head; two change a chain',
    );
  } catch (error) {
    for (const [i, one] of people.entries()) {
      await one.page.screenshot({
        path: path.join(out, `gagal-persetujuan-${i}.png`),
        fullPage: true,
      });
    }
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}
