// Task columns: written addition and subtraction, one column a line from the right, the answer last.
//   prompt  347+285:
//   answer  7+5+0=2,1\n4+8+1=3,1\n3+2+1=6,0\n=632
// A line holds the column's two digits and the carry handed on to it, then '=' with the digit to write and the carry to hand on. When
// subtracting, the carry is a borrow (7-5-0=2,0) and the first number is the larger one. Numbers have all their digits, zeros in front
// too, so that columns stand under each other; the answer line has none, and the last carry in front of its digits.

import type { RandomStream } from '../random/threefry';
import { lineOf, lineSpans, offsetsBeforeEquals } from './lines';
import { readOptions } from './readOptions';
import { splitOf } from './split';
import type { Option, OptionValues, Problem, Split, StepCall, StepFacts, StepSpan, StepVerdict, Task, TaskFamily } from './task';

const CHARACTERS = [...'0123456789+-=,:\n'];
const SPARE_TOKENS = 3;
const MOST_DRAWS = 10_000;
/** '7+5+0=2,1' and its delimiter */
const LINE_LENGTH = 10;

const OPTIONS: readonly Option[] = [
  { name: 'digits', label: 'Digits of a number', default: 2, minimum: 1, maximum: 6, isInteger: true },
  { name: 'operators', label: 'Operators', default: '+-', choices: ['+', '-', '+-'] },
];

interface Sum { readonly operator: string; readonly left: string; readonly right: string }

/** What an answer has said so far: columns done, the carry handed on, and the digits written, the last column's first. */
interface State { readonly position: number; readonly carry: number; readonly digits: string }
const START: State = { position: 0, carry: 0, digits: '' };

class Columns implements Task {
  readonly name = 'columns';
  readonly title = 'Written sums';
  readonly summary: string;
  readonly alphabet = ['<pad>', '<stop>', ...CHARACTERS];
  readonly stepDelimiter = '\n';
  readonly rules = 'A written sum, one column a line from the right: its two digits and the carry (or borrow) handed on, then = with the digit to write and the next carry; the last line is = and the answer.';
  readonly stepChecks = ['is a line of the right form', 'takes the column’s digits', 'takes the carry handed on', 'has the right digit', 'hands on the right carry'];
  readonly maximumPromptLength: number;
  readonly maximumAnswerLength: number;

  private readonly digits: number;
  private readonly operators: string;

  constructor(readonly options: OptionValues) {
    this.digits = Number(options.digits);
    this.operators = String(options.operators);
    this.maximumPromptLength = 2 * this.digits + 2;
    this.maximumAnswerLength = this.digits * LINE_LENGTH + 1 + this.digits + 1 + 1 + SPARE_TOKENS;
    this.summary = `Two numbers of ${this.digits} digits (${[...this.operators].join(' ')}), one column a line, with carries.`;
  }

