// The main job, once, as people do it: Humas publishes, an ASN shares from a phone, a citizen opens the
// link, the board and the leader's report show it.
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
import path from 'node:path';

const title = 'Posyandu Keliling Menyambangi Sembilan Desa di Bukit Selaras';
const captions = [
  'Posyandu keliling hadir di sembilan desa di Bukit Selaras mulai Senin.',
  'Bapak dan Ibu, pekan depan posyandu datang ke desa kita. Ajak si kecil, ya.',
  'Posyandu keliling, sembilan desa, gratis. Cek jadwalnya di tautan ini.',
];

async function write(author) {
  const { page } = author;
  await author.go('/konsol/tulis');
  await page.getByLabel('Judul').fill(title);
  await page.getByRole('button', { name: 'Simpan draf' }).click();
  await page.waitForURL(/\/konsol\/tulis\/\d+/);
  const id = Number(page.url().match(/(\d+)$/)[1]);
  // Asked for review too early: everything that is missing is named at once.
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'Ada yang perlu diperbaiki' });
  await summary.getByRole('link').nth(6).waitFor(); // every missing field is named
  await page.screenshot({ path: path.join(out, 'kisah-1-belum-lengkap.png'), fullPage: true });

  await page.getByLabel('Ringkasan').fill('Jadwal posyandu keliling pekan depan di sembilan desa.');
  await page
    .getByLabel('Isi', { exact: true })
    .fill('Bawa **buku KIA**.\n\n- Senin: Desa Melati\n- Selasa: Desa Kencana');
  await page.getByLabel('Jenis konten').selectOption('pengumuman');
  await page.getByLabel('Pilar').selectOption('product');
  await page.getByLabel('Tahap kegiatan').selectOption('akan');
  await page.getByLabel('Topik').selectOption('kesehatan');
  await page.getByLabel('Klasifikasi informasi').selectOption('terbuka');
  for (const [i, text] of captions.entries()) {
    await page.getByLabel(`Keterangan ${i + 1}`, { exact: true }).fill(text);
  }
  await page.getByLabel('Cari instansi').fill('Nusa');
  await page.getByLabel('Provinsi Nusa Arunika', { exact: true }).check();
  await page.getByRole('button', { name: 'Ajukan pemeriksaan' }).click();
  await page.getByText('Konten diajukan untuk diperiksa.').first().waitFor();
  return id;
}

