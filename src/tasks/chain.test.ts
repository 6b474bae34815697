import { describe, expect, test } from 'vitest';
import { RandomStream } from '../random/threefry';
import { chain } from './chain';
import { splitOf } from './split';
import type { OptionValues, Problem, Task } from './task';

const stream = (row: number) => new RandomStream([11, 22], row);
const verdicts = (task: Task, problem: Problem, answer: string) =>
  task.check(problem, answer).map((one) => (one.isCorrect ? 'right' : 'wrong') + (one.canReachAnswer ? '+' : '-'));

/** Every problem of a small task, with its answer by arithmetic on plain numbers. */
function allProblems(operations: number, operators: string, operands: readonly number[], modulus: number): Problem[] {
  let partial = operands.map((operand) => ({ text: String(operand), value: operand }));
  for (let i = 0; i < operations; i++) {
    partial = partial.flatMap(({ text, value }) => [...operators].flatMap((operator) => operands.map((operand) => {
      const plain = { '+': value + operand, '-': value - operand, '*': value * operand }[operator]!;
      return { text: text + operator + operand, value: modulus === 0 ? plain : (plain + 1000 * modulus) % modulus };
    })));
  }
  return partial.map(({ text, value }) => ({ prompt: `${text}:`, answer: String(value) }));
}

describe('worked by hand: 7+5-3+8 modulo 10', () => {
  const task = chain.create();
  const problem = { prompt: '7+5-3+8:', answer: '7' };

  test('the right solution', () => {
    expect(task.solution(problem)).toBe('7+5=2\n2-3=9\n9+8=7\n=7');
    expect(verdicts(task, problem, '7+5=2\n2-3=9\n9+8=7\n=7')).toEqual(['right+', 'right+', 'right+', 'right+']);
  });

  test.each([
    ['a wrong result, carried on rightly', '7+5=3\n3-3=0\n0+8=8\n=8', ['wrong-', 'right-', 'right-', 'right-'], 0],
    ['two errors that cancel', '7+5=3\n3-3=9\n9+8=7\n=7', ['wrong-', 'wrong+', 'right+', 'right+'], 1],
    ['a left side that was not handed on', '7+5=2\n3-3=0\n0+8=8\n=8', ['right+', 'wrong-', 'right-', 'right-'], 0],
    ['a skipped operation', '7+5=2\n2+8=0\n=0', ['right+', 'wrong-', 'wrong-'], 0],
    ['a result that is not reduced still leads on', '7+5=12\n12-3=9\n9+8=7\n=7', ['wrong+', 'right+', 'right+', 'right+'], 1],
    ['an unreduced last result is copied into the answer', '7+5=2\n2-3=9\n9+8=17\n=17', ['right+', 'right+', 'wrong-', 'right-'], 0],
    ['an answer too early is the outcome all the same', '7+5=2\n=7', ['right+', 'wrong+'], 1],
    ['an answer that does not copy the last result', '7+5=2\n2-3=9\n9+8=7\n=8', ['right+', 'right+', 'right+', 'wrong-'], 0],
    ['a line that nobody can read hands on nothing', '7+5=2\n2-=9\n2-3=9\n9+8=7\n=7', ['right+', 'wrong-', 'wrong-', 'wrong-', 'wrong+'], 1],
    ['an empty line', '7+5=2\n\n2-3=9', ['right+', 'wrong-', 'wrong-'], 0],
    ['a surplus line', '7+5=2\n2-3=9\n9+8=7\n7+0=7\n=7', ['right+', 'right+', 'right+', 'wrong+', 'right+'], 1],
    ['cut off in the middle', '7+5=2\n2-3', ['right+', 'wrong-'], 0],
    ['without the answer line', '7+5=2\n2-3=9\n9+8=7', ['right+', 'right+', 'right+'], 0],
    ['leading zeros', '7+5=02\n02-3=9\n9+8=7\n=07', ['wrong+', 'right+', 'right+', 'wrong-'], 0],
    ['after the answer there is nothing to say', '7+5=2\n2-3=9\n9+8=7\n=7\n9+8=7', ['right+', 'right+', 'right+', 'right+', 'wrong-'], 0],
  ])('%s', (_, answer, expected, outcome) => {
    expect(verdicts(task, problem, answer)).toEqual(expected);
    expect(task.verify(problem, answer)).toBe(outcome);
  });

  test('multiplication by zero forgives every error before it', () => {
    expect(verdicts(task, { prompt: '7+5*0+8:', answer: '8' }, '7+5=4\n4*0=0\n0+8=8\n=8')).toEqual(['wrong+', 'right+', 'right+', 'right+']);
  });

  test('steps tile the answer and own their delimiter; an answer without text has none', () => {
    expect(task.steps('7+5=2\n\n=7')).toEqual([{ start: 0, end: 6 }, { start: 6, end: 7 }, { start: 7, end: 9 }]);
    expect(task.steps('')).toEqual([]);
    expect(task.verify(problem, '')).toBe(0);
  });
});

