// The way into a fresh production server: first administrator from the shell, forced change,
// authenticator app, recovery codes, sessions.
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { check } from './look.mjs';
import { must, out, person, startBrowser, startServer } from './world.mjs';

const mail = 'admin@uji.example';
const own = 'perahu tua melewati kabut';

/** RFC 6238 with SHA-1, six digits, half a minute. */
function codeOf(secret, step) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(' ', '')]
    .map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, '0');
}

const now = () => Math.floor(Date.now() / 30_000);

async function begin({ page }, server, password, at = '/masuk') {
  await page.goto(server.url + at);
  await page.getByLabel('NIP atau surel').fill(mail);
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
}

/** A newcomer is offered the introduction, and leaves it for later. */
async function toFeed(page) {
  await page.getByRole('heading', { name: 'Data Anda di sini' }).waitFor();
  await page.getByRole('link', { name: 'Nanti saja' }).click();
  await page.getByRole('heading', { name: 'Beranda' }).waitFor();
}

export async function signin() {
  const server = await startServer({
    demo: false,
    env: { GAUNG_ENV: 'production', GAUNG_ALLOW_EMBEDDED: 'yes' },
    first: (command) =>
      command(
        'admin',
        '--email',
        mail,
        '--name',
        'Ratna Uji',
        '--agency',
        '99',
        '--agency-name',
        'Provinsi Uji',
        '--zone',
        'Asia/Makassar',
      ),
  });
  const first = /first password: (\S+)/.exec(server.before)[1];
  const browser = await startBrowser();
  const faults = [];
  const look = async (me, name) => {
    await me.page.waitForLoadState('networkidle');
    faults.push(...(await check(me.page, name)));
    await me.page.screenshot({ path: path.join(out, `signin-${name}.png`), fullPage: true });
  };
  try {
    const me = await person(browser, server, { width: 360, height: 740 });
    const { page } = me;

    // A typing mistake keeps what was typed.
    await begin(me, server, 'bukan ini');
    await page.getByRole('alert').waitFor();
    must(
      (await page.getByLabel('NIP atau surel').inputValue()) === mail,
      'the form forgot who signs in',
    );

    await begin(me, server, first);
    await page.getByRole('heading', { name: 'Buat kata sandi Anda sendiri' }).waitFor();
    await look(me, 'ganti-360');
    const blocked = await page.evaluate(async () => {
      const answer = await fetch('/api/v1/feed');
      return [answer.status, (await answer.json()).field];
    });
    must(blocked.join() === '403,change_password', `the feed while pending: ${blocked}`);
    await page.getByLabel('Kata sandi awal').fill(first);
    await page.getByLabel('Kata sandi baru').fill('indonesia2026');
    await page.getByRole('button', { name: 'Ganti kata sandi' }).click();
    await page.getByRole('alert').getByText('mudah ditebak').waitFor();
    await page.getByLabel('Kata sandi baru').fill(own);
    await page.getByRole('button', { name: 'Ganti kata sandi' }).click();

    await page.getByRole('heading', { name: 'Daftarkan aplikasi autentikator' }).waitFor();
    await page.getByRole('img', { name: 'Kode QR' }).waitFor();
    await look(me, 'autentikator-360');
    const secret = await page.locator('p.font-mono').innerText();
    await page.getByLabel('Kode autentikator').fill('000000');
    await page.getByRole('button', { name: 'Periksa dan aktifkan' }).click();
    await page.getByRole('alert').getByText('Kode tidak cocok').waitFor();
    const enrolled = now();
    await page.getByLabel('Kode autentikator').fill(codeOf(secret, enrolled));
    await page.getByRole('button', { name: 'Periksa dan aktifkan' }).click();
    await page.getByRole('heading', { name: 'Simpan kode pemulihan' }).waitFor();
    await look(me, 'pemulihan-360');
    const codes = await page.locator('li.font-mono').allInnerTexts();
    must(codes.length === 10, `${codes.length} recovery codes`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Unduh' }).click();
    must((await download).suggestedFilename().endsWith('.txt'), 'no file of recovery codes');
    await page.getByRole('button', { name: 'Sudah saya simpan' }).click();
    await toFeed(page);

    // Out, and in again with the code of the next half minute.
    await page.goto(`${server.url}/saya`);
    await page.getByText('Kode pemulihan tersisa: 10').waitFor();
    await look(me, 'akun-360');
    await page.getByRole('button', { name: 'Keluar' }).click();
    await page.waitForURL('**/masuk');
    await begin(me, server, own);
    await page.getByLabel('Kode autentikator').waitFor();
    await look(me, 'kode-360');
    await page.getByLabel('Kode autentikator').fill(codeOf(secret, enrolled)); // was used
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await page.getByRole('alert').getByText('sudah dipakai').waitFor();
    await page.getByLabel('Kode autentikator').fill(codeOf(secret, enrolled + 1));
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await toFeed(page);

    // A second device, with a recovery code, at the desk; then it is ended from the phone.
    const desk = await person(browser, server, { theme: 'dark' });
    await begin(desk, server, own, '/konsol/');
    await desk.page.getByRole('button', { name: 'Pakai kode pemulihan' }).click();
    await desk.page.getByLabel('Kode pemulihan').fill(codes[0]);
    await look(desk, 'pemulihan-1440-dark');
    await desk.page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await desk.page.getByText('Tersisa 9 kode').waitFor();
    await desk.page.locator('summary').last().click();
    await desk.page.getByRole('button', { name: 'Akun dan keamanan' }).click();
    await desk.page.getByText('Perangkat ini').waitFor();
    await look(desk, 'keamanan-1440-dark');

    await page.goto(`${server.url}/saya`);
    await page.getByRole('button', { name: 'Akhiri Chrome di Linux' }).click();
    await page.getByText('Sesi telah diakhiri').waitFor();
    const status = await desk.page.evaluate(async () => (await fetch('/api/v1/me')).status);
    must(status === 401, `the ended session goes on: ${status}`);
    await page.reload();
    await page.getByText('Tidak ada perangkat lain').waitFor();
    faults.push(...me.faults, ...desk.faults);
  } finally {
    await browser.close();
    await server.stop();
  }
  must(faults.length === 0, faults.join('\n'));
}
