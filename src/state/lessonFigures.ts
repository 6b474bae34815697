// The numbers and words in a lesson's text, each worked out from the records by a pure function. What cannot be worked out is NaN or an
// empty text, which no recording that ships may come to (lessons.test.ts).

import type { UpdateRecord } from '../lab/record';
import { geometryOf, stepOf } from '../viz/creditGeometry';
import { judgedSteps } from '../viz/critiqueSummary';
import { answersOf } from '../viz/phaseSentence';
import { valueBefore, valueRow } from '../viz/valueLine';
import { votingCurve, type VotingPoint } from '../viz/votingCurves';
import type { VotingRule } from '../lab/configuration';
import { PROCESS_FIGURES } from './lessonProcessFigures';
import { deepestDrop, isBrokenOnce, isRight, sceneOf, votesOf, wrongSteps, type LessonScene } from './lessonScene';

export type Figure = (scene: LessonScene) => number | string;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const everyone = ({ update }: LessonScene): number[] => [...update.sample.lengths_N.keys()];
const lengthOf = ({ update, answer }: LessonScene): number => update.sample.lengths_N[answer]!;
const tokensOf = (scene: LessonScene): number[] => Array.from({ length: lengthOf(scene) }, (_, token) => token);
const rewardOf = ({ update }: LessonScene, answer: number): number => update.score?.outcome_N[answer] ?? Number.NaN;
const groupRewards = (scene: LessonScene): number[] => scene.group.map((answer) => rewardOf(scene, answer));

export function textAt({ update, run, answer }: LessonScene, from: number, to: number): string {
  const { width, tokens_NT } = update.sample;
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => run.names.alphabet[tokens_NT[answer * width + from + i]!] ?? '').filter((text) => !/^<.+>$/u.test(text)).join('').trim();
}

const stepText = (scene: LessonScene, step: number): string => {
  const span = scene.update.critique?.steps_NK[scene.answer]?.[step];
  return span === undefined ? '' : textAt(scene, span[0], span[1]);
};
const creditAt = ({ update, answer }: Pick<LessonScene, 'update' | 'answer'>, token: number): number => update.credit?.advantages_NT[answer * update.sample.width + token] ?? Number.NaN;
const stepAt = ({ update, answer }: LessonScene, token: number): number => stepOf(geometryOf(update), { answer, token });

/** Tokens of the answer that are in none of its wrong steps. */
function innocent(scene: LessonScene): number[] {
  const wrong = new Set(wrongSteps(scene.update, scene.answer));
  return tokensOf(scene).filter((token) => !wrong.has(stepAt(scene, token)));
}

function changeAt({ update, answer }: LessonScene, token: number): number {
  const index = answer * update.sample.width + token;
  const isWatched = update.after !== undefined && answer < update.after.watchedAnswers;
  return isWatched ? update.after!.logprobs_WT[index]! - update.score!.oldLogprobs_NT[index]! : Number.NaN;
}

/** The same step of another run or problem of the recording. */
function creditElsewhere({ material }: LessonScene, run: string, problem: 'story' | 'uneven' | 'easiest', answer: 'firstRight' | 'brokenOnce'): number {
  const scene = sceneOf(material, { run, update: 'first', problem, answer });
  return scene === undefined ? Number.NaN : creditAt(scene, 0);
}

function valueAround(scene: LessonScene, after: boolean): number {
  const row = valueRow(scene.update);
  return row === undefined || scene.token === null ? Number.NaN : valueBefore(scene.update, row, scene.answer, scene.token + (after ? 1 : 0));
}

function probability({ update, answer, token }: LessonScene, which: 'before' | 'after'): number {
  if (token === null) return Number.NaN;
  const index = answer * update.sample.width + token;
  return Math.exp((which === 'before' ? update.score?.oldLogprobs_NT : update.after?.logprobs_WT)?.[index] ?? Number.NaN);
}

const brokenAnswers = (scene: LessonScene): number[] => everyone(scene).filter((answer) => isBrokenOnce(scene.update, answer));

function isDropInWrongStep(scene: LessonScene, answer: number): boolean {
  const drop = deepestDrop(scene.update, answer);
  return drop !== undefined && stepAt({ ...scene, answer }, drop.token) === wrongSteps(scene.update, answer)[0];
}

