// Task bifurcation: a controlled family in which a few marked tokens carry the outcome and the exact credit of every token is known.
//   prompt  .c.<.b.?.>.#:      what is asked of each of the answer's T tokens
//   answer  acd<abc!d>b7       (then the stop token)
//   < >   branch: this token is the right one; any other token loses the good state
//   a-d   routine: the same, but a taught policy does not err here (1 - distractor share of the positions left over)
//   ?     repair: the token ! restores the good state; any other token, and ! in the good state, changes nothing
//   .     free (a distractor): any token will do, and none has an effect
//   #     luck, the last position where there is one: a winning digit restores the good state
// An answer starts in the good state; its outcome is 1 exactly if it ends in it with no branch or routine position missing.
// What stands after the T-th token has no effect.
//
// Value gap g. A verifier that is a function of problem and answer gives every policy without chance only the values 0 and 1, so a
// gap between them must come from the policy's own chance. Luck is that chance: 10(1-g) of the ten digits win. They are drawn with the
// problem, independent of the prompt, kept in `problem.answer` and never shown, so that no policy can learn them.
// Let H_right, H_wrong be a policy's probabilities of being in the good state just before luck, after either choice at a branch, and w
// its probability of a winning digit there once the good state is lost. The gap Q(right) - Q(wrong) is (H_right - H_wrong)(1 - w):
// exactly g, problem by problem, where digits are uniform, nothing goes wrong later and nothing is repaired; and exactly
// (H_right - H_wrong) g in the mean over the problems of one prompt, for every policy that always writes a digit there.
// g = 1: no luck position, no chance.
//
// Free tokens. Q is the same for all of them but the stop token, under a policy whose later choices do not look at the free tokens
// it wrote; their advantage is then exactly 0 where it never stops. From a decided state on (bifurcationRules.ts) the advantage of
// every token is exactly 0 under every policy. Another policy's reaction to its own free tokens is real credit; enumeration shows it.

import type { RandomStream } from '../random/threefry';
import { branchPoints } from './bifurcationBranches';
import { advance, ALPHABET, courseOf, decidedOutcome, DIGITS, DIRECTIONS, FILLERS, isRightInItself, MARK, outcomeOf, REPAIR, START, type Role, type State } from './bifurcationRules';
import { readOptions } from './readOptions';
import { splitOf } from './split';
import type { BranchPoint, Option, OptionValues, Problem, Split, StepFacts, StepSpan, StepVerdict, Task, TaskFamily } from './task';

const MOST_DRAWS = 10_000;
/** how often a worked solution seizes a repair that it needs */
const TAUGHT_REPAIR = 0.5;

const OPTIONS: readonly Option[] = [
  { name: 'length', label: 'Tokens of an answer', default: 16, minimum: 2, maximum: 48, isInteger: true },
  { name: 'branches', label: 'Branch tokens', default: 4, minimum: 1, maximum: 12, isInteger: true },
  { name: 'distractorShare', label: 'Share of free tokens among the others', default: 0.75, minimum: 0, maximum: 1 },
  { name: 'repairProbability', label: 'Probability of a repair after a branch', default: 0.25, minimum: 0, maximum: 1 },
  { name: 'valueGap', label: 'Value gap of a branch, in tenths', default: 0.9, minimum: 0.1, maximum: 1 },
  { name: 'stepLength', label: 'Tokens of a step', default: 4, minimum: 1, maximum: 48, isInteger: true },
];

class Bifurcation implements Task {
  readonly name = 'bifurcation';
  readonly title = 'Bifurcation';
  readonly summary: string;
  readonly alphabet = ALPHABET;
  readonly rules = 'One character for each sign of the problem: letters, < and > are copied; ? wants ! where one of them went wrong before and was not yet repaired; any character will do for . and #.';
  /** steps have a fixed length; no answer holds this character */
  readonly stepDelimiter = '\n';
  readonly maximumPromptLength: number;
  readonly maximumAnswerLength: number;

