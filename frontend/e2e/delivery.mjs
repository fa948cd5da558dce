// A leader finds the menu of the report, has it come by e-mail, gets a sample with its PDF from a mail server of our own,
// and stops it by the link of the letter, without signing in and without scripts.
import path from 'node:path';
import { leave, must, out, person, startBrowser, startServer } from './world.mjs';
import { linkOf, look, peer, until } from './mail.mjs';
import { check } from './look.mjs';

/** The screen as it stands, on a phone and at a desk, light and dark. */
async function seen(one, label) {
  for (const [width, theme] of [
    [360, 'light'],
    [360, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ]) {
    await one.page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await one.page.emulateMedia({ colorScheme: theme });
    const faults = await check(one.page, `${label} ${width} ${theme}`);
    must(faults.length === 0, faults.join('\n'));
    await one.page.screenshot({
      path: path.join(out, `langganan-${label}-${width}-${theme}.png`),
      fullPage: !['menu', 'laporan'].includes(label),
    });
  }
}

export async function delivery() {
  const post = await peer();
  const server = await startServer({
    env: {
      GAUNG_SMTP_URL: `smtp://127.0.0.1:${post.port}`,
      GAUNG_MAIL_FROM: 'Gaung <gaung@nusaarunika.example>',
    },
  });
  const browser = await startBrowser();
  try {
    const leader = await person(browser, server, { local: 'pimpinan' });
    const { page } = leader;
    await leader.go('/laporan/');
    await page.getByRole('button', { name: 'Bagikan dan unduh' }).click();
    await page.getByRole('link', { name: /^PDF/ }).waitFor();
    await seen(leader, 'menu');
    await page.keyboard.press('Escape');
    must(
      await page
        .getByRole('button', { name: 'Bagikan dan unduh' })
        .evaluate((button) => button === document.activeElement),
      'the focus is lost behind the menu',
    );
    await seen(leader, 'laporan');
    await page.getByRole('button', { name: 'Bagikan dan unduh' }).click();
    await page.getByRole('button', { name: /^Salin untuk WhatsApp Teks/ }).click();
    await page.getByRole('button', { name: 'Salin pesan' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Bagikan dan unduh' }).click();
    await page.getByRole('link', { name: /^Kirim berkala/ }).click();
    await page.getByRole('heading', { name: 'Langganan surel' }).waitFor();
    await page.getByText('Belum ada langganan.').waitFor();
    await seen(leader, 'kosong');
    await page.getByRole('radio', { name: /^Bulanan/ }).check();
    await page.getByRole('button', { name: 'Berlangganan' }).click();
    await page.getByText('Bulanan, dengan PDF').waitFor();
    await page.getByText(/^Berikutnya: /).waitFor();
    await page.getByRole('button', { name: /^Kirim contoh sekarang/ }).click();
    await page.getByText('Contoh sedang dikirim. Biasanya sampai dalam satu menit.').waitFor();
    const letter = await until('a sample', () =>
      post.letters.find(({ to }) => to.startsWith('pimpinan@')),
    );
    must(/filename="gaung-\d+-[\d-]+\.pdf"/.test(letter.text), 'no PDF in the letter');
    await page.reload();
    await page.getByText(/^Contoh terkirim/).waitFor();
    await seen(leader, 'satu');
    await page.getByRole('button', { name: /^Ubah langganan/ }).click();
    await page.getByRole('dialog').getByRole('checkbox', { name: /^Excel/ }).check();
    await seen(leader, 'ubah');
    await page.getByRole('button', { name: 'Simpan' }).click();
    await page.getByText('Bulanan, dengan PDF dan Excel').waitFor();

    const link = linkOf(letter);
    must(link.startsWith(`${server.url}/berhenti/laporan/`), link);
    await look(browser, server, link, { label: 'laporan-tanya' });
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const stop = await plain.newPage();
    await stop.goto(link);
    await stop.getByRole('button', { name: 'Hentikan langganan' }).click();
    await stop.getByRole('heading', { name: 'Langganan dihentikan' }).waitFor();
    await plain.close();
    await look(browser, server, link, { label: 'laporan-selesai', done: true });
    await page.reload();
    await page.getByText('Dihentikan melalui tautan di surel.').waitFor();
    await seen(leader, 'berhenti');
    await page.getByRole('button', { name: /^Hapus langganan/ }).click();
    await page.getByText('Belum ada langganan.').waitFor();
    must(leader.faults.length === 0, leader.faults.join('\n'));
    await leave(leader.context);
    console.log('delivery: subscribed, a sample came with its PDF, stopped by its link');
  } catch (error) {
    console.error(
      server.log
        .filter((line) => /mail|report|ERROR|WARN/.test(line))
        .join('')
        .slice(-6000),
      post.letters.length,
    );
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    post.server.close();
  }
}
