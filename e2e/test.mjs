// `npm test`: installs what is missing, then types, lint, unit tests, kernels in a real Chromium (and in Node, where a
// test needs it), the build, and end-to-end tests. Ends with `N passed, N failed` over all parts; a part that crashes,
// runs late or executes no test counts as failed. `npm test -- unit kernels` runs only the parts named.
// `npm run test:long` names the build and what takes too long for every day (e2e/long), which runs only when named.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages, projectRoot } from '../src/cli/install.mjs';
import { ensureBrowser, probeWebGpu } from './browser.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number, remarks: string[] }} Counts */

const PART_LIMIT_MS = 40 * 60_000;
const LONG_LIMIT_MS = 240 * 60_000;
const RESULTS = join(projectRoot, 'node_modules/.cache/creditscope-tests');
/** @type {NodeJS.ProcessEnv} */
const environment = { ...process.env, CREDITSCOPE_SITE_IS_BUILT: '1' };

const PARTS = {
  browser: findBrowser,
  types: () => command('node_modules/typescript/bin/tsc', '-p', '.'),
  lint: () => command('node_modules/oxlint/bin/oxlint', '--deny-warnings', '.'),
  unit: () => vitest('unit'),
  kernels: () => vitest('chromium'),
  // the tests that need Node and WebGPU together
  node: () => vitest('dawn', '.node.gpu.test.ts'),
  build: () => command('node_modules/vite/bin/vite.js', 'build'),
  site: () => vitest('e2e'),
  quiet: () => vitest('quiet'),
  long: () => vitest('long'),
};
/** Parts that run only when named. */
const UNASKED = ['long'];

try {
  ensurePackages();
} catch (error) {
  finish([['packages', broken(reasonOf(error))]]);
}
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.\n`);
  process.exit(1);
}
// One part could leave results that the next run would take for its own.
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
/** @type {[string, Counts][]} */
const results = [];
for (const [name, part] of Object.entries(PARTS)) {
  const isWanted = wanted.length === 0 ? !UNASKED.includes(name) : wanted.includes(name) || name === 'browser';
  if (!isWanted) continue;
  process.stdout.write(`\n== ${name}\n`);
  const started = performance.now();
  const counts = await part().catch((error) => broken(reasonOf(error)));
  for (const remark of counts.remarks) process.stdout.write(`${remark}\n`);
  results.push([`${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`, counts]);
}
finish(results);

/** @param {[string, Counts][]} parts @returns {never} */
function finish(parts) {
  process.stdout.write('\n');
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, counts] of parts) {
    process.stdout.write(`  ${name}: ${lineOf(counts)}${counts.failed > 0 && counts.remarks.length > 0 ? ` - ${counts.remarks.map((one) => one.split('\n')[0]).join('; ')}` : ''}\n`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  process.stdout.write(`${lineOf(total)}\n`);
  process.exit(total.failed > 0 ? 1 : 0);
}

/** @param {{ passed: number, failed: number, skipped: number }} counts */
function lineOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The browser is itself a test: without one, or without its WebGPU, nothing below may count as passed. @returns {Promise<Counts>} */
async function findBrowser() {
  const path = ensureBrowser();
  const probe = await probeWebGpu();
  if ('reason' in probe) return broken(`${path} offers no WebGPU adapter (${probe.reason})`);
  environment.CHROMIUM_PATH = path;
  environment.CREDITSCOPE_BROWSER_WAY = probe.way;
  return { passed: 1, failed: 0, skipped: 0, remarks: [`${path}: ${probe.adapter}`] };
}

/** A program that passes or fails as a whole. @param {string} script @param {...string} args @returns {Promise<Counts>} */
async function command(script, ...args) {
  const problem = await run(script, args);
  return problem === undefined ? { passed: 1, failed: 0, skipped: 0, remarks: [] } : broken(problem);
}

/** @param {string} project @param {...string} filters @returns {Promise<Counts>} */
async function vitest(project, ...filters) {
  const file = join(RESULTS, `${project}.json`);
  const limitMs = project === 'long' ? LONG_LIMIT_MS : PART_LIMIT_MS;
  const problem = await run('node_modules/vitest/vitest.mjs', ['run', '--project', project, '--reporter', 'default', '--reporter', 'json', '--outputFile.json', file, ...filters], limitMs);
  const counts = countsOf(JSON.parse(readFileSync(file, 'utf8')));
  if (counts.passed + counts.failed === 0) return broken(problem ?? 'no test was executed');
  // errors outside any test (an unhandled rejection, a lost browser) fail a run whose tests all passed
  if (problem !== undefined && counts.failed === 0) return { ...counts, failed: 1, remarks: [problem] };
  return counts;
}

/**
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Counts}
 */
function countsOf(report) {
  const counts = { passed: 0, failed: 0, skipped: 0, remarks: /** @type {string[]} */ ([]) };
  for (const { name, status, assertionResults } of report.testResults) {
    for (const one of assertionResults) {
      if (one.status === 'passed') counts.passed++;
      else if (one.status === 'failed') counts.failed++;
      else counts.skipped++;
    }
    if (assertionResults.length === 0 || (status === 'failed' && assertionResults.every((one) => one.status !== 'failed'))) {
      counts.failed++;
      counts.remarks.push(`${name} did not run to its end`);
    }
  }
  return counts;
}

/** Resolves to undefined, or to what went wrong. @param {string} script @param {string[]} args @returns {Promise<string | undefined>} */
function run(script, args, limitMs = PART_LIMIT_MS) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, script), ...args], { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'], env: environment });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(undefined);
      else resolve(isLate ? `ended after ${limitMs / 60_000} minutes` : `exit ${code ?? signal}`);
    });
  });
}

/** @param {string} remark @returns {Counts} */
function broken(remark) {
  return { passed: 0, failed: 1, skipped: 0, remarks: [remark] };
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
