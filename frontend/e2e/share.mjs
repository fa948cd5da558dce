// The share sheet on every network: the address that opens, what is cut, what a phone's own sheet gets,
// what is asked on return, and that nothing is sent twice.
import path from 'node:path';
import { leave, must, out, person, program, startBrowser, startServer, until } from './world.mjs';
import { check } from './look.mjs';

const long = 'Posyandu keliling datang ke desa kita pekan depan, ayo ajak si kecil. '
  .repeat(9)
  .trim();

/** A desk whose new windows are only written down, with or without a share sheet of its own. */
async function desk(browser, server, local, sheet) {
  const one = await person(browser, server, { local });
  await one.context.addInitScript((outcome) => {
    window.opened = [];
    window.open = () => {
      const page = { close() {}, opener: window, location: {} };
      Object.defineProperty(page.location, 'href', { set: (to) => window.opened.push(to) });
      return page;
    };
    window.passed = [];
    if (!outcome) {
      Object.defineProperty(navigator, 'share', { value: undefined });
      return;
    }
    Object.defineProperty(navigator, 'canShare', { value: () => true });
    Object.defineProperty(navigator, 'share', {
      value: async (data) => {
        window.passed.push({
          ...data,
          files: data.files?.map((file) => `${file.name} ${file.type} ${file.size}`),
        });
        if (window.outcome) throw new DOMException('', window.outcome);
      },
    });
  }, sheet);
  await one.go('/');
  await one.page.getByRole('article').first().waitFor();
  return one;
}

async function openSheet(page, nth = 0) {
  await page
    .getByRole('article')
    .nth(nth)
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('group', { name: 'Bagikan ke' }).waitFor();
  const more = dialog.getByRole('button', { name: /^Lainnya/ });
  await dialog
    .getByRole('button', { name: /^(Lainnya|LinkedIn)/ })
    .first()
    .waitFor(); // the table has come
  if (await more.count()) await more.click();
  return dialog;
}

const close = (page) => page.keyboard.press('Escape');
const query = (address, name) => new URL(address).searchParams.get(name);

/** One network from tap to the address that opens. */
async function through(page, name, button) {
  const dialog = await openSheet(page);
  const promised = await dialog.locator('label:has(:checked) .whitespace-pre-wrap').innerText();
  await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  if (button) await dialog.getByRole('button', { name: button }).click();
  await dialog.getByText('Tautan Anda siap').waitFor();
  const text = await dialog.getByLabel('Teks yang dibagikan').inputValue();
  // What goes at once goes as the sheet had shown it; the code of the link is made by the tap.
  if (!button)
    must(
      promised.replace(/\/s\/\S+$/, '') === text.replace(/\/s\/\S+$/, ''),
      `${name}: shown “${promised}”, sent “${text}”`,
    );
  const link = dialog.getByRole('link', { name: /^Buka/ });
  const href = (await link.count()) ? await link.getAttribute('href') : '';
  const opened = await page.evaluate(() => window.opened.splice(0));
  await close(page);
  return { text, href, opened: opened[0] ?? '' };
}

const personal = /http:\/\/127\.0\.0\.1:\d+\/s\/[0-9A-Za-z]{12}$/;

