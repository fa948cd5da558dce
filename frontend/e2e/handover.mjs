// What waits when things changed meanwhile: the content was withdrawn, or somebody else took the phone.
import {
  leave,
  mail,
  must,
  password,
  person,
  program,
  startBrowser,
  startServer,
  until,
} from './world.mjs';

const reason = 'Angka pada paragraf kedua keliru.';

/** What the page keeps under a name. */
const kept = (page, name) =>
  page.evaluate(
    (key) =>
      new Promise((resolve) => {
        const open = indexedDB.open('keyval-store');
        open.onsuccess = () => {
          const get = open.result.transaction('keyval').objectStore('keyval').get(key);
          get.onsuccess = () => {
            open.result.close();
            resolve(get.result);
          };
        };
      }),
    name,
  );

const pictures = (page) =>
  page.evaluate(async () =>
    (await (await caches.open('images')).keys()).map(({ url }) => new URL(url).pathname),
  );

async function ready(browser, server, local) {
  const one = await person(browser, server, { width: 360, height: 740, local, worker: 'allow' });
  const { page } = one;
  await one.go('/');
  await page.getByRole('article').first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await one.go('/');
  await page.getByRole('article').first().waitFor();
  await page.waitForTimeout(2500); // the sheet is on the device
  return one;
}

async function openSheet(page, title) {
  await page
    .getByRole('article')
    .filter({ hasText: title })
    .getByRole('button', { name: /^Bagikan/ })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('group', { name: 'Bagikan ke' }).waitFor();
  return dialog;
}

async function ownWords(dialog, words) {
  await dialog.getByText('Tulis dengan kata sendiri').click();
  await dialog.getByLabel('Keterangan Anda').fill(words);
}

async function queueCopy(page, title, words) {
  const dialog = await openSheet(page, title);
  if (words) await ownWords(dialog, words);
  await dialog.getByRole('button', { name: /^WhatsApp/ }).click();
  await dialog.getByText('Menunggu terkirim').waitFor();
  await dialog.getByRole('button', { name: 'Selesai' }).click();
}

/** Two contents of the person's first page that Humas may withdraw, and one to stand in for them. */
async function withdrawable(server, local) {
  const humas = await program(server, 'humas');
  const feed = (await (await program(server, local))('/api/v1/feed?limit=8')).items;
  const queue = (await humas('/api/v1/contents?state=live&limit=50')).items;
  const mine = queue.filter(({ actions }) => actions.includes('recall')).map(({ id }) => id);
  const list = feed.filter(({ id }) => mine.includes(id));
  must(list.length >= 3, `only ${list.length} contents can be withdrawn`);
  const recall = (id, correction) =>
    humas(`/api/v1/contents/${id}/recall`, {
      method: 'POST',
      body: { reason, correction_id: correction },
    });
  return { list, recall };
}

