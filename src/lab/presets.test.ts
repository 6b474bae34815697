// Every preset starts: its policy fits its task, its method gets what it needs, and some answers are right.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { makeEnginePolicy } from './makeEnginePolicy';
import { needsValueModel } from './phases/needs';
import { prepareRun } from './prepareRun';
import { PRESETS } from './presets';
import { readConfiguration } from './readConfiguration';
import { engineValueCritic } from './valueCritic';

test.each(PRESETS.map(({ name }) => name))('preset %s', async (preset) => {
  const configuration = readConfiguration({ preset, problemsPerUpdate: 2, answersPerProblem: 4, testProblems: 32 });
  const [executor, second] = [new CpuExecutor({ useSimd: true }), new CpuExecutor({ useSimd: true })];
  const files = async (name: string) => new Uint8Array(readFileSync(`public/models/${configuration.policy}/${name}`));
  const values = needsValueModel(configuration) ? await engineValueCritic(second, configuration, files) : undefined;
  const run = await prepareRun({ configuration, executor, makePolicy: makeEnginePolicy, watchedAnswers: 0, clock: () => 0, files, ...(values && { values }) });
  // one of 32 answers at least, and not nearly all: there is something to learn from and something left to learn
  expect(run.header.startAccuracy).toBeGreaterThan(0.03);
  expect(run.header.startAccuracy).toBeLessThan(0.8);
  const { line } = await run.nextUpdate();
  expect(Number.isFinite(line.gradNorm)).toBe(true);
  for (const one of [executor, second]) one.destroy();
}, 60_000);