/** Over all answers of the batch, with all critiques or with one. */
function vote(scene: LessonScene, rule: VotingRule, critiques: 'one' | 'all'): VotingPoint {
  const { critique } = scene.update;
  const points = critique === undefined ? [] : votingCurve(judgedSteps(critique, everyone(scene)), rule);
  return points.at(critiques === 'one' ? 0 : -1) ?? { k: 0, precision: Number.NaN, recall: Number.NaN };
}

const chosenStep = (scene: LessonScene): number => (scene.token === null ? -1 : stepAt(scene, scene.token));
const chosenVotes = (scene: LessonScene): number => votesOf(scene.update, scene.answer)[chosenStep(scene)]?.flags ?? Number.NaN;

/** V of the truth before the token (or after it). */
function chance({ material, update, answer }: LessonScene, at: number): number {
  return material.comparison?.comparison.truth.values_NT1[answer * (update.sample.width + 1) + at] ?? Number.NaN;
}

function trueCredit({ material, update, answer }: LessonScene, token: number): number {
  return material.comparison?.comparison.truth.advantages_NT[answer * update.sample.width + token] ?? Number.NaN;
}

function fidelity({ material }: LessonScene, method: string, measure: 'breakerFound' | 'gradientCosine'): number {
  return material.comparison?.comparison.table.rows.find(({ name }) => name === method)?.scores[measure]?.value ?? Number.NaN;
}

