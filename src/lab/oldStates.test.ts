// States saved by older versions of this project (src/formats/migrations) go on with the very lines that those went on with.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { makeEnginePolicy } from './makeEnginePolicy';
import { needsValueModel } from './phases/needs';
import { prepareRun } from './prepareRun';
import { openRunState } from './runState';
import { engineValueCritic } from './valueCritic';

const OLD = join(import.meta.dirname, '../../e2e/fixtures/old_runs');
const noFiles = async (name: string) => Promise.reject(new Error(`no ${name}`));

test.each(['ed996f3', 'c31e99a'])('%s', async (commit) => {
  const state = openRunState(readFileSync(join(OLD, `state_1_${commit}.safetensors`)), 'old');
  const then = JSON.parse(readFileSync(join(OLD, `state_1_${commit}_lines.json`), 'utf8')) as object[];
  const open = () => new CpuExecutor({ useSimd: true });
  const { configuration } = state.header;
  const values = needsValueModel(configuration) ? await engineValueCritic(open(), configuration, noFiles, state) : undefined;
  const run = await prepareRun({ configuration, executor: open(), makePolicy: makeEnginePolicy, files: noFiles, values, watchedAnswers: 0, clock: () => 0, resumed: state });
  const lines = [(await run.nextUpdate()).line, (await run.nextUpdate()).line];
  // not measured by the older one
  const known = Object.keys(then[2]!);
  expect(lines.map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => known.includes(name))))).toEqual(then.slice(2));
});
