// Can the value model learn at all? On one fixed batch it must come to explain its targets, which nothing but the text
// tells apart: outcomes drawn at random, answer by answer, without doubts to read. And on answers it has not seen, of a
// policy that stands still, it must soon explain something.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPolicy } from '../formats/policyFiles';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { RandomStream } from '../random/threefry';
import { chain } from '../tasks/chain';
import { EngineValueModel } from './engineValueModel';
import { explainedVariance } from './explainedVariance';
import { makeEnginePolicy } from './makeEnginePolicy';
import { prepareRun } from './prepareRun';
import { readConfiguration } from './readConfiguration';
import { forEachToken } from './rows';
import { encode } from './tokens';
import { tokenWeights } from './tokenWeights';
import { engineValueCritic } from './valueCritic';

const ANSWERS = 16;
const STEPS = 80;
const shipped = async (name: string) => new Uint8Array(readFileSync(`public/models/chain/${name}`));

test('learns random outcomes of a fixed batch by heart', async () => {
  const task = chain.create();
  const { config, tensors } = await loadPolicy(shipped);
  const width = task.maximumAnswerLength;
  const problems = Array.from({ length: ANSWERS }, (_, n) => task.problem('train', new RandomStream([5, 6], n)));
  const texts = problems.map((problem) => encode(task.alphabet, task.solution(problem)));
  const tokens_NT = new Uint32Array(ANSWERS * width);
  texts.forEach((tokens, n) => tokens_NT.set(tokens, n * width));
  const lengths_N = Uint32Array.from(texts, ({ length }) => length);
  const batch = { prompts_N: problems.map(({ prompt }) => encode(task.alphabet, prompt)), tokens_NT, lengths_N };
  const outcome = new RandomStream([7, 8], 0);
  const outcome_N = Array.from({ length: ANSWERS }, () => outcome.below(2));
  const [targets_NT, none_NT] = [new Float32Array(ANSWERS * width), new Float32Array(ANSWERS * width)];
  forEachToken(lengths_N, width, (i, n) => { targets_NT[i] = outcome_N[n]!; });

  const model = await EngineValueModel.create(new CpuExecutor({ useSimd: true }), config, { promptLength: task.maximumPromptLength, answerLength: width, microbatchAnswers: ANSWERS });
  model.loadTrunk(tensors);
  const explained = async () => explainedVariance(await model.score(batch, none_NT), targets_NT, lengths_N, width)!;
  expect(await explained()).toBe(0);
  for (let step = 0; step < STEPS; step++) {
    await model.computeGradients(batch, { oldValues_NT: none_NT, targets_NT, doubts_NT: none_NT, weights_NT: tokenWeights('token-mean', lengths_N, width) }, 0);
    await model.step({ learningRate: 1e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1 });
  }
  expect(await explained()).toBeGreaterThan(0.9);
});

test('explains fresh answers of a policy that stands still after a few updates', async () => {
  const configuration = readConfiguration({ method: 'ppo', problemsPerUpdate: 32, answersPerProblem: 2, testProblems: 1, testEvery: 100, loss: { klKind: 'none', klWeight: 0 }, optimizer: { learningRate: 0 } });
  const open = () => new CpuExecutor({ useSimd: true });
  const values = await engineValueCritic(open(), configuration, shipped);
  const run = await prepareRun({ configuration, executor: open(), files: shipped, values, makePolicy: makeEnginePolicy, watchedAnswers: 0, clock: () => 0 });
  const explained: number[] = [];
  while (explained.length < 6) explained.push((await run.nextUpdate()).line.explainedVariance!);
  expect(explained[0]).toBeCloseTo(0, 6); // a head of zeros says the same everywhere
  const late = explained.slice(-3);
  expect(late.reduce((sum, one) => sum + one, 0) / late.length, explained.map((one) => one.toFixed(2)).join(' ')).toBeGreaterThan(0.2);
}, 60_000);
