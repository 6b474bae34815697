// Answers that a shipped policy writes at temperature 1 to problems of one split.

import type { Executor } from '../../gpu/executor';
import { loadPolicy } from '../../formats/policyFiles';
import type { FileReader } from '../../formats/safetensorsIndex';
import { RandomStream, streamKey } from '../../random/threefry';
import { STOP_TOKEN, type Problem, type Split, type Task } from '../../tasks/task';
import { makeEnginePolicy } from '../makeEnginePolicy';
import { encode } from '../tokens';
import type { GivenAnswer } from './answers';

const AT_ONCE = 128;

/** One answer to each of `count` problems. Each `round` of a seed has problems and draws of its own. */
export async function writtenAnswers(executor: Executor, files: FileReader, task: Task, split: Split, count: number, seed: number, round: number): Promise<GivenAnswer[]> {
  const { config, tensors } = await loadPolicy(files);
  const { maximumPromptLength: promptLength, maximumAnswerLength: answerLength } = task;
  const model = await makeEnginePolicy(executor, config, { promptLength, answerLength, prompts: Math.min(AT_ONCE, count), answersPerPrompt: 1, microbatchAnswers: 1 });
  model.loadWeights(tensors);
  const random = RandomStream.of(seed, 'judgeLessons', 2 ** 32 - 1 - round, 0);
  const problems: Problem[] = Array.from({ length: count }, () => task.problem(split, random));
  const { tokens_NT, lengths_N } = await model.sample(problems.map(({ prompt }) => encode(task.alphabet, prompt)), 1, {
    temperature: 1, topK: 0, topP: 1, minP: 0, isGreedy: false, stopToken: STOP_TOKEN, key: streamKey(seed, 'judgeLessons', 2 ** 31 - 1 - round), rowOffset: 0,
  });
  return problems.map((problem, n) => ({ problem, tokens: [...tokens_NT.subarray(n * answerLength, n * answerLength + lengths_N[n]!)] }));
}
