import { describe, expect, test } from 'vitest';
import { RandomStream, uniformAt } from '../random/threefry';
import { bifurcation, branchPositions } from './bifurcation';
import { ALPHABET, type State } from './bifurcationRules';
import { valuesByEnumeration, valuesByInduction, type AnswerValues, type PrefixPolicy, type StatePolicy } from './bifurcationValues';
import { STOP_TOKEN, type Problem } from './task';

const SIZE = ALPHABET.length;
const ENOUGH = 1_000_000;
const task = bifurcation.create({ length: 5, branches: 1 });
const id = (character: string) => ALPHABET.indexOf(character);
const tokensOf = (text: string, isStopped = true) => [...[...text].map(id), ...(isStopped ? [STOP_TOKEN] : [])];
const textOf = (tokens: readonly number[]) => tokens.map((token) => (token === 0 ? '\uFFFD' : ALPHABET[token]!)).join('');
const q = (values: AnswerValues, position: number, character: string) => values.q_TV[position * SIZE + (character === 'stop' ? STOP_TOKEN : id(character))]!;

/** Probabilities on a few tokens only, so that every answer can be written down. */
function spread(weights: Readonly<Record<string, number>>): Float64Array {
  const probabilities = new Float64Array(SIZE);
  const total = Object.values(weights).reduce((sum, one) => sum + one, 0);
  for (const [name, weight] of Object.entries(weights)) probabilities[name === 'stop' ? STOP_TOKEN : name === 'pad' ? 0 : id(name)]! += weight / total;
  return probabilities;
}

/** Arbitrary weights, different for every `row`. */
function arbitrary(row: number, names = ['<', '>', '!', 'a', '3', 'pad', 'stop']): Float64Array {
  return spread(Object.fromEntries(names.map((name, i) => [name, 0.05 + uniformAt([5, 6], row, i)])));
}
const byState: StatePolicy = ({ position, isGood }) => arbitrary(2 * position + (isGood ? 1 : 0));
/** Looks at every token that was written. */
const byPrefix: PrefixPolicy = (prefix) => arbitrary(1000 + prefix.reduce((hash, token) => (hash * 31 + token) % 65_521, 7));

/** Written again, in words of the definition: which state an answer so far is in. */
function stateAfter({ prompt, answer }: Problem, prefix: readonly number[]): State {
  let isGood = true;
  prefix.forEach((token, t) => {
    const [mark, character] = [prompt[t]!, textOf([token])];
    if (/[<>a-d]/.test(mark)) isGood = isGood && character === mark;
    if (mark === '?' && character === '!') isGood = true;
    if (mark === '#' && /\d/.test(character) && answer.includes(character)) isGood = true;
  });
  return { position: prefix.length, isGood };
}

/** The mean outcome over every whole answer that begins with this prefix: up to the stop token or `longest` tokens. */
function bruteForce(problem: Problem, policy: PrefixPolicy, prefix: readonly number[], longest: number): number {
  if (prefix.at(-1) === STOP_TOKEN) return task.verify(problem, textOf(prefix.slice(0, -1)));
  if (prefix.length === longest) return task.verify(problem, textOf(prefix));
  let mean = 0;
  Array.from(policy(prefix)).forEach((probability, token) => {
    if (probability > 0) mean += probability * bruteForce(problem, policy, [...prefix, token], longest);
  });
  return mean;
}

const PROBLEMS: Problem[] = [
  { prompt: '<?.#:', answer: '<3' },
  { prompt: '.>a?:', answer: '>a' },
  { prompt: '<?>.:', answer: '<>' },
  { prompt: '.<>#:', answer: '<>57' },
];
const ANSWERS = [tokensOf('<!a3'), tokensOf('>a#3', false), tokensOf('.>b!'), tokensOf('<')];
const LONGEST = 4;

describe('for every policy, enumeration is brute force over whole answers', () => {
  test.each(PROBLEMS)('$prompt', (problem) => {
    for (const [n, values] of valuesByEnumeration(problem, byPrefix, ANSWERS, ENOUGH).entries()) {
      ANSWERS[n]!.forEach((token, t) => {
        const prefix = ANSWERS[n]!.slice(0, t);
        const value = bruteForce(problem, byPrefix, prefix, LONGEST);
        expect(values.values_T[t]).toBeCloseTo(value, 13);
        for (const name of ['<', '>', '!', 'a', 'b', '7', 'stop']) {
          const other = name === 'stop' ? STOP_TOKEN : id(name);
          if (prefix.length < LONGEST) expect(q(values, t, name)).toBeCloseTo(bruteForce(problem, byPrefix, [...prefix, other], LONGEST), 13);
        }
        expect(values.advantages_T[t]).toBeCloseTo(bruteForce(problem, byPrefix, [...prefix, token], LONGEST) - value, 13);
      });
    }
  });
});