test('what credit methods ask about steps, worked by hand', () => {
  const task = chain.create();
  const problem = { prompt: '7+5-3+8:', answer: '7' };
  const facts = (answer: string) => task.describe!(problem, answer).map(({ stateBefore, stepsLeft, checks }) => `${stateBefore} | ${stepsLeft} | ${checks.join('')}`);
  expect(facts('7+5=2\n2-3=9\n9+8=7\n=7')).toEqual(['7 after 0 | 3 | 1111', '2 after 1 | 2 | 1111', '9 after 2 | 1 | 1111', '7 after 3 | 0 | 1111']);
  // a wrong result; copied wrongly, but computed rightly from what stands there, and so back at the right result; another operation
  expect(facts('7+5=3\n2-3=9\n9+7=6\n=7')).toEqual(['7 after 0 | 4 | 1110', '3 after 1 | 2 | 1011', '9 after 2 | 2 | 1101', '6 after 3 | 0 | 1010']);
  // no line; after it nothing is handed on
  expect(facts('7+=2\n2-3=9\n=')).toEqual(['7 after 0 | 4 | 0000', 'nothing handed on | 4 | 1001', 'nothing handed on | 4 | 0000']);
  // an answer before all is computed is no next operation
  expect(facts('7+5=2\n=2')).toEqual(['7 after 0 | 3 | 1111', '2 after 1 | 3 | 1101']);
  expect([task.finalAnswer!('7+5=2\n=2'), task.finalAnswer!('7+5=2'), task.finalAnswer!(''), task.referenceEnding!(problem)]).toEqual(['2', undefined, undefined, '=7']);
  expect(task.plans!(problem, '7+5=2\n=2')).toEqual([0, 1, 2]);
  expect(task.calls!('7+5=2\n2-=9\n=2')).toEqual([[{ name: '+', args: { left: '7', right: '5' } }], [], []]);
});

test('whole numbers: negative results are written, copied and carried on', () => {
  const task = chain.create({ modulus: 0 });
  const problem = { prompt: '2-7*3-1:', answer: '-16' };
  expect(task.solution(problem)).toBe('2-7=-5\n-5*3=-15\n-15-1=-16\n=-16');
  expect(verdicts(task, problem, '2-7=-5\n-5*3=-15\n-15-1=-16\n=-16')).toEqual(['right+', 'right+', 'right+', 'right+']);
  expect(verdicts(task, problem, '2-7=5\n5*3=15\n15-1=14\n=14')).toEqual(['wrong-', 'right-', 'right-', 'right-']);
  expect(verdicts(task, { prompt: '3-3+1:', answer: '1' }, '3-3=-0\n-0+1=1\n=1')).toEqual(['wrong+', 'right+', 'right+']);
});

const SMALL: [OptionValues & { modulus: number; operations: number; operators: string }, number[]][] = [
  [{ modulus: 3, operations: 2, operators: '+-*' }, [0, 1, 2]],
  [{ modulus: 4, operations: 2, operators: '*' }, [0, 1, 2, 3]],
  [{ modulus: 0, operations: 2, operators: '-*' }, [0, 1, 2]],
];

