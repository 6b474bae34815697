// Task countdown: reach a target from a few numbers, one operation a line; there are many right ways and real forks.
//   prompt  3,5,7>26:
//   answer  3*7=21\n21+5=26
// Each line takes two of the numbers at hand and puts its result in their place; no number need be left over or used up. An answer is
// right where every line is allowed and true and the last one gives the target. Results are whole numbers from 1 to 999.

import type { RandomStream } from '../random/threefry';
import { lineOf, lineSpans, offsetsBeforeEquals } from './lines';
import { readOptions } from './readOptions';
import { splitOf } from './split';
import type { Option, OptionValues, Problem, Split, StepCall, StepFacts, StepSpan, StepVerdict, Task, TaskFamily } from './task';

const CHARACTERS = [...'0123456789+-*=,>:\n'];
const OPERATORS = ['+', '-', '*'] as const;
const LARGEST_RESULT = 999;
const LARGEST_TARGET = 99;
const SPARE_TOKENS = 3;
const MOST_DRAWS = 10_000;

const OPTIONS: readonly Option[] = [
  { name: 'numbers', label: 'Numbers at hand', default: 3, minimum: 2, maximum: 4, isInteger: true },
  { name: 'largest', label: 'Largest number', default: 9, minimum: 4, maximum: 25, isInteger: true },
];

interface Move { readonly line: string; readonly result: number; readonly rest: readonly number[] }

class Countdown implements Task {
  readonly name = 'countdown';
  readonly title = 'Countdown';
  readonly summary: string;
  readonly alphabet = ['<pad>', '<stop>', ...CHARACTERS];
  readonly stepDelimiter = '\n';
  readonly rules = `Reach the number after > from the numbers before it, each used at most once; a line joins two numbers at hand, its result a whole number from 1 to ${LARGEST_RESULT}. A line that gives the target away is wrong.`;
  readonly stepChecks = ['is a line of the right form', 'takes numbers that are at hand', 'is true', 'leaves the target in reach'];
  readonly maximumPromptLength: number;
  readonly maximumAnswerLength: number;

  private readonly count: number;
  private readonly largest: number;

  constructor(readonly options: OptionValues) {
    this.count = Number(options.numbers);
    this.largest = Number(options.largest);
    const width = String(this.largest).length;
    this.maximumPromptLength = this.count * (width + 1) + String(LARGEST_TARGET).length + 1;
    // '999+25=999' and its delimiter
    this.maximumAnswerLength = (this.count - 1) * (3 + 1 + 3 + 1 + 3 + 1) + SPARE_TOKENS;
    this.summary = `${this.count} numbers up to ${this.largest} and a target; any way that reaches it is right.`;
  }

