// Can the value model learn at all? On one fixed batch it must come to explain its targets, which nothing but the text
// tells apart: outcomes drawn at random, answer by answer, without doubts to read.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPolicy } from '../formats/policyFiles';
import { CpuExecutor } from '../gpu/cpuExecutor';
import { RandomStream } from '../random/threefry';
import { chain } from '../tasks/chain';
import { EngineValueModel } from './engineValueModel';
import { explainedVariance } from './explainedVariance';
import { forEachToken } from './rows';
import { encode } from './tokens';
import { tokenWeights } from './tokenWeights';

const ANSWERS = 16;
const STEPS = 80;

test('learns random outcomes of a fixed batch by heart', async () => {
  const task = chain.create();
  const { config, tensors } = await loadPolicy(async (name) => new Uint8Array(readFileSync(`public/models/chain/${name}`)));
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
