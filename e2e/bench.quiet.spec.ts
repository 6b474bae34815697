// `npm run bench` itself, over tiny shapes: it runs to its end, and what it compares is the same work.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../src/cli/install.mjs';
import type { BenchResults } from '../src/bench/results';

const bench = (...args: string[]) => spawnSync(process.execPath, [join(projectRoot, 'e2e/bench.mjs'), ...args], { encoding: 'utf8', timeout: 110_000 });

test('the benchmark compares the same work and counts what it asks of the GPU', () => {
  const folder = mkdtempSync(join(tmpdir(), 'creditscope-bench-'));
  const file = join(folder, 'bench.json');
  const { status, stdout, stderr } = bench('--quick', '--profile', '--json', file);
  expect(status, stderr).toBe(0);
  const results = JSON.parse(readFileSync(file, 'utf8')) as BenchResults;
  rmSync(folder, { recursive: true });

  const [comparison] = results.steps;
  expect(comparison!.ours.losses).toHaveLength(6);
  expect(comparison!.ours.losses[5]).toBeLessThan(comparison!.ours.losses[0]!);
  expect(comparison!.largestLossDifference).toBeLessThan(1e-3);
  expect(comparison!.ours.step!.submits).toBeLessThanOrEqual(2);
  expect(comparison!.ours.step!.heldBytes).toBe(0);
  expect(comparison!.jaxJs!.step!.submits).toBeGreaterThan(2);
  expect(comparison!.ours.heldBytes).toBeGreaterThan(0);
  expect(results.paced!.counts.dispatches).toBe(comparison!.ours.step!.dispatches);

  expect(results.rollouts[0]!.tokensPerSecond).toBeGreaterThan(0);
  expect(results.matmul!.steps[0]!.share).toBeGreaterThan(0);
  expect(results.growth.map(({ axis, value }) => `${axis} ${value}`)).toEqual(['batch 2', 'batch 4', 'batch 8', 'batch 16']);
  for (const { kernels } of results.profiles) expect(kernels.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  for (const words of ['times as fast as jax-js', 'GPU memory', 'Best matmul rate', 'Time by kernel', 'tokens/s']) expect(stdout).toContain(words);
});

test('a part that there is not is named', () => {
  const { status, stderr } = bench('--only', 'speed');
  expect(status).toBe(1);
  expect(stderr).toContain('speed');
});
