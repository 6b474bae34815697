// The two ways to the truth agree on the policy that ships: exact values and continuations within their error bars.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadPolicy } from '../../formats/policyFiles';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { taskFamily } from '../../tasks';
import { continuerOf } from '../continuer';
import { makeEnginePolicy } from '../makeEnginePolicy';
import { sample } from '../phases/sample';
import type { RunContext } from '../phases/context';
import { forEachToken } from '../rows';
import { policyShape } from '../prepareRun';
import { readConfiguration } from '../readConfiguration';
import { findTruth } from './findTruth';

it('exact values and continuations agree within error bars on the chain policy', async () => {
  const configuration = readConfiguration({ preset: 'default', problemsPerUpdate: 2, answersPerProblem: 4 });
  const task = taskFamily('chain').create({});
  const executor = new CpuExecutor({ useSimd: true });
  const policy = await loadPolicy(async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)));
  const model = await makeEnginePolicy(executor, policy.config, policyShape(configuration, task));
  model.loadWeights(policy.tensors);
  const continuer = await continuerOf(executor, makeEnginePolicy, task, model)();
  const batch = await sample({ configuration, task, model } as RunContext, 1);
  const request = { seed: 1, sampling: configuration.sampling, monteCarlo: { targetError: 0.06 } };
  const exact = await findTruth(task, model, continuer, batch, { ...request, kind: 'auto' }, { clock: () => 0 });
  const drawn = await findTruth(task, model, continuer, batch, { ...request, kind: 'monte-carlo' }, { clock: () => 0 });
  expect(exact.kind).toBe('enumeration');
  expect(exact.largestError).toBeLessThan(0.01);
  let [squares, tokens, largest] = [0, 0, 0];
  forEachToken(batch.lengths_N, batch.width, (i) => {
    const error = drawn.advantageErrors_NT[i]!;
    largest = Math.max(largest, Math.abs(exact.advantages_NT[i]!));
    if (error === 0) return;
    const off = Math.max(0, Math.abs(exact.advantages_NT[i]! - drawn.advantages_NT[i]!) - exact.advantageErrors_NT[i]!);
    expect(off).toBeLessThan(4 * error);
    squares += (off / error) ** 2;
    tokens++;
  });
  // there is credit to find, and the error bars are neither too wide nor too narrow
  expect(largest).toBeGreaterThan(0.3);
  expect(squares / tokens).toBeGreaterThan(0.1);
  expect(squares / tokens).toBeLessThan(1.5);
  executor.destroy();
}, 120_000);
