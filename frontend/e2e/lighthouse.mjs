// Lighthouse over the ASN face as on a phone. `npm run lighthouse` measures performance too, the middle of five
// rounds of a first visit (nothing is kept but who is signed in) and of a next one, and says what took longest; a
// part of e2e looks at accessibility and best practices once.
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { browserArgs, browserPath, must, program, signIn, startServer } from './world.mjs';

const bars = { accessibility: 100, 'best-practices': 95 };

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const percent = (category) => Math.round((category?.score ?? 0) * 100);

/** A browser in which somebody is signed in, with a port for Lighthouse. */
async function signedIn(server) {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'gaung-e2e-lighthouse-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    args: [...browserArgs, `--remote-debugging-port=${port}`],
    locale: 'id-ID',
  });
  await signIn({ page: context.pages()[0] }, server, 'asn4');
  const stop = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { port, stop };
}

const faults = ({ lhr }, name) =>
  lhr.categories[name].auditRefs
    .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1)
    .map(({ id }) => id)
    .join(', ');

/** The costliest parts of a round, in milliseconds. */
function costs({ lhr }) {
  const groups = lhr.audits['mainthread-work-breakdown']?.details?.items ?? [];
  const work = groups
    .slice(0, 4)
    .map(({ groupLabel, duration }) => `${groupLabel} ${Math.round(duration)}`);
  const long = lhr.audits['long-tasks']?.details?.items ?? [];
  const tasks = long
    .slice(0, 3)
    .map(({ duration, startTime }) => `${Math.round(duration)} at ${Math.round(startTime)}`);
  return `work ${work.join(', ')}; long tasks ${tasks.join(', ') || 'none'}`;
}

const figures = ({ lhr }) =>
  [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ]
    .map((id) => lhr.audits[id].numericValue)
    .map((value) => (value < 10 ? value.toFixed(3) : String(Math.round(value))));

/** Where no time is measured, none is waited for. */
const quick = {
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 300,
  cpuQuietThresholdMs: 300,
  disableFullPageScreenshot: true,
};

async function measure(lighthouse, url, port, categories, { first = false, ...hurried } = {}) {
  const result = await lighthouse(
    url,
    { port, output: 'json', logLevel: 'error', disableStorageReset: !first },
    {
      extends: 'lighthouse:default',
      settings: { onlyCategories: categories, formFactor: 'mobile', ...hurried },
    },
  );
  must(!result.lhr.runtimeError, JSON.stringify(result.lhr.runtimeError));
  return result;
}

/** Tells the middle of so many rounds, and what a round of that score was made of. */
async function perform(lighthouse, url, port, rounds, visit, first) {
  const all = [];
  for (let i = 0; i < rounds; i++)
    all.push(await measure(lighthouse, url, port, ['performance'], { first }));
  const scores = all.map(({ lhr }) => percent(lhr.categories.performance));
  const typical = all[scores.indexOf(middle(scores))];
  const [fcp, lcp, tbt, cls] = figures(typical);
  console.log(
    `  ${visit}: performance ${middle(scores)} (${scores.join(' ')}), FCP ${fcp} ms, LCP ${lcp} ms, TBT ${tbt} ms, CLS ${cls}; ${costs(typical)}`,
  );
}

/** `rounds` 0: accessibility and best practices alone. */
export async function lighthouse({ rounds = 0 } = {}) {
  const { default: run } = await import('lighthouse');
  const server = await startServer();
  const { port, stop } = await signedIn(server);
  try {
    const item = (await (await program(server, 'asn4'))('/api/v1/feed?limit=1')).items[0];
    for (const to of ['/', `/konten/${item.id}`, '/dampak', '/belajar', '/saya']) {
      const once = await measure(run, server.url + to, port, Object.keys(bars), quick);
      const told = Object.entries(bars).map(([name, bar]) => {
        const value = percent(once.lhr.categories[name]);
        must(value >= bar, `${to}: ${name} ${value} of ${bar}: ${faults(once, name)}`);
        return `${name} ${value}`;
      });
      console.log(`lighthouse ${to.replace(/\d+/, '…')}: ${told.join(', ')}`);
      for (const [visit, first] of Object.entries({ 'first visit': true, 'next visit': false }))
        if (rounds > 0) await perform(run, server.url + to, port, rounds, visit, first);
    }
  } finally {
    await stop();
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(
    `load ${os
      .loadavg()
      .map((n) => n.toFixed(1))
      .join(' ')}`,
  );
  await lighthouse({ rounds: Number(process.argv[2] ?? 5) });
  process.exit(0);
}
