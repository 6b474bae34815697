// Task chain: arithmetic from left to right, one step a line with the running result, the answer last.
//   prompt  7+5-3+8:
//   answer  7+5=2\n2-3=9\n9+8=7\n=7          (modulo 10; the last line is '=' and the answer, then the stop token)
// A result modulo m is one of 0..m-1; modulus 0 means whole numbers, negative ones with a minus sign.
// Numbers are bigint, because an answer is hostile text and may hold any number of digits.

import type { RandomStream } from '../random/threefry';
import { lineOf, lineSpans } from './lines';
import { readOptions } from './readOptions';
import { splitOf } from './split';
import type { Option, OptionValues, Problem, Split, StepCall, StepFacts, StepSpan, StepVerdict, Task, TaskFamily } from './task';

const CHARACTERS = [...'0123456789+-*=:\n'];
const SPARE_TOKENS = 3;
const MOST_DRAWS = 10_000;

const OPTIONS: readonly Option[] = [
  { name: 'modulus', label: 'Modulus (0 = whole numbers)', default: 10, minimum: 0, maximum: 1000, isInteger: true },
  { name: 'operations', label: 'Operations', default: 3, minimum: 1, maximum: 6, isInteger: true },
  { name: 'digits', label: 'Most digits of an operand', default: 1, minimum: 1, maximum: 3, isInteger: true },
  { name: 'operators', label: 'Operators', default: '+-*', choices: ['+', '-', '*', '+-', '+*', '-*', '+-*'] },
];

interface Operation { readonly operator: string; readonly operand: string }

/** What an answer has said so far: the running result as it was written, and how many operations are behind it. */
interface State { readonly running: string; readonly position: number }

class Chain implements Task {
  readonly name = 'chain';
  readonly title = 'Arithmetic chain';
  readonly summary: string;
  readonly rules: string;
  readonly alphabet = ['<pad>', '<stop>', ...CHARACTERS];
  readonly stepDelimiter = '\n';
  readonly maximumPromptLength: number;
  readonly maximumAnswerLength: number;

  private readonly modulus: bigint;
  private readonly operations: number;
  private readonly operandBound: number;
  private readonly operators: string;

  constructor(readonly options: OptionValues) {
    this.modulus = BigInt(options.modulus!);
    this.operations = Number(options.operations);
    this.operators = String(options.operators);
    const digits = Number(options.digits);
    this.operandBound = 10 ** digits;
    this.maximumPromptLength = (this.operations + 1) * digits + this.operations + 1;
    this.maximumAnswerLength = this.longestSolution(digits) + 1 + SPARE_TOKENS;
    const results = this.modulus === 0n ? 'results are whole numbers' : `results are modulo ${this.modulus}`;
    this.rules = `From left to right, one operation a line; the last line is = and the answer; ${results}.`;
    const numbers = this.modulus === 0n ? 'whole numbers' : `modulo ${this.modulus}`;
    this.summary = `${this.operations} operations (${[...this.operators].join(' ')}) from left to right, ${numbers}, one step a line.`;
  }

