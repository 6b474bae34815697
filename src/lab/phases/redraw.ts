// DAPO's dynamic sampling in the sample phase: problems whose answers are all right or all wrong are replaced by others of the training
// split, with new answers, until every group is mixed or the rounds are used up. Draws depend on (seed, update, round, place) alone.

import { findMethod } from '../../credit/methods';
import type { DynamicSamplingOption } from '../../credit/operations/dynamicSampling';
import { readParameters } from '../../credit/parameters';
import type { Problem, Task } from '../../tasks/task';
import type { SampledAnswers } from '../../model/sampler';
import type { RunConfiguration } from '../configuration';
import { tokensOf } from '../rows';
import { decode } from '../tokens';

const ROUNDS: DynamicSamplingOption = 'resamplingRounds';

/** 0 for methods that do not ask for it. */
export function redrawRounds({ method, methodParameters }: RunConfiguration): number {
  const rounds = readParameters(method, findMethod(method).parameters, methodParameters)[ROUNDS];
  return typeof rounds === 'number' ? rounds : 0;
}

/** Places (problems of the batch) whose answers the verifier finds all right or all wrong. */
export function uniformGroups(task: Task, problems_P: readonly Problem[], drawn: SampledAnswers, width: number): number[] {
  const perProblem = drawn.lengths_N.length / problems_P.length;
  return [...problems_P.keys()].filter((p) => {
    const right = Array.from({ length: perProblem }, (_, k) => {
      const n = p * perProblem + k;
      return task.verify(problems_P[p]!, decode(task.alphabet, tokensOf({ tokens_NT: drawn.tokens_NT, lengths_N: drawn.lengths_N, width }, n)));
    });
    return right.every((one) => one === right[0]);
  });
}

/** Puts the answers of `places`' new problems where their old ones stood. */
export function putInPlace(drawn: SampledAnswers, fresh: SampledAnswers, places: readonly number[], perProblem: number, width: number): void {
  places.forEach((place, i) => {
    const [to, from] = [place * perProblem, i * perProblem];
    for (const name of ['tokens_NT', 'logprobs_NT'] as const) drawn[name].set(fresh[name].subarray(from * width, (from + perProblem) * width), to * width);
    for (const name of ['lengths_N', 'finished_N'] as const) drawn[name].set(fresh[name].subarray(from, from + perProblem), to);
  });
}
