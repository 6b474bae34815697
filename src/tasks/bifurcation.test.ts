import { describe, expect, test } from 'vitest';
import { RandomStream } from '../random/threefry';
import { bifurcation, branchPositions } from './bifurcation';
import { splitOf } from './split';
import type { Problem, Split } from './task';

const stream = (row: number) => new RandomStream([33, 44], row);
const draws = (count: number) => Array.from({ length: count }, (_, row) => row);
const count = (text: string, characters: string) => [...text].filter((one) => characters.includes(one)).length;

describe('worked by hand: a branch with a repair, a routine token, a branch without, luck', () => {
  const task = bifurcation.create({ length: 8, branches: 2, stepLength: 1 });
  const problem: Problem = { prompt: '.<.?c>.#:', answer: '<c>37' };

  test.each([
    ['everything right', 'a<bbc>d0', 1],
    ['free tokens may be anything', '>< !c>:0', 1],
    ['a wrong branch, repaired, and then all right', 'a>b!c>d0', 1],
    ['a wrong branch, not repaired', 'a>bac>d0', 0],
    ['a wrong branch, not repaired, but a winning digit', 'a>bac>d7', 1],
    ['a wrong second branch has no repair', 'a<bbc<d0', 0],
    ['nor does a repair that was made before', 'a<b!c<d0', 0],
    ['but luck', 'a<b!c<d3', 1],
    ['a wrong routine token costs as much', 'a<bbd>d0', 0],
    ['a branch token that is no direction is wrong', 'acbbc>d0', 0],
    ['an unneeded repair changes nothing', 'a<b!c>d0', 1],
    ['! in another place repairs nothing', 'a>!ac>!0', 0],
    ['a winning digit in another place wins nothing', 'a>7ac>70', 0],
    ['ends before the second branch', 'a<bbc', 0],
    ['ends after all that is needed', 'a<bbc>', 1],
    ['lost, and ends before luck', 'a>bac>d', 0],
    ['goes on for too long', 'a<bbc>d0<<', 1],
    ['lost, and goes on for too long', 'a>bac>d0777', 0],
    ['nothing', '', 0],
  ])('%s', (_, answer, outcome) => {
    expect(task.verify(problem, answer)).toBe(outcome);
  });

  test('what credit methods ask about steps', () => {
    const facts = (answer: string) => task.describe!(problem, answer).map(({ stateBefore, stepsLeft, checks }) => `${stateBefore} | ${stepsLeft} | ${checks.join('')}`);
    expect(facts('a>ba')).toEqual(['good at 0 | 7 | 111', 'good at 1 | 6 | 011', 'lost at 2 | 5 | 111', 'lost at 3 | 4 | 110']);
    expect(facts('a>b!d>d0').slice(3)).toEqual(['lost at 3 | 4 | 111', 'good at 4 | 3 | 101', 'lost at 5 | 2 | 111', 'lost at 6 | 1 | 111', 'lost at 7 | 1 | 111']);
    expect(task.plans!(problem, 'a<bbc>d0')).toEqual([1, 5]);
  });

  test('a beginning is hopeless exactly where nothing can restore the good state', () => {
    const without = { prompt: '.<.?c>..:', answer: '<c>' };
    expect(['a>', 'a>ba', 'a<bbd', 'a<bbc>'].map((one) => task.isHopeless!(without, one))).toEqual([false, true, true, false]);
    expect(['a>ba', 'a<bbd>d', 'a<bbd>d0', 'a<bbd>d7'].map((one) => task.isHopeless!(problem, one))).toEqual([false, false, true, false]);
  });

  test.each([
    ['a<bbc>d0', '........', '++++++++'],
    ['a>b!c>d0', '.x......', '++++++++'],
    ['a>bac>d0', '.x.x....', '+++++++-'],
    ['a>bac>d7', '.x.x....', '++++++++'],
    ['a<bbc<d0', '.....x..', '+++++++-'],
    ['a>badcd3', '.x.xxx..', '++++++++'],
    ['a<b', '...', '+++'],
    ['a<bbc<d09', '.....x...', '+++++++--'],
  ])('verdicts of %s', (answer, wrong, reach) => {
    const verdicts = task.check(problem, answer);
    expect(verdicts.map((one) => (one.isCorrect ? '.' : 'x')).join('')).toBe(wrong);
    expect(verdicts.map((one) => (one.canReachAnswer ? '+' : '-')).join('')).toBe(reach);
  });

  test('without luck nothing helps once the last repair is passed', () => {
    expect(task.check({ prompt: '.<.?c>.a:', answer: '<c>a' }, 'a>bac').map((one) => one.canReachAnswer)).toEqual([true, true, true, false, false]);
  });

  test('a step of several tokens is right if all of them are, and hands on its last state', () => {
    const steps = bifurcation.create({ length: 8, branches: 2, stepLength: 3 });
    expect(steps.steps('a>b!c>d0')).toEqual([{ start: 0, end: 3 }, { start: 3, end: 6 }, { start: 6, end: 8 }]);
    expect(steps.steps('')).toEqual([]);
    expect(steps.check(problem, 'a>b!c>d0')).toEqual([{ isCorrect: false, canReachAnswer: true }, { isCorrect: true, canReachAnswer: true }, { isCorrect: true, canReachAnswer: true }]);
  });

  test('marks the branches that an answer has reached', () => {
    expect(branchPositions(problem)).toEqual([1, 5]);
    expect(task.branches!(problem, 'a<bbc')).toEqual([1]);
    expect(task.branches!(problem, 'a<bbc>d0')).toEqual([1, 5]);
  });
});

