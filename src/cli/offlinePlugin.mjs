// Vite plugin of the built page: writes sw.js, the service worker with the list of all files and their hashes, and creditscope.zip, the
// whole site for a USB stick. Both are made of what lies in the folder in the end, so nothing can be missing from them.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipSync } from 'fflate';
import { transformWithOxc } from 'vite';

const WORKER = 'sw.js';
export const ZIP = 'creditscope.zip';
/** Fetched when first used: the judge's runtime, models but the first one, and whatever else is not needed to open the page. */
const EXTRA = [/^assets\/ort-.*\.wasm$/, /^assets\/transformers\..*\.js$/, /^models\/(?!chain\/)/, /^answers\//];
/** Only looked at outside the page. */
const NOBODYS = [/^picture\.png$/, /\.zip$/, /^sw\.js$/, /^START\.txt$/];

const START = `Creditscope from a folder

Browsers run it only from a web server. Any will do; with Python, in this folder:

    python3 -m http.server 8000

and then open http://localhost:8000 in Chrome, Edge, Firefox or Safari. Without a server of its own that sends
Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy the processor computes with one thread; everything else works.
Nothing is asked of any other machine.

Other machines of a classroom may open http://<this machine>:8000. Over plain http browsers give them no WebGPU, and the page keeps
nothing there: training runs on the processor, and recorded runs and lessons work.
`;

/** @param {string} root the project's folder @returns {import('vite').Plugin} */
export function offline(root) {
  let folder = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
      if (config.build.outDir.startsWith('/')) folder = config.build.outDir;
    },
    closeBundle: () => finish(root, folder),
  };
}

/** Both files, for the site that lies in this folder. @param {string} root @param {string} folder */
export async function finish(root, folder) {
  const files = filesOf(folder);
  const source = readFileSync(join(root, 'src/workers/offline/serviceWorker.ts'), 'utf8');
  const { code } = await transformWithOxc(source, 'serviceWorker.ts');
  const worker = Buffer.from(`const FILES = ${JSON.stringify(listed(files))};\n${code}`);
  files.set(WORKER, worker);
  writeFileSync(join(folder, WORKER), worker);
  writeFileSync(join(folder, ZIP), zipped(files));
}

/** @param {string} folder @returns {Map<string, Buffer>} by path, in order */
function filesOf(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => relative(folder, join(one.parentPath, one.name)).split(sep).join('/'));
  return new Map(paths.filter((path) => path !== ZIP).sort().map((path) => [path, readFileSync(join(folder, path))]));
}

/** @param {Map<string, Buffer>} files */
export function listed(files) {
  const all = [...files].filter(([path]) => !NOBODYS.some((pattern) => pattern.test(path)))
    .map(([path, bytes]) => ({ path, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes: bytes.length }));
  /** @param {{ path: string }} file */
  const isExtra = ({ path }) => EXTRA.some((pattern) => pattern.test(path));
  return { version: createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16), core: all.filter((file) => !isExtra(file)), extra: all.filter(isExtra) };
}

/** The same bytes for the same files: no clock goes in. @param {Map<string, Buffer>} files */
function zipped(files) {
  const entries = [...files, /** @type {const} */ (['START.txt', Buffer.from(START)])].map(([path, bytes]) => [`creditscope/${path}`, [bytes, { mtime: new Date(1980, 0, 2), level: path.endsWith('.png') ? 0 : 6 }]]);
  return zipSync(Object.fromEntries(entries));
}
