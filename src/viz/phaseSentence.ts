// What each phase of an update did, in one sentence with the real numbers, for the problem on screen.

import type { Phase } from '../lab/record';
import type { PartialUpdate } from './channel';
import { formatNumber, formatShare, formatShort, formatSigned } from './format';
import { isLeftOut } from './leftOut';

/** Undefined when the record does not hold that phase yet. */
export function phaseSentence(update: PartialUpdate, phase: Phase, problem: number): string | undefined {
  const group = answersOf(update, problem);
  switch (phase) {
    case 'sample': return sampleSentence(update, group);
    case 'score': return scoreSentence(update, group);
    case 'critique': return critiqueSentence(update, group);
    case 'credit': return creditSentence(update, group);
    case 'gradient': return gradientSentence(update, group);
    case 'update': return updateSentence(update, group);
    default: return phase satisfies never;
  }
}

/** Answers of a problem, in the order they were drawn. */
export function answersOf(update: PartialUpdate, problem: number): readonly number[] {
  return Array.from(update.sample.problem_N.keys()).filter((answer) => update.sample.problem_N[answer] === problem);
}

function sampleSentence({ sample }: PartialUpdate, group: readonly number[]): string {
  const lengths = group.map((answer) => sample.lengths_N[answer]!);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const cutOff = group.filter((answer) => sample.finished_N[answer] === 0).length;
  return `${counted(group.length, 'answer')} sampled to this problem (${sample.answers} in all), ${shortest === longest ? `${counted(shortest, 'token')} each` : `${shortest} to ${longest} tokens long, ${formatShort(mean(lengths))} on average`}${cutOff > 0 ? `; ${cutOff} cut off before the end` : ''}${sample.redrawn === undefined ? '' : `; ${counted(sample.redrawn, 'group')} all right or all wrong drawn again`}.`;
}

function scoreSentence({ score }: PartialUpdate, group: readonly number[]): string | undefined {
  if (score === undefined) return undefined;
  const rewards = group.map((answer) => score.outcome_N[answer]!);
  const right = rewards.filter((reward) => reward > 0).length;
  return `${right} of these ${group.length} answers ${right === 1 ? 'is' : 'are'} right, a mean reward of ${formatNumber(mean(rewards))}; over the whole batch it is ${formatNumber(mean([...score.outcome_N]))}.`;
}

function critiqueSentence({ critique }: PartialUpdate, group: readonly number[]): string | undefined {
  if (critique === undefined) return undefined;
  const critiques = group.flatMap((answer) => critique.critiques_Nk[answer] ?? []);
  if (critiques.length === 0) return 'This method asks no critic: only the final answer counts.';
  const missing = critiques.filter((flags) => flags === null).length;
  const steps = group.reduce((sum, answer) => sum + (critique.steps_NK[answer]?.length ?? 0), 0);
  let [flagged, wrong, found] = [0, 0, 0];
  for (const answer of group) {
    const flags = new Set((critique.critiques_Nk[answer] ?? []).flatMap((one) => one ?? []));
    flagged += flags.size;
    critique.isCorrect_NK[answer]?.forEach((isCorrect, step) => {
      wrong += isCorrect ? 0 : 1;
      found += !isCorrect && flags.has(step) ? 1 : 0;
    });
  }
  const isChecked = group.some((answer) => (critique.isCorrect_NK[answer]?.length ?? 0) > 0);
  const checked = !isChecked ? '' : wrong === 0 ? '; the exact checker finds every step right' : `; ${found} of the ${wrong} wrong ${wrong === 1 ? 'step' : 'steps'} ${found === 1 ? 'is' : 'are'} among them`;
  return `${counted(critiques.length, 'critique')} of these answers flag ${flagged} of ${counted(steps, 'step')} at least once${checked}${missing > 0 ? `; ${missing} came back unusable` : ''}.`;
}