  private readonly length: number;
  private readonly branchCount: number;
  private readonly distractorShare: number;
  private readonly repairProbability: number;
  private readonly winnerCount: number;
  private readonly stepLength: number;

  constructor(readonly options: OptionValues) {
    this.length = Number(options.length);
    this.branchCount = Number(options.branches);
    this.distractorShare = Number(options.distractorShare);
    this.repairProbability = Number(options.repairProbability);
    this.winnerCount = Math.round(10 * (1 - Number(options.valueGap)));
    this.stepLength = Number(options.stepLength);
    this.maximumPromptLength = this.length + 1;
    this.maximumAnswerLength = this.length + 1;
    this.summary = `${this.branchCount} of ${this.length} tokens decide; a wrong one costs ${options.valueGap} of the value unless it is repaired.`;
  }

  problem(split: Split, random: RandomStream): Problem {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const text = this.layout(random).map((role) => markOf(role, random)).join('');
      if (splitOf(text) !== split) continue;
      const isWinner_10 = chosen(this.winnerCount, DIGITS.length, random);
      const required = [...text].filter((mark) => FILLERS.includes(mark) || mark === DIRECTIONS[0] || mark === DIRECTIONS[1]);
      return { prompt: text + MARK.end, answer: [...required, ...DIGITS.filter((_, digit) => isWinner_10[digit])].join('') };
    }
    throw new RangeError(`task bifurcation: no ${split} problem found with these options`);
  }

  verify(problem: Problem, answer: string): 0 | 1 {
    const course = courseOf(problem);
    let state = START;
    for (let t = 0; t < answer.length && t < course.roles_T.length; t++) state = advance(course, state, answer[t]!);
    return outcomeOf(course, state);
  }

  steps(answer: string): StepSpan[] {
    const spans: StepSpan[] = [];
    for (let start = 0; start < answer.length; start += this.stepLength) spans.push({ start, end: Math.min(start + this.stepLength, answer.length) });
    return spans;
  }

  /** isCorrect: each of the step's tokens is right in itself, given the state it was handed. canReachAnswer: some continuation has outcome 1. */
  check(problem: Problem, answer: string): StepVerdict[] {
    const course = courseOf(problem);
    let state = START;
    return this.steps(answer).map(({ start, end }) => {
      let isCorrect = true;
      for (let t = start; t < end; t++) {
        isCorrect &&= isRightInItself(course, state, answer[t]!);
        state = advance(course, state, answer[t]!);
      }
      return { isCorrect, canReachAnswer: state.isGood || state.position < course.hopelessFrom };
    });
  }

  readonly stepChecks = ['takes the right branches', 'writes the routine tokens', 'makes the repairs that are needed'];

  describe(problem: Problem, answer: string): StepFacts[] {
    const course = courseOf(problem);
    let state = START;
    let stepsLeft = Math.ceil(this.length / this.stepLength);
    const verdicts = this.check(problem, answer);
    return this.steps(answer).map(({ start, end }, k) => {
      const stateBefore = `${state.isGood ? 'good' : 'lost'} at ${state.position}`;
      const isRight = { branch: true, routine: true, repair: true };
      for (let t = start; t < end; t++) {
        const role = course.roles_T[t];
        if ((role === 'branch' || role === 'routine' || role === 'repair') && !isRightInItself(course, state, answer[t]!)) isRight[role] = false;
        state = advance(course, state, answer[t]!);
      }
      if (verdicts[k]!.canReachAnswer) stepsLeft = Math.ceil(Math.max(0, this.length - end) / this.stepLength);
      return { stateBefore, stepsLeft, checks: [isRight.branch, isRight.routine, isRight.repair].map((one) => (one ? 1 : 0)) };
    });
  }

  /** The branches decide, the rest carries out. */
  plans(problem: Problem, answer: string): number[] {
    return this.branches(problem, answer);
  }

  solution(problem: Problem): string {
    return write(problem, (role, right) => (role === 'branch' || role === 'routine' ? right : role === 'luck' ? DIGITS[0]! : FILLERS[0]!));
  }

  /** A branch is wrong with the given probability; a repair that is then needed is seized half of the time; the rest is right. */
  corruptedSolution(problem: Problem, stepErrorProbability: number, random: RandomStream): string {
    return write(problem, (role, right, { isGood }) => {
      if (role === 'branch' && random.uniform() < stepErrorProbability) return right === DIRECTIONS[0] ? DIRECTIONS[1] : DIRECTIONS[0];
      if (role === 'branch' || role === 'routine') return right;
      if (role === 'luck') return DIGITS[random.below(DIGITS.length)]!;
      return role === 'repair' && !isGood && random.uniform() < TAUGHT_REPAIR ? REPAIR : FILLERS[random.below(FILLERS.length)]!;
    });
  }

  isHopeless(problem: Problem, beginning: string): boolean {
    const course = courseOf(problem);
    const state = [...beginning].reduce((before, character) => advance(course, before, character), START);
    return decidedOutcome(course, state) === 0;
  }

  branches(problem: Problem, answer: string): number[] {
    return branchPositions(problem).filter((position) => position < answer.length);
  }

  branchPoints(problem: Problem, answer: string): BranchPoint[] {
    return branchPoints(problem, answer);
  }

  /** Branches, each with its repair where it has one, spread evenly at random; luck last; the rest free or routine in the exact share. */
  private layout(random: RandomStream): Role[] {
    const decisions = Array.from({ length: this.branchCount }, (): Role[] => (random.uniform() < this.repairProbability ? ['branch', 'repair'] : ['branch'])).flat();
    const room = this.length - (this.winnerCount > 0 ? 1 : 0);
    const others = room - decisions.length;
    const isDecision_T = chosen(decisions.length, room, random);
    const isFree_K = chosen(Math.round(this.distractorShare * others), others, random);
    let [decision, other] = [0, 0];
    const roles = isDecision_T.map((isDecision): Role => (isDecision ? decisions[decision++]! : isFree_K[other++]! ? 'free' : 'routine'));
    return this.winnerCount > 0 ? [...roles, 'luck'] : roles;
  }
}

