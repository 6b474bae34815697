import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FidelityRow } from '../lab/fidelity/fidelity';
import { COMPARISON_FORMAT, readComparison, writeComparison, type RecordedComparison } from './comparisonFile';
import { everyPath } from './everyPathTesting';
import { FormatError } from './formatError';
import { madeUpRun } from './runFileTesting';

const WIDTH = 30;
const SHIPPED = readFileSync('public/runs/comparison.json', 'utf8');

/** Two problems, three answers each, CAPO's lines and a truth. */
function madeUp(): RecordedComparison {
  const { names, updates } = madeUpRun(1, 2, 3, WIDTH);
  const { sample, score, critique, credit } = updates[0]!;
  const score1 = { value: 0.5, low: 0.25, high: Number.NaN };
  const row = (name: string): FidelityRow => ({ name, title: name, cost: { forwards: 1, rollouts: 2, judgeCalls: 3 }, scores: { signAgreement: score1, spearman: score1, rmse: score1, leak: score1, breakerFound: null, gradientCosine: null } });
  const values = (length: number) => Float64Array.from({ length }, (_, i) => (i % 7) / 7 - 0.4);
  return {
    format: COMPARISON_FORMAT, command: 'npm run lab -- record-comparison', adapter: 'CPU', update: 3, names,
    comparison: {
      sample, score, critique, gradientAnswers: 0,
      methods: [{ name: 'capo', title: 'CAPO', credit }, { name: 'grpo', title: 'GRPO', credit: { ...credit, rowMask: 'R' } }],
      refused: [{ name: 'ppo', title: 'PPO', reason: 'no value model' }],
      truth: {
        kind: 'monte-carlo', width: WIDTH, values_NT1: values(6 * (WIDTH + 1)), errors_NT1: values(6 * (WIDTH + 1)), advantages_NT: values(6 * WIDTH), advantageErrors_NT: values(6 * WIDTH),
        largestError: 0.03, cost: { rollouts: 512, sampledTokens: 4096, forwards: 0, seconds: 1.5 },
      },
      table: { rows: [row('grpo'), row('capo')], ceiling: row('truth'), floor: row('none'), coverage: { sign: 0.3, leak: 0.5, breaker: 1 } },
    },
  };
}

test('a comparison survives writing and reading, values to four decimals', () => {
  const made = madeUp();
  const read = readComparison(writeComparison(made));
  expect(read.comparison.table).toEqual(made.comparison.table);
  expect([read.command, read.update, read.names, read.comparison.refused]).toEqual([made.command, 3, made.names, made.comparison.refused]);
  expect(read.comparison.sample.tokens_NT).toEqual(made.comparison.sample.tokens_NT);
  expect(read.comparison.methods.map(({ name, credit }) => [name, credit.rows.length, credit.rowMask])).toEqual([['capo', 5, undefined], ['grpo', 5, 'R']]);
  expect(read.comparison.truth.cost).toEqual(made.comparison.truth.cost);
  read.comparison.truth.values_NT1.forEach((value, i) => expect(Math.abs(value - made.comparison.truth.values_NT1[i]!)).toBeLessThan(6e-5));
  expect('gradientAgreement' in read.comparison.table).toBe(false);
  expect(writeComparison(read)).toBe(writeComparison(readComparison(writeComparison(read))));
});

test('the one that ships with the page is whole, small, and holds what it says', () => {
  const { comparison, command } = readComparison(SHIPPED);
  expect(command).toBe('npm run lab -- record-comparison');
  expect(comparison.methods.map(({ name }) => name)).toEqual(['grpo', 'capo', 'tempo', 'pure', 'vineppo', 'rest_mcts']);
  expect([comparison.sample.problems_P.length, comparison.sample.answers]).toEqual([8, 64]);
  expect(gzipSync(SHIPPED).length).toBeLessThan(300_000);
  // credit that is really there adds up: over an answer, the true credits go from the first value to its outcome
  const { sample, truth, score } = comparison;
  for (let n = 0; n < sample.answers; n++) {
    let value = truth.values_NT1[n * (sample.width + 1)]!;
    for (let t = 0; t < sample.lengths_N[n]!; t++) value += truth.advantages_NT[n * sample.width + t]!;
    expect(Math.abs(value - score.outcome_N[n]!)).toBeLessThan(0.005);
  }
});

type Json = { [key: string]: Json } & Json[];

describe('a damaged comparison', () => {
  const written = writeComparison(madeUp());
  const set = (path: readonly string[], value: unknown): string => {
    const json = JSON.parse(written) as Json;
    const holder = path.slice(0, -1).reduce((at, name) => at[name]!, json);
    (holder as Record<string, unknown>)[path.at(-1)!] = value;
    return JSON.stringify(json);
  };
  const at = (path: string, value: unknown): string => set(path.split('.'), value);
  test.each([
    ['truncated', written.slice(0, -9), /comparison: is not JSON/],
    ['a run file', at('format', 'creditscope-run/2'), /format: must be one of creditscope-comparison\/1/],
    ['script address', at('names.paper.url', 'javascript:alert(1)'), /must begin with https/],
    ['a problem without answers', at('comparison.sample.problem_N', '0*6'), /problem_N: has no answer to problem 1/],
    ['tokens above the alphabet', at('comparison.sample.tokens_NT', '99*180'), /tokens_NT\[0\]: 99 is above 17/],
    ['another width', at('comparison.truth.width', 29), /truth.width: is 29; the answers' is 30/],
    ['values without the last', at('comparison.truth.values_NT1.values', '0*180'), /values_NT1: has 180 entries; 186 are needed/],
    ['a line of another shape', at('comparison.methods.1.credit.rows.0.shape', 'token'), /methods\[1\].credit.rows\[0\].values: has 6 entries; 180/],
    ['a mask of tokens', at('comparison.methods.1.credit.rowMask', 'r'), /methods\[1\].credit.rowMask: names "r", which is no row of answers/],
    ['a method that is not scored', at('comparison.methods.1.name', 'dapo'), /scores capo, grpo; the methods are capo, dapo/],
    ['a method twice', at('comparison.methods.1.name', 'capo'), /the methods are capo, capo/],
    ['no score', at('comparison.table.rows.0.scores.leak', 0.5), /scores.leak: must be an object, is 0.5/],
    ['unknown truth', at('comparison.truth.kind', 'guess'), /kind: must be one of enumeration, monte-carlo/],
    ['endless runs', at('comparison.truth.values_NT1.values', '0*4000000,'.repeat(20)), /claims 80\d* repeated values/],
  ])('%s', (_, json, message) => {
    expect(() => readComparison(json)).toThrow(FormatError);
    expect(() => readComparison(json)).toThrow(message);
  });

  test('any change of any field gives a comparison or a FormatError', () => {
    fc.assert(fc.property(fc.constantFrom(...everyPath(written)), fc.jsonValue(), (path, value) => {
      try {
        expect(readComparison(set(path, value)).comparison.methods.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }), { numRuns: 500 });
  });
});