function creditSentence(update: PartialUpdate, group: readonly number[]): string | undefined {
  const { credit, score } = update;
  if (credit === undefined || score === undefined) return undefined;
  const right = group.filter((answer) => score.outcome_N[answer]! > 0);
  const wrong = group.filter((answer) => score.outcome_N[answer]! <= 0);
  const nobody = noCreditSentence(update, group);
  if (nobody !== undefined) return nobody;
  const { advantages_NT } = credit;
  const getting = (answers: readonly number[], whose: string): string[] => {
    if (answers.length === 0) return [];
    const values = tokenValues(update, advantages_NT, answers);
    // not spread: a group may have more tokens than a call takes arguments
    const [least, most] = [values.reduce((low, one) => Math.min(low, one), Infinity), values.reduce((high, one) => Math.max(high, one), -Infinity)];
    const size = formatSigned(mean(values));
    return [formatNumber(least) === formatNumber(most) ? `${whose} gets ${size}` : `a token of ${whose} gets ${size} on average (${formatSigned(least)} to ${formatSigned(most)})`];
  };
  const parts = [...getting(right, 'a right answer'), ...getting(wrong, 'a wrong one')];
  return `${counted(group.length, 'answer')}, ${right.length} right, mean reward ${formatNumber(mean(group.map((answer) => score.outcome_N[answer]!)))}, so ${parts.join(', ')}.`;
}

/** Why every token of the group is neutral; undefined where one gets credit. */
export function noCreditSentence({ sample, score, credit }: PartialUpdate, group: readonly number[]): string | undefined {
  if (score === undefined || credit === undefined || !tokenValues({ sample }, credit.advantages_NT, group).every((value) => value === 0)) return undefined;
  const rewards = new Set(group.map((answer) => formatShort(score.outcome_N[answer]!)));
  return rewards.size === 1 ? `All ${group.length} answers scored ${[...rewards][0]}, so nobody gets credit.` : 'Nobody gets credit in this group.';
}

function gradientSentence(update: PartialUpdate, group: readonly number[]): string | undefined {
  const { gradient, sample } = update;
  if (gradient === undefined) return undefined;
  const pull = (answers: readonly number[]): number => tokenValues(update, gradient.coefficient_NT, answers).reduce((sum, value) => sum + Math.abs(value), 0);
  const whole = pull([...sample.lengths_N.keys()]);
  const share = whole === 0 ? 'no token pulls at the policy' : `${formatShare(pull(group) / whole)} of all pull on tokens comes from this problem`;
  const leftOut = [...sample.lengths_N.keys()].filter((answer) => isLeftOut(update, answer)).length;
  return `Loss ${formatNumber(gradient.loss)}, gradient norm ${formatNumber(gradient.gradientNorm)}, ${formatShare(gradient.clipShare)} of the tokens clipped; ${share}${leftOut > 0 ? `; ${counted(leftOut, 'answer')} left out of the loss by the method` : ''}.`;
}

function updateSentence(update: PartialUpdate, group: readonly number[]): string | undefined {
  const { after, score, credit, line } = update;
  if (line === undefined) return undefined;
  const isWatched = after !== undefined && group.every((answer) => answer < after.watchedAnswers);
  if (!isWatched || score === undefined || credit === undefined) return `The policy’s parameters moved; that was update ${line.update}.`;
  const change = after.logprobs_WT.map((logprob, index) => logprob - score.oldLogprobs_NT[index]!);
  const changes = tokenValues(update, change, group);
  const advantages = tokenValues(update, credit.advantages_NT, group);
  const praised = changes.filter((_, index) => advantages[index]! > 0);
  const blamed = changes.filter((_, index) => advantages[index]! < 0);
  const parts = [];
  if (praised.length > 0) parts.push(`${praised.filter((value) => value > 0).length} of ${counted(praised.length, 'token')} with credit became likelier (${formatSigned(mean(praised))} in log-probability on average)`);
  if (blamed.length > 0) parts.push(`${blamed.filter((value) => value < 0).length} of ${blamed.length} with blame less likely (${formatSigned(mean(blamed))})`);
  return parts.length > 0 ? `Update ${line.update} moved the policy: ${parts.join(', ')}.` : `The policy moved by other groups’ credit; here log-probabilities changed by ${formatSigned(mean(changes))} on average.`;
}

function tokenValues(update: Pick<PartialUpdate, 'sample'>, values_NT: ArrayLike<number>, answers: readonly number[]): number[] {
  const { lengths_N, width } = update.sample;
  return answers.flatMap((answer) => Array.from({ length: lengths_N[answer]! }, (_, token) => values_NT[answer * width + token] ?? Number.NaN));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
