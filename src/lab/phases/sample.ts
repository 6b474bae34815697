// Phase 1: draws problems of the training split, and for each a group of answers by the policy as it is now.

import { RandomStream, streamKey } from '../../random/threefry';
import { STOP_TOKEN, type Task } from '../../tasks/task';
import type { BranchRecord, SampleRecord } from '../record';
import { everyRow, tokensOf } from '../rows';
import { decode, encode } from '../tokens';
import type { RunContext } from './context';

export async function sample({ configuration, task, model }: RunContext, update: number): Promise<SampleRecord> {
  const { seed, problemsPerUpdate, answersPerProblem, sampling } = configuration;
  const problems_P = Array.from({ length: problemsPerUpdate }, (_, p) => task.problem('train', RandomStream.of(seed, 'problems', update, p)));
  const prompts_P = problems_P.map((problem) => encode(task.alphabet, problem.prompt));
  const drawn = await model.sample(prompts_P, answersPerProblem, {
    ...sampling, isGreedy: false, stopToken: STOP_TOKEN, key: streamKey(seed, 'sampling', update), rowOffset: 0,
  });
  const answers = problemsPerUpdate * answersPerProblem;
  const record: SampleRecord = {
    problems_P,
    answers,
    width: model.answerLength,
    problem_N: Uint32Array.from({ length: answers }, (_, n) => Math.floor(n / answersPerProblem)),
    tokens_NT: drawn.tokens_NT,
    lengths_N: drawn.lengths_N,
    finished_N: Uint8Array.from(drawn.finished_N),
    samplerLogprobs_NT: drawn.logprobs_NT,
  };
  return task.branchPoints === undefined ? record : { ...record, branches_NK: everyRow(record).map((n) => branchesOf(task, record, n)) };
}

function branchesOf(task: Task, sampled: SampleRecord, n: number): BranchRecord[] {
  return task.branchPoints!(sampled.problems_P[sampled.problem_N[n]!]!, decode(task.alphabet, tokensOf(sampled, n)));
}
