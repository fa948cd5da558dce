// A mail server of our own, what it was given, and the page behind the links of letters.
import net from 'node:net';
import path from 'node:path';
import { check } from './look.mjs';
import { leave, must, out, person, startBrowser, startServer, until } from './world.mjs';

/** A mail server that takes everything, and the letters it was given. */
function peer() {
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

/** The page behind the link of a letter, as who is not signed in sees it. */
export async function seeStop(browser, server, link, { done, lang = 'id', label }) {
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

/** Stops what a letter's link stops, on its page, without scripts. */
export async function pressStop(browser, link, { button, done }) {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('heading', { name: done }).waitFor();
  await plain.close();
}

/** A world that sends its letters to a server of ours. When the part fails, what the log says about it is shown. */
export async function withPost(about, part) {
  const { letters, server: taking, port } = await peer();
  const server = await startServer({
    env: {
      GAUNG_SMTP_URL: `smtp://127.0.0.1:${port}`,
      GAUNG_MAIL_FROM: 'Gaung <gaung@nusaarunika.example>',
    },
  });
  const browser = await startBrowser();
  /** Letters go out once a minute. */
  const letterTo = (local) =>
    until(`a letter to ${local}`, () => letters.find(({ to }) => to.startsWith(`${local}@`)), {
      seconds: 90,
    });
  try {
    await part({ server, browser, letters, letterTo });
  } catch (error) {
    console.error(
      server.log
        .filter((line) => about.test(line))
        .join('')
        .slice(-6000),
      letters.length,
    );
    throw error;
  } finally {
    await browser.close();
    await server.stop();
    taking.close();
  }
}
