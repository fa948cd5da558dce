// Twenty acts made without a network, in two tabs of one phone. The browser dies, comes back without a network,
// then with one that swallows answers: the server has each act once, the last word of each content is the last.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import {
  browserArgs,
  browserPath,
  mail,
  must,
  password,
  phoneAgent,
  program,
  startServer,
} from './world.mjs';

/**
 * A network between the phone and the server. `swallow` says which requests reach the server while their answers
 * never come back; `cut` takes all of it away.
 */
function network(to) {
  const state = { cut: false, swallow: () => false, swallowed: 0, writes: [] };
  const target = new URL(to);
  const proxy = http.createServer((request, answer) => {
    if (state.cut) return request.socket.destroy();
    const write = request.method !== 'GET' && request.url.includes('/contents/');
    const key = request.headers['idempotency-key'] ?? '';
    const lost = write && state.swallow(`${request.method} ${request.url} ${key}`);
    const noted = { what: `${request.method} ${request.url}`, key, lost };
    if (write) state.writes.push(noted);
    const forward = http.request(
      {
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (got) => {
        noted.status = got.statusCode;
        if (lost) {
          state.swallowed++;
          got.resume().once('end', () => request.socket.destroy());
          return;
        }
        answer.writeHead(got.statusCode, got.headers);
        got.pipe(answer);
      },
    );
    forward.once('error', () => request.socket.destroy());
    request.pipe(forward);
  });
  return new Promise((resolve) =>
    proxy.listen(0, '127.0.0.1', () => resolve({ state, proxy, port: proxy.address().port })),
  );
}

/** The phone: a browser with a profile that outlives it. */
async function phone(profile, { locks }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    args: browserArgs,
    viewport: { width: 360, height: 740 },
    userAgent: phoneAgent,
    hasTouch: true,
    isMobile: true,
    locale: 'id-ID',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  if (!locks)
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
    );
  return context;
}

/** Dies without a word, as when the system takes its memory. */
function kill(profile) {
  const found = execFileSync('ps', ['-eo', 'pid,args', '-ww'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`--user-data-dir=${profile}`))
    .map((line) => Number(line.trim().split(' ')[0]));
  must(found.length > 0, 'the browser is not there to be killed');
  for (const pid of found)
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with its parent.
    }
}

const card = (page, title) => page.getByRole('article').filter({ hasText: title });

/** The tab that a hand is on: one behind it takes two seconds for each tap. */
const front = (page) => page.bringToFront();

async function share(page, title, network, more) {
  await front(page);
  await card(page, title)
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  const dialog = page.getByRole('dialog');
  const tile = dialog.getByRole('button', { name: new RegExp(`^${network}`) });
  if (!(await tile.count())) await dialog.getByRole('button', { name: /^Lainnya/ }).click();
  await tile.first().click();
  if (more) await dialog.getByRole('button', { name: more }).click();
  await dialog.getByText('Menunggu terkirim').waitFor();
  await dialog.getByRole('button', { name: 'Selesai' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function menu(page, title, ...taps) {
  await front(page);
  await card(page, title)
    .getByRole('button', { name: /Pilihan lain/ })
    .click();
  const dialog = page.getByRole('dialog');
  for (const name of taps) await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

const waiting = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('keyval-store');
        open.onsuccess = () => {
          const get = open.result.transaction('keyval').objectStore('keyval').get('outbox');
          get.onsuccess = () => {
            open.result.close();
            resolve((get.result ?? []).map(({ key, act }) => ({ key, ...act })));
          };
        };
      }),
  );

async function fillIn(page, local) {
  await page.getByLabel('NIP atau surel').fill(mail(local));
  await page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
}

async function signIn(page, url, local) {
  await page.goto(`${url}/`);
  await fillIn(page, local);
  await page.getByRole('article').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload(); // now by the worker
  await page.getByRole('article').first().waitFor();
  // The sheet and its table, as whoever has shared before has them.
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  await page.getByRole('dialog').getByRole('group', { name: 'Bagikan ke' }).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Lainnya|LinkedIn)/ })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
}

