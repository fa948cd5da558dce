// A newer version comes while a page of the old one stands open: the person takes it when they like, a part that
// is gone says so, and what was typed is there afterwards.
import { readdirSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { leave, must, person, startBrowser, startServer } from './world.mjs';

const files = readdirSync(path.join(import.meta.dirname, '../dist/assets/asn')).filter((name) =>
  /\.(js|css)$/.test(name),
);
const renamed = (name) => name.replace(/\.(js|css)$/, '_n.$1');
const lead = 'Konten resmi yang dapat Anda bagikan.';
const newLead = 'Konten resmi, versi kedua.';

/** The text of a file as another build would have written it: other names, another sentence. */
function rebuilt(text) {
  let next = text.replaceAll(lead, newLead);
  for (const name of files) next = next.replaceAll(name, renamed(name));
  // The page itself changed, which the worker tells by its revision.
  return next.replace(/(index\.html[^}]{0,40}?revision[^}]{0,5}?["'`])([0-9a-f]{12})/, '$1n$2');
}

/** Stands before the server; once `state.next` is set, what it serves is the second build. */
function front(to) {
  const state = { next: false };
  const target = new URL(to);
  const proxy = http.createServer((request, answer) => {
    const name = path.basename(request.url.split('?')[0]);
    const asset = request.url.startsWith('/assets/asn/');
    if (state.next && asset && files.includes(name)) return answer.writeHead(404).end();
    const back = state.next && asset ? request.url.replace(/_n\.(js|css)/, '.$1') : request.url;
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    if (state.next) delete headers['if-none-match'];
    const forward = http.request(
      { host: target.hostname, port: target.port, method: request.method, path: back, headers },
      (got) => {
        const text = /html|javascript|css/.test(got.headers['content-type'] ?? '');
        if (!state.next || !text) {
          answer.writeHead(got.statusCode, got.headers);
          got.pipe(answer);
          return;
        }
        const parts = [];
        got.on('data', (part) => parts.push(part));
        got.once('end', () => {
          const rest = { ...got.headers };
          delete rest['content-length'];
          delete rest.etag;
          answer.writeHead(got.statusCode, rest);
          answer.end(rebuilt(Buffer.concat(parts).toString('utf8')));
        });
      },
    );
    forward.once('error', () => request.socket.destroy());
    request.pipe(forward);
  });
  return new Promise((resolve) =>
    proxy.listen(0, '127.0.0.1', () =>
      resolve({ state, proxy, url: `http://127.0.0.1:${proxy.address().port}` }),
    ),
  );
}

const words = 'Belum selesai saya tulis';

async function typeOwn(page) {
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Tulis dengan kata sendiri').click();
  await dialog.getByLabel('Keterangan Anda').fill(words);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

async function stillTyped(page) {
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  const there = await page.getByLabel('Keterangan Anda').inputValue();
  must(there === words, `after the new version: "${there}"`);
}

export async function update() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    for (const worker of ['allow', 'block']) {
      const { state, proxy, url } = await front(server.url);
      const at = { ...server, url };
      const one = await person(browser, at, {
        width: 360,
        height: 740,
        local: worker === 'allow' ? 'asn3' : 'asn4',
        worker,
      });
      const { page } = one;
      await one.go('/');
      await page.getByText(lead).waitFor();
      await page.getByRole('article').first().waitFor();
      if (worker === 'allow') {
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
        await one.go('/');
        await page.getByRole('article').first().waitFor();
      }
      await typeOwn(page);
      state.next = true;
      if (worker === 'allow')
        await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
      // Without a worker a part that comes late is gone with the old version.
      else await page.getByRole('link', { name: 'Peringkat' }).click();
      await page.getByText('Versi baru tersedia.').waitFor({ timeout: 45_000 }); // all files come anew, beside other browsers
      must((await page.getByText(newLead).count()) === 0, 'the page changed under the hands');
      await page.getByRole('status').getByRole('button', { name: 'Muat ulang' }).click();
      if (worker === 'block') {
        await page.getByRole('heading', { level: 1, name: 'Peringkat' }).waitFor();
        await page.getByRole('navigation').getByRole('link', { name: 'Beranda' }).click();
      }
      await page.getByText(newLead).waitFor({ timeout: 45_000 });
      await page.getByRole('article').first().waitFor();
      await stillTyped(page);
      // The server's own pages are none of the worker's.
      await page.goto(`${url}/keterbukaan`);
      await page.getByText('Apa yang diminta dibagikan oleh ASN').first().waitFor();
      must(one.faults.length === 0, one.faults.join('\n'));
      await leave(one.context);
      proxy.closeAllConnections();
      proxy.close();
      console.log(`update, worker ${worker}: the second version taken, typed words kept`);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}