describe('for a policy that sees its task state alone, induction is brute force and enumeration', () => {
  test.each(PROBLEMS)('$prompt', (problem) => {
    const policy: PrefixPolicy = (prefix) => byState(stateAfter(problem, prefix));
    const induced = valuesByInduction(problem, byState, ANSWERS);
    const enumerated = valuesByEnumeration(problem, policy, ANSWERS, ENOUGH);
    induced.forEach((values, n) => {
      values.q_TV.forEach((one, i) => expect(one).toBeCloseTo(enumerated[n]!.q_TV[i]!, 13));
      values.advantages_T.forEach((one, t) => expect(one).toBeCloseTo(enumerated[n]!.advantages_T[t]!, 13));
      ANSWERS[n]!.forEach((_, t) => expect(values.values_T[t]).toBeCloseTo(bruteForce(problem, policy, ANSWERS[n]!.slice(0, t), LONGEST), 13));
    });
  });
});

test('a policy that looks at its own free tokens is beyond induction: a free token can then deserve credit', () => {
  const problem = { prompt: '.<:', answer: '<' };
  const policy: PrefixPolicy = (prefix) => (prefix.length === 0 ? spread({ a: 1, b: 1 }) : prefix[0] === id('a') ? spread({ '<': 9, '>': 1 }) : spread({ '<': 1, '>': 1 }));
  const [values] = valuesByEnumeration(problem, policy, [tokensOf('a<')], ENOUGH);
  expect(values!.values_T[0]).toBeCloseTo(0.7, 15);
  expect(values!.advantages_T[0]).toBeCloseTo(0.2, 15);
});

describe('free tokens', () => {
  const long = bifurcation.create();
  const neverStops: StatePolicy = ({ position, isGood }) => arbitrary(2 * position + (isGood ? 1 : 0), [...'<>!abcd3', 'pad']);

  test('have an advantage of exactly 0, and branches have not, over generated problems', () => {
    for (let row = 0; row < 20; row++) {
      const problem = long.problem('train', new RandomStream([1, 2], row));
      const answer = tokensOf(long.corruptedSolution(problem, 0.3, new RandomStream([1, 3], row)));
      const [values] = valuesByInduction(problem, neverStops, [answer]);
      const first = branchPositions(problem)[0]!;
      expect(Math.abs(values!.advantages_T[first]!)).toBeGreaterThan(1e-12);
      for (let t = 0; t < 16; t++) if (problem.prompt[t] === '.') expect(values!.advantages_T[t]).toBe(0);
    }
  });

  test('share what the stop token loses, where a policy may stop', () => {
    const problem = { prompt: '.<:', answer: '<' };
    const [values] = valuesByInduction(problem, ({ position }) => (position === 0 ? spread({ a: 1, b: 2, stop: 1 }) : spread({ '<': 1, '>': 1 })), [tokensOf('a<')]);
    expect([q(values!, 0, 'a'), q(values!, 0, 'b'), q(values!, 0, 'stop'), values!.values_T[0], values!.advantages_T[0]]).toEqual([0.5, 0.5, 0, 0.375, 0.125]);
  });

  test('once the outcome is decided every token is worth exactly 0, whatever the policy looks at', () => {
    const problem = { prompt: '<..#:', answer: '<3' };
    const [good] = valuesByEnumeration(problem, byPrefix, [tokensOf('<ab0')], ENOUGH);
    expect([...good!.advantages_T].slice(1)).toEqual([0, 0, 0, 0]);
    const [lost] = valuesByEnumeration({ prompt: '<...:', answer: '<' }, byPrefix, [tokensOf('>abc')], ENOUGH);
    expect([...lost!.advantages_T].slice(1)).toEqual([0, 0, 0, 0]);
  });
});