/** Somebody comes back from a network, as the tab remembers; then they answer. */
async function cameBack(page, { id, title }, person, answer) {
  await front(page);
  await page.evaluate(
    ([content, title, by]) => {
      const left = { content, title, network: 'whatsapp', at: Date.now() - 60_000, by };
      sessionStorage.setItem('left', JSON.stringify(left));
      dispatchEvent(new Event('pageshow'));
    },
    [id, title, person],
  );
  await page.getByRole('button', { name: answer, exact: true }).click();
}

/** Twenty acts in two tabs; the order within a content matters for some of them. */
async function twenty([one, two], [a, b, c, d, e, f, g, h], person) {
  await share(one, a.title, 'WhatsApp'); // 1
  await share(two, b.title, 'WhatsApp');
  await share(one, a.title, 'Salin teks');
  await share(two, b.title, 'Telegram');
  await share(one, c.title, 'Telegram'); // 5
  await share(two, d.title, 'Threads');
  await share(one, c.title, 'Facebook', /Buka Facebook|Lanjut/);
  await share(two, d.title, 'Surel');
  await menu(one, a.title, 'Simpan untuk nanti');
  await menu(two, b.title, 'Simpan untuk nanti'); // 10
  await menu(one, c.title, 'Simpan untuk nanti');
  await menu(one, c.title, 'Hapus dari simpanan');
  await menu(two, d.title, 'Simpan untuk nanti');
  await menu(one, e.title, 'Lewati');
  await menu(two, f.title, 'Bukan untuk saya', 'Jauh dari pekerjaan saya'); // 15
  await cameBack(one, g, person, 'Ya');
  await cameBack(two, h, person, 'Belum'); // 17: nothing was passed on, so it is taken back
  await menu(one, g.title, 'Simpan untuk nanti');
  await share(one, g.title, 'Telegram');
  await menu(two, h.title, 'Simpan untuk nanti'); // 20
}

const marks = ({ saved, skipped }) => ({ saved, skipped });

