// Task sort: selection sort of different digits, one swap a line with the list after it, the sorted list last.
//   prompt  53142:
//   answer  5~1=13542\n3~2=12543\n5~3=12345\n=12345
// A line swaps the first digit that is out of its place with the smallest one behind it; places that are right already get no line.

import type { RandomStream } from '../random/threefry';
import { lineOf, lineSpans, offsetsBeforeEquals } from './lines';
import { readOptions } from './readOptions';
import { splitOf } from './split';
import type { Option, OptionValues, Problem, Split, StepCall, StepFacts, StepSpan, StepVerdict, Task, TaskFamily } from './task';

const CHARACTERS = [...'0123456789~=:\n'];
const SPARE_TOKENS = 3;
const MOST_DRAWS = 10_000;

const OPTIONS: readonly Option[] = [{ name: 'length', label: 'Digits of the list', default: 4, minimum: 2, maximum: 8, isInteger: true }];

class Sort implements Task {
  readonly name = 'sort';
  readonly title = 'Selection sort';
  readonly summary: string;
  readonly alphabet = ['<pad>', '<stop>', ...CHARACTERS];
  readonly stepDelimiter = '\n';
  readonly rules = 'Selection sort: a line swaps the first digit out of its place with the smallest one behind it and gives the list after that; the last line is = and the sorted list.';
  readonly stepChecks = ['is a line of the right form', 'names the right swap', 'has the list after that swap'];
  readonly maximumPromptLength: number;
  readonly maximumAnswerLength: number;

  private readonly length: number;

  constructor(readonly options: OptionValues) {
    this.length = Number(options.length);
    this.maximumPromptLength = this.length + 1;
    // at most length - 1 swaps, room for one more after a wrong one, the sorted list, the stop token
    this.maximumAnswerLength = this.length * (4 + this.length + 1) + 1 + this.length + 1 + SPARE_TOKENS;
    this.summary = `${this.length} different digits, one swap a line.`;
  }

