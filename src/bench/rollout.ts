// Tokens a second of sampling: all answers in lockstep, none of which stops early.

import { planBuffer } from '../gpu/buffer';
import type { Executor } from '../gpu/executor';
import { FlatTensors, layOutParameters } from '../model/parameterLayout';
import { ropeTable } from '../model/ropeTable';
import { Sampler } from '../model/sampler';
import { streamKey } from '../random/threefry';
import { medianTime } from './timing';
import { modelOf, trainingData, type TrainingShape } from './trainingShape';

const ANSWERS_PER_PROMPT = 8;
const REPETITIONS = 3;
const LIMIT_MS = 4000;

export interface RolloutRate {
  readonly answers: number;
  readonly promptLength: number;
  readonly answerLength: number;
  readonly ms: number;
  readonly tokensPerSecond: number;
}

/** Half of the shape's length is prompt, half answer. `answers` is a multiple of 8: that many a prompt. */
export async function prepareRollout(executor: Executor, shape: TrainingShape, answers: number) {
  const config = modelOf(shape);
  const [promptLength, answerLength] = [shape.length / 2, shape.length / 2];
  const layout = layOutParameters(config, executor.maxBindingBytes);
  const weights = new FlatTensors(layout, 'weights');
  const rope = planBuffer('rope', shape.length * config.headDim);
  const prompts = answers / ANSWERS_PER_PROMPT;
  const sampler = new Sampler(config, { prompts, answersPerPrompt: ANSWERS_PER_PROMPT, promptLength, answerLength }, weights, rope);
  await sampler.prepare(executor);
  executor.write(rope, ropeTable(shape.length, config.headDim, config.ropeTheta));
  const data = trainingData(shape);
  for (const [name, { data: numbers }] of data.weights) executor.write(weights.of(name), numbers);
  const questions = Array.from({ length: prompts }, (_, i) => Array.from({ length: promptLength }, (__, t) => data.tokens[(i * promptLength + t) % data.tokens.length]!));
  // a token beyond the vocabulary is never drawn
  const settings = { temperature: 1, topK: 0, topP: 1, minP: 0, isGreedy: false, stopToken: shape.vocabulary, key: streamKey(1, 'sampling', 0), rowOffset: 0 };
  return {
    sample: () => sampler.sample(executor, questions, ANSWERS_PER_PROMPT, settings),
    release: () => executor.release(...sampler.buffers()),
  };
}

export async function rolloutRate(executor: Executor, shape: TrainingShape, answers: number): Promise<RolloutRate> {
  const { sample, release } = await prepareRollout(executor, shape, answers);
  const { lengths_N } = await sample();
  const ms = await medianTime(sample, REPETITIONS, LIMIT_MS);
  release();
  const tokens = lengths_N.reduce((sum, one) => sum + one, 0);
  return { answers, promptLength: shape.length / 2, answerLength: shape.length / 2, ms, tokensPerSecond: tokens / (ms / 1000) };
}