async function conflict(browser, server) {
  const { list, recall } = await withdrawable(server, 'asn2');
  const [waiting, typed, fix] = list;
  const one = await ready(browser, server, 'asn2');
  const { page, context } = one;
  await one.go(`/konten/${waiting.id}`); // kept as a page, too
  await page.getByRole('button', { name: 'Bagikan' }).waitFor();
  await one.go('/');
  await page.getByRole('article').first().waitFor();
  await context.setOffline(true);
  await queueCopy(page, waiting.title, 'Warga, ini jadwal yang saya tunggu.');
  const dialog = await openSheet(page, typed.title);
  await ownWords(dialog, 'Kata-kata saya yang belum selesai');
  // A crash: what was typed is there again.
  await page.reload();
  await openSheet(page, typed.title);
  must(
    (await page.getByLabel('Keterangan Anda').inputValue()) === 'Kata-kata saya yang belum selesai',
    'own words did not outlive a reload',
  );
  const before = await pictures(page);
  await recall(waiting.id, fix.id);
  await recall(typed.id, fix.id);
  await context.setOffline(false);
  await page.getByRole('heading', { name: 'Tidak terkirim' }).first().waitFor();
  await page.waitForFunction(
    () => document.body.innerText.match(/Tidak terkirim/g)?.length === 2,
    null,
    { timeout: 15_000 },
  );
  const told = await page.locator('main').innerText();
  for (const words of [
    waiting.title,
    typed.title,
    reason,
    fix.title,
    'Warga, ini jadwal yang saya tunggu.',
    'Kata-kata saya yang belum selesai',
  ])
    must(told.includes(words), `the notice does not say: ${words}`);
  await page.getByRole('button', { name: 'Salin kata-kata saya' }).first().click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  must(/Warga, ini|belum selesai/.test(copied), `copied: ${copied}`);
  must(
    ((await kept(page, 'outbox')) ?? []).length === 0,
    'an act for a withdrawn content waits on',
  );
  must((await kept(page, `r:konten-${waiting.id}`)) === undefined, 'its page is still kept');
  const list2 = (await kept(page, 'r:feed')).data.items.map(({ id }) => id);
  must(!list2.includes(waiting.id) && !list2.includes(typed.id), 'its card is still kept');
  const urls = [waiting, typed].flatMap(({ images }) =>
    (images ?? []).flatMap(({ sources }) => sources.map(({ url }) => url)),
  );
  const after = await pictures(page);
  must(
    before.some((url) => urls.includes(url)) && !after.some((url) => urls.includes(url)),
    'its pictures are still kept',
  );
  must(
    before.filter((url) => !urls.includes(url)).every((url) => after.includes(url)),
    "other contents' pictures went with it",
  );
  must(one.faults.length === 0, one.faults.join('\n'));
  await leave(context);
}

/** Signs in as somebody else where the first person's page stands open. */
const becomes = (context, server, local) =>
  context.request.post(`${server.url}/api/v1/auth/login`, {
    data: { identifier: mail(local), password },
  });

async function handedOn(browser, server) {
  const reads = { a: await program(server, 'asn8'), b: await program(server, 'asn9') };
  const feed = (await reads.a('/api/v1/feed?limit=8')).items;
  const item = feed.find(({ acts }) => !acts.some(({ network }) => network === 'whatsapp'));
  const has = async (who) =>
    (await reads[who](`/api/v1/feed/${item.id}`)).acts?.some(
      (act) => act.network === 'whatsapp' && act.kind === 'share',
    ) ?? false;
  const theirs = await has('b');
  const one = await ready(browser, server, 'asn8');
  const { page, context } = one;
  await context.setOffline(true);
  await queueCopy(page, item.title);
  await page.getByText('menunggu terkirim').first().waitFor();
  const sent = [];
  context.on('response', (response) => {
    if (response.url().endsWith('/shares')) sent.push(response.status());
  });
  await becomes(context, server, 'asn9'); // in another tab, say, while this one sleeps
  await context.setOffline(false);
  await page.waitForFunction(
    async () =>
      new Promise((resolve) => {
        const open = indexedDB.open('keyval-store');
        open.onsuccess = () => {
          const get = open.result.transaction('keyval').objectStore('keyval').get('me');
          get.onsuccess = () => {
            open.result.close();
            resolve(get.result?.email?.startsWith('asn9'));
          };
        };
      }),
    null,
    { timeout: 20_000 },
  );
  await one.go('/');
  await page.getByRole('article').first().waitFor();
  await page.waitForTimeout(1500);
  must(!sent.includes(201), `an act of one person was entered for another: ${sent}`);
  must((await has('b')) === theirs && !(await has('a')), 'the act is on the server');
  must(
    (await page.getByText('menunggu terkirim').count()) === 0,
    'somebody sees what another person did',
  );
  must((await kept(page, 'outbox')).length === 1, 'the act of the first person is lost');
  await becomes(context, server, 'asn8');
  await one.go('/');
  await until('the act leaves when its person is back', () => has('a'));
  must((await has('b')) === theirs, 'the act went to the other person');
  must(one.faults.length === 0, one.faults.join('\n'));
  await leave(context);
}

export async function handover() {
  const server = await startServer();
  const browser = await startBrowser();
  try {
    await conflict(browser, server);
    console.log('handover: two withdrawn contents named, own words kept, their copies gone');
    await handedOn(browser, server);
    console.log('handover: what one person did waits for that person alone');
  } finally {
    await browser.close();
    await server.stop();
  }
}
