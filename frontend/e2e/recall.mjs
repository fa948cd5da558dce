// A recall reaches everybody: several open browsers stop to pass a content on within seconds, an act that
// waits offline is never sent, whoever shared is told and answers, and the console counts it in sums.
import path from 'node:path';
import { check } from './look.mjs';
import { must, out, person, program, startBrowser, startServer, until } from './world.mjs';

const reason = 'Angka pada infografis keliru.';

const openSheet = async (page, title) => {
  const card = page.getByRole('article').filter({ hasText: title });
  await card.getByRole('button', { name: /^Bagikan/ }).click();
  await page.getByRole('dialog').getByRole('group', { name: 'Bagikan ke' }).waitFor();
};

export async function recall() {
  const server = await startServer({ env: { GAUNG_RATE_FACTOR: '0' } });
  const browser = await startBrowser();
  const people = [];
  const met = async (local, more = {}) => {
    const one = await person(browser, server, { width: 360, height: 740, local, ...more });
    people.push(one);
    return one;
  };
  try {
    const humas = await program(server, 'humas');
    const reads = await program(server, 'asn2');
    const feed = (await reads('/api/v1/feed?limit=8')).items;
    const queue = (await humas('/api/v1/contents?state=live&limit=50')).items;
    const mine = queue.filter(({ actions }) => actions.includes('recall')).map(({ id }) => id);
    const item = feed.find(({ id }) => mine.includes(id));
    const fix = feed.find(({ id }) => id !== item.id && mine.includes(id));
    for (const local of ['asn2', 'asn3', 'asn4', 'asn5', 'asn6', 'asn7', 'asn8']) {
      const one = local === 'asn2' ? reads : await program(server, local);
      await one(`/api/v1/contents/${item.id}/shares`, {
        method: 'POST',
        body: { channel: 'telegram' },
      });
    }

    // Five clients, each in another place.
    const onFeed = await met('asn2');
    await onFeed.go('/');
    await onFeed.page.getByRole('article').filter({ hasText: item.title }).waitFor();
    const atSheet = await met('asn3');
    await atSheet.go('/');
    await openSheet(atSheet.page, item.title);
    const onPage = await met('asn4');
    await onPage.go(`/konten/${item.id}`);
    await onPage.page.getByRole('button', { name: 'Bagikan' }).waitFor();
    const afterwards = await met('asn5', { width: 1440, height: 900 });
    await afterwards.go('/');
    await openSheet(afterwards.page, item.title);
    await afterwards.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Salin teks/ })
      .click();
    await afterwards.page.getByText('Tautan Anda siap').waitFor();
    const away = await met('asn1', { worker: 'allow' });
    await away.go('/');
    await away.page.getByRole('article').first().waitFor();
    await away.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await away.go('/');
    await away.page.getByRole('article').first().waitFor();
    await away.page.waitForTimeout(2500); // the sheet is on the device
    const sent = [];
    away.context.on('response', (answer) => {
      if (answer.url().endsWith('/shares')) sent.push(answer.status());
    });
    await away.context.setOffline(true);
    await openSheet(away.page, item.title);
    await away.page
      .getByRole('dialog')
      .getByRole('button', { name: /WhatsApp/ })
      .first()
      .click();
    await away.page.getByRole('dialog').getByText('Menunggu terkirim').waitFor();
    await away.page.getByRole('button', { name: 'Selesai' }).click();
    // Two more press in the very moment: one a network in the open sheet, one the link that is ready.
    const pressing = await met('asn6', { width: 1440, height: 900 });
    await pressing.go('/');
    await openSheet(pressing.page, item.title);
    const ready = await met('asn7', { width: 1440, height: 900 });
    await ready.go('/');
    await openSheet(ready.page, item.title);
    await ready.page
      .getByRole('dialog')
      .getByRole('button', { name: /WhatsApp/ })
      .first()
      .click();
    await ready.page.getByText('Tautan Anda siap').waitFor();
    for (const one of ready.context.pages().slice(1)) await one.close();
    const left = [];
    for (const one of [pressing, ready])
      one.context.on('request', (request) => {
        if (request.isNavigationRequest() && !request.url().startsWith(server.url))
          left.push(request.url().slice(0, 40));
      });
    const refused = pressing.page.waitForResponse((answer) => answer.url().endsWith('/shares'), {
      timeout: 60_000, // much is waited for before it is pressed
    });
    refused.catch(() => {}); // what fails meanwhile is told, not this
    const polls = [];
    onFeed.context.on('requestfinished', async (request) => {
      if (request.url().endsWith('/withdrawals')) polls.push(await request.sizes());
    });
    for (const { page } of people.slice(0, 4)) await page.waitForTimeout(3000); // each watches by now

    // These two must not have heard of it when they press: their next look is held until then.
    const held = [];
    for (const one of [pressing, ready])
      await one.page.route('**/api/v1/withdrawals', (route) => held.push(route));
    const began = Date.now();
    const recalled = await humas(`/api/v1/contents/${item.id}/recall`, {
      method: 'POST',
      body: { reason, correction_id: fix.id },
    });
    must(recalled.state === 'recalled', JSON.stringify(recalled));
    await Promise.all([
      pressing.page
        .getByRole('dialog')
        .getByRole('button', { name: /WhatsApp/ })
        .first()
        .click({ noWaitAfter: true }),
      ready.page
        .getByRole('dialog')
        .getByRole('link', { name: /^Buka WhatsApp/ })
        .click({ noWaitAfter: true }),
    ]);
    for (const one of [pressing, ready]) await one.page.unroute('**/api/v1/withdrawals');
    for (const route of held) await route.continue().catch(() => {}); // the page may have given it up
    const stopped = {};
    const note = (name, done) => done.then(() => (stopped[name] = (Date.now() - began) / 1000));
    const within = { timeout: 20_000 };
    await Promise.all([
      note(
        'feed',
        onFeed.page
          .getByRole('article')
          .filter({ hasText: item.title })
          .waitFor({ state: 'detached', ...within }),
      ),
      note(
        'sheet',
        atSheet.page
          .getByRole('group', { name: 'Bagikan ke' })
          .waitFor({ state: 'detached', ...within }),
      ),
      note(
        'page',
        onPage.page
          .getByRole('button', { name: 'Bagikan' })
          .waitFor({ state: 'detached', ...within }),
      ),
      note(
        'after',
        afterwards.page.getByText('Tautan Anda siap').waitFor({ state: 'detached', ...within }),
      ),
    ]);
    must(Math.max(...Object.values(stopped)) < 8, `too late: ${JSON.stringify(stopped)}`);
    const answer = await refused;
    must(answer.status() === 410, `a share after the recall: ${answer.status()}`);
    await ready.page.getByText('Tautan Anda siap').waitFor({ state: 'detached' });
    must(left.length === 0, `passed on after the recall: ${left}`);
    const { requestHeadersSize, responseHeadersSize, responseBodySize } = polls[0];
    const each = requestHeadersSize + responseHeadersSize + responseBodySize;
    console.log(
      `recall: a look costs ${requestHeadersSize} + ${responseHeadersSize + responseBodySize} bytes by HTTP/1.1, ${((each * 720) / 1000).toFixed(0)} kB an hour`,
    );

    // Back online: the share that waited is refused, and nothing is ready to be passed on.
    await away.context.setOffline(false);
    const back = Date.now();
    await until('the waiting share is sent', () => sent.length > 0);
    must(sent.length === 1 && sent[0] === 410, `the waiting share: ${sent}`);
    await away.page
      .getByRole('article')
      .filter({ hasText: item.title })
      .waitFor({ state: 'detached' });
    must(
      (await away.page.getByText('Tautan Anda siap dibagikan').count()) === 0,
      'a withdrawn share is ready',
    );
    stopped.outbox = (Date.now() - back) / 1000;

    // Whoever shared is told on the feed, in the list and on the page of the content; and answers.
    const { page } = onFeed;
    await page.getByText('Konten ditarik: mohon hapus unggahan Anda').first().waitFor();
    await page.getByText(`Alasan: ${reason}`).waitFor();
    await page.getByRole('link', { name: fix.title }).first().waitFor();
    const faults = [];
    for (const theme of ['light', 'dark']) {
      await page.evaluate((to) => (document.documentElement.dataset.theme = to), theme);
      faults.push(...(await check(page, `tarik-umpan-${theme}`)));
      await page.screenshot({ path: path.join(out, `tarik-umpan-360-${theme}.png`) });
    }
    await until('they are told of it', async () =>
      (await reads('/api/v1/notices?part=feed')).items.some(
        ({ kind, content_id }) => kind === 'recalled' && content_id === item.id,
      ),
    );
    await page.getByRole('link', { name: /^Notifikasi/ }).click();
    const told = page.getByRole('region', { name: 'Kabar untuk Anda' });
    await told.getByText('mohon hapus unggahan Anda').first().waitFor();
    faults.push(...(await check(page, 'notifikasi-asn')));
    await page.screenshot({ path: path.join(out, 'tarik-daftar-360.png') });
    await told.getByText('mohon hapus unggahan Anda').first().click();
    await page.getByRole('button', { name: 'Sudah saya hapus' }).waitFor();
    faults.push(...(await check(page, 'tarik-halaman')));
    await page.screenshot({ path: path.join(out, 'tarik-halaman-360.png'), fullPage: true });
    await page.getByRole('button', { name: 'Sudah saya hapus' }).click();
    await page.getByText('Anda menyatakan sudah menghapusnya').waitFor();
    for (const local of ['asn3', 'asn4', 'asn5', 'asn6']) {
      const one = await program(server, local);
      await one(`/api/v1/me/withdrawals/${item.id}/deleted`, { method: 'POST' });
    }
    // The links of the recalled content lead to its correction.
    const shared = await (await fetch(`${server.url}/k/${item.slug}`)).text();
    must(
      shared.includes(fix.slug) && !shared.includes(item.summary || 'never'),
      'the public page of the recalled content',
    );

    // The console: sums, while one looks.
    const desk = await person(browser, server, { local: 'humas' });
    await desk.go(`/konsol/periksa/${item.id}`);
    const card = desk.page.getByRole('region', { name: 'Penarikan' });
    await card.getByText('Menyatakan sudah menghapus').waitFor();
    await card.getByText(/^5 dari [\d.]+$/).waitFor();
    for (const theme of ['light', 'dark']) {
      await desk.page.evaluate((to) => (document.documentElement.dataset.theme = to), theme);
      for (const [width, height] of [
        [1440, 900],
        [360, 740],
      ]) {
        await desk.page.setViewportSize({ width, height });
        await desk.page.waitForTimeout(300);
        faults.push(...(await check(desk.page, `tarik-konsol-${width}-${theme}`)));
        await card.scrollIntoViewIfNeeded();
        await desk.page.screenshot({ path: path.join(out, `tarik-konsol-${width}-${theme}.png`) });
      }
    }
    people.push(desk);
    must(faults.length === 0, faults.join('\n'));
    for (const one of people) must(one.faults.length === 0, one.faults.join('\n'));
    console.log(`recall: stopped after seconds ${JSON.stringify(stopped)}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}
