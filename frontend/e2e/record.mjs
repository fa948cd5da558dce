// What a phone asks of the server on an ordinary morning, written down where it arrives: each path of a person is
// walked in a real browser through a proxy that notes every request with its moment. internal/trial replays them for
// many people. Run it again when a screen asks for other things: node e2e/record.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { leave, must, person, program, startBrowser, startServer } from './world.mjs';

const into = path.resolve(import.meta.dirname, '../../internal/trial/paths');

const unpack = { br: brotliDecompressSync, gzip: gunzipSync };

/** Passes everything on, and notes it while `tape` is there. */
function proxy() {
  const state = { tape: undefined, target: undefined, cards: [] }; // those that the person has seen
  const server = http.createServer((request, answer) => {
    const note = state.tape && {
      at: state.tape.now(),
      method: request.method,
      path: request.url,
      headers: request.headers,
    };
    const body = [];
    request.on('data', (part) => body.push(part));
    const onward = http.request(
      state.target + request.url,
      { method: request.method, headers: { ...request.headers, 'x-forwarded-for': '203.0.113.7' } },
      (got) => {
        const parts = [];
        got.on('data', (part) => parts.push(part));
        got.on('end', () => {
          if (got.statusCode === 200 && request.url.startsWith('/api/v1/feed?')) {
            const packed = Buffer.concat(parts);
            const text = unpack[got.headers['content-encoding']]?.(packed) ?? packed;
            for (const item of JSON.parse(text).items) {
              if (!state.cards.some(({ id }) => id === item.id)) state.cards.push(item);
            }
          }
          if (!note || !state.tape) return;
          note.end = state.tape.now();
          note.status = got.statusCode;
          note.body = Buffer.concat(body).toString();
          state.tape.steps.push(note);
        });
        answer.writeHead(got.statusCode, got.headers);
        got.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    request.pipe(onward);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        state,
        url: `http://127.0.0.1:${server.address().port}`,
        end: () => server.close(),
      }),
    );
  });
}

function tape() {
  const began = performance.now();
  return { steps: [], now: () => Math.round(performance.now() - began) };
}

/** Names and numbers of this world become places in a person's own feed, which the replay fills in. */
function general(steps, cards) {
  const place = (id) => cards.findIndex((card) => String(card.id) === id);
  return steps
    .sort((a, b) => a.at - b.at)
    .map(({ at, end, method, path: to, status, headers, body }) => {
      let general = to
        .replace(/^(\/assets\/[\w/]+\/)([\w.-]+)-[\w-]{8}\.(js|css)$/, '$1$2-*.$3')
        .replace(/([?&]after=)[^&]+/, '$1{cursor}')
        .replace(/([?&]agency=)\d+/, '$1{agency}');
      const content = /\/(?:contents|feed|echoes)\/(\d+)/.exec(general);
      if (content) {
        const n = place(content[1]);
        must(n >= 0, `${to}: not a content of the feed`);
        general = general.replace(content[1], `{card ${n}}`);
      }
      const media = /^\/media\/(\S+)$/.exec(general);
      if (media) {
        const n = cards.findIndex((card) =>
          JSON.stringify(card).includes(media[1].split('/').pop()),
        );
        must(n >= 0, `${to}: not a picture of the feed`);
        general = `/media/{picture ${n}}`;
      }
      return {
        at,
        end,
        method,
        path: general,
        status,
        ...(headers['if-none-match'] && { known: true }),
        ...(headers['idempotency-key'] && { key: true }),
        ...(headers['x-gaung-as'] && { as: true }),
        ...(body && { body: body.replaceAll(/asn\d@nusaarunika.example/g, '{identifier}') }),
      };
    });
}

const rest = (page, seconds) => page.waitForTimeout(seconds * 1000);
const first = (page) => page.getByRole('article').first().waitFor();

async function scroll(page, times) {
  for (let i = 0; i < times; i++) {
    await page.mouse.wheel(0, 1100);
    await rest(page, 2.5);
  }
}

async function passOn(one, nth) {
  const { page } = one;
  const dialog = page.getByRole('dialog');
  await page
    .getByRole('article')
    .nth(nth)
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  await rest(page, 4);
  const left = one.context.waitForEvent('request', (to) => to.url().startsWith('https://wa.me/'));
  await dialog.getByRole('button', { name: /^WhatsApp/ }).click();
  await left;
  await rest(page, 8); // in WhatsApp
  await page.goBack();
  await first(page);
  await rest(page, 5);
}