async function everyNetwork(server, browser) {
  const one = await desk(browser, server, 'asn4', false);
  const { page } = one;
  const dialog = await openSheet(page);
  must(
    (await dialog.getByRole('button', { name: /^Aplikasi lain/ }).count()) === 0,
    'a share sheet is offered where there is none',
  );
  const names = await dialog
    .getByRole('group', { name: 'Bagikan ke' })
    .getByRole('button')
    .allInnerTexts();
  must(names[0] === 'WhatsApp' && names.length === 10, `the networks: ${names}`);
  await close(page);

  const at = async (name, button, begins, check) => {
    const got = await through(page, name, button);
    const address = got.opened || got.href;
    must(address.startsWith(begins) && !/[+ \n]/.test(address), `${name} opens ${address}`);
    must(check(address, got), `${name}: ${address} for ${got.text}`);
  };
  await at(
    'WhatsApp',
    '',
    'https://wa.me/?text=',
    (to, { text }) =>
      query(to, 'text') === text && personal.test(text) && text.includes('Saya ASN di '),
  );
  await at(
    'Telegram',
    '',
    'https://t.me/share/url?url=',
    (to, { text }) => personal.test(query(to, 'url')) && text.startsWith(query(to, 'text')),
  );
  await at(
    'Threads',
    '',
    'https://www.threads.com/intent/post?text=',
    (to, { text }) => personal.test(query(to, 'url')) && text.startsWith(query(to, 'text')),
  );
  await at(
    'Surel',
    '',
    'mailto:?subject=',
    (to, { text }) => to.length < 2000 && query(to, 'body') === text.replaceAll('\n', '\r\n'),
  );
  for (const [name, key, begins] of [
    ['Facebook', 'u', 'https://www.facebook.com/sharer/sharer.php?u='],
    ['LinkedIn', 'url', 'https://www.linkedin.com/sharing/share-offsite/?url='],
  ]) {
    await at(
      name,
      `Buka ${name}`,
      begins,
      (to, { text }) =>
        personal.test(query(to, key)) &&
        [...new URL(to).searchParams].length === 1 &&
        !text.includes('/s/'),
    );
  }
  for (const [name, begins] of [
    ['Instagram', 'https://www.instagram.com/'],
    ['TikTok', 'https://www.tiktok.com/'],
  ]) {
    await at(
      name,
      `Buka ${name}`,
      begins,
      (to, { text }) => to === begins && !text.includes('/s/') && text.includes('#'),
    );
  }
  await limits(page);
  await page
    .getByRole('article')
    .first()
    .getByText(/Facebook, dibagikan/)
    .waitFor();
  must(one.faults.length === 0, one.faults.join('\n'));
  await leave(one.context);
}

/** Own words that X cannot take: the tile says so, and the sheet shows what is left before anything opens. */
async function limits(page) {
  const dialog = await openSheet(page);
  const x = dialog.getByRole('button', { name: /^X/ });
  await dialog.getByText('Tulis dengan kata sendiri').click();
  await dialog.getByLabel('Keterangan Anda').fill('Ayo ke posyandu!');
  must(/^X\s+\d+ dari 280/.test(await x.innerText()), `the length for X: ${await x.innerText()}`);
  await dialog.getByLabel('Keterangan Anda').fill(long);
  must(/Dipotong/.test(await x.innerText()), 'X does not say that the text is cut');
  must(
    /Dipotong/.test(await dialog.getByRole('button', { name: /^Threads/ }).innerText()),
    'Threads does not say that the text is cut',
  );
  await x.click();
  await dialog.getByText('Teks terlalu panjang untuk X').waitFor();
  for (const said of ['Tagar tidak disertakan.', 'Keterangan dipotong di ujung kata.'])
    await dialog.getByText(said).waitFor();
  await page.screenshot({ path: path.join(out, 'bagikan-dipotong.png') });
  await dialog.getByRole('button', { name: 'Lanjut ke X' }).click();
  await dialog.getByText('Tautan Anda siap').waitFor();
  const [to] = await page.evaluate(() => window.opened.splice(0));
  must(
    to.startsWith('https://x.com/intent/tweet?text=') && personal.test(query(to, 'url')),
    `X opens ${to}`,
  );
  const text = query(to, 'text');
  must(
    text.includes('…') && !text.includes('#') && [...text].length + 24 <= 280,
    `X gets ${[...text].length}: ${text}`,
  );
  await close(page);
}

