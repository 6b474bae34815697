// `npm run lab -- <command>`: bundles src/cli/lab.ts (vite resolves ?raw shaders, tsx and ts cannot) when a source has
// changed since, and runs the bundle under Node. A bundle lies in a folder named by its sources' state and is moved there
// whole: several commands may start at once, and a running one never sees its files change.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assemblyScript } from './assemblyScriptPlugin.mjs';
import { dawnEnvironment } from './dawnEnvironment.mjs';
import { followChild } from './followChild.mjs';
import { ensurePackages, projectRoot } from './install.mjs';

const CACHE = join(projectRoot, 'node_modules/.cache/creditscope-lab');
const SOURCES = ['src', 'shaders', 'package-lock.json'];
const KEPT_BUNDLES = 3;
const HOUR_MS = 3_600_000;
/** Tests bundle an entry of their own. */
const entry = process.env.CREDITSCOPE_LAB_ENTRY ?? 'src/cli/lab.ts';

try {
  ensurePackages();
  const bundle = await bundled();
  followChild(spawn(process.execPath, ['--enable-source-maps', join(bundle, 'lab.mjs'), ...process.argv.slice(2)], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, ...dawnEnvironment(process.env.CHROMIUM_PATH) },
  }));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function bundled() {
  const folder = join(CACHE, stateOfSources());
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  const { build } = await import('vite');
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  await build({
    root: projectRoot,
    configFile: false,
    plugins: [assemblyScript(projectRoot)],
    logLevel: 'warn',
    publicDir: false,
    build: {
      ssr: resolve(projectRoot, entry),
      target: 'node20',
      outDir: unfinished,
      emptyOutDir: true,
      sourcemap: true,
      rolldownOptions: { output: { entryFileNames: 'lab.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true, force: true }); // another process was faster
  }
  forgetOldBundles();
  return folder;
}

function stateOfSources() {
  const hash = createHash('sha256').update(`${process.versions.node}\n${entry}\n`);
  for (const source of SOURCES) addToHash(hash, join(projectRoot, source));
  return hash.digest('hex').slice(0, 16);
}

/** @param {import('node:crypto').Hash} hash @param {string} path */
function addToHash(hash, path) {
  const state = statSync(path);
  if (!state.isDirectory()) {
    hash.update(`${path} ${state.mtimeMs} ${state.size}\n`);
    return;
  }
  for (const name of readdirSync(path).toSorted()) addToHash(hash, join(path, name));
}

/** Keeps the newest few, and whatever a command of the last hour may still be loading from. */
function forgetOldBundles() {
  const byAge = readdirSync(CACHE).map((name) => ({ path: join(CACHE, name), usedMs: statSync(join(CACHE, name)).mtimeMs })).toSorted((a, b) => b.usedMs - a.usedMs);
  for (const { path, usedMs } of byAge.slice(KEPT_BUNDLES)) {
    if (Date.now() - usedMs > HOUR_MS) rmSync(path, { recursive: true, force: true });
  }
}