  problem(split: Split, random: RandomStream): Problem {
    const bound = 10 ** this.digits;
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const operator = this.operators[random.below(this.operators.length)]!;
      const [a, b] = [random.below(bound), random.below(bound)];
      const [left, right] = operator === '-' && a < b ? [b, a] : [a, b];
      const text = `${String(left).padStart(this.digits, '0')}${operator}${String(right).padStart(this.digits, '0')}`;
      if (splitOf(text) === split) return { prompt: `${text}:`, answer: String(operator === '+' ? left + right : left - right) };
    }
    throw new RangeError(`task columns: no ${split} problem found with these options`);
  }

  verify(problem: Problem, answer: string): 0 | 1 {
    return this.finalAnswer(answer) === problem.answer ? 1 : 0;
  }

  steps(answer: string): StepSpan[] {
    return lineSpans(answer);
  }

  /** As in task chain: a line is judged by the columns, carry and digits that the lines before it handed on as written. */
  check(problem: Problem, answer: string): StepVerdict[] {
    const sum = parse(problem.prompt);
    return this.walk(sum, answer, ({ before, line, after, given }) => ({
      isCorrect: before !== undefined && line === rightLine(sum, before),
      canReachAnswer: given !== undefined ? given === problem.answer : after !== undefined && finish(sum, after) === problem.answer,
    }));
  }

  describe(problem: Problem, answer: string): StepFacts[] {
    const sum = parse(problem.prompt);
    let stepsLeft = sum.left.length + 1;
    const verdicts = this.check(problem, answer);
    return this.walk(sum, answer, ({ before, line, after, given }, k) => {
      if (verdicts[k]!.canReachAnswer) stepsLeft = after === undefined ? 0 : sum.left.length - after.position + 1;
      const column = COLUMN.exec(line);
      const [a, b] = before === undefined ? [] : columnOf(sum, before.position);
      const isDone = before !== undefined && a === undefined;
      const right = column && add(column[2]!, Number(column[1]), Number(column[3]), Number(column[4]));
      const checks = given !== undefined
        ? [true, isDone, isDone, before !== undefined && given === written(before), true]
        : [column !== null, a !== undefined && column?.[1] === a && column[3] === b && column[2] === sum.operator,
          column !== null && Number(column[4]) === before?.carry, column?.[5] === String(right?.digit), column?.[6] === String(right?.carry)];
      return {
        stateBefore: before === undefined ? 'nothing handed on' : `column ${before.position}, carry ${before.carry}, ${before.digits}`,
        stepsLeft, checks: checks.map((one) => (one ? 1 : 0)),
      };
    });
  }

  finalAnswer(answer: string): string | undefined {
    const last = lineSpans(answer).at(-1);
    return last && FINAL.exec(lineOf(answer, last))?.[1];
  }

  readonly answerCue = '=';

  calls(answer: string): StepCall[][] {
    return lineSpans(answer).map((span) => {
      const [, left, name, right, carry] = COLUMN.exec(lineOf(answer, span)) ?? [];
      return name === undefined ? [] : [{ name, args: { left: left!, right: right!, carry: carry! } }];
    });
  }

  referenceEnding(problem: Problem): string {
    return `=${problem.answer}`;
  }

  /** What stands before '=' says which digits and which carry are to be added. */
  plans(_: Problem, answer: string): number[] {
    return offsetsBeforeEquals(answer);
  }

  solution(problem: Problem): string {
    return this.write(problem, (right) => right);
  }

  /** A wrong line has another digit, or, one time in four, the other carry; the rest follows from it. */
  corruptedSolution(problem: Problem, stepErrorProbability: number, random: RandomStream): string {
    return this.write(problem, (right) => {
      if (random.uniform() >= stepErrorProbability) return right;
      return random.below(4) === 0 ? { ...right, carry: 1 - right.carry } : { ...right, digit: (right.digit + 1 + random.below(9)) % 10 };
    });
  }

  private write(problem: Problem, choose: (right: { digit: number; carry: number }) => { digit: number; carry: number }): string {
    const sum = parse(problem.prompt);
    let state = START;
    let text = '';
    while (state.position < sum.left.length) {
      const [a, b] = columnOf(sum, state.position) as [string, string];
      const { digit, carry } = choose(add(sum.operator, Number(a), Number(b), state.carry));
      text += `${a}${sum.operator}${b}${sum.operator}${state.carry}=${digit},${carry}\n`;
      state = { position: state.position + 1, carry, digits: `${state.digits}${digit}` };
    }
    return `${text}=${written(state)}`;
  }

  /** Line by line, with what the lines before hand on; nothing after a line of neither form, nor after the answer. */
  private walk<T>(sum: Sum, answer: string, look: (at: { before: State | undefined; line: string; after: State | undefined; given: string | undefined }, k: number) => T): T[] {
    let state: State | undefined = START;
    return lineSpans(answer).map((span, k) => {
      const before: State | undefined = state;
      const line = lineOf(answer, span);
      const column = COLUMN.exec(line);
      state = before === undefined || column === null || before.position >= sum.left.length ? undefined
        : { position: before.position + 1, carry: Number(column[6]), digits: before.digits + column[5]! };
      return look({ before, line, after: state, given: FINAL.exec(line)?.[1] }, k);
    });
  }
}

const COLUMN = /^(\d)([-+])(\d)[-+](\d)=(\d),([01])$/;
const FINAL = /^=(\d{1,9})$/;

/** `prompt` is a problem of ours. */
function parse(prompt: string): Sum {
  const [, left = '0', operator = '+', right = '0'] = /^(\d+)([-+])(\d+):$/.exec(prompt) ?? [];
  return { left, operator, right };
}

/** Digits of a column, counted from the right; nothing beyond the last. */
const columnOf = ({ left, right }: Sum, position: number): readonly string[] => (position < left.length ? [left.at(-1 - position)!, right.at(-1 - position)!] : []);

function add(operator: string, a: number, b: number, carry: number): { digit: number; carry: number } {
  const total = operator === '+' ? a + b + carry : a - b - carry;
  return { digit: (total + 20) % 10, carry: operator === '+' ? Math.floor(total / 10) : total < 0 ? 1 : 0 };
}

function rightLine(sum: Sum, { position, carry, digits }: State): string {
  const [a, b] = columnOf(sum, position);
  if (a === undefined || b === undefined) return `=${written({ position, carry, digits })}`;
  const right = add(sum.operator, Number(a), Number(b), carry);
  return `${a}${sum.operator}${b}${sum.operator}${carry}=${right.digit},${right.carry}`;
}

/** The digits as a number, a carry that is left in front. A borrow that is left stands there too: no right line hands it on. */
const written = ({ carry, digits }: State): string => String(Number(`${carry}${[...digits].reverse().join('')}`));

/** The answer that right lines lead to. */
function finish(sum: Sum, state: State): string {
  let reached = state;
  while (reached.position < sum.left.length) {
    const [a, b] = columnOf(sum, reached.position) as [string, string];
    const { digit, carry } = add(sum.operator, Number(a), Number(b), reached.carry);
    reached = { position: reached.position + 1, carry, digits: `${reached.digits}${digit}` };
  }
  return written(reached);
}

export const columns: TaskFamily = {
  name: 'columns',
  title: 'Written sums',
  options: OPTIONS,
  create: (given?: OptionValues): Task => new Columns(readOptions('task columns', OPTIONS, given)),
};