  problem(split: Split, random: RandomStream): Problem {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const numbers = Array.from({ length: this.count }, () => 1 + random.below(this.largest));
      // the target is where a random way through all numbers ends, so that it can be reached
      let left: readonly number[] = numbers;
      while (left.length > 1) {
        const moves = movesFrom(left);
        const { result, rest } = moves[random.below(moves.length)]!;
        left = [...rest, result];
      }
      const target = left[0]!;
      const text = `${numbers.join(',')}>${target}`;
      if (target <= LARGEST_TARGET && !numbers.includes(target) && splitOf(text) === split) return { prompt: `${text}:`, answer: String(target) };
    }
    throw new RangeError(`task countdown: no ${split} problem found with these options`);
  }

  verify(problem: Problem, answer: string): 0 | 1 {
    const states = statesOf(problem, answer);
    return answer !== '' && states.at(-1) !== undefined && this.finalAnswer(answer) === problem.answer ? 1 : 0;
  }

  steps(answer: string): StepSpan[] {
    return lineSpans(answer);
  }

  /** A line is right in itself where it is allowed and true and does not give the target away: one that leads nowhere, from where the target was in reach, is wrong. */
  check(problem: Problem, answer: string): StepVerdict[] {
    const target = Number(problem.answer);
    const states = statesOf(problem, answer);
    let couldReach = true;
    return lineSpans(answer).map((span, k) => {
      const after = states[k + 1];
      const couldBefore: boolean = couldReach;
      couldReach = after !== undefined && (Number(RESULT.exec(lineOf(answer, span))?.[1]) === target || canReach(after, target));
      return { isCorrect: after !== undefined && (couldReach || !couldBefore), canReachAnswer: couldReach };
    });
  }

  describe(problem: Problem, answer: string): StepFacts[] {
    const target = Number(problem.answer);
    const states = statesOf(problem, answer);
    const verdicts = this.check(problem, answer);
    let stepsLeft = fewest(states[0] ?? [], target);
    return lineSpans(answer).map((span, k) => {
      const line = lineOf(answer, span);
      const match = LINE.exec(line);
      const before = states[k];
      if (verdicts[k]!.canReachAnswer) stepsLeft = Number(match?.[4]) === target ? 0 : fewest(states[k + 1]!, target);
      const isAtHand = match !== null && before !== undefined && without(before, [Number(match[1]), Number(match[3])]) !== undefined;
      const isTrue = match !== null && Number(match[4]) === apply(match[2]!, Number(match[1]), Number(match[3]));
      return {
        stateBefore: before === undefined ? 'nothing handed on' : [...before].sort((a, b) => a - b).join(' '),
        stepsLeft, checks: [match !== null, isAtHand, isTrue, verdicts[k]!.canReachAnswer].map((one) => (one ? 1 : 0)),
      };
    });
  }

  /** An untrue or forbidden line cannot be taken back, nor can numbers that are used up. */
  isHopeless(problem: Problem, beginning: string): boolean {
    const finished = beginning.slice(0, beginning.lastIndexOf('\n') + 1);
    const target = Number(problem.answer);
    const numbers = statesOf(problem, finished).at(-1);
    if (numbers === undefined) return true;
    return !canReach(numbers, target) && !(beginning === finished && this.finalAnswer(finished) === problem.answer);
  }

  finalAnswer(answer: string): string | undefined {
    const last = lineSpans(answer).at(-1);
    return last && RESULT.exec(lineOf(answer, last))?.[1];
  }

  calls(answer: string): StepCall[][] {
    return lineSpans(answer).map((span) => {
      const [, left, name, right] = LINE.exec(lineOf(answer, span)) ?? [];
      return name === undefined ? [] : [{ name, args: { left: left!, right: right! } }];
    });
  }

  referenceEnding(problem: Problem): string {
    return `=${problem.answer}`;
  }

  /** The two numbers and the operator say what is to be done. */
  plans(_: Problem, answer: string): number[] {
    return offsetsBeforeEquals(answer);
  }

  /** Where a line chooses: its first number, its operator, its second number. */
  branches(_: Problem, answer: string): number[] {
    return lineSpans(answer).flatMap(({ start, end }) => {
      const operator = answer.slice(start, end).search(/[-+*]/);
      return operator < 1 ? [start] : [start, start + operator, ...(start + operator + 1 < end ? [start + operator + 1] : [])];
    });
  }

  solution(problem: Problem): string {
    return this.write(problem, (moves) => moves[0]!, (moves) => moves[0]!);
  }

  /** At random among the ways that reach the target; a wrong line is a move that loses it, or, where there is none, an untrue result. */
  corruptedSolution(problem: Problem, stepErrorProbability: number, random: RandomStream): string {
    const any = (moves: readonly Move[]): Move => moves[random.below(moves.length)]!;
    return this.write(problem, (good, bad) => {
      if (random.uniform() >= stepErrorProbability) return any(good);
      if (bad.length > 0) return any(bad);
      const { line, rest, result } = any(good);
      const wrong = 1 + ((result + random.below(8)) % LARGEST_RESULT);
      return { line: line.replace(/=\d+$/, `=${wrong}`), rest, result: wrong };
    }, any);
  }

  /** `choose` among moves that keep the target in reach and those that lose it; `wander` once it is lost. Ends at the target, or with nothing left to join. */
  private write(problem: Problem, choose: (good: readonly Move[], bad: readonly Move[]) => Move, wander: (moves: readonly Move[]) => Move): string {
    const target = Number(problem.answer);
    let numbers: readonly number[] = numbersOf(problem);
    const lines: string[] = [];
    while (numbers.length > 1) {
      const moves = movesFrom(numbers);
      const isGood = moves.map(({ result, rest }) => result === target || canReach([...rest, result], target));
      const good = moves.filter((_, i) => isGood[i]);
      const move = good.length > 0 ? choose(good, moves.filter((_, i) => !isGood[i])) : wander(moves);
      lines.push(move.line);
      if (move.result === target) break;
      numbers = [...move.rest, move.result];
    }
    return lines.join('\n');
  }
}

