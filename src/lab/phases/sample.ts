// Phase 1: draws problems of the training split, and for each a group of answers by the policy as it is now. A method with dynamic
// sampling has groups without contrast drawn again (redraw.ts).

import { RandomStream, streamKey } from '../../random/threefry';
import type { SampledAnswers } from '../../model/sampler';
import { STOP_TOKEN, type Problem, type Task } from '../../tasks/task';
import type { BranchRecord, SampleRecord } from '../record';
import { everyRow, tokensOf } from '../rows';
import { decode, encode } from '../tokens';
import type { RunContext } from './context';
import { putInPlace, redrawRounds, uniformGroups } from './redraw';

export async function sample({ configuration, task, model }: RunContext, update: number): Promise<SampleRecord> {
  const { seed, problemsPerUpdate, answersPerProblem, sampling } = configuration;
  const answers = problemsPerUpdate * answersPerProblem;
  const problemAt = (round: number, p: number): Problem => task.problem('train', RandomStream.of(seed, 'problems', update, p + round * problemsPerUpdate));
  const answersTo = (problems: readonly Problem[], round: number): Promise<SampledAnswers> =>
    model.sample(problems.map((problem) => encode(task.alphabet, problem.prompt)), answersPerProblem, {
      ...sampling, isGreedy: false, stopToken: STOP_TOKEN, key: streamKey(seed, 'sampling', update), rowOffset: round * answers,
    });

  const problems_P = Array.from({ length: problemsPerUpdate }, (_, p) => problemAt(0, p));
  const drawn = await answersTo(problems_P, 0);
  let redrawn = 0;
  for (let round = 1; round <= redrawRounds(configuration); round++) {
    const places = uniformGroups(task, problems_P, drawn, model.answerLength);
    if (places.length === 0) break;
    for (const place of places) problems_P[place] = problemAt(round, place);
    putInPlace(drawn, await answersTo(places.map((place) => problems_P[place]!), round), places, answersPerProblem, model.answerLength);
    redrawn += places.length;
  }
  const record: SampleRecord = {
    problems_P,
    answers,
    width: model.answerLength,
    problem_N: Uint32Array.from({ length: answers }, (_, n) => Math.floor(n / answersPerProblem)),
    tokens_NT: drawn.tokens_NT,
    lengths_N: drawn.lengths_N,
    finished_N: Uint8Array.from(drawn.finished_N),
    samplerLogprobs_NT: drawn.logprobs_NT,
    ...(redrawn > 0 && { redrawn }),
  };
  return task.branchPoints === undefined ? record : { ...record, branches_NK: everyRow(record).map((n) => branchesOf(task, record, n)) };
}

function branchesOf(task: Task, sampled: SampleRecord, n: number): BranchRecord[] {
  return task.branchPoints!(sampled.problems_P[sampled.problem_N[n]!]!, decode(task.alphabet, tokensOf(sampled, n)));
}
