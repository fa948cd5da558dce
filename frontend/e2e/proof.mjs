// Proof without screenshots: the address of a post is pasted and looked at (by a server that stands in for the
// internet), another app shares one in, by POST with a worker and without and by GET, also offline; an objection
// passes through all its states; a screenshot is cut and covered, reviewed and accepted.
import http from 'node:http';
import path from 'node:path';
import { check } from './look.mjs';
import { leave, must, out, person, program, startBrowser, startServer, until } from './world.mjs';

/** Pages by host and path, as other networks would answer. */
function fakeWeb() {
  const pages = new Map();
  const asked = [];
  const server = http.createServer((request, answer) => {
    const where = request.headers.host + request.url.split('?')[0];
    asked.push(where);
    const page = pages.get(where);
    answer.writeHead(page ? 200 : 404, { 'content-type': 'text/html' });
    answer.end(page ?? '');
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({ pages, asked, server, port: server.address().port }),
    ),
  );
}

const causeOf = async (reads, content) =>
  (await reads('/api/v1/me/acts?limit=200')).items.find((act) => act.content_id === content.id);

export async function proof() {
  const web = await fakeWeb();
  const server = await startServer({
    env: { GAUNG_RATE_FACTOR: '0', GAUNG_TRIAL_WEB: `127.0.0.1:${web.port}` },
  });
  const browser = await startBrowser();
  const people = [];
  const met = async (local, more = {}) => {
    const one = await person(browser, server, { width: 360, height: 740, local, ...more });
    people.push(one);
    return one;
  };
  try {
    const reads = await program(server, 'asn5');
    const humas = await program(server, 'humas');
    const desk = (await humas('/api/v1/contents?state=live&limit=100')).items
      .filter(({ actions }) => actions.includes('recall'))
      .map(({ id }) => id);
    const mine = new Set(
      (await reads('/api/v1/me/acts?limit=200')).items.map((act) => act.content_id),
    );
    const free = (await reads('/api/v1/feed?limit=50')).items.filter(
      ({ id }) => desk.includes(id) && !mine.has(id),
    );
    must(free.length >= 4, `${free.length} contents are free to share`);
    const shareOn = (item, channel) =>
      reads(`/api/v1/contents/${item.id}/shares`, { method: 'POST', body: { channel } });
    const made = await shareOn(free[0], 'telegram');
    await shareOn(free[1], 'x');
    await shareOn(free[2], 'instagram');
    await shareOn(free[3], 'facebook');

    // 1. Paste, and see it checked.
    web.pages.set('t.me/kabar_e2e/7', `<p>Baca <a href="${made.url}">ini</a></p>`);
    const me = await met('asn5');
    await me.go('/dampak/tindakan');
    const card = (item) =>
      me.page
        .locator('[data-act]')
        .filter({ has: me.page.getByRole('link', { name: item.title }) });
    await card(free[0])
      .getByRole('button', { name: /^Tempel tautan/ })
      .click();
    const sheet = me.page.getByRole('dialog');
    await sheet.getByLabel('Tautan unggahan').fill('https://t.me/kabar_e2e');
    await sheet.getByRole('button', { name: 'Periksa tautan' }).click();
    await sheet.getByText('Ini alamat profil, bukan unggahan').first().waitFor();
    await sheet
      .getByLabel('Tautan unggahan')
      .fill('https://telegram.me/kabar_e2e/7?single&utm_source=x');
    await sheet.getByRole('button', { name: 'Periksa tautan' }).click();
    await me.page.getByText('Tautan diterima dan sedang diperiksa.').waitFor();
    await until('the post was looked at', async () => {
      const act = await causeOf(reads, free[0]);
      return act.grade === 'C' && act.status.cause === 'address_checked';
    });
    await me.page.reload();
    await card(free[0]).getByText('tautan diperiksa; menjadi A bila akun ditautkan').waitFor();
    must(
      !server.log.join('').includes('kabar_e2e') && !me.page.url().includes('kabar'),
      'an address of a post is in the log or in an address',
    );

    // 2. Another app shares one in: offline through the worker; then signed out, by GET and without a worker.
    const away = await met('asn5', { worker: 'allow' });
    await away.go('/dampak/tindakan');
    await away.page.locator('[data-act]').first().waitFor();
    await away.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await away.go('/bagikan-masuk');
    await away.page.getByRole('radio').nth(1).waitFor();
    await away.page.waitForTimeout(1500);
    await away.context.setOffline(true);
    await away.page.evaluate(() => {
      const form = document.createElement('form');
      form.method = 'POST';
      form.action = '/bagikan-masuk';
      form.innerHTML =
        '<input name="text" value="Kabar https://facebook.com/e2e/posts/100200300 (baru)">';
      document.body.append(form);
      form.submit();
    });
    await away.page.getByLabel('Tautan yang diterima').waitFor();
    must(
      (await away.page.getByLabel('Tautan yang diterima').inputValue()) ===
        'https://facebook.com/e2e/posts/100200300',
      'the address was not found in the text',
    );
    must(
      away.page.url() === `${server.url}/bagikan-masuk`,
      `it stands in the address: ${away.page.url()}`,
    );
    await away.page.getByRole('radio', { name: new RegExp(free[3].title.slice(0, 20)) }).check();
    await away.page.getByRole('button', { name: 'Kirim sebagai bukti' }).click();
    await away.page.getByText('disimpan di perangkat ini').waitFor();
    await away.context.setOffline(false);
    await until('what waited was sent', async () => (await causeOf(reads, free[3])).claim);

    const stranger = await met(undefined);
    web.pages.set('publish.x.com/oembed', '{}');
    await stranger.page.goto(
      `${server.url}/bagikan-masuk?url=https%3A%2F%2Fx.com%2Fe2e%2Fstatus%2F1860000000000000777`,
    );
    await stranger.page.getByLabel('NIP atau surel').waitFor();
    must(!stranger.page.url().includes('x.com'), `signing in shows it: ${stranger.page.url()}`);
    await stranger.page.getByLabel('NIP atau surel').fill('asn5@nusaarunika.example');
    await stranger.page.getByLabel('Kata sandi', { exact: true }).fill('gaung-demo-2026');
    await stranger.page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await stranger.page.getByLabel('Tautan yang diterima').waitFor();
    must(
      (await stranger.page.getByLabel('Tautan yang diterima').inputValue()).endsWith('777'),
      'signing in lost what was shared',
    );
    const seen = await check(stranger.page, 'bagikan-masuk');
    await stranger.page.evaluate(() => {
      const form = document.createElement('form');
      form.method = 'POST';
      form.action = '/bagikan-masuk';
      form.innerHTML = '<input name="url" value="https://x.com/e2e/status/1860000000000000778">';
      document.body.append(form);
      form.submit();
    });
    await until('the server led on', async () =>
      (
        await stranger.page
          .getByLabel('Tautan yang diterima')
          .inputValue()
          .catch(() => '')
      ).endsWith('778'),
    );

    // 3. An objection: nothing is chosen beforehand; sent, read again, taken back, sent anew, looked at, rejected,
    // brought above, granted.
    await me.go('/dampak/tindakan');
    await card(free[1])
      .getByRole('button', { name: /^Ajukan keberatan/ })
      .click();
    await sheet.getByLabel('Penjelasan').fill('Akun saya tertutup.');
    must((await sheet.getByRole('radio', { checked: true }).count()) === 0, 'a reason was chosen');
    await sheet.getByRole('button', { name: 'Kirim keberatan' }).click();
    await sheet.getByText('Pilih pokok keberatan Anda.').first().waitFor();
    await sheet.getByRole('radio', { name: 'Sudah saya bagikan, belum tercatat' }).check();
    await sheet.getByRole('button', { name: 'Kirim keberatan' }).click();
    const waiting = card(free[1]).getByText('sudah kami terima dan belum dijawab');
    await waiting.waitFor();
    await card(free[1])
      .getByRole('button', { name: /^Lihat keberatan saya/ })
      .click();
    await sheet.getByText('Akun saya tertutup.').waitFor();
    await sheet.getByRole('button', { name: 'Tarik keberatan' }).click();
    await card(free[1]).getByText('Keberatan sudah Anda tarik.').waitFor();
    await card(free[1])
      .getByRole('button', { name: /^Ajukan keberatan/ })
      .click();
    await sheet.getByRole('radio', { name: 'Sudah saya bagikan, belum tercatat' }).check();
    await sheet.getByLabel('Penjelasan').fill('Akun saya tertutup.');
    await sheet.getByRole('button', { name: 'Kirim keberatan' }).click();
    await waiting.waitFor();
    const office = await met('humas', { width: 1440, height: 900 });
    await office.go('/konsol/bukti');
    await office.page.getByRole('button', { name: /^Keberatan/ }).click();
    // Others may have objected to the same content: the row of this person's unit.
    const row = office.page
      .locator('[data-row]')
      .filter({ hasText: free[1].title })
      .filter({ hasText: 'Bidang Pembinaan SMA' });
    await row.getByRole('button').click();
    await office.page.getByRole('button', { name: 'Mulai periksa' }).click();
    await until(
      'it is looked at',
      async () => (await causeOf(reads, free[1])).status.reason === 'examined',
    );
    await row.getByText('Diperiksa').waitFor();
    await row.getByRole('button').click();
    const reply = office.page.getByRole('dialog');
    await reply.getByRole('button', { name: 'Tolak', exact: true }).click();
    await reply.getByText('Tulis alasan penolakan').first().waitFor();
    await reply.getByLabel('Jawaban untuk pengirim').fill('Belum ada jejaknya.');
    await reply.getByRole('button', { name: 'Tolak', exact: true }).click();
    await reply.waitFor({ state: 'detached' });
    await me.page.reload();
    await card(free[1]).getByText('Jawaban: Belum ada jejaknya.').waitFor();
    await card(free[1])
      .getByRole('button', { name: /^Ajukan banding/ })
      .click();
    await sheet.getByLabel('Mengapa jawaban itu belum tepat?').fill('Mohon dilihat lagi.');
    await sheet.getByRole('button', { name: 'Kirim banding' }).click();
    await waiting.waitFor();
    must(
      (await causeOf(reads, free[1])).objection.round === 2,
      'the appeal did not begin a second round',
    );

    // 4. A screenshot: covered before it leaves the phone, accepted by a reviewer.
    await card(free[2])
      .getByRole('button', { name: /^Kirim tangkapan layar/ })
      .click();
    const picture = await me.page.screenshot();
    await sheet
      .locator('input[type=file]')
      .setInputFiles({ name: 'layar.png', mimeType: 'image/png', buffer: picture });
    const canvas = sheet.locator('canvas');
    const box = await canvas.boundingBox();
    await me.page.mouse.move(box.x + 10, box.y + 10);
    await me.page.mouse.down();
    await me.page.mouse.move(box.x + box.width / 2, box.y + box.height / 3, { steps: 4 });
    await me.page.mouse.up();
    const dark = await canvas.evaluate((c) => {
      const { data } = c
        .getContext('2d')
        .getImageData(Math.round(c.width / 4), Math.round(c.height / 6), 1, 1);
      return data[0] + data[1] + data[2];
    });
    must(dark === 0, `what was covered is still there: ${dark}`);
    await me.page.screenshot({ path: path.join(out, 'tangkapan-layar.png') });
    await sheet.getByRole('button', { name: 'Kirim ke peninjau' }).click();
    await sheet.getByText('Periksa gambarnya, lalu centang ini.').first().waitFor();
    await sheet.getByLabel('Sudah saya periksa').check();
    await sheet.getByRole('button', { name: 'Kirim ke peninjau' }).click();
    await card(free[2]).getByText('Tangkapan layar menunggu peninjau').waitFor();
    await office.go('/konsol/bukti');
    const shot = office.page.locator('[data-row]').filter({ hasText: free[2].title });
    await shot.getByRole('button').click();
    await office.page.getByRole('img', { name: 'Tangkapan layar yang dikirim' }).waitFor();
    seen.push(...(await check(office.page, 'bukti-tinjau')));
    must(seen.length === 0, seen.join('\n'));
    await office.page.keyboard.press('s');
    await until('one reviewer, or for one in ten two, accepted it', async () => {
      const act = await causeOf(reads, free[2]);
      return act.grade === 'C' || act.status.cause === 'screenshot_in_review';
    });
    must(
      people.every((one) => one.faults.length === 0),
      people.flatMap((one) => one.faults).join('\n'),
    );
  } finally {
    for (const one of people) await leave(one.context).catch(() => {});
    await browser.close().catch(() => {});
    await server.stop();
    web.server.close();
  }
}
