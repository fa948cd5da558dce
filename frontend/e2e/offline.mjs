// The feed without a network: twenty cards with their pictures stay readable after one visit, what was opened too,
// and a share that was made offline leaves exactly once.
import { leave, must, person, program, startServer, startBrowser, until } from './world.mjs';

const wanted = 20;

const cardOf = (page, id) =>
  page.getByRole('article').filter({ has: page.locator(`a[href="/konten/${id}"]`) });

const keptPictures = (page) =>
  page.evaluate(async () => (await (await caches.open('images')).keys()).length);

/** More contents than the first page holds, and than are read ahead: the offices' own texts once more. */
async function fill(server) {
  const [author, approver, humas] = await Promise.all(
    ['penulis', 'penyetuju', 'humas'].map((local) => program(server, local)),
  );
  const { items } = await humas('/api/v1/contents?state=live&limit=100');
  const own = items.filter(({ actions }) => actions.includes('recall'));
  const post = (who, id, act, body) =>
    who(`/api/v1/contents/${id}/${act}`, { method: 'POST', body });
  let live = 0;
  for (let i = 0; live < wanted; i++) {
    must(i < 4 * wanted, `only ${live} further contents`);
    const { id } = await post(author, own[i % own.length].id, 'copy', {});
    await post(author, id, 'submit');
    // Some have a longer way, which is another test's: those stay behind.
    const { state } = await post(approver, id, 'approve', { version: 1, step: 1 });
    if (state === 'approved' && (await post(humas, id, 'publish')).state === 'live') live++;
  }
}

/** One visit with a network, then none: what can be read. `saver`: nothing was fetched ahead. */
async function readAhead(browser, server, local, saver) {
  const one = await person(browser, server, { width: 360, height: 740, local, worker: 'allow' });
  const { page, context } = one;
  if (saver) await page.evaluate(() => localStorage.setItem('data-saver', 'on'));
  const further = [];
  page.on('request', (request) => /feed\?.*after=/.test(request.url()) && further.push(request));
  await one.go('/');
  await page.getByRole('article').first().waitFor();
  if (saver) {
    await page.waitForTimeout(9000); // longer than what is fetched ahead takes to begin
    must(further.length === 0, 'cards were fetched ahead');
    must((await keptPictures(page)) === 0, 'pictures were fetched ahead where data is saved');
    return leave(context);
  }
  await page.waitForFunction((n) => document.querySelectorAll('main article').length >= n, wanted, {
    timeout: 30_000,
  });
  const { items } = await (await program(server, local))(`/api/v1/feed?limit=${wanted}`);
  must(items.length === wanted, `the feed holds only ${items.length}`);
  const withPicture = new Set(
    items.flatMap(({ images }) => images?.[0]?.sources[0].url ?? []), // copies share theirs
  ).size;
  for (let i = 0; (await keptPictures(page)) < withPicture; i++) {
    must(i < 100, `${await keptPictures(page)} of ${withPicture} pictures were fetched ahead`);
    await page.waitForTimeout(200);
  }
  await page.goto(`${server.url}/konten/${items[1].id}`);
  await page.getByText('Sidik konten').waitFor();
  await page.goto(`${server.url}/dampak`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await context.setOffline(true);
  await one.go('/');
  await page
    .getByRole('article')
    .nth(wanted - 1)
    .waitFor();
  for (const { id, title, images } of items) {
    const card = cardOf(page, id);
    await card.scrollIntoViewIfNeeded();
    if (!images?.length) continue;
    await page.waitForFunction(
      (id) => document.getElementById(id)?.closest('article').querySelector('img')?.complete,
      await card.getAttribute('aria-labelledby'),
    );
    const here = await card
      .locator('img')
      .evaluate(async (image) => !!(await caches.match(image.currentSrc)));
    must(here, `the picture of “${title}” was not kept`);
  }
  await page.goto(`${server.url}/konten/${items[1].id}`);
  await page.getByText('Sidik konten').waitFor();
  await page.getByText(/Luring .*· diperbarui \d\d\.\d\d WIT?A?B?/).waitFor();
  await page.goto(`${server.url}/konten/${items[5].id}`);
  await page.getByText('Naskah lengkapnya belum tersimpan').waitFor();
  await page.goto(`${server.url}/dampak`);
  await page.getByText(/Luring .*· diperbarui/).waitFor();
  must(one.faults.length === 0, one.faults.join('\n'));
  console.log(
    `offline: ${wanted} cards, ${withPicture} pictures, an opened content and the impact readable`,
  );
  await leave(context);
}

export async function offline() {
  const server = await startServer({ env: { GAUNG_RATE_FACTOR: '0' } });
  const browser = await startBrowser();
  try {
    await fill(server);
    await Promise.all([
      readAhead(browser, server, 'asn5', false),
      readAhead(browser, server, 'asn6', true),
    ]);
    const asn = await person(browser, server, {
      width: 360,
      height: 740,
      local: 'asn8',
      worker: 'allow',
    });
    const { page, context } = asn;
    await asn.go('/');
    await page.getByRole('article').first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await asn.go('/'); // now by the worker
    await page.getByRole('article').first().waitFor();

    // One that this person has not copied before: sharing again would be the same act.
    const reads = await program(server, 'asn8');
    const fresh = (await reads('/api/v1/feed?limit=8')).items.find(
      (item) => !item.acts.some((act) => act.network === 'copy'),
    );
    const shares = [];
    context.on('response', (response) => {
      if (response.url().includes('/shares')) shares.push(response.status());
    });
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('article').first().waitFor();
    await page
      .getByText(/Luring/)
      .first()
      .waitFor();
    const card = cardOf(page, fresh.id);
    await card.getByRole('button', { name: /Bagikan/ }).click();
    await page
      .getByRole('button', { name: /Salin teks/ })
      .first()
      .click();
    await page.getByText('Menunggu terkirim').first().waitFor();
    must(shares.length === 0, 'something was sent without a network');

    const count = async () =>
      (await reads('/api/v1/feed')).items.flatMap((item) =>
        item.acts.filter((act) => act.network === 'copy'),
      ).length;
    const before = await count();
    await context.setOffline(false);
    await page.waitForFunction(() => navigator.onLine);
    await until('the share is sent', () => shares.length > 0);
    await page.reload();
    await page.getByRole('article').first().waitFor();
    must(shares.length === 1 && shares[0] === 201, `sent ${shares.length} times: ${shares}`);
    must((await count()) - before === 1, 'the act is not on the server exactly once');
    must(asn.faults.length === 0, asn.faults.join('\n'));
    console.log('offline: feed readable, one share sent once');
  } finally {
    await browser.close();
    await server.stop();
  }
}
