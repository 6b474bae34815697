// Supervised teaching on worked solutions whose steps are wrong with some probability, carried on consistently:
// the policy learns the sums, and how often not to trust them. Loss: -log-prob, token-mean over the answers' tokens.

import { learningRateAt } from '../kernels/optim/schedule';
import { RandomStream } from '../random/threefry';
import { PADDING_TOKEN, STOP_TOKEN, type Task } from '../tasks/task';
import { refuseNonFiniteNumbers } from './nonFinite';
import type { AnswerBatch, PolicyModel } from './policyModel';
import { forEachToken } from './rows';
import { encode } from './tokens';
import { tokenWeights } from './tokenWeights';

export interface LessonSettings {
  readonly seed: number;
  readonly batch: number;
  readonly stepErrorProbability: number;
}

export interface TeachingSettings {
  readonly steps: number;
  readonly learningRate: number;
  readonly warmupSteps: number;
  /** the last rate as a share of the first */
  readonly leastRatio: number;
}

/** Step `step` (from 0) of the teaching; resolves to the loss. */
export async function teachStep(task: Task, model: PolicyModel, settings: TeachingSettings & LessonSettings, step: number): Promise<number> {
  return teachBatch(model, solutions(task, model.answerLength, settings, step), settings, step);
}

/** The same on any texts that are to be written after their prompts. */
export async function teachBatch(model: PolicyModel, batch: AnswerBatch, settings: TeachingSettings, step: number): Promise<number> {
  const weights_NT = tokenWeights('token-mean', batch.lengths_N, model.answerLength);
  const size = weights_NT.length;
  const losses = await model.computeGradients(
    batch,
    { oldLogprobs_NT: new Float32Array(size), advantages_NT: new Float32Array(size).fill(1), weights_NT },
    { kind: 'reinforce', temperature: 1, clipLow: 0, clipHigh: 0, dualClip: 0, klKind: 'none', klWeight: 0, entropyBonus: 0 },
  );
  let loss = 0;
  forEachToken(batch.lengths_N, model.answerLength, (i) => { loss -= weights_NT[i]! * losses.logprobs_NT[i]!; });
  refuseNonFiniteNumbers('loss', [loss], step);
  await model.step({
    learningRate: learningRateAt({ kind: 'cosine', baseRate: settings.learningRate, warmupSteps: settings.warmupSteps, totalSteps: settings.steps, leastRatio: settings.leastRatio }, step + 1),
    beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, maximumGradientNorm: 1,
  });
  return loss;
}

function solutions(task: Task, width: number, { seed, batch, stepErrorProbability }: LessonSettings, step: number): AnswerBatch {
  const prompts_N: number[][] = [];
  const tokens_NT = new Uint32Array(batch * width).fill(PADDING_TOKEN);
  const lengths_N = new Uint32Array(batch);
  for (let n = 0; n < batch; n++) {
    const random = RandomStream.of(seed, 'supervision', step, n);
    const problem = task.problem('train', random);
    const answer = [...encode(task.alphabet, task.corruptedSolution(problem, stepErrorProbability, random)), STOP_TOKEN];
    prompts_N.push(encode(task.alphabet, problem.prompt));
    tokens_NT.set(answer, n * width);
    lengths_N[n] = answer.length;
  }
  return { prompts_N, tokens_NT, lengths_N };
}
