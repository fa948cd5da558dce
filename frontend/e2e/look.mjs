// How a screen is looked at: it stands, is turned to another theme or width, and is judged by axe (WCAG 2.2 AA and best
// practice) and by its width.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { must } from './world.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Another theme or width for a screen that stands: two frames later it is drawn. */
export async function turn(page, { theme, width, height }) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
        .map((one) => one.finished.catch(() => {})), // a dialog that goes takes its animation with it
    ),
  );
  const shown = await page.evaluate(() => document.documentElement.dataset.theme ?? 'light');
  must(!shown || shown === theme || !(await page.$('#app')), `asked for ${theme}, shown ${shown}`);
}

export async function settle(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'), null, {
    timeout: 10_000,
  });
  await page.evaluate(() => document.fonts.ready);
}

/** What the bottom bar happens to cover is judged again where a person would tap it: in the middle. */
async function judgeInView(page, violation) {
  const small = [];
  for (const node of violation.nodes) {
    const still = await page.evaluate(async (selector) => {
      const target = document.querySelector(selector);
      target.scrollIntoView({ block: 'center' });
      const again = await globalThis.axe.run(target, {
        runOnly: { type: 'rule', values: ['target-size'] },
      });
      scrollTo(0, 0);
      return again.violations.length > 0;
    }, node.target.join(' '));
    if (still) small.push(node);
  }
  violation.nodes = small;
}

/** The rules that another look of the same page can break: nothing else has changed. */
export const rulesOf = {
  theme: ['color-contrast', 'link-in-text-block'],
  en: ['button-name', 'link-name', 'label', 'target-size'],
  besar: ['target-size'],
};

/** Axe and the width of a page; `rules`: only these, instead of all that we keep to; `part`: only there. */
export async function check(page, name, { rules, part = 'html' } = {}) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(
    ([part, only]) => globalThis.axe.run(part, { runOnly: only }),
    [part, rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags }],
  );
  for (const v of found.violations.filter(({ id }) => id === 'target-size'))
    await judgeInView(page, v);
  found.violations = found.violations.filter(({ nodes }) => nodes.length > 0);
  const list = found.violations.map(
    (v) => `${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`,
  );
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (sideways > 0) list.push(`${name}: ${sideways}px of sideways scroll`);
  const within = await page.evaluate(() =>
    Math.max(
      0,
      ...[...document.querySelectorAll('dialog[open]')].map(
        (one) => one.scrollWidth - one.clientWidth,
      ),
    ),
  );
  if (within > 0) list.push(`${name}: ${within}px of sideways scroll in a dialog`);
  return list;
}