  problem(split: Split, random: RandomStream): Problem {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      let text = String(random.below(this.operandBound));
      for (let i = 0; i < this.operations; i++) text += this.operators[random.below(this.operators.length)]! + random.below(this.operandBound);
      if (splitOf(text) !== split) continue;
      const { first, rest } = parse(text);
      return { prompt: `${text}:`, answer: this.finish({ running: first, position: 0 }, rest) };
    }
    throw new RangeError(`task chain: no ${split} problem found with these options`);
  }

  verify(problem: Problem, answer: string): 0 | 1 {
    const last = this.steps(answer).at(-1);
    return last !== undefined && lineOf(answer, last) === `=${problem.answer}` ? 1 : 0;
  }

  steps(answer: string): StepSpan[] {
    return lineSpans(answer);
  }

  /**
   * isCorrect: the line is exactly what a right solver would write next, given what the lines before it handed on:
   * the running result as written and the number of lines so far (wrong lines take an operation's place too).
   * canReachAnswer: there is a continuation of lines, each correct in that sense, whose outcome is 1; after an answer
   * line: that answer is the right one. A line that is neither `a?b=c` nor `=c` hands on nothing, and nothing after
   * it is correct; so does an answer line, after which there is nothing left to say.
   */
  check(problem: Problem, answer: string): StepVerdict[] {
    const { first, rest } = parse(problem.prompt.slice(0, -1));
    let state: State | undefined = { running: first, position: 0 };
    return this.steps(answer).map((span) => {
      const line = lineOf(answer, span);
      const isCorrect = state !== undefined && line === this.rightLine(state, rest);
      const given = /^=(-?\d+)$/.exec(line);
      if (given !== null) {
        state = undefined;
        return { isCorrect, canReachAnswer: given[1] === problem.answer };
      }
      const result = /^-?\d+[-+*]\d+=(-?\d+)$/.exec(line);
      state = state === undefined || result === null ? undefined : { running: result[1]!, position: Math.min(state.position + 1, rest.length) };
      return { isCorrect, canReachAnswer: state !== undefined && this.finish(state, rest) === problem.answer };
    });
  }

  readonly stepChecks = ['is a line of the right form', 'starts from the result handed on', 'takes the next operation', 'has the right result'];

  describe(problem: Problem, answer: string): StepFacts[] {
    const { first, rest } = parse(problem.prompt.slice(0, -1));
    let state: State | undefined = { running: first, position: 0 };
    let stepsLeft = rest.length + 1;
    const verdicts = this.check(problem, answer);
    return this.steps(answer).map((span, k) => {
      const before: State | undefined = state;
      const line = lineOf(answer, span);
      const given = /^=(-?\d+)$/.exec(line);
      const step = /^(-?\d+)([-+*])(\d+)=(-?\d+)$/.exec(line);
      const left = given?.[1] ?? step?.[1];
      const next = before && rest[before.position];
      const isNext = before !== undefined && (given !== null ? next === undefined : step !== null && step[2] === next?.operator && step[3] === next?.operand);
      const isResult = given !== null ? given[1] === before?.running : step !== null && step[4] === String(this.apply(step[1]!, { operator: step[2]!, operand: step[3]! }));
      state = before === undefined || step === null ? undefined : { running: step[4]!, position: Math.min(before.position + 1, rest.length) };
      if (verdicts[k]!.canReachAnswer) stepsLeft = state === undefined ? 0 : rest.length - state.position + 1;
      return {
        stateBefore: before === undefined ? 'nothing handed on' : `${before.running} after ${before.position}`,
        stepsLeft,
        checks: [left !== undefined, left !== undefined && left === before?.running, isNext, isResult].map((one) => (one ? 1 : 0)),
      };
    });
  }

  finalAnswer(answer: string): string | undefined {
    const last = this.steps(answer).at(-1);
    return last && /^=(-?\d+)$/.exec(lineOf(answer, last))?.[1];
  }

  referenceEnding(problem: Problem): string {
    return `=${problem.answer}`;
  }

  readonly answerCue = '=';

  calls(answer: string): StepCall[][] {
    return this.steps(answer).map((span) => {
      const [, left, name, right] = /^(-?\d+)([-+*])(\d+)=-?\d+$/.exec(lineOf(answer, span)) ?? [];
      return name === undefined ? [] : [{ name, args: { left: left!, right: right! } }];
    });
  }

  /** What stands before a line's last '=' says what is to be computed; the rest is computing. */
  plans(_: Problem, answer: string): number[] {
    return this.steps(answer).flatMap(({ start, end }) => {
      const length = Math.max(0, answer.slice(start, end).lastIndexOf('='));
      return Array.from({ length }, (_, i) => start + i);
    });
  }

  solution(problem: Problem): string {
    return this.write(problem, (right) => right);
  }

  corruptedSolution(problem: Problem, stepErrorProbability: number, random: RandomStream): string {
    return this.write(problem, (right) => (random.uniform() < stepErrorProbability ? this.wrongResult(right, random) : right));
  }

  /** Lines with `choose` deciding each result; every line carries on from the result written before it. */
  private write(problem: Problem, choose: (right: bigint) => bigint): string {
    const { first, rest } = parse(problem.prompt.slice(0, -1));
    let running = first;
    let text = '';
    for (const operation of rest) {
      const result = String(choose(this.apply(running, operation)));
      text += `${running}${operation.operator}${operation.operand}=${result}\n`;
      running = result;
    }
    return `${text}=${running}`;
  }

  private rightLine({ running, position }: State, rest: readonly Operation[]): string {
    const next = rest[position];
    return next === undefined ? `=${running}` : `${running}${next.operator}${next.operand}=${this.apply(running, next)}`;
  }

  /** The answer that correct lines lead to from a state. With no operation left it is copied as written. */
  private finish({ running, position }: State, rest: readonly Operation[]): string {
    return rest.slice(position).reduce((value, operation) => String(this.apply(value, operation)), running);
  }

  private apply(running: string, { operator, operand }: Operation): bigint {
    const [left, right] = [BigInt(running), BigInt(operand)];
    const result = operator === '+' ? left + right : operator === '-' ? left - right : left * right;
    return this.modulus === 0n ? result : ((result % this.modulus) + this.modulus) % this.modulus;
  }

  /** Modulo m any of the other results, equally likely; of whole numbers the last digit is replaced by another one. */
  private wrongResult(right: bigint, random: RandomStream): bigint {
    if (this.modulus !== 0n) return (right + 1n + BigInt(random.below(Number(this.modulus) - 1))) % this.modulus;
    const lastDigit = (right < 0n ? -right : right) % 10n;
    const change = ((lastDigit + 1n + BigInt(random.below(9))) % 10n) - lastDigit;
    return right < 0n ? right - change : right + change;
  }

  private longestSolution(digits: number): number {
    const largest = BigInt(this.operandBound - 1);
    const sign = this.modulus === 0n && this.operators.includes('-') ? 1 : 0;
    let bound = largest;
    let width = digits;
    let length = 0;
    for (let i = 0; i < this.operations; i++) {
      length += width + 1 + digits + 1;
      if (this.operators.includes('*') && bound * largest > bound + largest) bound *= largest;
      else bound += largest;
      width = sign + String(this.modulus === 0n ? bound : this.modulus - 1n).length;
      length += width + 1;
    }
    return length + 1 + width;
  }
}

/** `text` is a problem of ours: a number, then operators and numbers. */
function parse(text: string): { readonly first: string; readonly rest: readonly Operation[] } {
  const rest = [...text.matchAll(/([-+*])(\d+)/g)].map((match) => ({ operator: match[1]!, operand: match[2]! }));
  return { first: /^\d+/.exec(text)?.[0] ?? '0', rest };
}

export const chain: TaskFamily = {
  name: 'chain',
  title: 'Arithmetic chain',
  options: OPTIONS,
  create(given?: OptionValues): Task {
    const options = readOptions('task chain', OPTIONS, given);
    if (options.modulus === 1) throw new RangeError('task chain: option modulus = 1 leaves one result; use 0 for whole numbers or at least 2');
    return new Chain(options);
  },
};