  problem(split: Split, random: RandomStream): Problem {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const digits = [...'0123456789'];
      const text = Array.from({ length: this.length }, () => digits.splice(random.below(digits.length), 1)[0]!).join('');
      if (splitOf(text) === split) return { prompt: `${text}:`, answer: sorted(text) };
    }
    throw new RangeError(`task sort: no ${split} problem found with these options`);
  }

  verify(problem: Problem, answer: string): 0 | 1 {
    return this.finalAnswer(answer) === problem.answer ? 1 : 0;
  }

  steps(answer: string): StepSpan[] {
    return lineSpans(answer);
  }

  /** As in task chain: a line is judged by the list that the line before it handed on as written. A wrong swap can be made good; a lost digit cannot. */
  check(problem: Problem, answer: string): StepVerdict[] {
    let list: string | undefined = listOf(problem);
    return lineSpans(answer).map((span) => {
      const line = lineOf(answer, span);
      const isCorrect = list !== undefined && line === rightLine(list);
      const given = FINAL.exec(line)?.[1];
      list = given !== undefined || list === undefined ? undefined : SWAP.exec(line)?.[3];
      return { isCorrect, canReachAnswer: given !== undefined ? given === problem.answer : list !== undefined && sorted(list) === problem.answer };
    });
  }

  describe(problem: Problem, answer: string): StepFacts[] {
    let list: string | undefined = listOf(problem);
    let stepsLeft = swapsLeft(list) + 1;
    return lineSpans(answer).map((span) => {
      const before: string | undefined = list;
      const line = lineOf(answer, span);
      const swap = SWAP.exec(line);
      const given = FINAL.exec(line)?.[1];
      const next = before === undefined ? undefined : selection(before);
      list = given !== undefined || before === undefined ? undefined : swap?.[3];
      if (given === problem.answer) stepsLeft = 0;
      else if (list !== undefined && sorted(list) === problem.answer) stepsLeft = swapsLeft(list) + 1;
      const checks = given !== undefined
        ? [true, before !== undefined && next === undefined, given === before]
        : [swap !== null, swap !== null && swap[1] === next?.a && swap[2] === next?.b, swap !== null && before !== undefined && swap[3] === swapped(before, swap[1]!, swap[2]!)];
      return { stateBefore: before ?? 'nothing handed on', stepsLeft, checks: checks.map((one) => (one ? 1 : 0)) };
    });
  }

  finalAnswer(answer: string): string | undefined {
    const last = lineSpans(answer).at(-1);
    return last && FINAL.exec(lineOf(answer, last))?.[1];
  }

  readonly answerCue = '=';

  calls(answer: string): StepCall[][] {
    return lineSpans(answer).map((span) => {
      const [, first, second] = SWAP.exec(lineOf(answer, span)) ?? [];
      return first === undefined ? [] : [{ name: 'swap', args: { first, second: second! } }];
    });
  }

  referenceEnding(problem: Problem): string {
    return `=${problem.answer}`;
  }

  /** Which digits to swap; writing the list is carrying it out. */
  plans(_: Problem, answer: string): number[] {
    return offsetsBeforeEquals(answer);
  }

  solution(problem: Problem): string {
    return this.write(problem, rightLine);
  }

  /** A wrong line swaps two other digits, or, as often, writes one digit of the list wrongly. Ends, sorted or not, when there is no room for another line. */
  corruptedSolution(problem: Problem, stepErrorProbability: number, random: RandomStream): string {
    return this.write(problem, (list) => {
      const { a, b, after: right } = selection(list)!;
      if (random.uniform() >= stepErrorProbability) return rightLine(list);
      if (random.below(2) === 0) {
        const at = random.below(right.length);
        const wrong = (Number(right[at]) + 1 + random.below(9)) % 10;
        return `${a}~${b}=${right.slice(0, at)}${wrong}${right.slice(at + 1)}`;
      }
      const pairs = [...list].flatMap((one, i) => [...list].slice(i + 1).map((other) => [one, other] as const)).filter(([one, other]) => one !== other && !(one === a && other === b));
      const [one, other] = pairs.length === 0 ? [a, b] : pairs[random.below(pairs.length)]!;
      return `${one}~${other}=${swapped(list, one, other)!}`;
    });
  }

  private write(problem: Problem, lineFor: (list: string) => string): string {
    let list = listOf(problem);
    const lines: string[] = [];
    while (lines.length < this.length && selection(list) !== undefined) {
      lines.push(lineFor(list));
      list = SWAP.exec(lines.at(-1)!)![3]!;
    }
    return [...lines, `=${list}`].join('\n');
  }
}

const SWAP = /^(\d)~(\d)=(\d{2,8})$/;
const FINAL = /^=(\d{2,8})$/;

const listOf = ({ prompt }: Problem): string => prompt.slice(0, -1);
const sorted = (list: string): string => [...list].sort().join('');

/** What selection sort does next; undefined for a sorted list. Digits that were written wrongly may stand in a list twice. */
function selection(list: string): { readonly a: string; readonly b: string; readonly after: string } | undefined {
  const wanted = sorted(list);
  const at = [...list].findIndex((digit, i) => digit !== wanted[i]);
  return at === -1 ? undefined : { a: list[at]!, b: wanted[at]!, after: exchange(list, at, list.indexOf(wanted[at]!, at + 1)) };
}

function rightLine(list: string): string {
  const next = selection(list);
  return next === undefined ? `=${list}` : `${next.a}~${next.b}=${next.after}`;
}

/** The list after a named swap: that of selection sort, or of the first places of the two digits; undefined where it lacks one of them. */
function swapped(list: string, a: string, b: string): string | undefined {
  const next = selection(list);
  if (next?.a === a && next.b === b) return next.after;
  const [i, j] = [list.indexOf(a), list.indexOf(b)];
  return i === -1 || j === -1 ? undefined : exchange(list, i, j);
}

function exchange(list: string, i: number, j: number): string {
  const digits = [...list];
  [digits[i], digits[j]] = [digits[j]!, digits[i]!];
  return digits.join('');
}

/** Each swap puts one digit into its place for good. */
function swapsLeft(list: string): number {
  const next = selection(list);
  return next === undefined ? 0 : 1 + swapsLeft(next.after);
}

export const sort: TaskFamily = {
  name: 'sort',
  title: 'Selection sort',
  options: OPTIONS,
  create: (given?: OptionValues): Task => new Sort(readOptions('task sort', OPTIONS, given)),
};