const LINE = /^(\d{1,3})([-+*])(\d{1,3})=(\d{1,3})$/;
const RESULT = /=(\d{1,3})$/;

const numbersOf = ({ prompt }: Problem): number[] => prompt.split('>')[0]!.split(',').map(Number);

/** Numbers at hand before each line and after the last; undefined from the first line on that is forbidden or untrue. */
function statesOf(problem: Problem, answer: string): (readonly number[] | undefined)[] {
  const states: (readonly number[] | undefined)[] = [numbersOf(problem)];
  for (const span of lineSpans(answer)) {
    const match = LINE.exec(lineOf(answer, span));
    const before = states.at(-1);
    const rest = match === null || before === undefined ? undefined : without(before, [Number(match[1]), Number(match[3])]);
    const isTrue = match !== null && String(apply(match[2]!, Number(match[1]), Number(match[3]))) === match[4];
    states.push(rest !== undefined && isTrue ? [...rest, Number(match[4])] : undefined);
  }
  return states;
}

/** undefined where the result is not a whole number from 1 to 999. */
function apply(operator: string, a: number, b: number): number | undefined {
  const result = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
  return result >= 1 && result <= LARGEST_RESULT ? result : undefined;
}

function without(numbers: readonly number[], taken: readonly number[]): number[] | undefined {
  const rest = [...numbers];
  for (const one of taken) {
    const at = rest.indexOf(one);
    if (at === -1) return undefined;
    rest.splice(at, 1);
  }
  return rest;
}

/** All lines that are allowed, in a fixed order, each once. */
function movesFrom(numbers: readonly number[]): Move[] {
  const moves = new Map<string, Move>();
  numbers.forEach((a, i) => numbers.forEach((b, j) => {
    if (i === j) return;
    for (const operator of OPERATORS) {
      const result = apply(operator, a, b);
      if (result === undefined) continue;
      const line = `${a}${operator}${b}=${result}`;
      if (!moves.has(line)) moves.set(line, { line, result, rest: numbers.filter((_, k) => k !== i && k !== j) });
    }
  }));
  return [...moves.values()];
}

/** Whether some line more, and lines after it, give the target. */
const canReach = (numbers: readonly number[], target: number): boolean => fewest(numbers, target) < Infinity;

/** Fewest lines whose last one gives the target. */
function fewest(numbers: readonly number[], target: number): number {
  let least = Infinity;
  for (const { result, rest } of movesFrom(numbers)) {
    if (result === target) return 1;
    if (rest.length > 0) least = Math.min(least, 1 + fewest([...rest, result], target));
  }
  return least;
}

export const countdown: TaskFamily = {
  name: 'countdown',
  title: 'Countdown',
  options: OPTIONS,
  create: (given?: OptionValues): Task => new Countdown(readOptions('task countdown', OPTIONS, given)),
};
