// npm run e2e [story|screens ...]: all parts, or those that are named.
import { mkdirSync } from 'node:fs';
import { out } from './world.mjs';
import { approval } from './approval.mjs';
import { composer } from './composer.mjs';
import { calendar } from './calendar.mjs';
import { images } from './images.mjs';
import { prefetch } from './prefetch.mjs';
import { lint } from './lint.mjs';
import { offline } from './offline.mjs';
import { recall } from './recall.mjs';
import { roster } from './roster.mjs';
import { share } from './share.mjs';
import { signin } from './signin.mjs';
import { slow } from './slow.mjs';
import { story } from './story.mjs';
import { tour } from './screens.mjs';

const parts = { story, approval, calendar, signin, roster, share, recall, images, composer, lint, prefetch, offline, slow, screens: tour };
mkdirSync(out, { recursive: true });
const named = process.argv.slice(2);
let failed = 0;
for (const [name, part] of Object.entries(parts)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const began = Date.now();
  try {
    await part();
    console.log(`ok ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.error(`FAILED ${name}: ${error.stack}`);
  }
}
console.log(`${named.length || Object.keys(parts).length} parts, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
