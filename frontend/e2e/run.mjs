// npm run e2e [story|screens ...]: all parts, or those that are named.
import { mkdirSync } from 'node:fs';
import { out } from './world.mjs';
import { approval } from './approval.mjs';
import { composer } from './composer.mjs';
import { calendar } from './calendar.mjs';
import { day } from './day.mjs';
import { keyboard } from './keyboard.mjs';
import { images } from './images.mjs';
import { prefetch } from './prefetch.mjs';
import { mail } from './mail.mjs';
import { media } from './media.mjs';
import { lint } from './lint.mjs';
import { offline } from './offline.mjs';
import { recall } from './recall.mjs';
import { roster } from './roster.mjs';
import { share } from './share.mjs';
import { signin } from './signin.mjs';
import { slow } from './slow.mjs';
import { story } from './story.mjs';
import { tour } from './screens.mjs';

// Each part has a server and a browser of its own. What mostly waits goes two at a time; what times something, or
// fills the machine by itself, goes alone.
const together = {
  day,
  keyboard,
  composer,
  story,
  approval,
  signin,
  roster,
  share,
  recall,
  images,
  media,
  mail,
  lint,
  offline,
};
const alone = { prefetch, slow, calendar, screens: tour };

mkdirSync(out, { recursive: true });
const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in together) && !(name in alone));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}`);
const chosen = (parts) =>
  Object.entries(parts).filter(([name]) => named.length === 0 || named.includes(name));
let failed = 0;

async function run([name, part]) {
  const began = Date.now();
  try {
    await part();
    console.log(`ok ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.error(`FAILED ${name}: ${error.stack}`);
  }
}

/** Takes the next part until none is left. */
async function lane(waiting) {
  for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
}

const waiting = chosen(together);
const count = waiting.length + chosen(alone).length;
await Promise.all([lane(waiting), lane(waiting)]);
await lane(chosen(alone));
console.log(`${count} parts, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