test.each(SMALL)('%j: right in itself is what plain arithmetic says, for every line of a small grammar', (options, operands) => {
  const task = chain.create(options);
  const results = ['-4', '-2', '-1', '0', '1', '2', '3', '4', '02'];
  for (const problem of allProblems(options.operations, options.operators, operands, options.modulus)) {
    const [, first, operator1, operand1, operator2, operand2] = /^(\d)(.)(\d)(.)(\d):$/.exec(problem.prompt)!;
    for (const result of results) {
      const lines = [`${first}${operator1}${operand1}=${result}`, `${result}${operator2}${operand2}=${results[2]}`, `=${results[2]}`];
      const found = task.check(problem, lines.join('\n')).map((one) => one.isCorrect);
      expect(found).toEqual([
        result === plain(Number(first), operator1!, Number(operand1), options.modulus),
        results[2] === plain(Number(result), operator2!, Number(operand2), options.modulus),
        true,
      ]);
    }
  }
});

function plain(left: number, operator: string, right: number, modulus: number): string {
  let value = operator === '+' ? left + right : operator === '-' ? left - right : left * right;
  while (modulus > 0 && value < 0) value += modulus;
  while (modulus > 0 && value >= modulus) value -= modulus;
  return String(value === 0 ? 0 : value);
}

test.each(SMALL)('%j: can be reached exactly where a search over correct lines finds an outcome of 1', (options, operands) => {
  const task = chain.create(options);
  const numbers = ['-4', '-3', '-2', '-1', '0', '1', '2', '3', '4', '5', '6', '8', '9'];
  const lines = numbers.flatMap((left) => [...options.operators].flatMap((operator) => operands.flatMap((operand) => numbers.map((result) => `${left}${operator}${operand}=${result}`))));
  const everyLine = [...lines, ...numbers.map((number) => `=${number}`)];
  /** Tries every line after `prefix`, follows those that are right in themselves. */
  const search = (problem: Problem, prefix: string, depth: number): boolean => {
    if (task.verify(problem, prefix) === 1) return true;
    if (depth === 0) return false;
    const known = task.steps(prefix).length;
    const candidates = everyLine.filter((line) => line.startsWith(/(-?\d+)\n$/.exec(prefix)?.[1] ?? '') || line.startsWith('='));
    return candidates.some((line) => task.check(problem, prefix + line)[known]!.isCorrect && search(problem, `${prefix}${line}\n`, depth - 1));
  };
  const starts = ['-1', '0', '1', '2', '5'];
  for (const problem of allProblems(options.operations, options.operators, operands, options.modulus).filter((_, i) => i % 5 === 0)) {
    const head = problem.prompt.slice(0, 3);
    for (const result of starts) {
      const prefix = `${head}=${result}\n`;
      expect(task.check(problem, prefix)[0]!.canReachAnswer, `${problem.prompt} ${prefix}`).toBe(search(problem, prefix, 3));
      const second = `${prefix}${result}${problem.prompt.slice(3, 5)}=${result}\n`;
      expect(task.check(problem, second)[1]!.canReachAnswer, `${problem.prompt} ${second}`).toBe(search(problem, second, 2));
    }
  }
});

test('verify, steps and check survive hostile text', () => {
  const task = chain.create();
  const problem = { prompt: '7+5-3+8:', answer: '7' };
  const huge = '9'.repeat(400);
  const hostile = ['=', '==7', '=7 ', '= 7', '=+7', '=٧', '=7e0', '\n\n\n', '+', ':7', '\u0000', '<stop>', `7+5=${huge}\n${huge}-3=6\n6+8=4\n=4`, '__proto__', '=7\r\n', '\n=7\n\n'];
  for (const answer of hostile) {
    expect(task.verify(problem, answer), JSON.stringify(answer)).toBe(0);
    expect(task.check(problem, answer)).toHaveLength(task.steps(answer).length);
    expect(task.steps(answer).map(({ start, end }) => answer.slice(start, end)).join('')).toBe(answer);
  }
  expect(verdicts(task, problem, hostile[12]!)).toEqual(['wrong-', 'right-', 'right-', 'right-']);
  expect(task.verify(problem, '=7\n')).toBe(1);
});