async function fly(server, { local, locks, signedOut }) {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'gaung-e2e-phone-'));
  const { state, proxy, port } = await network(server.url);
  const url = `http://127.0.0.1:${port}`;
  const reads = await program(server, local);
  const person = (await reads('/api/v1/me')).id;
  // What is seen of a share, and taken back, is about the last two: nothing was recorded of them before.
  const shared = ({ acts }) => acts.some(({ network: on }) => on === 'whatsapp');
  // The demo has this person keep a content or none, as the day falls.
  const feed = (await reads('/api/v1/feed?limit=10')).items
    .filter(({ saved }) => !saved)
    .slice(0, 8);
  const fresh = feed.filter((item) => !shared(item)).slice(-2);
  must(fresh.length === 2, 'everything was shared before');
  const items = [...feed.filter((item) => !fresh.includes(item)), ...fresh];
  must(items.length === 8, `only ${items.length} contents`);
  const [, , , , , , g, h] = items;
  for (const { id } of [g, h])
    await reads(`/api/v1/contents/${id}/shares`, { method: 'POST', body: { channel: 'whatsapp' } });
  const actsOf = async () => {
    const all = await Promise.all(items.map(({ id }) => reads(`/api/v1/feed/${id}`)));
    return all.flatMap(({ id, acts }) =>
      acts.map((act) => `${items.findIndex((item) => item.id === id)} ${act.kind} ${act.network}`),
    );
  };
  const before = await actsOf();
  let context = await phone(profile, { locks });
  try {
    const one = context.pages()[0];
    await signIn(one, url, local);
    const two = await context.newPage();
    await two.goto(`${url}/`);
    await two.getByRole('article').first().waitFor();
    state.cut = true;
    await context.setOffline(true);
    await twenty([one, two], items, person);
    let kept = await waiting(one);
    for (let i = 0; kept.length < 20 && i < 20; i++) {
      await one.waitForTimeout(100);
      kept = await waiting(one);
    }
    const list = kept.map(({ kind, content, network, body, mark, on }) =>
      [kind, content, network ?? body?.channel ?? mark, on].join(' '),
    );
    must(kept.length === 20, `${kept.length} acts wait instead of twenty: ${list.join(', ')}`);
    must(new Set(kept.map(({ key }) => key)).size === 20, 'two acts have one key');
    must(state.writes.length === 0, 'something was sent without a network');
    const cookies = await context.cookies();
    const gone = new Promise((resolve) => context.once('close', resolve));
    kill(profile);
    await gone;

    context = await phone(profile, { locks });
    await context.setOffline(true);
    // A browser writes its cookies to the disk twice a minute: whether the session outlives it is chance.
    if (signedOut) await context.clearCookies();
    else await context.addCookies(cookies);
    const again = [context.pages()[0], await context.newPage()];
    for (const page of again) {
      await page.goto(`${url}/`);
      await page.getByRole('article').first().waitFor();
      await page.getByText('menunggu terkirim').first().waitFor();
    }
    must((await waiting(again[0])).length === 20, 'the killed browser forgot acts');

    // Every third request arrives and is never answered, the first time.
    const met = new Set();
    let n = 0;
    state.swallow = (what) => !met.has(what) && met.add(what) && n++ % 3 === 0;
    state.cut = false;
    await context.setOffline(false);
    if (signedOut) {
      for (const page of again) await page.getByText('Sesi Anda telah berakhir.').waitFor();
      await fillIn(again[1], local); // once, for both tabs
      for (const page of again)
        await page.getByText('Sesi Anda telah berakhir.').waitFor({ state: 'detached' });
    }
    for (let i = 0; (await waiting(again[0])).length > 0; i++) {
      must(i < 120, `${(await waiting(again[0])).length} acts never left`);
      await again[i % 2].evaluate(() => dispatchEvent(new Event('online')));
      await again[0].waitForTimeout(500);
    }
    must(state.swallowed > 4, `only ${state.swallowed} answers were lost`);
    await judge({ reads, items, before, actsOf, state });
    return state;
  } finally {
    await context.close().catch(() => {});
    proxy.closeAllConnections();
    proxy.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the server has now. */
async function judge({ reads, items, before, actsOf, state }) {
  const came = (await actsOf()).filter((act) => !before.includes(act)).sort();
  const made = [
    ['0 share whatsapp', '0 share copy', '1 share whatsapp', '1 share telegram'],
    ['2 share telegram', '2 share facebook', '3 share threads', '3 share email'],
    ['6 share telegram'],
  ].flat();
  const wanted = made.filter((act) => !before.includes(act)).sort();
  must(came.join() === wanted.join(), `on the server: ${came}; wanted: ${wanted}`);
  const now = await Promise.all(items.map(({ id }) => reads(`/api/v1/feed/${id}`)));
  const saved = now.map((item) => item.saved);
  must([0, 1, 3, 6, 7].every((i) => saved[i]) && !saved[2], `kept for later: ${saved}`);
  must(now[4].skipped && now[5].skipped, `put aside: ${now.map(marks).map((m) => m.skipped)}`);
  const told = now[6].acts.find((act) => act.network === 'whatsapp' && act.kind === 'share');
  must(told.grade === 'C', `what the device saw: grade ${told.grade}`);
  must(
    !now[7].acts.some((act) => act.network === 'whatsapp' && act.kind === 'share'),
    'what was taken back is there',
  );
  // Each of the twenty in its turn: an answered one is never sent again, and a content keeps its order.
  const answered = state.writes.filter(({ lost, status }) => !lost && status !== 401);
  must(answered.length === 20, `${answered.length} requests were answered`);
  const keys = answered.map(({ key }) => key).filter(Boolean);
  must(new Set(keys).size === keys.length, 'a key was answered twice');
  const third = answered.filter(({ what }) => what.includes(`/contents/${items[2].id}/`));
  must(
    third.map(({ what }) => what.split('/').at(-1)).join() === 'shares,shares,save,save' &&
      third.at(-1).what.startsWith('DELETE'),
    `the order within a content: ${third.map(({ what }) => what)}`,
  );
}

export async function airplane() {
  const server = await startServer();
  try {
    for (const way of [
      { local: 'asn6', locks: true, signedOut: true },
      { local: 'asn7', locks: false, signedOut: false },
    ]) {
      const { writes, swallowed } = await fly(server, way);
      console.log(
        `airplane, locks ${way.locks}, signed out ${way.signedOut}: 20 acts in two tabs, killed, ${writes.length} requests, ${swallowed} answers lost, each act once`,
      );
    }
  } finally {
    await server.stop();
  }
}
