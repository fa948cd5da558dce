// Every screen, at 320, 360 and 1440 px, light and dark: axe (WCAG 2.2 AA and best practice), no
// sideways scroll, and pictures to look at.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { landmarks, must, out, person, program, startServer, startBrowser } from './world.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const sheet = async (page) => {
  await page.getByRole('article').first().getByRole('button', { name: /Bagikan/ }).click();
  await page.getByRole('dialog').waitFor();
};
const pressed = (name) => async (page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};

/** name, who, address, what shows that it is there, what to do first */
const screens = [
  ['masuk', undefined, '/masuk', 'form'],
  ['umpan', 'asn3', '/', 'article'],
  ['umpan-bagikan', 'asn3', '/', 'article', sheet],
  ['konten', 'asn3', '/konten/{live}', 'main h1'],
  ['peringkat', 'asn3', '/peringkat', 'main h1'],
  ['saya', 'asn3', '/saya', 'main h1'],
  ['tidak-ada', 'asn3', '/entah-apa', 'main'],
  ['konsol-antrean', 'humas', '/konsol/', 'main h1'],
  ['konsol-tulis', 'penulis', '/konsol/tulis', 'form'],
  ['konsol-ubah', 'penulis', '/konsol/tulis/{in_review}', 'form'],
  ['konsol-periksa', 'penyetuju', '/konsol/periksa/{in_review}', 'main h1'],
  ['konsol-minta-perbaikan', 'penyetuju', '/konsol/periksa/{in_review}', 'main h1', pressed('Minta perbaikan')],
  ['konsol-terjadwal', 'humas', '/konsol/periksa/{scheduled}', 'main h1', pressed('Ubah jadwal')],
  ['konsol-tarik', 'humas', '/konsol/periksa/{live}', 'main h1', pressed('Tarik konten')],
  ['konsol-ditolak', 'asn3', '/konsol/', 'main'],
  ['laporan', 'pimpinan', '/laporan/?agency={99}', 'main h1'],
  ['laporan-unit-kecil', 'pimpinan', '/laporan/?agency={99.04-DISKOMINFO-03}', 'main h1'],
  ['publik', undefined, '/k/{slug}', 'main h1'],
  ['tautan-salah', undefined, '/s/abcdefghijkl', 'main h1'],
];

async function settle(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'), null, { timeout: 10_000 });
  await page.evaluate(() => document.fonts.ready);
}

export async function check(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(
    (only) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: only } }),
    tags,
  );
  const list = found.violations.map((v) => `${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (sideways > 0) list.push(`${name}: ${sideways}px of sideways scroll`);
  return list;
}

export async function tour() {
  const server = await startServer();
  const browser = await startBrowser();
  const faults = [];
  let visited = 0;
  try {
    const feed = await program(server, 'asn3');
    const at = await landmarks(server);
    const known = { ...at.node, ...at.content, slug: (await feed('/api/v1/feed')).items[0].slug };
    const resolve = (address) => address.replace(/\{([^}]+)\}/, (_, name) => known[name]);
    for (const theme of ['light', 'dark']) {
      for (const [width, height] of [[320, 640], [360, 740], [1440, 900]]) {
        const met = new Map();
        for (const [name, local, address, ready, act] of screens) {
          if (!met.has(local)) met.set(local, await person(browser, server, { width, height, theme, local }));
          const { page } = met.get(local);
          await page.goto(server.url + resolve(address));
          await page.locator(ready).first().waitFor();
          if (act) await act(page);
          await settle(page);
          const label = `${name}-${width}-${theme}`;
          faults.push(...(await check(page, label)));
          // Cards below the fold are only drawn when they come near: a full page would show them blank.
          if (width !== 320) await page.screenshot({ path: path.join(out, `${label}.png`), fullPage: !act && name !== 'umpan' });
          visited++;
        }
        for (const one of met.values()) {
          faults.push(...one.faults);
          await one.context.close();
        }
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  console.log(`screens: ${visited} visits, ${faults.length} faults`);
  must(faults.length === 0, faults.join('\n'));
}
