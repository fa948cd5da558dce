// The feed without a network: it stays readable, and a share that was made offline leaves exactly once.
import { must, person, program, startServer, startBrowser } from './world.mjs';

export async function offline() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
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
    const card = page.getByRole('article').filter({ hasText: fresh.title });
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
    for (let i = 0; shares.length === 0 && i < 100; i++) await page.waitForTimeout(100);
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