/** The phone's own sheet, its files, and a person who changes their mind. */
async function systemSheet(server, browser) {
  const one = await desk(browser, server, 'asn5', true);
  const { page } = one;
  const reads = await program(server, 'asn5');
  const [{ id: item }] = (await reads('/api/v1/feed')).items;
  const act = async () =>
    (await reads(`/api/v1/feed/${item}`)).acts.find((mine) => mine.network === 'system');
  await page.evaluate(() => (window.outcome = 'AbortError'));
  let dialog = await openSheet(page);
  await dialog.getByRole('button', { name: /^Aplikasi lain/ }).click();
  await dialog.getByText('Anda menutup menu berbagi').waitFor();
  must((await act()).cause === 'aborted', 'a closed sheet is not told as such');
  await dialog.getByRole('button', { name: 'Batalkan catatan' }).click();
  await page.getByText('Catatan pembagian dibatalkan.').waitFor();
  must(!(await act()), 'the share was not taken back');

  await page.evaluate(() => (window.outcome = ''));
  dialog = await openSheet(page);
  await dialog.getByRole('button', { name: /^Aplikasi lain/ }).click();
  await dialog.getByText('Teks Anda sudah diteruskan').waitFor();
  const passed = await page.evaluate(() => window.passed.at(-1));
  must(
    personal.test(passed.url) &&
      passed.title &&
      passed.text.includes('Saya ASN di ') &&
      !passed.text.includes('/s/'),
    JSON.stringify(passed),
  );
  must(
    (await act()).grade === 'C' && (await act()).cause === 'indicated_by_sheet',
    'a resolved sheet does not indicate',
  );
  await close(page);

  // The same content with pictures, as the document will have them.
  await page.route('**/api/v1/feed*', async (route) => {
    const answer = await route.fetch();
    const feed = await answer.json();
    feed.items[0].images = [
      {
        alt: 'Ikon',
        width: 192,
        height: 192,
        sources: [{ url: '/icons/192.png', width: 192, height: 192, bytes: 4200000 }],
      },
    ];
    await route.fulfill({ response: answer, json: feed });
  });
  await page.reload();
  // What was kept stands there first; the picture says that the answer has come.
  await page.getByRole('article').first().getByRole('img', { name: 'Ikon' }).waitFor();
  dialog = await openSheet(page);
  await dialog.getByRole('button', { name: /^Instagram/ }).click();
  const file = dialog.getByRole('link', { name: 'Simpan gambar 1 (4,2 MB)' });
  must((await file.getAttribute('href')) === '/icons/192.png', 'the file to save');
  await dialog.getByRole('button', { name: 'Pilih aplikasi lain' }).click();
  await dialog.getByRole('button', { name: /^Aplikasi lain/ }).click();
  await dialog.getByText('Teks Anda sudah diteruskan').waitFor();
  const { files } = await page.evaluate(() => window.passed.at(-1));
  must(files?.length === 1 && /^192\.png image\/png \d+$/.test(files[0]), `files: ${files}`);
  must(one.faults.length === 0, one.faults.join('\n'));
  await leave(one.context);
}

