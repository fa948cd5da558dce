// A browser that fetches a link ahead of a tap is no reader; the tap that follows is one, once.
import { createServer } from 'node:http';
import {
  landmarks,
  leave,
  must,
  phoneAgent,
  program,
  startBrowser,
  startServer,
} from './world.mjs';

/** A page of somebody else's that makes the browser fetch the link ahead, in both ways that browsers know. */
function page(link, way) {
  const ahead =
    way === 'speculation'
      ? `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${link}"],"eagerness":"immediate"}]}</script>`
      : `<link rel="prefetch" href="${link}">`;
  return `<!doctype html><html lang="id"><title>Berita</title>${ahead}<a href="${link}">Baca</a></html>`;
}

export async function prefetch() {
  const server = await startServer({ env: { GAUNG_RATE_FACTOR: '0' } });
  const browser = await startBrowser();
  let current = '';
  const site = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end(current),
  ).listen(0, '127.0.0.1');
  try {
    const asn = await program(server, 'asn4');
    const leader = await program(server, 'pimpinan');
    const province = (await landmarks(server)).node['99'];
    const item = (await asn('/api/v1/feed?limit=1')).items[0];
    const { url: link } = await asn(`/api/v1/contents/${item.id}/shares`, {
      method: 'POST',
      body: { channel: 'copy' },
    });
    const figures = async () => {
      const { metrics } = await leader(`/api/v1/reports/engagement?agency=${province}`);
      const value = (key) => metrics.find((metric) => metric.key === key).value;
      return { people: value('people_reached'), machines: value('machine_requests') };
    };
    for (const [n, way] of ['speculation', 'link'].entries()) {
      const before = await figures();
      const context = await browser.newContext({
        userAgent: phoneAgent,
        extraHTTPHeaders: { 'x-forwarded-for': `203.0.113.${60 + n}` },
      });
      const reader = await context.newPage();
      const answers = [];
      reader.on('response', (answer) => answer.url() === link && answers.push(answer.status()));
      const cdp = await context.newCDPSession(reader);
      const ahead = [];
      await cdp.send('Network.enable');
      cdp.on(
        'Network.responseReceived',
        ({ response }) => response.url === link && ahead.push(response.status),
      );
      current = page(link, way);
      await reader.goto(`http://127.0.0.1:${site.address().port}/`);
      const begun = Date.now();
      while ((await figures()).machines === before.machines && Date.now() - begun < 20_000)
        await reader.waitForTimeout(250);
      const fetched = await figures();
      must(
        fetched.machines === before.machines + 1,
        `${way}: the browser fetched nothing ahead (${JSON.stringify([before, fetched, answers, ahead])})`,
      );
      must(fetched.people === before.people, `${way}: a fetch ahead counted as a reader`);
      await reader.getByText('Baca').click();
      await reader.waitForURL(/\/k\//);
      const tapped = Date.now();
      while ((await figures()).people === before.people && Date.now() - tapped < 20_000)
        await reader.waitForTimeout(250);
      await reader.waitForTimeout(4000); // whatever else would be counted has been by then
      const after = await figures();
      must(
        after.people === before.people + 1,
        `${way}: the tap counted ${after.people - before.people} times`,
      );
      must(
        after.machines === before.machines + 1,
        `${way}: ${after.machines - before.machines} machines`,
      );
      console.log(
        `prefetch by ${way}: answered ${ahead.join(' ') || '503 out of sight'}, the tap counted once`,
      );
      await leave(context);
    }
  } finally {
    site.close();
    await browser.close();
    await server.stop();
  }
}