export const FIGURES: Readonly<Record<string, Figure>> = {
  zero: () => 0,
  one: () => 1,

  // the problem and its answers
  prompt: ({ update, problem }) => update.sample.problems_P[problem]!.prompt.replace(/:$/, ''),
  groupSize: ({ group }) => group.length,
  rightCount: (scene) => scene.group.filter((answer) => isRight(scene.update, answer)).length,
  groupMean: (scene) => mean(groupRewards(scene)),
  aboveMean: (scene) => 1 - mean(groupRewards(scene)),
  batchAnswers: (scene) => everyone(scene).length,
  batchMean: (scene) => mean(everyone(scene).map((answer) => rewardOf(scene, answer))),
  groups: ({ update }) => update.sample.problems_P.length,
  silentGroups: ({ update }) => update.sample.problems_P.filter((_, problem) => new Set(answersOf(update, problem).map((answer) => update.score?.outcome_N[answer])).size === 1).length,

  // the answer spoken of
  answerNumber: ({ row }) => row + 1,
  reward: (scene) => rewardOf(scene, scene.answer),
  length: lengthOf,
  lines: ({ update, answer }) => update.critique?.steps_NK[answer]?.length ?? Number.NaN,
  rightLines: ({ update, answer }) => (update.critique?.isCorrect_NK[answer] ?? []).filter(Boolean).length,
  brokenLine: ({ update, answer }) => (wrongSteps(update, answer)[0] ?? Number.NaN) + 1,
  brokenText: (scene) => stepText(scene, wrongSteps(scene.update, scene.answer)[0] ?? -1),
  innocent: (scene) => innocent(scene).length,
  fallen: (scene) => tokensOf(scene).filter((token) => changeAt(scene, token) < 0).length,
  innocentFallen: (scene) => innocent(scene).filter((token) => changeAt(scene, token) < 0).length,

  // credit
  credit: (scene) => creditAt(scene, scene.token ?? 0),
  lowestCredit: (scene) => Math.min(...tokensOf(scene).map((token) => creditAt(scene, token))),
  highestCredit: (scene) => Math.max(...tokensOf(scene).map((token) => creditAt(scene, token))),
  otherCredit: (scene) => creditAt(scene, tokensOf(scene).find((token) => stepAt(scene, token) !== chosenStep(scene)) ?? 0),
  rightCredit: (scene) => creditAt({ ...scene, answer: scene.group.find((answer) => isRight(scene.update, answer)) ?? 0 }, 0),
  easyCredit: (scene) => creditElsewhere(scene, 'group', 'easiest', 'firstRight'),
  groupRightCredit: (scene) => creditElsewhere(scene, 'group', 'uneven', 'firstRight'),
  groupWrongCredit: (scene) => creditElsewhere(scene, 'group', 'uneven', 'brokenOnce'),
  sharedCredit: (scene) => creditElsewhere(scene, 'one-score', 'story', 'brokenOnce'),

  // the token chosen
  tokenText: (scene) => (scene.token === null ? '' : textAt(scene, scene.token, scene.token + 1)),
  tokenNumber: ({ token }) => (token === null ? Number.NaN : token + 1),
  tokenLine: (scene) => chosenStep(scene) + 1,
  change: (scene) => (scene.token === null ? Number.NaN : changeAt(scene, scene.token)),
  before: (scene) => probability(scene, 'before'),
  after: (scene) => probability(scene, 'after'),
  afterwards: (scene) => { const change = scene.token === null ? Number.NaN : changeAt(scene, scene.token); return Number.isNaN(change) ? '' : change < 0 ? 'less often' : 'more often'; },

  // a value model
  updates: ({ run, position }) => run.updates[position]?.line.update ?? Number.NaN,
  valueBefore: (scene) => valueAround(scene, false),
  valueAfter: (scene) => valueAround(scene, true),
  dropVerdict: (scene) => (wrongSteps(scene.update, scene.answer).includes(chosenStep(scene)) ? 'that line is the wrong one' : 'that line is right, the mistake is elsewhere'),
  brokenAnswers: (scene) => brokenAnswers(scene).length,
  dropsFound: (scene) => brokenAnswers(scene).filter((answer) => isDropInWrongStep(scene, answer)).length,
  explained: ({ update }) => ('line' in update ? (update as UpdateRecord).line.explainedVariance : null) ?? Number.NaN,

  // judges
  critiques: ({ run }) => run.header.configuration.critic.critiques,
  missRate: ({ run }) => run.header.configuration.critic.falseNegative,
  accuseRate: ({ run }) => run.header.configuration.critic.falsePositive,
  flaggedLine: (scene) => chosenStep(scene) + 1,
  flaggedText: (scene) => stepText(scene, chosenStep(scene)),
  flaggedVotes: chosenVotes,
  doubtedText: (scene) => stepText(scene, chosenStep(scene)),
  doubtedVotes: chosenVotes,
  onePrecision: (scene) => vote(scene, 'strict_majority', 'one').precision,
  oneRecall: (scene) => vote(scene, 'strict_majority', 'one').recall,
  votePrecision: (scene) => vote(scene, 'strict_majority', 'all').precision,
  voteRecall: (scene) => vote(scene, 'strict_majority', 'all').recall,
  voteEffect: (scene) => effectOf(vote(scene, 'strict_majority', 'all').precision - vote(scene, 'strict_majority', 'one').precision),

  // the truth
  chanceAtStart: (scene) => chance(scene, 0),
  chanceBefore: (scene) => chance(scene, scene.token ?? 0),
  chanceAfter: (scene) => chance(scene, (scene.token ?? 0) + 1),
  truth: (scene) => trueCredit(scene, scene.token ?? 0),
  others: (scene) => lengthOf(scene) - 1,
  truthOfOthers: (scene) => tokensOf(scene).filter((token) => token !== scene.token).reduce((sum, token) => sum + trueCredit(scene, token), 0),
  truthError: ({ material }) => material.comparison?.comparison.truth.largestError ?? Number.NaN,
  bestFinder: (scene) => ['grpo', 'capo', 'tempo'].reduce((best, name) => (fidelity(scene, name, 'breakerFound') > fidelity(scene, best, 'breakerFound') ? name : best)),
  tempoFinds: (scene) => fidelity(scene, 'tempo', 'breakerFound'),
  capoFinds: (scene) => fidelity(scene, 'capo', 'breakerFound'),
  grpoFinds: (scene) => fidelity(scene, 'grpo', 'breakerFound'),
  grpoCosine: (scene) => fidelity(scene, 'grpo', 'gradientCosine'),

  ...PROCESS_FIGURES,
};

/** Of shares; less than two points apart is the same. */
function effectOf(difference: number): string {
  if (Number.isNaN(difference)) return '';
  return Math.abs(difference) < 0.02 ? 'same' : difference > 0 ? 'more' : 'less';
}