/** A phone that leaves for WhatsApp: two taps from the feed. Answers the person, who is still away. */
async function leaves(server, browser) {
  const asn = await person(browser, server, { width: 360, height: 740, local: 'asn6' });
  const { page, context } = asn;
  let taps = 0;
  await context.exposeFunction('tapped', () => taps++);
  await context.addInitScript(() =>
    addEventListener('click', (event) => event.isTrusted && window.tapped(), true),
  );
  await asn.go('/');
  const card = page.getByRole('article').nth(1);
  await card.waitFor();
  await card.getByRole('button', { name: /^Bagikan/ }).tap();
  await page.getByRole('button', { name: /^WhatsApp/ }).tap();
  await page.waitForURL(/^https:\/\/wa\.me\//);
  must(taps <= 3, `${taps} taps from the feed to WhatsApp`);
  return { asn, taps, at: Date.now() };
}

/** Back after five seconds: asked once, and what was answered is the grade. */
async function returns(server, { asn, at }) {
  const { page } = asn;
  await page.waitForTimeout(Math.max(0, 5200 - (Date.now() - at)));
  await asn.go('/');
  await page.getByText('Sudah dibagikan di WhatsApp?').waitFor();
  await page.screenshot({ path: path.join(out, 'bagikan-kembali-360.png') });
  const told = page.waitForResponse((response) =>
    response.url().endsWith('/shares/whatsapp/evidence'),
  );
  await page.getByRole('button', { name: 'Ya', exact: true }).tap();
  const answer = await told;
  const { grade } = await answer.json(); // C, or better where somebody has clicked before
  must(
    answer.status() === 200 && 'ABC'.includes(grade),
    `the evidence: ${answer.status()}, grade ${grade}`,
  );
  await page.reload();
  await page.getByRole('article').first().waitFor();
  await page.waitForLoadState('networkidle'); // what comes after the first card is there, too
  must((await page.getByText('Sudah dibagikan di WhatsApp?').count()) === 0, 'asked twice');
  must(asn.faults.length === 0, asn.faults.join('\n'));
}

/** "Belum", on whichever screen they are: the record of that tap goes, one of an earlier tap stays. */
async function notYet(server, asn) {
  const { page } = asn;
  const reads = await program(server, 'asn6');
  const items = (await reads('/api/v1/feed?limit=8')).items;
  const on = ({ acts }) => acts.find((act) => act.kind === 'share' && act.network === 'whatsapp');
  const before = items.find((item) => on(item));
  const fresh = items.find((item) => !on(item));
  must(before && fresh, 'nothing was shared, or everything');
  for (const { id, title } of [fresh, before]) {
    await asn.go(`/konten/${id}`);
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByRole('button', { name: /^Bagikan/ }).tap();
    await page.getByRole('button', { name: /^WhatsApp/ }).tap();
    await page.waitForURL(/^https:\/\/wa\.me\//);
    const recorded = on(await reads(`/api/v1/feed/${id}`));
    must(recorded, 'the tap made no record');
    await asn.go('/bantuan'); // a page without scripts: an hour passes there
    await page.evaluate(() => {
      const left = JSON.parse(sessionStorage.getItem('left'));
      sessionStorage.setItem('left', JSON.stringify({ ...left, at: left.at - 3_600_000 }));
    });
    await asn.go('/dampak');
    await page.getByText('Sudah dibagikan di WhatsApp?').waitFor();
    await page.getByRole('button', { name: 'Belum', exact: true }).tap();
    const told = id === fresh.id ? 'Catatan pembagian dibatalkan.' : 'yang sebelumnya tetap';
    await page.getByText(told).waitFor();
    const now = on(await reads(`/api/v1/feed/${id}`));
    if (id === fresh.id) must(!now, 'the record of the tap stands');
    else must(now?.id === recorded.id && now.grade === recorded.grade, 'an earlier record changed');
  }
  await asn.go('/');
}

/** Skip and save: out of the feed, under their filters, and back. */
async function marks(asn) {
  const { page } = asn;
  const title = await page.getByRole('article').first().getByRole('heading').textContent();
  const there = page.getByRole('article').filter({ hasText: title });
  const menu = async (choice) => {
    await there.getByRole('button', { name: /^Pilihan lain/ }).tap();
    await page.getByRole('dialog').getByRole('button', { name: choice }).tap();
  };
  await menu('Simpan untuk nanti');
  await page.getByRole('button', { name: 'Disimpan', exact: true }).tap();
  await there.waitFor();
  await page.getByRole('button', { name: 'Semua', exact: true }).tap();
  await menu('Lewati');
  await there.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Dilewati', exact: true }).tap();
  await there.waitFor();
  await page.screenshot({ path: path.join(out, 'umpan-dilewati-360.png') });
  await menu('Kembalikan ke beranda');
  await page.getByRole('button', { name: 'Semua', exact: true }).tap();
  await there.waitFor();
}

/** Two networks of one content without a network: both wait, and each is sent once. */
async function offline(server, browser) {
  const asn = await person(browser, server, {
    width: 360,
    height: 740,
    local: 'asn7',
    worker: 'allow',
  });
  const { page, context } = asn;
  await asn.go('/');
  await page.getByRole('article').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await asn.go('/');
  await openSheet(page); // the table is kept from now on
  await close(page);
  const sent = [];
  context.on('response', (response) => {
    if (/\/shares$|\/save$/.test(response.url()))
      sent.push(`${response.status()} ${response.request().postData() ?? 'save'}`);
  });
  await context.setOffline(true);
  for (const name of [/^Telegram/, /^Threads/]) {
    const dialog = await openSheet(page);
    await dialog.getByRole('button', { name }).click();
    await dialog.getByText('Menunggu terkirim').waitFor();
    await dialog.getByRole('button', { name: 'Selesai' }).click();
  }
  await page
    .getByRole('article')
    .first()
    .getByRole('button', { name: /^Pilihan lain/ })
    .click();
  await page.getByRole('button', { name: 'Simpan untuk nanti' }).click();
  must(sent.length === 0, 'something was sent without a network');
  await context.setOffline(false);
  for (const name of ['Telegram', 'Threads'])
    await page.getByRole('link', { name: `Buka ${name}` }).waitFor();
  await until('three shares', () => sent.length >= 3);
  await page.reload();
  await page.getByRole('article').first().waitFor();
  const count = (word) => sent.filter((one) => one.includes(word)).length;
  must(
    count('telegram') === 1 && count('threads') === 1 && count('save') === 1 && sent.length === 3,
    `sent: ${sent}`,
  );
  const reads = await program(server, 'asn7');
  const [item] = (await reads('/api/v1/feed?filter=saved')).items; // shared, it stands lower in the feed
  must(
    item.saved && item.acts.filter((act) => /telegram|threads/.test(act.network)).length === 2,
    JSON.stringify(item.acts),
  );
  must(asn.faults.length === 0, asn.faults.join('\n'));
}

/** What only an opened sheet shows, in both themes. */
async function looks(server, browser) {
  const faults = [];
  for (const [width, height, theme] of [
    [320, 640, 'light'],
    [360, 740, 'dark'],
    [1440, 900, 'light'],
  ]) {
    const one = await person(browser, server, { width, height, theme, local: 'asn1' });
    await one.go('/');
    const { page } = one;
    await page.getByRole('article').first().waitFor();
    const shot = async (name) => {
      faults.push(...(await check(page, `${name}-${width}-${theme}`)));
      await page.screenshot({ path: path.join(out, `${name}-${width}-${theme}.png`) });
    };
    const dialog = await openSheet(page);
    await shot('bagikan-semua');
    await dialog.getByRole('button', { name: /^Instagram/ }).click();
    await shot('bagikan-langkah');
    await dialog.getByRole('button', { name: 'Pilih aplikasi lain' }).click();
    await dialog.getByRole('button', { name: /^Facebook/ }).click();
    await shot('bagikan-tautan');
    await close(page);
    await page
      .getByRole('button', { name: /^Pilihan lain/ })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Lewati' }).waitFor();
    await shot('menu');
    await leave(one.context);
  }
  must(faults.length === 0, faults.join('\n'));
}

export async function share() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    const away = await leaves(server, browser);
    await everyNetwork(server, browser);
    await systemSheet(server, browser);
    await returns(server, away);
    await notYet(server, away.asn);
    await marks(away.asn);
    await offline(server, browser);
    await looks(server, browser);
    console.log(`share: 10 networks and the phone's own sheet, ${away.taps} taps to WhatsApp`);
  } finally {
    await browser.close();
    await server.stop();
  }
}
