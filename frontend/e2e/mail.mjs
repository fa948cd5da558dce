// A content is withdrawn: who shared it gets a letter from a mail server of our own, opens its link without signing
// in and without scripts, and stops this kind of letter; opening alone changes nothing.
import { linkOf, pressStop, seeStop, withPost } from './post.mjs';
import { must, program } from './world.mjs';

export async function mail() {
  await withPost(
    /mail|letter|notice|ERROR|WARN/,
    async ({ server, browser, letters, letterTo }) => {
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
      const link = linkOf(await letterTo('asn3'));
      const english = linkOf(await letterTo('asn4'));
      must(link.startsWith(`${server.url}/berhenti/`), link);
      const recalls = async (ask) =>
        (await ask('/api/v1/me/mail')).kinds.find(({ kind }) => kind === 'recalled').on;

      await seeStop(browser, server, link, { label: 'tanya' });
      await seeStop(browser, server, english, { label: 'tanya-en', lang: 'en' });
      must((await recalls(one)) && (await recalls(other)), 'looking at the page changed something');

      await pressStop(browser, link, { button: 'Hentikan surel ini', done: 'Surel dihentikan' });
      must(!(await recalls(one)), 'the button does nothing');
      must(await recalls(other), 'it stopped the letters of another person');
      await seeStop(browser, server, link, { label: 'selesai', done: true });

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
      const secrets = letters.map(({ to }) => to);
      must(
        !server.log.some((line) => secrets.some((address) => line.includes(address))),
        'an address is in the log',
      );
      console.log(
        `mail: ${letters.length} letters of a withdrawal, stopped by page and by one click`,
      );
    },
  );
}
