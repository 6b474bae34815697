// What the types of an update's record do not say: arrays have the lengths their axes imply, and every index points
// at something that is there.

import type { CreditRecord, CreditRow, CritiqueRecord, JudgeRecord, RunNames, UpdateRecord } from '../lab/record';
import { FormatError, shown } from './formatError';

/** Characters of what a judge said in one update, at most. */
export const MOST_KEPT_OF_ALL = 200_000;

/** Addresses are shown as links. */
export function checkNames({ paper }: RunNames, where: string): void {
  if (!paper.url.startsWith('https://')) throw new FormatError(`${where}.names.paper.url`, 'must begin with https://');
}

type Answers = Pick<UpdateRecord, 'sample' | 'score' | 'critique'>;

export function checkUpdate(update: UpdateRecord, vocabulary: number, where: string): void {
  const { sample, credit, gradient, after } = update;
  const { answers: N, width: T } = sample;
  const steps = checkAnswers(update, vocabulary, where);
  checkCredit(credit, sample, steps, `${where}.credit`);
  const perToken = { 'gradient.ratio_NT': gradient.ratio_NT, 'gradient.isClipped_NT': gradient.isClipped_NT, 'gradient.coefficient_NT': gradient.coefficient_NT };
  for (const [name, values] of Object.entries(perToken)) expectLength(values, N * T, `${where}.${name}`);
  if (after === undefined) return;
  if (after.watchedAnswers > N) throw new FormatError(`${where}.after.watchedAnswers`, `${after.watchedAnswers} of ${N} answers`);
  const watched = after.watchedAnswers * T;
  expectLength(after.logprobs_WT, watched, `${where}.after.logprobs_WT`);
  for (const name of ['topBefore', 'topAfter'] as const) {
    const { count, ids, probabilities } = after[name];
    expectLength(ids, watched * count, `${where}.after.${name}.ids`);
    expectLength(probabilities, watched * count, `${where}.after.${name}.probabilities`);
    refuseAbove(ids, vocabulary - 1, `${where}.after.${name}.ids`);
  }
}

/** Answers, what the verifier said of them, and their steps. Returns the number of steps of all answers. */
export function checkAnswers({ sample, score, critique }: Answers, vocabulary: number, where: string): number {
  const { answers: N, width: T } = sample;
  const perAnswer = { 'sample.problem_N': sample.problem_N, 'sample.lengths_N': sample.lengths_N, 'sample.finished_N': sample.finished_N, 'score.outcome_N': score.outcome_N };
  for (const [name, values] of Object.entries(perAnswer)) expectLength(values, N, `${where}.${name}`);
  const perToken = { 'sample.tokens_NT': sample.tokens_NT, 'sample.samplerLogprobs_NT': sample.samplerLogprobs_NT, 'score.oldLogprobs_NT': score.oldLogprobs_NT, 'score.entropy_NT': score.entropy_NT };
  for (const [name, values] of Object.entries(perToken)) expectLength(values, N * T, `${where}.${name}`);
  if (sample.branches_NK !== undefined) expectLength(sample.branches_NK, N, `${where}.sample.branches_NK`);
  if (score.referenceLogprobs_NT !== undefined) expectLength(score.referenceLogprobs_NT, N * T, `${where}.score.referenceLogprobs_NT`);
  refuseAbove(sample.problem_N, sample.problems_P.length - 1, `${where}.sample.problem_N`);
  refuseAbove(sample.lengths_N, T, `${where}.sample.lengths_N`);
  refuseAbove(sample.tokens_NT, vocabulary - 1, `${where}.sample.tokens_NT`);
  refuseAbove(sample.finished_N, 1, `${where}.sample.finished_N`);
  sample.branches_NK?.forEach((branches, n) => {
    const bad = branches.find(({ token }) => token >= sample.lengths_N[n]!);
    if (bad !== undefined) throw new FormatError(`${where}.sample.branches_NK[${n}]`, `token ${bad.token} is not in the answer`);
  });
  return checkCritiques({ sample, critique }, where);
}

