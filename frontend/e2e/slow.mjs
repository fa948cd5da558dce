// The reference phone: 400 kbit/s, 400 ms, a processor six times slower. How long until the first card
// can be read, on the first visit and on the next one.
import { leave, mail, must, password, person, startBrowser, startServer } from './world.mjs';

const rounds = 5;
const kilobits = 400;
const hardLimit = 5000; // ms; beyond it the feed is not usable and the run fails

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Marks when the first card is there, counted from the start of the navigation. */
function watchFirstCard() {
  const look = () => {
    if (!globalThis.firstCard && document.querySelector('article h2, article h3'))
      globalThis.firstCard = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

async function slowDown(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  const bytes = (kilobits * 1000) / 8;
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: bytes,
    uploadThroughput: bytes,
  });
  await client.send('Emulation.setCPUThrottlingRate', { rate: 6 });
}

async function visit(page, url) {
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.firstCard, null, { timeout: 30_000 });
  return page.evaluate(() => globalThis.firstCard);
}

async function round(browser, server) {
  const me = await person(browser, server, { width: 360, height: 740, worker: 'allow' });
  const { page, context } = me;
  await context.addInitScript(watchFirstCard);
  // Signed in as on any other day, and nothing of the page has been loaded yet.
  const answer = await context.request.post(`${server.url}/api/v1/auth/login`, {
    data: { identifier: mail('asn3'), password },
  });
  must(answer.ok(), `sign in: ${answer.status()}`);
  await slowDown(page);
  const first = await visit(page, `${server.url}/`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForTimeout(1500); // the worker keeps its copy
  await page.close();
  const later = await context.newPage();
  await slowDown(later);
  const again = await visit(later, `${server.url}/`);
  await leave(context);
  return { first, again };
}

export async function slow() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const all = [];
    for (let i = 0; i < rounds; i++) all.push(await round(browser, server));
    const first = median(all.map((one) => one.first));
    const again = median(all.map((one) => one.again));
    const list = (key) => all.map((one) => (one[key] / 1000).toFixed(2)).join(' ');
    console.log(
      `slow: first card ${(first / 1000).toFixed(2)} s (${list('first')}), next visit ${(again / 1000).toFixed(2)} s (${list('again')})`,
    );
    must(first < hardLimit && again < hardLimit, 'the feed is not usable on a slow phone');
  } finally {
    await browser.close();
    await server.stop();
  }
}
