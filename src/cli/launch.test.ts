// The launcher, run as npm runs it, on an entry of the test's own: bundling, arguments, exit code, signals.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from './install.mjs';

/** Inside node_modules, where the entry's imports resolve and no watcher looks. */
let folder: string;
let entry: string;
beforeAll(() => {
  folder = mkdtempSync(join(projectRoot, 'node_modules/launch-test-'));
  entry = join(folder, 'entry.ts');
  const shader = join(projectRoot, 'shaders/transformer/swiglu.wgsl').replaceAll('\\', '/');
  writeFileSync(entry, `
    import shader from '${shader}?raw';
    const [command, ...rest]: string[] = process.argv.slice(2);
    process.on('SIGTERM', () => process.exit(7));
    console.log(JSON.stringify({ rest, hasShader: shader.includes('fn main'), cwd: process.cwd() }));
    if (command === 'exit') process.exit(Number(rest[0]));
    if (command === 'throw') throw new Error('thrown on purpose');
    if (command === 'wait') setTimeout(() => {}, 30_000);
  `);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome { readonly code: number | null; readonly output: string; readonly errors: string }

function launch(args: readonly string[], { source = entry, killOnOutput = false } = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectRoot, 'src/cli/launch.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CREDITSCOPE_LAB_ENTRY: source },
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => {
      output += String(data);
      if (killOnOutput) child.kill('SIGTERM');
    });
    child.stderr.on('data', (data) => { errors += String(data); });
    child.on('close', (code) => resolve({ code, output, errors }));
  });
}

test('hands over arguments as they are, and bundles shaders as text', async () => {
  const { code, output } = await launch(['run', '--preset', 'two words', '-x']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toEqual({ rest: ['--preset', 'two words', '-x'], hasShader: true, cwd: projectRoot.replace(/\/$/, '') });
}, 30_000);

test('hands back the exit code', async () => {
  expect((await launch(['exit', '3'])).code).toBe(3);
}, 30_000);

test('an exception names the source, not the bundle, and exits with 1', async () => {
  const { code, errors } = await launch(['throw']);
  expect(code).toBe(1);
  expect(errors).toContain('thrown on purpose');
  expect(errors).toContain('entry.ts');
}, 30_000);

test('a signal reaches the command, whose exit code counts', async () => {
  expect((await launch(['wait'], { killOnOutput: true })).code).toBe(7);
}, 30_000);

test('a source that cannot be bundled is an error with a reason', async () => {
  const { code, errors } = await launch([], { source: join(folder, 'absent.ts') });
  expect(code).toBe(1);
  expect(errors).toContain('absent.ts');
}, 30_000);
