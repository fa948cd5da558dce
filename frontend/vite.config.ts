import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';

const dist = 'dist';

/** Files under a folder, by their paths from the current one. */
function filesUnder(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(file) : [file];
  });
}

/** Empties dist before the first build. The placeholder is tracked: without a build the server shows it. */
function clean(): Plugin {
  return {
    name: 'gaung-clean',
    apply: 'build',
    buildStart() {
      fs.mkdirSync(dist, { recursive: true });
      for (const name of fs.readdirSync(dist)) {
        if (name !== 'placeholder.html') fs.rmSync(path.join(dist, name), { recursive: true });
      }
    },
  };
}

/** Modules that the feed needs before it runs: everything its entry imports, but not lazily. */
const eager = new Set<string>();

/** Finds the eager modules, for a build that puts them into one file: one request, one dictionary. */
function findEager(): Plugin {
  return {
    name: 'gaung-eager',
    apply: 'build',
    buildEnd() {
      const visit = (id: string) => {
        if (eager.has(id)) return;
        eager.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(visit);
      };
      for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) visit(id);
    },
  };
}

/** A lazy screen would wait for a style that is no file any more: it waits for that of the lazy screens. */
function forget(bundle: Rolldown.OutputBundle, inlined: string) {
  const rest = Object.keys(bundle).find((file) => /\/rest-[^/]+\.css$/.test(file));
  if (!rest) throw new Error('no style of the lazy screens: src/asn/rest.css');
  for (const part of Object.values(bundle)) {
    if (part.type === 'chunk') part.code = part.code.replaceAll(`"${inlined}"`, `"${rest}"`);
  }
}

/** Puts the feed's style into its page: one request less before the first card on a slow link. */
function inlineCss(): Plugin {
  return {
    name: 'gaung-inline-css',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') return;
        page.source = String(page.source).replace(
          /<link rel="stylesheet"[^>]*href="\/([^"]+\.css)"[^>]*>/g,
          (link, file: string) => {
            const style = bundle[file];
            if (style?.type !== 'asset') return link;
            delete bundle[file];
            forget(bundle, file);
            return `<style>${String(style.source)}</style>`;
          },
        );
      },
    },
  };
}

/** What the worker keeps: exactly the files of the feed that this build wrote. */
function precacheList() {
  const files = ['index.html', 'manifest.webmanifest', 'icons/192.png'].concat(
    filesUnder(`${dist}/assets/asn`)
      .filter((file) => /\.(js|css)$/.test(file))
      .map((file) => path.relative(dist, file)),
  );
  return files.map((file) => ({
    url: `/${file}`,
    // Names under assets/ carry a hash; the others need one to be noticed as changed.
    revision: file.startsWith('assets/')
      ? null
      : createHash('sha256')
          .update(fs.readFileSync(path.join(dist, file)))
          .digest('hex')
          .slice(0, 12),
  }));
}

/** Builds the service worker after the feed. */
function serviceWorker(): Plugin {
  return {
    name: 'gaung-service-worker',
    apply: 'build',
    enforce: 'post',
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await build({
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          define: {
            'self.__WB_MANIFEST': JSON.stringify(precacheList()),
            'process.env.NODE_ENV': '"production"',
          },
          build: {
            outDir: dist,
            emptyOutDir: false,
            rolldownOptions: {
              input: 'src/sw.ts',
              output: { entryFileNames: 'sw.js', format: 'iife' },
            },
          },
        });
      },
    },
  };
}

/** Writes the .gz and .br beside each file that gains by it; the server picks by Accept-Encoding. */
function compress(): Plugin {
  return {
    name: 'gaung-compress',
    apply: 'build',
    enforce: 'post',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const file of filesUnder(dist)) {
          if (!/\.(js|css|html|svg|json|webmanifest)$/.test(file) || file.includes('.vite'))
            continue;
          const plain = fs.readFileSync(file);
          if (plain.length < 400) continue;
          fs.writeFileSync(`${file}.gz`, zlib.gzipSync(plain, { level: 9 }));
          fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(plain));
        }
      },
    },
  };
}

/**
 * Two builds: in one, the feed would pay for the console, because the shared Svelte chunk holds whatever
 * any face uses. `asn` runs first and empties dist; `desk` runs last and compresses everything.
 */
export default defineConfig(({ mode }) => {
  const asn = mode === 'asn';
  const input: Record<string, string> = asn
    ? { asn: 'index.html' }
    : { konsol: 'konsol/index.html', laporan: 'laporan/index.html' };
  return {
    publicDir: asn ? 'public' : false,
    plugins: [
      svelte(),
      tailwindcss(),
      asn ? [clean(), findEager(), inlineCss(), serviceWorker()] : compress(),
    ],
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
    build: {
      outDir: dist,
      emptyOutDir: false,
      assetsDir: asn ? 'assets/asn' : 'assets/desk',
      manifest: asn ? '.vite/asn.json' : '.vite/desk.json',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0, // the security policy allows no data: scripts or styles
      rolldownOptions: {
        input,
        output: asn
          ? { codeSplitting: { groups: [{ name: 'asn', test: (id: string) => eager.has(id) }] } }
          : {},
      },
    },
  };
});