test('every problem of every split has the answer of plain arithmetic and a solution within the lengths', () => {
  for (const options of [{}, { modulus: 7, digits: 2 }, { modulus: 0, digits: 3, operations: 6 }, { modulus: 0, operators: '-', digits: 2 }] as OptionValues[]) {
    const task = chain.create(options);
    for (let row = 0; row < 200; row++) {
      const problem = task.problem('train', stream(row));
      expect(problem.prompt.length).toBeLessThanOrEqual(task.maximumPromptLength);
      expect(task.solution(problem).length + 1).toBeLessThanOrEqual(task.maximumAnswerLength);
      expect(task.verify(problem, task.solution(problem))).toBe(1);
      expect(task.check(problem, task.solution(problem)).every((one) => one.isCorrect && one.canReachAnswer)).toBe(true);
      expect([...problem.prompt, ...task.solution(problem)].every((character) => task.alphabet.includes(character))).toBe(true);
    }
  }
});

test('train, validation and test never share a problem, and share out all problems about 8:1:1', () => {
  const task = chain.create({ operations: 1, operators: '+-' });
  const drawn = new Map(['train', 'validation', 'test'].map((split) => [split, new Set<string>()]));
  for (const [split, prompts] of drawn) {
    const random = stream(split.length);
    for (let i = 0; i < 1500; i++) prompts.add(task.problem(split as 'train', random).prompt);
  }
  const all = allProblems(1, '+-', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10).map((problem) => problem.prompt);
  for (const prompt of all) expect([...drawn.values()].filter((prompts) => prompts.has(prompt)), prompt).toHaveLength(1);
  expect([...drawn.values()].reduce((sum, prompts) => sum + prompts.size, 0)).toBe(all.length);
  const shares = Array.from({ length: 5000 }, (_, i) => splitOf(`problem ${i}`));
  expect(shares.filter((split) => split === 'test').length / 5000).toBeCloseTo(0.1, 1);
  expect(shares.filter((split) => split === 'validation').length / 5000).toBeCloseTo(0.1, 1);
});

test('corrupted solutions: each step is wrong with the given probability, uniformly, and carried on rightly', () => {
  const task = chain.create();
  const problem = { prompt: '7+5-3+8:', answer: '7' };
  const firstResults = new Map<string, number>();
  let wrong = 0;
  let steps = 0;
  for (let row = 0; row < 4000; row++) {
    const answer = task.corruptedSolution(problem, 0.25, stream(row));
    const found = task.check(problem, answer);
    expect(found).toHaveLength(4);
    expect(found[3]!.isCorrect).toBe(true);
    wrong += found.filter((one) => !one.isCorrect).length;
    steps += 3;
    firstResults.set(answer[4]!, (firstResults.get(answer[4]!) ?? 0) + 1);
  }
  expect(wrong / steps).toBeGreaterThan(0.24);
  expect(wrong / steps).toBeLessThan(0.26);
  expect(firstResults.size).toBe(10);
  for (const [digit, count] of firstResults) expect(Math.abs(count / 4000 - (digit === '2' ? 0.75 : 0.25 / 9)), digit).toBeLessThan(0.02);
  expect(task.corruptedSolution(problem, 0, stream(1))).toBe(task.solution(problem));
  const whole = chain.create({ modulus: 0 });
  for (let row = 0; row < 300; row++) {
    const found = whole.check({ prompt: '2-5+1*2:', answer: '-4' }, whole.corruptedSolution({ prompt: '2-5+1*2:', answer: '-4' }, 1, stream(row)));
    expect(found.map((one) => one.isCorrect)).toEqual([false, false, false, true]);
  }
});

test.each([
  [{ modulus: 1 }, /modulus = 1/], [{ modulus: -1 }, /modulus = -1 is below 0/], [{ modulus: 2.5 }, /modulus = 2.5 is not a whole number/],
  [{ operations: 0 }, /operations/], [{ digits: 9 }, /digits = 9 is above 3/], [{ operators: '/' }, /operators = "\/" is not one of/],
  [{ operators: 3 }, /operators = 3 is not a text/], [{ modulo: 10 }, /no option modulo; it has modulus/], [{ modulus: NaN }, /modulus = null is not a number/],
  [{ modulus: '10' }, /modulus = "10" is not a number/],
])('refuses %j by the name of the option', (options, message) => {
  expect(() => chain.create(options as OptionValues)).toThrow(RangeError);
  expect(() => chain.create(options as OptionValues)).toThrow(message);
});
