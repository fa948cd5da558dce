// npm run e2e [story|screens ...]: all parts, or those that are named.
import { mkdirSync } from 'node:fs';
import { out } from './world.mjs';
import { airplane } from './airplane.mjs';
import { approval } from './approval.mjs';
import { composer } from './composer.mjs';
import { calendar } from './calendar.mjs';
import { day } from './day.mjs';
import { delivery } from './delivery.mjs';
import { handover } from './handover.mjs';
import { keyboard } from './keyboard.mjs';
import { images } from './images.mjs';
import { prefetch } from './prefetch.mjs';
import { mail } from './mail.mjs';
import { media } from './media.mjs';
import { integrity } from './integrity.mjs';
import { learn } from './learn.mjs';
import { lighthouse } from './lighthouse.mjs';
import { lint } from './lint.mjs';
import { offline } from './offline.mjs';
import { proof } from './proof.mjs';
import { plain } from './plain.mjs';
import { push } from './push.mjs';
import { recall } from './recall.mjs';
import { roster } from './roster.mjs';
import { season } from './season.mjs';
import { share } from './share.mjs';
import { signin } from './signin.mjs';
import { slow } from './slow.mjs';
import { start } from './start.mjs';
import { story } from './story.mjs';
import { update } from './update.mjs';
import { tour } from './tour.mjs';

// Each part has a server and a browser of its own. The longest come first, so that none is waited for at the end. What mostly waits goes three at a time; what is
// slow beside others gets a second chance alone; what times something, or fills the machine by itself, goes alone.
const together = {
  calendar,
  recall,
  day,
  mail,
  delivery,
  composer,
  season,
  keyboard,
  story,
  approval,
  signin,
  roster,
  share,
  proof,
  images,
  media,
  lint,
  integrity,
  learn,
  offline,
  airplane,
  handover,
  update,
  plain,
  push,
  prefetch,
  start,
};
const alone = { lighthouse, slow, screens: tour };

mkdirSync(out, { recursive: true });
const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in together) && !(name in alone));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}`);
// Lighthouse takes its minute on request only (`npm run lighthouse`); the tour keeps to the same rules.
const onRequest = ['lighthouse'];
const chosen = (parts) =>
  Object.entries(parts).filter(([name]) =>
    named.length === 0 ? !onRequest.includes(name) : named.includes(name),
  );

// Longer than any part has ever taken: one that stands still must not keep the others from their turn.
const longest = { screens: 12 * 60, usual: 5 * 60 }; // s

async function inTime(name, part) {
  let timer;
  const seconds = longest[name] ?? longest.usual;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${seconds} s`)), seconds * 1000);
  });
  await Promise.race([part(), late]).finally(() => clearTimeout(timer));
}

async function passes([name, part]) {
  const began = Date.now();
  try {
    await inTime(name, part);
    console.log(`ok ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.error(`FAILED ${name}: ${error.stack}`);
    return false;
  }
}

/** Takes the next part until none is left; gives those that failed. */
async function lane(waiting) {
  const failed = [];
  for (let next = waiting.shift(); next; next = waiting.shift())
    if (!(await passes(next))) failed.push(next);
  return failed;
}

const waiting = chosen(together);
const count = waiting.length + chosen(alone).length;
const beside = (await Promise.all([1, 2, 3].map(() => lane(waiting)))).flat();
// Whatever fails beside another browser must hold by itself; that it failed at first stays on the record.
const failed = [...(await lane([...beside])), ...(await lane(chosen(alone)))];
console.log(`${count} parts, ${failed.length} failed, ${beside.length} tried again alone`);
process.exit(failed.length ? 1 : 0); // what stood still holds nothing up
