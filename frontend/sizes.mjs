// The byte gate: what a first visit to each screen downloads, gzipped. Run after `npm run build`.
import fs from 'node:fs';
import zlib from 'node:zlib';

const kilobyte = 1024;
// A lazy screen of the feed comes after the first card, from the worker on the second visit.
const limits = { feed: 45, lazy: 60, style: 10, konsol: 110, laporan: 90, worker: 12 };

const gzipped = (file) => zlib.gzipSync(fs.readFileSync(`dist/${file}`), { level: 9 }).length;
const manifest = (name) => JSON.parse(fs.readFileSync(`dist/.vite/${name}.json`, 'utf8'));

/** The scripts and styles that an entry needs before it runs. */
function filesOf(manifest, entry, found = new Set()) {
  const chunk = manifest[entry];
  if (!chunk || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const style of chunk.css ?? []) found.add(style);
  for (const other of chunk.imports ?? []) filesOf(manifest, other, found);
  return found;
}

/** Bytes of a page and of what it needs; a style that was inlined is in the page itself. */
function weigh(page, manifest, ...entries) {
  const files = new Set();
  for (const entry of entries) filesOf(manifest, entry).forEach((file) => files.add(file));
  const present = [...files].filter((file) => fs.existsSync(`dist/${file}`));
  return gzipped(page) + present.reduce((sum, file) => sum + gzipped(file), 0);
}

const rows = [];
const asn = manifest('asn');
const desk = manifest('desk');
rows.push(['/', weigh('index.html', asn, 'index.html'), limits.feed]);
for (const face of ['konsol', 'laporan']) {
  const page = `${face}/index.html`;
  rows.push([`/${face}`, weigh(page, desk, page), limits[face]]);
  // A lazy screen: weighed together with its face. Screens of both faces count in both.
  for (const screen of desk[page].dynamicImports ?? []) {
    if (!screen.startsWith('src/text/')) {
      rows.push([`/${face} + ${screen}`, weigh(page, desk, page, screen), limits[face]]);
    }
  }
}
/** Everything that comes lazily, however many steps away. */
function lazyOf(manifest, entry, found = new Set()) {
  const { imports = [], dynamicImports = [] } = manifest[entry];
  for (const screen of dynamicImports) {
    if (found.has(screen) || screen.startsWith('src/text/') || screen.endsWith('.css')) continue;
    found.add(screen);
    lazyOf(manifest, screen, found);
  }
  for (const part of imports) if (part !== entry) lazyOf(manifest, part, found);
  return found;
}

for (const screen of lazyOf(asn, 'index.html')) {
  rows.push([`/ + ${screen}`, weigh('index.html', asn, 'index.html', screen), limits.lazy]);
}
// The style of all that comes lazily: once, with the first of them.
rows.push([
  '/ + src/asn/rest.css',
  gzipped(asn['src/asn/rest.css'].css?.[0] ?? asn['src/asn/rest.css'].file),
  limits.style,
]);
rows.push(['sw.js', gzipped('sw.js'), limits.worker]);

let heavy = false;
for (const [name, bytes, limit] of rows) {
  const over = bytes > limit * kilobyte;
  heavy ||= over;
  console.log(
    `${over ? 'TOO HEAVY' : 'ok       '} ${(bytes / kilobyte).toFixed(1).padStart(6)} of ${String(limit).padStart(3)} KB  ${name}`,
  );
}
process.exit(heavy ? 1 : 0);