test('can reach is what a search over every continuation says', () => {
  const task = bifurcation.create({ length: 5, branches: 1, stepLength: 1 });
  const characters = [...'a<>!7'];
  const reaches = (problem: Problem, prefix: string): boolean =>
    task.verify(problem, prefix) === 1 || (prefix.length < 5 && characters.some((one) => reaches(problem, prefix + one)));
  for (const problem of [{ prompt: '<?>.#:', answer: '<>7' }, { prompt: '<.?>a:', answer: '<>a' }, { prompt: '?<.>?:', answer: '<>' }, { prompt: '.<.#.:', answer: '<' }]) {
    const walk = (prefix: string): void => {
      if (prefix !== '') expect(task.check(problem, prefix).at(-1)!.canReachAnswer, `${problem.prompt} ${prefix}`).toBe(reaches(problem, prefix));
      if (prefix.length < 5) for (const one of characters) walk(prefix + one);
    };
    walk('');
  }
});

describe('problems', () => {
  const task = bifurcation.create();

  test('hold what the options say', () => {
    let repairs = 0;
    for (const row of draws(400)) {
      const { prompt, answer } = task.problem('train', stream(row));
      expect(prompt).toHaveLength(17);
      expect(prompt).toMatch(/^[a-d<>?.]{15}#:$/);
      expect(count(prompt, '<>')).toBe(4);
      expect(answer).toMatch(/^[a-d<>]+[0-9]$/);
      expect(answer.slice(0, -1)).toBe(prompt.replaceAll(/[^a-d<>]/g, ''));
      const others = 15 - 4 - count(prompt, '?');
      expect(count(prompt, '.')).toBe(Math.round(0.75 * others));
      expect(prompt).toMatch(/^[^?]*([<>][^<>?]*\??[^<>?]*)+#:$/);
      repairs += count(prompt, '?');
    }
    // 1600 branches, each with a repair in one of four cases: five standard deviations
    expect(Math.abs(repairs - 400)).toBeLessThan(5 * Math.sqrt(1600 * 0.25 * 0.75));
  });

  test('winning digits have nothing to do with the prompt and are equally likely', () => {
    const half = bifurcation.create({ valueGap: 0.5 });
    const wins = new Array<number>(10).fill(0);
    for (const row of draws(1000)) {
      const digits = [...half.problem('train', stream(row)).answer].filter((one) => one >= '0' && one <= '9');
      expect(new Set(digits).size).toBe(5);
      for (const digit of digits) wins[Number(digit)]!++;
    }
    for (const one of wins) expect(Math.abs(one - 500)).toBeLessThan(5 * Math.sqrt(1000 * 0.25));
  });

  test('a value gap of 1 leaves no luck', () => {
    const { prompt, answer } = bifurcation.create({ valueGap: 1 }).problem('train', stream(0));
    expect(prompt + answer).not.toMatch(/[#0-9]/);
  });

  test.each(['train', 'validation', 'test'] as Split[])('of %s belong to it, repeat with their stream, and are solved by their solutions', (split) => {
    for (const row of draws(30)) {
      const problem = task.problem(split, stream(row));
      expect(task.problem(split, stream(row))).toEqual(problem);
      expect(splitOf(problem.prompt.slice(0, -1))).toBe(split);
      expect(task.verify(problem, task.solution(problem))).toBe(1);
      expect(task.corruptedSolution(problem, 0, stream(row + 1))).toHaveLength(16);
      expect(task.verify(problem, task.corruptedSolution(problem, 0, stream(row + 1)))).toBe(1);
      expect(task.check(problem, task.solution(problem)).every((one) => one.isCorrect && one.canReachAnswer)).toBe(true);
      for (const one of problem.prompt + task.corruptedSolution(problem, 0.5, stream(row))) expect(task.alphabet).toContain(one);
    }
  });

  test('no character at a free position changes an outcome', () => {
    for (const row of draws(20)) {
      const problem = task.problem('train', stream(row));
      const answer = task.corruptedSolution(problem, 0.3, stream(row + 100));
      for (let position = 0; position < 16; position++) {
        if (problem.prompt[position] !== '.') continue;
        for (const one of [...task.alphabet.slice(2), '\uFFFD']) {
          const changed = answer.slice(0, position) + one + answer.slice(position + 1);
          expect(task.verify(problem, changed)).toBe(task.verify(problem, answer));
        }
      }
    }
  });

  test('solutions taught with errors of 0.25 are right a little more often than not', () => {
    let right = 0;
    for (const row of draws(2000)) {
      const random = stream(row);
      const problem = task.problem('train', random);
      right += task.verify(problem, task.corruptedSolution(problem, 0.25, random));
    }
    // a branch loses a good state with 1/4; a repair is there with 1/4 and is seized with 1/2: 7/8 of the lost stay lost
    let lost = 0;
    for (let branch = 0; branch < 4; branch++) lost = (lost + (1 - lost) / 4) * (7 / 8);
    const expected = 1 - 0.9 * lost;
    expect(expected).toBeCloseTo(0.5335, 4);
    expect(Math.abs(right - 2000 * expected)).toBeLessThan(5 * Math.sqrt(2000 / 4));
  });

  test('errors of 1 take every branch wrong', () => {
    const problem = task.problem('train', stream(1));
    const answer = task.corruptedSolution(problem, 1, stream(2));
    for (const position of branchPositions(problem)) expect(answer[position]).toBe(problem.prompt[position] === '<' ? '>' : '<');
  });
});

test.each([
  [{ length: 8 }, /length = 8 is too short for 4 branches; these options need 9/],
  [{ valueGap: 0.25 }, /valueGap = 0.25 is not a number of tenths/],
  [{ valueGap: 0 }, /valueGap = 0 is below 0.1/],
  [{ branches: 2.5 }, /branches = 2.5 is not a whole number/],
  [{ repairProbability: 2 }, /repairProbability = 2 is above 1/],
  [{ modulus: 3 }, /has no option modulus/],
])('refuses %j', (options, message) => {
  expect(() => bifurcation.create(options as never)).toThrow(message);
});
