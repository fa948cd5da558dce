// The operator brings a staff list in: faults by line, a mended file, its plan, and first passwords for
// those who came.
import path from 'node:path';
import { check } from './look.mjs';
import { must, out, person, startBrowser, startServer } from './world.mjs';

const unit = '99-DISKOMINFO-03';
const csv = (rows) => Buffer.from(['NIP;Nama Lengkap;Kode Unit;Jabatan', ...rows].join('\r\n'));
const good = [
  `198703142011012951;Ayu Uji Pertama;${unit};Pranata Komputer`,
  `'1990 0512 2015 03 1 952;Bagas Uji Kedua, S.Kom.;${unit};Pranata Komputer`,
  `199506172023212953;Sukinah;${unit};Arsiparis`,
];
const bad = [
  `1.98703E+17;Citra Uji;${unit};Arsiparis`,
  `198713142011012954;Dewi Uji;${unit};Arsiparis`,
  `198801302024211955;;TIDAK-ADA;Arsiparis`,
];

async function upload(page, name, rows) {
  await page
    .getByLabel('Berkas daftar pegawai')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: csv(rows) });
  await page.getByRole('button', { name: 'Unggah dan lanjutkan' }).click();
  await page.getByRole('button', { name: 'Periksa berkas' }).click();
}

export async function roster() {
  const server = await startServer();
  const browser = await startBrowser();
  const faults = [];
  try {
    const operator = await person(browser, server, { local: 'operator' });
    const { page } = operator;
    const look = async (name) => {
      await page.waitForLoadState('networkidle');
      faults.push(...(await check(page, name)));
      await page.screenshot({ path: path.join(out, `roster-${name}.png`) });
    };
    await operator.go('/konsol/orang');
    await page.getByRole('link', { name: 'Impor daftar pegawai' }).click();
    await look('berkas');
    await upload(page, 'pegawai.csv', [...good, ...bad]);
    await page.getByText(/kesalahan ditemukan/).waitFor();
    await page.reload(); // the work goes on where it was
    await page.getByText(/kesalahan ditemukan/).waitFor();
    for (const line of ['5', '6', '7']) {
      await page
        .getByRole('row')
        .filter({ hasText: new RegExp(`^\\s*${line}\\D`) })
        .first()
        .waitFor();
    }
    const text = await page.locator('main').innerText();
    must(
      text.includes('Excel') && !text.includes('198713142011012954'),
      'the faults do not name Excel, or show a number',
    );
    await look('kesalahan');

    await page.goto(`${server.url}/konsol/orang/impor`);
    await upload(page, 'pegawai-baik.csv', good);
    await page.getByText('3 orang bergabung').waitFor();
    await look('rencana');
    await page.getByRole('button', { name: 'Terapkan' }).click();
    await page.getByText('Daftar pegawai sudah diterapkan').waitFor();
    await look('selesai');

    await operator.go('/konsol/orang');
    await page.getByRole('button', { name: 'Kata sandi awal' }).click();
    await page.getByRole('button', { name: 'Buat kata sandi awal' }).click();
    await page.getByText('3 kata sandi telah dibuat.').waitFor();
    await page.getByText('953').first().waitFor(); // the letters tell namesakes apart
    await look('kata-sandi');
    await page.evaluate(() => (window.print = () => {}));
    await page.getByRole('button', { name: 'Cetak surat' }).click();
    await page.pdf({ path: path.join(out, 'roster-surat.pdf'), format: 'A4' });
    const seen =
      page.url() +
      (await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map((entry) => entry.name)
          .join(' '),
      ));
    must(!/19870314|1990 ?0512|19950617/.test(seen), 'an employee number is in an address');
    must(
      faults.length === 0 && operator.faults.length === 0,
      [...faults, ...operator.faults].join('\n'),
    );
    console.log('roster: 3 faults by line, 3 people in, 3 first passwords');
  } finally {
    await browser.close();
    await server.stop();
  }
}
