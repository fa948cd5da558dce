// A leader finds the menu of the report, has it come by e-mail, gets a sample with its PDF from a mail server of our own,
// and stops it by the link of the letter, without signing in and without scripts.
import path from 'node:path';
import { check } from './look.mjs';
import { linkOf, pressStop, seeStop, withPost } from './post.mjs';
import { leave, must, out, person } from './world.mjs';

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
  await withPost(/mail|report|ERROR|WARN/, async ({ server, browser, letterTo }) => {
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
    const letter = await letterTo('pimpinan');
    must(/filename="gaung-\d+-[\d-]+\.pdf"/.test(letter.text), 'no PDF in the letter');
    await page.reload();
    await page.getByText(/^Contoh terkirim/).waitFor();
    await seen(leader, 'satu');
    await page.getByRole('button', { name: /^Ubah langganan/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('checkbox', { name: /^Excel/ })
      .check();
    await seen(leader, 'ubah');
    await page.getByRole('button', { name: 'Simpan' }).click();
    await page.getByText('Bulanan, dengan PDF dan Excel').waitFor();

    const link = linkOf(letter);
    must(link.startsWith(`${server.url}/berhenti/laporan/`), link);
    await seeStop(browser, server, link, { label: 'laporan-tanya' });
    await pressStop(browser, link, { button: 'Hentikan langganan', done: 'Langganan dihentikan' });
    await seeStop(browser, server, link, { label: 'laporan-selesai', done: true });
    await page.reload();
    await page.getByText('Dihentikan melalui tautan di surel.').waitFor();
    await seen(leader, 'berhenti');
    await page.getByRole('button', { name: /^Hapus langganan/ }).click();
    await page.getByText('Belum ada langganan.').waitFor();
    must(leader.faults.length === 0, leader.faults.join('\n'));
    await leave(leader.context);
    console.log('delivery: subscribed, a sample came with its PDF, stopped by its link');
  });
}
