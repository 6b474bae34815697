// `npm run bench`: bundles src/bench/page.ts, opens it in one headless Chromium and prints what it measured.
//   --json FILE   also writes everything as JSON
//   --profile     also prints time by kernel, through timestamp queries
//   --only PARTS  some of steps,rollouts,credit,matmul,growth,profile
//   --quick       tiny shapes: shows in seconds that everything runs, measures nothing worth reading

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assemblyScript } from '../src/cli/assemblyScriptPlugin.mjs';
import { ensurePackages, projectRoot } from '../src/cli/install.mjs';
import { ensureBrowser, launchOptions, probeWebGpu } from './browser.mjs';

const ROOT = join(projectRoot, 'src/bench');
const BUNDLE = join(projectRoot, 'node_modules/.cache/creditscope-bench');
const PARTS = ['steps', 'rollouts', 'credit', 'matmul', 'growth', 'profile'];
/** Chromium rounds timestamps to 0.1 ms, longer than most kernels take. */
const EXACT_TIMESTAMPS = '--disable-dawn-features=timestamp_quantization';

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main() {
  const options = readOptions();
  ensurePackages();
  ensureBrowser();
  const probe = await probeWebGpu();
  if ('reason' in probe) throw new Error(`no WebGPU adapter (${probe.reason})`);
  const server = await servedBundle();
  const { chromium } = await import('playwright');
  const launch = launchOptions(probe.way);
  const browser = await chromium.launch({ ...launch, args: [...launch.args, EXACT_TIMESTAMPS] });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    await page.exposeFunction('sayProgress', (/** @type {string} */ sentence) => { process.stderr.write(`${sentence}\n`); });
    await page.goto(server.url);
    const where = `Chromium ${browser.version()}, headless; ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
    const { results, report } = await page.evaluate((given) => window.bench(given), { parts: options.parts, isQuick: options.isQuick, withPeer: true, where });
    process.stdout.write(`${report}\n`);
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, undefined, 1)}\n`);
  } finally {
    await browser.close();
    await server.close();
  }
}

function readOptions() {
  const { values } = parseArgs({ options: { json: { type: 'string' }, profile: { type: 'boolean' }, only: { type: 'string' }, quick: { type: 'boolean' } } });
  const parts = values.only?.split(',') ?? PARTS.filter((part) => part !== 'profile' || values.profile === true);
  const unknown = parts.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new Error(`there is no part ${unknown}; there are ${PARTS.join(', ')}`);
  return {
    parts: /** @type {import('../src/bench/runBench').Part[]} */ (parts),
    isQuick: values.quick === true,
    json: values.json === undefined ? undefined : resolve(process.env.INIT_CWD ?? process.cwd(), values.json),
  };
}

async function servedBundle() {
  const { build, preview } = await import('vite');
  const settings = { root: ROOT, configFile: /** @type {const} */ (false), publicDir: /** @type {const} */ (false), logLevel: /** @type {const} */ ('warn') };
  await build({ ...settings, plugins: [assemblyScript(projectRoot)], build: { outDir: BUNDLE, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 4000 } });
  const server = await preview({ ...settings, build: { outDir: BUNDLE }, preview: { host: 'localhost', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the benchmark page could not be served');
  return { url, close: () => server.close() };
}
