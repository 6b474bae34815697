// Ten updates from the shipped policy, against the lines they gave when the run was first looked at and found right:
// a change anywhere between sampling and AdamW that alters learning shows here. Truth is held by other tests
// (float64 PyTorch, finite differences); this one only says that nothing has moved.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import golden from '../../e2e/fixtures/golden_run.json';
import { findMethod } from '../credit/methods';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { makeEnginePolicy } from './makeEnginePolicy';
import { prepareRun } from './prepareRun';
import { readConfiguration } from './readConfiguration';

test('ten updates give the lines they always gave, also where somebody compares methods in between', async () => {
  const run = await prepareRun({
    configuration: readConfiguration({
      method: 'capo', seed: 5, problemsPerUpdate: 4, answersPerProblem: 4, testProblems: 16, testEvery: 5,
      loss: { minibatches: 2, klKind: 'k3', klWeight: 0.01 },
    }),
    executor: new CpuExecutor({ useSimd: true }), makePolicy: makeEnginePolicy, watchedAnswers: 0, clock: () => 0,
    files: async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)),
  });
  const entries = ['grpo', 'capo'].map((name) => ({ method: findMethod(name), parameters: {} }));
  for (const wanted of golden.lines) {
    if (wanted.update === 4) {
      const { methods, table } = await run.compare({ problems: 3, answers: 3 }, { entries, truth: { kind: 'monte-carlo', monteCarlo: { most: 16 } }, gradientAnswers: 4, resamples: 5 }, {});
      expect([methods.length, table.rows.length]).toEqual([2, 2]);
    }
    const line: Record<string, unknown> = { ...(await run.nextUpdate()).line };
    for (const [key, value] of Object.entries(wanted)) {
      if (typeof value !== 'number') expect(line[key], `update ${wanted.update} ${key}`).toBe(value);
      // rounding may differ between processors' libraries of exp and log; a drawn token must not
      else expect(Math.abs(Number(line[key]) - value), `update ${wanted.update} ${key}: ${String(line[key])}`).toBeLessThanOrEqual(1e-6 + 1e-4 * Math.abs(value));
    }
  }
}, 60_000);
