// The poorest phone: no JavaScript, no pictures, a small screen, large text. What a link leads to can be read, the
// app says what to do. And the other end: a browser that can install it finds nothing missing.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import {
  browserArgs,
  browserPath,
  leave,
  must,
  out,
  program,
  signIn,
  startBrowser,
  startServer,
} from './world.mjs';

const operaMini =
  'Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16';

async function readable(browser, server) {
  const reads = await program(server, 'asn5');
  const item = (await reads('/api/v1/feed?limit=1')).items[0];
  for (const { width, large } of [
    { width: 240, large: false },
    { width: 320, large: true },
  ]) {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width, height: 320 },
      userAgent: operaMini,
    });
    await context.route('**/*', (route) =>
      ['image', 'font', 'media'].includes(route.request().resourceType())
        ? route.abort()
        : route.continue(),
    );
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    if (large) {
      const devtools = await context.newCDPSession(page);
      await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
    }
    const must320 = async (name) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      must(wide <= width, `${name}: ${wide} px wide at ${width}`);
    };
    const says = async (name, to, ...texts) => {
      await page.goto(server.url + to);
      const told = await page.locator('body').innerText();
      for (const text of texts) must(told.includes(text), `${name} does not say: ${text}`);
      await must320(name);
      await page.screenshot({ path: path.join(out, `polos-${name}-${width}.png`) });
    };
    await says(
      'konten',
      `/k/${item.slug}`,
      item.title,
      'Asal konten',
      'Sidik konten',
      'Situs resmi',
    );
    must((await page.locator('main a[href]').count()) > 0, 'the page of a content leads nowhere');
    await says(
      'keterbukaan',
      '/keterbukaan',
      'Apa yang diminta dibagikan oleh ASN',
      item.title,
      'Data terbuka',
    );
    await page.getByLabel('Hanya yang bermandat').check();
    await page.getByRole('button', { name: 'Tampilkan' }).click();
    await page.waitForURL(/mandat=1/);
    const letters = await page.locator('article').allInnerTexts();
    must(
      letters.length > 0 && letters.every((text) => text.includes('surat nomor')),
      'what was voluntary stands among the mandates',
    );
    await must320('keterbukaan, mandat');
    await says('sertifikat', '/sertifikat/tidak-ada', 'Sertifikat tidak ditemukan');
    await says('berhenti', '/berhenti/tidak-ada', 'Tautan tidak berlaku');
    await says('bantuan', '/bantuan', 'Bantuan membuka Gaung', 'Nyalakan JavaScript');
    await says('aplikasi', '/', 'Aplikasi ini memerlukan JavaScript.', 'Bantuan membuka Gaung');
    must(
      (await page.getByRole('link', { name: 'Bantuan membuka Gaung' }).getAttribute('href')) ===
        '/bantuan',
      'no way to help',
    );
    await leave(context);
  }
  console.log(
    'plain: content, register, certificate, stop, help and app readable without JavaScript',
  );
}

async function installable(server) {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'gaung-e2e-phone-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath,
    args: browserArgs,
    viewport: { width: 360, height: 740 },
  });
  try {
    const page = context.pages()[0];
    page.setDefaultTimeout(15_000);
    await signIn({ page }, server, 'asn5');
    await page.goto(`${server.url}/`);
    await page.getByRole('article').first().waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    const devtools = await context.newCDPSession(page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    must(installabilityErrors.length === 0, JSON.stringify(installabilityErrors));
    const { errors } = await devtools.send('Page.getAppManifest');
    must(errors.length === 0, JSON.stringify(errors));
    const manifest = await (await fetch(`${server.url}/manifest.webmanifest`)).json();
    const named = [manifest, ...manifest.shortcuts].flatMap(({ icons }) => icons);
    for (const { src, sizes } of [...named, ...manifest.screenshots]) {
      const [width, height] = await page.evaluate(
        (url) =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = () => resolve([image.naturalWidth, image.naturalHeight]);
            image.onerror = () => reject(new Error(url));
            image.src = url;
          }),
        src,
      );
      must(`${width}x${height}` === sizes, `${src} is ${width}x${height}, not ${sizes}`);
    }
    const forms = manifest.screenshots.map(({ form_factor: form }) => form);
    must(forms.includes('narrow') && forms.includes('wide'), `screenshots: ${forms}`);
    // The offer waits on the person's own page, and never comes by itself.
    const held = await page.evaluate(() => {
      const offer = new Event('beforeinstallprompt', { cancelable: true });
      offer.prompt = () => {
        window.prompted = true;
        return Promise.resolve();
      };
      offer.userChoice = Promise.resolve({ outcome: 'accepted' });
      return !dispatchEvent(offer);
    });
    must(held, "the browser's own pop-up is not held back");
    await page.getByRole('link', { name: 'Saya' }).click();
    await page.getByRole('button', { name: 'Pasang Gaung' }).click();
    await page.getByText('Gaung terpasang di perangkat ini.').waitFor();
    must(await page.evaluate(() => window.prompted), 'the offer was not taken up');
    console.log(`plain: installable, ${manifest.screenshots.length} screenshots, offer in Saya`);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export async function plain() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    await readable(browser, server);
    await installable(server);
  } finally {
    await browser.close();
    await server.stop();
  }
}
