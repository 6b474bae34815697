// How often a run's update turns to the GPU: what a phase needs goes as one submit a micro-batch, results included.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openDevice } from '../gpu/device';
import { testGpu } from '../gpu/testing';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';
import { makeEnginePolicy } from '../lab/makeEnginePolicy';
import { prepareRun } from '../lab/prepareRun';
import { readConfiguration } from '../lab/readConfiguration';
import { teachStep } from '../lab/teach';
import { taskFamily } from '../tasks';
import { GpuCounters } from './gpuCounters';
import { modelOf } from './trainingShape';

/** 9 answers; whether the whole batch is one micro-batch is for the test to say. */
async function submitsByPhase(microbatchAnswers: number, watchedAnswers: number): Promise<Record<string, number>> {
  const executor = new WebGpuExecutor(await openDevice(testGpu()));
  const configuration = readConfiguration({ method: 'grpo', problemsPerUpdate: 3, answersPerProblem: 3, microbatchAnswers, testProblems: 1, testEvery: 1000, loss: { klKind: 'none' } });
  const run = await prepareRun({
    configuration, executor, makePolicy: makeEnginePolicy, files: async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)), watchedAnswers, clock: () => 0,
  });
  await run.nextUpdate();
  const counters = new GpuCounters();
  const submits: Record<string, number> = {};
  let isWhole = false;
  while (!isWhole) {
    const phase = run.upcomingPhase;
    submits[phase] = (await counters.during(async () => { isWhole = (await run.nextPhase()).complete !== undefined; })).submits;
  }
  counters.remove();
  executor.destroy();
  return submits;
}

test('a training step is two submits: gradients in one, the optimiser in the other; scoring and credit are one each', async () => {
  const { sample, ...others } = await submitsByPhase(0, 0);
  expect(others).toEqual({ score: 1, critique: 0, credit: 1, gradient: 1, update: 1 });
  expect(sample).toBeLessThanOrEqual(1 + Math.ceil(taskFamily('chain').create().maximumAnswerLength / 8)); // a stop count every 8 tokens
});

test('a micro-batch more is a submit more, and so is a look at the watched answers', async () => {
  expect(await submitsByPhase(5, 2)).toMatchObject({ score: 3, credit: 1, gradient: 2, update: 2 });
});

test('a step of supervised teaching is two submits', async () => {
  const executor = new WebGpuExecutor(await openDevice(testGpu()));
  const task = taskFamily('chain').create();
  const policy = await makeEnginePolicy(executor, modelOf({ layers: 1, width: 16, heads: 2, length: 64, batch: 4, vocabulary: 20 }), { promptLength: task.maximumPromptLength, answerLength: task.maximumAnswerLength, prompts: 1, answersPerPrompt: 4, microbatchAnswers: 4 });
  const settings = { seed: 1, steps: 9, batch: 4, stepErrorProbability: 0.2, learningRate: 1e-3, warmupSteps: 1, leastRatio: 0.1 };
  await teachStep(task, policy, settings, 0);
  const counters = new GpuCounters();
  const { submits } = await counters.during(() => teachStep(task, policy, settings, 1));
  counters.remove();
  executor.destroy();
  expect(submits).toBe(2);
});
