// A content is withdrawn: who shared it gets a letter from a mail server of our own, opens its link without signing
// in and without scripts, and stops this kind of letter; opening alone changes nothing.
import net from 'node:net';
import path from 'node:path';
import { leave, must, out, person, program, startBrowser, startServer } from './world.mjs';
import { check } from './look.mjs';

/** A mail server that takes everything, and the letters it was given. */
export function peer() {
  const letters = [];
  const server = net.createServer((socket) => {
    let text = '';
    let inside = false;
    let to = '';
    const say = (line) => socket.write(`${line}\r\n`);
    const hear = (line) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO' || word === 'HELO') say('250 surat.example');
      else if (word === 'DATA') {
        inside = true;
        say('354 go on');
      } else if (word === 'QUIT') {
        say('221 bye');
        socket.end();
      } else {
        if (word === 'RCPT') [, to] = /<([^>]*)>/.exec(line);
        say('250 ok');
      }
    };
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      text += bytes;
      for (;;) {
        const end = text.indexOf(inside ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (inside ? 5 : 2));
        if (inside) {
          inside = false;
          letters.push({ to, text: part });
          say('250 taken');
        } else hear(part);
      }
    });
    say('220 surat.example');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ letters, server, port: server.address().port }));
  });
}

/** The link that a mail program follows for one click; long headers are folded. */
export const linkOf = ({ text }) =>
  /^List-Unsubscribe: <([^>]+)>/m.exec(text.replaceAll(/\r\n[ \t]+/g, ' '))[1].replaceAll(' ', '');

export async function look(browser, server, link, { done, lang = 'id', label }) {
  for (const [width, theme] of [
    [320, 'light'],
    [360, 'light'],
    [360, 'dark'],
    [1440, 'light'],
    [1440, 'dark'],
  ]) {
    const one = await person(browser, server, { width, height: width < 600 ? 740 : 900, theme });
    await one.page.goto(link);
    const faults = [...(await check(one.page, `stop ${label} ${width} ${theme}`)), ...one.faults];
    must(faults.length === 0, faults.join('\n'));
    must(
      (await one.page.locator('html').getAttribute('lang')) === lang,
      'the language of the page',
    );
    must((await one.page.locator('form').count()) === (done ? 0 : 1), 'the button');
    await one.page.screenshot({
      path: path.join(out, `surel-henti-${label}-${width}-${theme}.png`),
    });
    await leave(one.context);
  }
}

/** Asks again until something is so: letters go out once a minute. */
export async function until(what, ask) {
  for (let i = 0; i < 180; i++) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`in vain: ${what}`);
}

export async function mail() {
  const post = await peer();
  const server = await startServer({
    env: {
      GAUNG_SMTP_URL: `smtp://127.0.0.1:${post.port}`,
      GAUNG_MAIL_FROM: 'Gaung <gaung@nusaarunika.example>',
    },
  });
  const browser = await startBrowser();
  try {
    const [one, other, humas] = await Promise.all(
      ['asn3', 'asn4', 'humas'].map((local) => program(server, local)),
    );
    await other('/api/v1/me', { method: 'PATCH', body: { lang: 'en' } });
    const ids = async (ask, path) => (await ask(path)).items.map(({ id }) => id);
    const lists = await Promise.all([
      ids(other, '/api/v1/feed'),
      ids(humas, '/api/v1/contents?state=live&limit=200'),
    ]);
    const newest = (await one('/api/v1/feed')).items.sort((a, b) =>
      a.published_at < b.published_at ? 1 : -1,
    ); // few have shared it: the letters are few
    const item = newest.find(({ id }) => lists.every((list) => list.includes(id)));
    for (const ask of [one, other]) {
      const shared = await ask(`/api/v1/contents/${item.id}/shares`, {
        method: 'POST',
        body: { channel: 'whatsapp' },
      });
      must(!shared.status, JSON.stringify(shared));
    }
    const gone = await humas(`/api/v1/contents/${item.id}/recall`, {
      method: 'POST',
      body: { reason: 'Angka pada paragraf kedua keliru.' },
    });
    must(gone.state === 'recalled', JSON.stringify(gone));
    const letterTo = (local) =>
      until(`a letter to ${local}`, () =>
        post.letters.find(({ to }) => to.startsWith(`${local}@`)),
      );
    const link = linkOf(await letterTo('asn3'));
    const english = linkOf(await letterTo('asn4'));
    must(link.startsWith(`${server.url}/berhenti/`), link);
    const recalls = async (ask) =>
      (await ask('/api/v1/me/mail')).kinds.find(({ kind }) => kind === 'recalled').on;

    await look(browser, server, link, { label: 'tanya' });
    await look(browser, server, english, { label: 'tanya-en', lang: 'en' });
    must((await recalls(one)) && (await recalls(other)), 'looking at the page changed something');

    const plain = await browser.newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(link);
    await page.getByRole('button', { name: 'Hentikan surel ini' }).click();
    await page.getByRole('heading', { name: 'Surel dihentikan' }).waitFor();
    await plain.close();
    must(!(await recalls(one)), 'the button does nothing');
    must(await recalls(other), 'it stopped the letters of another person');
    await look(browser, server, link, { label: 'selesai', done: true });

    // One click of a mail program (RFC 8058): no page, no cookie.
    for (let i = 0; i < 2; i++) {
      const done = await fetch(english, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      must(done.status === 200, `one click: ${done.status}`);
    }
    must(!(await recalls(other)), 'one click does nothing');
    const secrets = post.letters.map(({ to }) => to);
    must(
      !server.log.some((line) => secrets.some((address) => line.includes(address))),
      'an address is in the log',
    );
    console.log(
      `mail: ${post.letters.length} letters of a withdrawal, stopped by page and by one click`,
    );
  } catch (error) {
    console.error(
      server.log
        .filter((line) => /mail|letter|notice|ERROR|WARN/.test(line))
        .join('')
        .slice(-6000),
      post.letters.length,
    );
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    post.server.close();
  }
}