async function approve(approver, id) {
  const { page } = approver;
  await approver.go(`/konsol/periksa/${id}`);
  await page.getByRole('heading', { name: title }).first().waitFor();
  await page.getByRole('button', { name: 'Minta perbaikan' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Kirim permintaan' }).click();
  await page
    .getByRole('dialog')
    .getByText(/[Pp]erlu diperbaiki/)
    .last()
    .waitFor(); // no reason: the dialog stays
  await page.keyboard.press('Escape');
  await page.screenshot({ path: path.join(out, 'kisah-2-periksa-360.png'), fullPage: true });
  await page.getByRole('button', { name: 'Setujui', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ya, setujui' }).click();
  await page.getByText('Tahap disetujui.').first().waitFor();
}

/** The head of the office is away: her deputy decides the last step. */
async function approveLast(deputy, id) {
  const { page } = deputy;
  await deputy.go(`/konsol/periksa/${id}`);
  await page.getByRole('button', { name: 'Setujui', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ya, setujui' }).click();
  await page.getByText('Konten disetujui.').first().waitFor();
}

async function publish(publisher, id) {
  const { page } = publisher;
  await publisher.go(`/konsol/periksa/${id}`);
  await page.getByRole('button', { name: 'Terbitkan' }).first().click();
  const dialog = page.getByRole('dialog');
  const live = page.getByText('Konten tayang.').first();
  await dialog.or(live).first().waitFor();
  if (await dialog.isVisible()) {
    await dialog.getByRole('button', { name: 'Terbitkan' }).click();
  }
  await live.waitFor();
}

/** Three taps: Bagikan, (the suggested caption is chosen), WhatsApp. Answers the personal link. */
async function share(asn) {
  const { page } = asn;
  await asn.go('/');
  const card = page.getByRole('article').filter({ hasText: title });
  await card.waitFor();
  await card.getByRole('button', { name: /Bagikan/ }).click();
  await page.screenshot({ path: path.join(out, 'kisah-3-lembar-bagikan-360.png') });
  const leaving = asn.context.waitForEvent('request', (request) =>
    request.url().startsWith('https://wa.me/'),
  );
  const answer = page.waitForResponse((response) => response.url().includes('/shares'));
  await page.getByRole('button', { name: /^WhatsApp/ }).click();
  must((await answer).status() === 201, 'the share was not recorded');
  const text = new URL((await leaving).url()).searchParams.get('text');
  await page.waitForURL(/^https:\/\/wa\.me\//); // the phone hands over to WhatsApp
  must(text.includes('Saya ASN di Dinas Kesehatan'), 'the disclosure is missing');
  return text.match(/http\S+\/s\/\w+/)[0];
}

async function open(server, link, agent, address, method = 'GET') {
  const answer = await fetch(link, {
    method,
    redirect: 'manual',
    headers: { 'user-agent': agent, 'x-forwarded-for': address },
  });
  return answer.status;
}

const phone =
  'Mozilla/5.0 (Linux; Android 13; SM-A235F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';

/** What the report and the board say, read by a program. */
async function figures(leader, asn, agency) {
  const report = await leader(`/api/v1/reports/engagement?agency=${agency}`);
  const board = await asn('/api/v1/leaderboards/people');
  const value = (key) => report.metrics.find((metric) => metric.key === key).value;
  return {
    report,
    people: value('people_reached'),
    machines: value('machine_requests'),
    shares: value('shares'),
    me: board.me?.people_reached ?? 0,
  };
}

export async function story() {
  const server = await startServer();
  const browser = await startBrowser();
  const people = [];
  const meet = async (options) => {
    const one = await person(browser, server, options);
    people.push(one);
    return one;
  };
  try {
    const province = (await landmarks(server)).node['99'];
    const leaderProgram = await program(server, 'pimpinan');
    const asnProgram = await program(server, 'asn3');
    const before = await figures(leaderProgram, asnProgram, province);

    const id = await write(await meet({ local: 'penulis' }));
    await approve(await meet({ local: 'penyetuju', width: 360, height: 740 }), id);
    await approveLast(await meet({ local: 'sekretaris', width: 360, height: 740 }), id);
    await publish(await meet({ local: 'humas' }), id);

    const asn = await meet({ local: 'asn3', width: 360, height: 740 });
    const link = await share(asn);
    must(
      (await open(server, link, 'WhatsApp/2.23.20.0 A', '203.0.113.9')) === 302,
      "WhatsApp's fetcher",
    );
    must((await open(server, link, phone, '203.0.113.8', 'HEAD')) === 302, 'HEAD');
    await asn.page.goto(link); // the sharer's own click, in the browser that is signed in
    await asn.page.getByRole('heading', { name: title }).waitFor();

    const citizen = await meet({ width: 360, height: 740 });
    await citizen.page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.7' }); // not from where the sharer is
    await citizen.page.goto(link);
    await citizen.page.getByRole('heading', { name: title }).waitFor();
    must(
      citizen.page.url().startsWith(`${server.url}/k/`),
      `the citizen lands on ${citizen.page.url()}`,
    );
    await citizen.page.screenshot({
      path: path.join(out, 'kisah-4-halaman-publik-360.png'),
      fullPage: true,
    });
    await citizen.page.goto(link); // again: a repeat

    const after = await until('the click is counted', async () => {
      const now = await figures(leaderProgram, asnProgram, province);
      return now.people > before.people && now;
    });
    must(after.people - before.people === 1, `people reached: ${before.people} → ${after.people}`);
    must(
      after.machines - before.machines === 1,
      `machines: ${before.machines} → ${after.machines}`,
    );
    must(after.shares - before.shares === 1, `shares: ${before.shares} → ${after.shares}`);
    must(after.me - before.me === 1, `the board: ${before.me} → ${after.me}`);

    await asn.go('/peringkat');
    await asn.page.getByText(`${after.me} orang`).first().waitFor();
    await asn.go('/');
    await asn.page
      .getByRole('article')
      .filter({ hasText: title })
      .getByText('terukur')
      .first()
      .waitFor();

    const leader = await meet({ local: 'pimpinan' });
    await leader.go(`/laporan/?agency=${province}`);
    const shown = new Intl.NumberFormat('id-ID').format(after.people);
    await leader.page.getByText(shown, { exact: true }).first().waitFor();
    await leader.page.screenshot({ path: path.join(out, 'kisah-5-laporan.png'), fullPage: true });
    const csv = await leaderProgram(`/api/v1/reports/engagement?agency=${province}&format=csv`, {
      raw: true,
    });
    must(
      csv.includes(`metrik,people_reached,Orang terjangkau,${after.people},`),
      'the CSV says something else',
    );

    await recall(server, await meet({ local: 'humas' }), asn, id, link);
    for (const one of people) must(one.faults.length === 0, one.faults.join('\n'));
    console.log(
      `story: people reached ${before.people} → ${after.people} on screen, in the API and in the CSV`,
    );
  } catch (error) {
    for (const [i, one] of people.entries()) {
      await one.page.screenshot({ path: path.join(out, `gagal-${i}.png`), fullPage: true });
    }
    throw error;
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function recall(server, publisher, asn, id, link) {
  const { page } = publisher;
  await publisher.go(`/konsol/periksa/${id}`);
  await page.getByRole('button', { name: 'Tarik konten' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').first().fill('Jadwal hari Senin keliru.');
  await dialog.getByRole('button', { name: 'Tarik konten' }).click();
  await page.getByText('Konten ditarik.').first().waitFor();
  must((await open(server, link, phone, '203.0.113.7')) === 410, 'the link of a recalled content');
  await asn.go('/');
  await asn.page.getByRole('article').first().waitFor();
  await asn.page.getByRole('article').filter({ hasText: title }).waitFor({ state: 'detached' });
}