describe('value gap', () => {
  const digits = Object.fromEntries([...'0123456789'].map((digit) => [digit, 1]));
  const gapAt = (values: AnswerValues, position: number) => q(values, position, '<') - q(values, position, '>');

  test.each([0.1, 0.3, 0.5, 0.9, 1])('%f is exact, problem by problem, with uniform digits and nothing wrong or repaired later', (valueGap) => {
    const plain = bifurcation.create({ valueGap, repairProbability: 0 });
    for (let row = 0; row < 10; row++) {
      const problem = plain.problem('train', new RandomStream([7, 8], row));
      const policy: StatePolicy = ({ position }) => {
        const mark = problem.prompt[position]!;
        return mark === '#' ? spread(digits) : mark === '.' ? spread({ a: 1, b: 1 }) : spread({ [mark]: 1 });
      };
      const [values] = valuesByInduction(problem, policy, [tokensOf(plain.solution(problem))]);
      for (const position of branchPositions(problem)) expect(Math.abs(gapAt(values!, position))).toBeCloseTo(valueGap, 14);
    }
  });

  test('in the mean over the problems of a prompt it holds for a policy that prefers digits and errs later', () => {
    const winners = [...'0123456789'].flatMap((first) => [...'0123456789'].filter((second) => second > first).map((second) => first + second));
    expect(winners).toHaveLength(45);
    // after the first token the second branch is taken rightly with probability 0.6 or 0.9; digits depend on everything before
    const policy: PrefixPolicy = (prefix) => {
      if (prefix.length === 0) return spread({ '<': 1, '>': 2 });
      if (prefix.length === 1) return prefix[0] === id('<') ? spread({ '>': 3, '<': 2 }) : spread({ '>': 9, '<': 1 });
      return spread(Object.fromEntries(Object.keys(digits).map((digit, i) => [digit, 0.1 + uniformAt([9, 9], prefix[0]! * 32 + prefix[1]!, i)])));
    };
    const gaps = winners.map((two) => gapAt(valuesByEnumeration({ prompt: '<>#:', answer: `<>${two}` }, policy, [tokensOf('<>0')], ENOUGH)[0]!, 0));
    const mean = gaps.reduce((sum, one) => sum + one, 0) / gaps.length;
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeGreaterThan(0.05);
    // right: good before luck with 0.6; wrong: never; two of ten digits win
    expect(mean).toBeCloseTo(0.6 * 0.8, 14);
  });

  test('a repair is worth the gap in the lost state, nothing in the good one, and takes its share of the gap of its branch', () => {
    const problem = { prompt: '<.?.#:', answer: '<4' };
    const policy: StatePolicy = ({ position }) => [spread({ '<': 3, '>': 1 }), spread({ a: 1 }), spread({ '!': 3, a: 7 }), spread({ a: 1 }), spread(digits)][position]!;
    const [lost, good] = valuesByInduction(problem, policy, [tokensOf('>a!a0'), tokensOf('<a!a0')]);
    expect(q(lost!, 2, '!') - q(lost!, 2, 'a')).toBeCloseTo(0.9, 15);
    expect(lost!.advantages_T[2]).toBeCloseTo(0.9 * 0.7, 15);
    expect(good!.advantages_T[2]).toBe(0);
    expect(gapAt(good!, 0)).toBeCloseTo(0.9 * 0.7, 15);
    expect(good!.values_T[0]).toBeCloseTo(1 - 0.25 * 0.7 * 0.9, 15);
  });
});

describe('refuses', () => {
  const problem = PROBLEMS[0]!;
  test.each([
    ['more work than allowed', () => valuesByEnumeration(problem, byPrefix, [tokensOf('<')], 10), /more than 10 calls/],
    ['probabilities of another alphabet', () => valuesByInduction(problem, () => [0.5, 0.5], []), /2 probabilities for \d+ tokens/],
    ['probabilities that are none', () => valuesByInduction(problem, () => new Float64Array(SIZE).fill(Number.NaN), []), /sum to NaN/],
    ['probabilities of another sum', () => valuesByInduction(problem, () => new Float64Array(SIZE).fill(1), []), /sum to/],
    ['tokens after the stop token', () => valuesByInduction(problem, byState, [[STOP_TOKEN, 5]]), /goes on after its stop token/],
    ['tokens that there are not', () => valuesByInduction(problem, byState, [[SIZE]]), /not in the alphabet/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});

test('work: enumeration asks once a prefix, and never where the outcome is decided', () => {
  const asked: string[] = [];
  const policy: PrefixPolicy = (prefix) => {
    asked.push(textOf(prefix));
    return spread({ '<': 1, '>': 1 });
  };
  valuesByEnumeration({ prompt: '<?..:', answer: '<' }, policy, [], ENOUGH);
  expect(asked).toEqual(['', '>']);
});