/** `steps`: of all answers. */
export function checkCredit(credit: CreditRecord, { answers: N, width: T, problems_P }: Answers['sample'], steps: number, where: string): void {
  expectLength(credit.advantages_NT, N * T, `${where}.advantages_NT`);
  const lengthOf = { token: N * T, step: steps, answer: N, problem: problems_P.length, scalar: 1 } as const satisfies Record<CreditRow['shape'], number>;
  const known = new Set(credit.rows.map((row) => row.id));
  if (known.size !== credit.rows.length) throw new FormatError(`${where}.rows`, 'names a row twice');
  credit.rows.forEach((row, i) => {
    expectLength(row.values, lengthOf[row.shape], `${where}.rows[${i}].values`);
    for (const id of Object.values(row.inputs)) {
      if (!known.has(id)) throw new FormatError(`${where}.rows[${i}].inputs`, `names row ${shown(id)}, which is not there`);
    }
  });
  for (const [name, shape] of [['valueTargets', 'token'], ['rowMask', 'answer'], ['clipRange', 'token']] as const) {
    const id = credit[name];
    if (id !== undefined && credit.rows.find((row) => row.id === id)?.shape !== shape) {
      throw new FormatError(`${where}.${name}`, `names ${shown(id)}, which is no row of ${shape}s`);
    }
  }
}

/** Returns the number of steps of all answers. */
function checkCritiques({ sample, critique }: Omit<Answers, 'score'>, where: string): number {
  const { steps_NK, critiques_Nk, isCorrect_NK, canReachAnswer_NK } = critique;
  for (const [name, rows] of Object.entries({ steps_NK, critiques_Nk, isCorrect_NK, canReachAnswer_NK })) {
    if (rows.length !== sample.answers) throw new FormatError(`${where}.critique.${name}`, `has ${rows.length} entries; ${sample.answers} are needed`);
  }
  steps_NK.forEach((steps, n) => {
    let reached = 0;
    for (const [start, end] of steps) {
      if (start < reached || end < start || end > sample.width) throw new FormatError(`${where}.critique.steps_NK[${n}]`, `step [${start}, ${end}) is out of place`);
      reached = end;
    }
    for (const [name, verdicts] of Object.entries({ isCorrect_NK: isCorrect_NK[n]!, canReachAnswer_NK: canReachAnswer_NK[n]! })) {
      if (verdicts.length !== 0 && verdicts.length !== steps.length) throw new FormatError(`${where}.critique.${name}[${n}]`, `has ${verdicts.length} verdicts for ${steps.length} steps`);
    }
  });
  if (critique.judge !== undefined) checkSaid(critique.judge, critiques_Nk, `${where}.critique.judge`);
  return steps_NK.reduce((sum, steps) => sum + steps.length, 0);
}

/** What a judge said: of each critique, a verdict that fits its flags, and no more text than a run writes. */
function checkSaid({ said_Nk, system, user, model, where: place, runsOn = '' }: JudgeRecord, critiques_Nk: CritiqueRecord['critiques_Nk'], where: string): void {
  expectLength(said_Nk, critiques_Nk.length, `${where}.said_Nk`);
  for (const [name, { length }, most] of [['system', system, 20_000], ['user', user, 20_000], ['model', model, 500], ['where', place, 500], ['runsOn', runsOn, 500]] as const) {
    if (length > most) throw new FormatError(`${where}.${name}`, `has ${length} characters; ${most} are the most`);
  }
  let kept = 0;
  said_Nk.forEach((row, n) => {
    expectLength(row, critiques_Nk[n]!.length, `${where}.said_Nk[${n}]`);
    row.forEach(({ text, verdict }, j) => {
      kept += text.length;
      if ((verdict === 'read') !== (critiques_Nk[n]![j] !== null)) throw new FormatError(`${where}.said_Nk[${n}][${j}]`, `is "${verdict}", which its flags contradict`);
    });
  });
  if (kept > MOST_KEPT_OF_ALL) throw new FormatError(`${where}.said_Nk`, `has ${kept} characters; ${MOST_KEPT_OF_ALL} are the most`);
}

function refuseAbove(values: Uint32Array | Uint8Array, largest: number, where: string): void {
  const at = values.findIndex((value) => value > largest);
  if (at >= 0) throw new FormatError(`${where}[${at}]`, `${values[at]} is above ${largest}`);
}

export function expectLength({ length }: ArrayLike<unknown>, expected: number, where: string): void {
  if (length !== expected) throw new FormatError(where, `has ${length} entries; ${expected} are needed`);
}