/** The morning's paths: what a person does after the app was opened. */
const paths = {
  // Reads, scrolls, leaves.
  look: async ({ page }) => {
    await rest(page, 6);
    await scroll(page, 10);
  },
  // Passes one on by WhatsApp, comes back, reads on.
  share: async (one) => {
    await rest(one.page, 5);
    await passOn(one, 0);
    await scroll(one.page, 4);
  },
  // Passes two on and looks at what came of earlier ones.
  impact: async (one) => {
    const { page } = one;
    await rest(page, 4);
    await passOn(one, 1);
    await page.getByRole('link', { name: 'Dampak' }).first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await rest(page, 8);
    await page.getByRole('link', { name: 'Peringkat' }).first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await rest(page, 8);
  },
  // Opens a content, reads it, keeps it for later and puts another aside.
  read: async ({ page }) => {
    await rest(page, 4);
    for (const name of [/^Simpan untuk nanti/, /^Lewati/]) {
      await page
        .getByRole('article')
        .nth(2)
        .getByRole('button', { name: /^Pilihan lain|^Menu|^Lainnya/ })
        .click();
      await rest(page, 2);
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await rest(page, 2);
    }
    await page.getByRole('article').nth(0).getByRole('link').first().click();
    await page.locator('article h1, main h1').first().waitFor();
    await rest(page, 15);
    await page.goBack();
    await first(page);
    await rest(page, 5);
  },
  // The notices behind the bell.
  notices: async ({ page }) => {
    await rest(page, 3);
    await page.locator('a[href="/notifikasi"]').first().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await rest(page, 10);
    await page.goBack();
    await first(page);
    await rest(page, 6);
  },
};

// A browser whose requests are looked into keeps no answers: WhatsApp's page is left unanswered instead.
const phone = { width: 360, height: 740, worker: 'allow', leaves: [] };

async function signIn(page, server, local) {
  await page.goto(`${server.url}/masuk`);
  await page.getByLabel('NIP atau surel').fill(`${local}@nusaarunika.example`);
  await page.getByLabel('Kata sandi', { exact: true }).fill('gaung-demo-2026');
  await page.getByRole('button', { name: 'Masuk', exact: true }).click();
  await first(page);
}

const before = await proxy();
const server = await startServer({ env: { GAUNG_PUBLIC_URL: before.url } });
before.state.target = server.url;
const seen = { ...server, url: before.url };
const browser = await startBrowser();
try {
  mkdirSync(into, { recursive: true });
  const humas = await program(server, 'humas');
  const ready = (await humas('/api/v1/contents?state=approved&limit=50')).items;
  const people = ['asn1', 'asn2', 'asn3', 'asn4', 'asn5', 'asn6', 'asn7', 'asn8'];
  const keep = (name) => {
    const steps = general(before.state.tape.steps, before.state.cards);
    before.state.tape = undefined;
    before.state.cards = [];
    writeFileSync(path.join(into, `${name}.json`), `${JSON.stringify(steps, undefined, 1)}\n`);
    console.log(`${name}: ${steps.length} requests in ${(steps.at(-1).at / 1000).toFixed(0)} s`);
  };

  for (const [name, walk] of Object.entries(paths)) {
    const local = people.shift();
    const one = await person(browser, seen, { ...phone, local });
    await one.go('/');
    await first(one.page);
    await rest(one.page, 12); // everything that a visit keeps is kept
    await one.page.close();
    // A night goes by: the pass has run out, the session has not, and something new is live.
    await one.context.clearCookies({ name: /access/ });
    const next = ready.shift();
    if (next) {
      const live = await humas(`/api/v1/contents/${next.id}/publish`, { method: 'POST' });
      must(live.state === 'live', JSON.stringify(live));
    }
    one.page = await one.context.newPage();
    before.state.tape = tape();
    await one.page.goto(seen.url);
    await first(one.page);
    await walk(one);
    keep(name);
    await leave(one.context);
  }

  // Somebody's first morning: nothing is kept yet, the password is typed.
  const one = await person(browser, seen, phone);
  before.state.tape = tape();
  await signIn(one.page, seen, people.shift());
  await rest(one.page, 15);
  keep('first');
} finally {
  await browser.close();
  await server.stop();
  before.end();
}
