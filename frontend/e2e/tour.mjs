// Every screen, at 320, 360 and 1440 px, light and dark, in Indonesian; then in English, and with text of
// twice the size: axe, no sideways scroll, and pictures to look at.
import path from 'node:path';
import {
  landmarks,
  leave,
  must,
  out,
  person,
  program,
  short,
  startBrowser,
  startServer,
} from './world.mjs';
import { check, rulesOf, settle, turn } from './look.mjs';
import { long, screens } from './screens.mjs';

const phone = { width: 360, height: 740 };
const small = { width: 320, height: 640 };
const desk = { width: 1440, height: 900 };

/** How a screen is opened, and how it is turned while it stands: what turns by itself needs no second visit. */
const looks = [
  {
    ...phone,
    turns: [{ theme: 'light' }, { theme: 'dark' }, { ...small, theme: 'dark' }],
  },
  { ...desk, turns: [{ theme: 'light' }, { theme: 'dark' }] },
  { ...phone, lang: 'en', label: 'en', atDesk: false, turns: [{ theme: 'light' }] },
  { ...desk, lang: 'en', label: 'en', atDesk: true, turns: [{ theme: 'dark' }] },
  { ...phone, large: true, label: 'besar', atDesk: false, turns: [{ theme: 'light' }] },
  { ...desk, large: true, label: 'besar', atDesk: true, turns: [{ theme: 'light' }] },
];

/** What is made for a desk: in English and large each screen is seen where it is at home. */
const ofDesk = (address) => /^\/(konsol|laporan|k|s|berhenti|sertifikat)(\/|$)/.test(address);

/** E2E_LOOK=en or besar visits only those, 360 or 1440 only such; E2E_SCREENS='surel|bel' only such names. */
const only = process.env.E2E_LOOK;
const some = new RegExp(process.env.E2E_SCREENS ?? '');

export async function tour() {
  const server = await startServer();
  const browser = await startBrowser();
  const faults = [];
  let looked = 0;
  try {
    const feed = await program(server, 'asn3');
    const at = await landmarks(server);
    const known = { ...at.node, ...at.content, slug: (await feed('/api/v1/feed')).items[0].slug };
    const resolve = (address) => address.replace(/\{([^}]+)\}/, (_, name) => known[name]);
    const seenBy = (look) =>
      screens.filter(
        ([name, , address]) =>
          some.test(name) &&
          (look.atDesk ?? (short ? look.width === desk.width : ofDesk(address))) ===
            ofDesk(address),
      );
    const visit = async ({ look, local, list }) => {
      const one = await person(browser, server, { ...look, ...look.turns[0], local });
      const { page, enlarge } = one;
      for (const [name, , address, ready, act] of list) {
        await turn(page, { ...look, ...look.turns[0] });
        await page.goto(server.url + resolve(address));
        await enlarge();
        await page.locator(ready).first().waitFor();
        if (act) await act(page);
        await settle(page);
        for (const [nth, one] of look.turns.entries()) {
          const as = { ...look, ...one };
          await turn(page, as);
          const label = `${name}-${as.width}-${look.label ?? as.theme}`;
          // Another theme, language or size of letters is the same page for axe; its width is looked at each time.
          const repainted = nth > 0 && as.width === look.width && 'theme';
          const rules = rulesOf[look.label ?? repainted];
          faults.push(...(await check(page, label, { rules })));
          // Cards below the fold are only drawn when they come near: a full page would show them blank; and the
          // picture of a full page forgets the size of the text.
          if (as.width !== small.width)
            await page.screenshot({
              path: path.join(out, `${label}.png`),
              fullPage: !act && !look.large && !long.includes(name),
            });
          looked++;
        }
      }
      faults.push(...one.faults);
      await leave(one.context);
    };
    // A walk is one person's screens in one look; the longest first, so that none is left over at the end.
    const walks = looks
      .filter(({ width, label }) => !only || [label, String(width)].includes(only))
      .flatMap((look) => {
        const all = seenBy(look);
        return [...new Set(all.map(([, local]) => local))].map((local) => ({
          look,
          local,
          list: all.filter(([, whose]) => whose === local),
        }));
      })
      .sort((a, b) => b.list.length * b.look.turns.length - a.list.length * a.look.turns.length);
    // Five at a time: most of a visit is waiting.
    const visitor = async () => {
      for (let walk = walks.shift(); walk; walk = walks.shift()) await visit(walk);
    };
    await Promise.all(Array.from({ length: 5 }, visitor));
  } finally {
    await browser.close();
    await server.stop();
  }
  console.log(`screens: ${looked} looks, ${faults.length} faults`);
  must(faults.length === 0, faults.join('\n'));
}
