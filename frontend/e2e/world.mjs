// The built binary on a fresh demo world, and a real Chromium. Everything that a page does outside the
// product's own address, or against its own policy, is a fault of the run.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
/** A machine's run (E2E_SIZE=short): smaller measurings, no pictures, each screen only where it is at home. */
export const short = process.env.E2E_SIZE === 'short';
export const out = path.join(import.meta.dirname, 'out');
export const password = 'gaung-demo-2026';
export const mail = (local) => `${local}@nusaarunika.example`;

export const phoneAgent =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** PostgreSQL's own account must pass, or the database would lie elsewhere, one for all copies. */
function folder() {
  const made = mkdtempSync(path.join(os.tmpdir(), 'gaung-e2e-'));
  chmodSync(made, 0o755);
  return made;
}

let filled;
/** The demo world is made once; each server gets a copy of its data folder. */
const world = () => (filled ??= fill());

async function fill() {
  const data = folder();
  process.once('exit', () => rmSync(data, { recursive: true, force: true }));
  const binary = path.join(root, 'bin/gaung');
  const env = { ...process.env, DATABASE_URL: '', GAUNG_DATA_DIR: data };
  const made = spawnSync(binary, ['demo'], { cwd: root, env, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no demo world:\n${made.stdout}${made.stderr}`);
  await settle(binary, env);
  return data;
}

/** Works off what follows from the demo (pictures, notices, a season that closes), or each copy would. */
async function settle(binary, env) {
  const [web, metrics] = [await freePort(), await freePort()].map((port) => `127.0.0.1:${port}`);
  const child = spawn(binary, ['serve', '--demo'], {
    cwd: root,
    env: {
      ...env,
      GAUNG_ADDR: web,
      GAUNG_PUBLIC_URL: `http://${web}`,
      GAUNG_METRICS_ADDR: metrics,
    },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let i = 0, quiet = 0; quiet < 3; i++) {
    if (child.exitCode !== null || i > 120) throw new Error('the demo world does not come to rest');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const told = await fetch(`http://${metrics}/metrics`).catch(() => undefined);
    const text = (await told?.text()) ?? 'state="running"';
    quiet = /gaung_jobs\{.*state="(available|running|retryable)"/.test(text) ? 0 : quiet + 1;
  }
  child.kill('SIGTERM');
  await ended;
}

/**
 * Starts the binary with its private PostgreSQL in a folder of its own. `first` may run commands on it
 * before; what it gives is `before`.
 */
export async function startServer({ demo = true, env: more = {}, first } = {}) {
  const data = folder();
  if (demo && spawnSync('cp', ['-a', `${await world()}/.`, data]).status !== 0)
    throw new Error('no copy of the world');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = [];
  const env = {
    ...process.env,
    DATABASE_URL: '',
    GAUNG_DATA_DIR: data,
    GAUNG_ADDR: `127.0.0.1:${port}`,
    GAUNG_PUBLIC_URL: url,
    GAUNG_TRUSTED_PROXIES: '127.0.0.1',
    ...more,
  };
  const binary = path.join(root, 'bin/gaung');
  const command = (...args) => execFileSync(binary, args, { cwd: root, env, encoding: 'utf8' });
  const before = await first?.(command);
  let child;
  const launch = async () => {
    child = spawn(binary, ['serve', ...(demo ? ['--demo'] : [])], { cwd: root, env });
    child.stdout.on('data', (text) => log.push(String(text)));
    child.stderr.on('data', (text) => log.push(String(text)));
    for (let i = 0; ; i++) {
      const ready = await fetch(`${url}/readyz`).catch(() => undefined);
      if (ready?.ok) break;
      if (child.exitCode !== null || i > 600) throw new Error(`no server:\n${log.join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await launch();
  /** Dies without a word, as when the power fails; `again` starts it on the same folder and port. */
  const kill = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    });
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', () => {
        rmSync(data, { recursive: true, force: true });
        resolve();
      });
      child.kill('SIGTERM');
    });
  /** Starts it again; what is said of its environment changes from then on. */
  const again = (changed = {}) => launch(Object.assign(env, changed));
  return { url, stop, kill, again, log, before };
}

export const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const startBrowser = () =>
  chromium.launch({ executablePath: browserPath, args: browserArgs });

/** A person with a browser of their own. Faults collect what no page may do. */
export async function person(
  browser,
  server,
  {
    width = 1440,
    height = 900,
    theme = 'light',
    lang = 'id',
    large = false,
    local,
    worker = 'block',
    leaves = ['wa.me'],
  } = {},
) {
  const phone = width < 600;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: 'id-ID',
    hasTouch: phone,
    isMobile: phone,
    userAgent: phone ? phoneAgent : undefined,
    serviceWorkers: worker,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const faults = [];
  if (lang !== 'id') {
    await context.addInitScript((to) => {
      if (location.protocol !== 'about:') localStorage.setItem('lang', to);
    }, lang);
  }
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on('request', (request) => {
    const to = new URL(request.url());
    if (
      /^https?:$/.test(to.protocol) &&
      to.origin !== server.url &&
      !leaves.includes(to.hostname)
    ) {
      faults.push(`request to ${to.origin}`);
    }
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && /policy:|Uncaught/.test(message.text()))
      faults.push(message.text());
  });
  context.on('weberror', (error) => faults.push(String(error.error())));
  // The outside world: a network's page is where the person leaves us.
  for (const host of leaves) {
    await context.route(`https://${host}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<title>${host}</title>` }),
    );
  }
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const take = page.screenshot.bind(page);
  if (short) page.screenshot = async (how) => (how?.path ? undefined : take(how)); // nobody looks at them
  const devtools = large ? await context.newCDPSession(page) : undefined;
  /** As somebody has set it in the browser: twice the usual size of text. A new page forgets it. */
  const enlarge = async () =>
    devtools?.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  const me = { page, context, faults, enlarge, go: (to) => page.goto(server.url + to) };
  if (local && lang === 'id') await signIn(me, server, local);
  // The form is filled in Indonesian only; in English the session is simply there.
  else if (local)
    await context.request.post(`${server.url}/api/v1/auth/login`, {
      data: { identifier: mail(local), password },
    });
  await enlarge();
  return me;
}

/** Signs in through the form, as a person does. */
export async function signIn(me, server, local, at = '/masuk') {
  await me.page.goto(server.url + at);
  await me.page.getByLabel('NIP atau surel').fill(mail(local));
  await me.page.getByLabel('Kata sandi', { exact: true }).fill(password);
  await me.page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await me.page.getByLabel('Kata sandi', { exact: true }).waitFor({ state: 'detached' });
}

/** A program's view: bearer token and JSON. */
export async function program(server, local) {
  const answer = await fetch(`${server.url}/api/v1/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: mail(local), password }),
  });
  const { access_token: token } = await answer.json();
  return async (to, { method = 'GET', body, raw } = {}) => {
    const got = await fetch(server.url + to, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    return raw ? got.text() : got.json();
  };
}

/** The numbers by which a tour finds its way: nodes by code, one content of each state. */
export async function landmarks(server) {
  const admin = await program(server, 'admin');
  const at = { node: {}, content: {} };
  for (let after = ''; ;) {
    const list = await admin(`/api/v1/agencies?limit=100&after=${encodeURIComponent(after)}`);
    for (const node of list.items) at.node[node.code] = node.id;
    after = list.next;
    if (!after) break;
  }
  for (let after = ''; ;) {
    const list = await admin(`/api/v1/contents?limit=100&after=${encodeURIComponent(after)}`);
    for (const item of list.items) at.content[item.state] ??= item.id;
    after = list.next;
    if (!after) return at;
  }
}

/**
 * Closes what a person had open. Chromium now and then never answers that a context is gone, when a page of it was
 * just going elsewhere: who waited would wait for ever. The browser takes the rest with it.
 */
export async function leave(context) {
  let timer;
  await Promise.race([
    context.close(),
    new Promise((resolve) => (timer = setTimeout(resolve, 5000))),
  ]);
  clearTimeout(timer);
}

export function must(condition, message) {
  if (!condition) throw new Error(message);
}

/** Asks again until something is so, and gives it: jobs, journals and devices take their time. */
export async function until(what, ask, { seconds = 40, every = 200 } = {}) {
  for (const begun = Date.now(); Date.now() - begun < seconds * 1000;) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  throw new Error(`in vain: ${what}`);
}

/** The mouse as a hand moves it: down, a little way, there, up. */
export async function drag(page, from, to) {
  await from.scrollIntoViewIfNeeded();
  const a = await from.boundingBox();
  const b = await to.boundingBox();
  await page.mouse.move(a.x + Math.min(40, a.width / 2), a.y + Math.min(14, a.height / 2));
  await page.mouse.down();
  await page.mouse.move(a.x + 50, a.y + 24, { steps: 4 });
  await page.mouse.move(b.x + b.width / 2, b.y + Math.min(b.height - 8, 100), { steps: 12 });
  await page.mouse.move(b.x + b.width / 2 + 2, b.y + Math.min(b.height - 8, 100), { steps: 2 });
  await page.waitForTimeout(500); // what lies below is looked for five times a second
  await page.mouse.up();
  await page.locator('#dnd-action-dragged-el').waitFor({ state: 'detached' });
}