/** Token offsets of a problem's branch positions. */
export function branchPositions(problem: Problem): number[] {
  return courseOf(problem).roles_T.flatMap((role, position) => (role === 'branch' ? [position] : []));
}

function write(problem: Problem, choose: (role: Role, right: string, state: State) => string): string {
  const course = courseOf(problem);
  let state = START;
  return course.roles_T.map((role, position) => {
    const character = choose(role, course.right_T[position]!, state);
    state = advance(course, state, character);
    return character;
  }).join('');
}

function markOf(role: Role, random: RandomStream): string {
  if (role === 'branch') return DIRECTIONS[random.below(2)]!;
  return role === 'routine' ? FILLERS[random.below(FILLERS.length)]! : MARK[role];
}

/** Which of `total` things are chosen, each set of `count` equally likely (Knuth's selection sampling). */
function chosen(count: number, total: number, random: RandomStream): boolean[] {
  let wanted = count;
  return Array.from({ length: total }, (_, i) => {
    const isChosen = random.below(total - i) < wanted;
    if (isChosen) wanted--;
    return isChosen;
  });
}

export const bifurcation: TaskFamily = {
  name: 'bifurcation',
  title: 'Bifurcation',
  options: OPTIONS,
  create(given?: OptionValues): Task {
    const options = readOptions('task bifurcation', OPTIONS, given);
    const tenths = 10 * Number(options.valueGap);
    if (Math.abs(tenths - Math.round(tenths)) > 1e-9) throw new RangeError(`task bifurcation: option valueGap = ${options.valueGap} is not a number of tenths`);
    const needed = Number(options.branches) * (Number(options.repairProbability) > 0 ? 2 : 1) + (options.valueGap === 1 ? 0 : 1);
    if (Number(options.length) < needed) {
      throw new RangeError(`task bifurcation: option length = ${options.length} is too short for ${options.branches} branches; these options need ${needed}`);
    }
    return new Bifurcation(options);
  },
};
