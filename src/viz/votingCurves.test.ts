import { expect, test } from 'vitest';
import type { VotingRule } from '../lab/configuration';
import { RandomStream } from '../random/threefry';
import { flagOf, RULES, votingCurve, type JudgedStep } from './votingCurves';

// CAPO's own figure: four critiques of four steps, and the steps called wrong by each rule
test('the figure of the paper', () => {
  const critiques = [[1, 3], [1, 2, 3], [1, 3], [2, 3]];
  const flagged = (rule: VotingRule) => [0, 1, 2, 3].filter((step) => flagOf(rule, critiques.filter((one) => one.includes(step)).length, 4) === 1);
  expect(flagged('strict_majority')).toEqual([1, 3]);
  expect(flagged('at_least_half')).toEqual([1, 2, 3]);
  expect(flagged('union')).toEqual([1, 2, 3]);
  expect(flagged('intersection')).toEqual([3]);
  expect([0, 1, 2, 3].map((step) => flagOf('fractional', [0, 3, 2, 4][step]!, 4))).toEqual([0, 0.75, 0.5, 1]);
  for (const rule of RULES) expect(flagOf(rule, 0, 0)).toBe(0);
});

/** Every way to choose k of the critiques, one by one. */
function byEnumeration(votes: readonly (readonly (boolean | null)[])[], isWrong: readonly boolean[], rule: VotingRule, k: number) {
  const asked = votes[0]!.length;
  let [flagged, right] = [0, 0];
  for (let subset = 0; subset < 2 ** asked; subset++) {
    const chosen = [...Array(asked).keys()].filter((j) => (subset >> j) & 1);
    if (chosen.length !== k) continue;
    votes.forEach((row, step) => {
      const valid = chosen.map((j) => row[j]).filter((one) => one !== null);
      const flag = flagOf(rule, valid.filter(Boolean).length, valid.length);
      flagged += flag;
      if (isWrong[step]!) right += flag;
    });
  }
  const ways = [...Array(2 ** asked).keys()].filter((subset) => subset.toString(2).replaceAll('0', '').length === k).length;
  return { precision: right / flagged, recall: right / ways / isWrong.filter(Boolean).length };
}

test('every rule and k equals choosing every subset one by one', () => {
  const random = RandomStream.of(3, 'problems', 0);
  const isWrong = Array.from({ length: 12 }, (_, i) => i % 3 === 0);
  const votes = isWrong.map((wrong) => Array.from({ length: 6 }, () => (random.uniform() < 0.2 ? null : random.uniform() < (wrong ? 0.95 : 0.2))));
  const steps: JudgedStep[] = votes.map((row, i) => ({ isWrong: isWrong[i]!, flags: row.filter((one) => one === true).length, valid: row.filter((one) => one !== null).length, asked: 6 }));
  for (const rule of RULES) {
    const curve = votingCurve(steps, rule);
    expect(curve.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { k, precision, recall } of curve) {
      const wanted = byEnumeration(votes, isWrong, rule, k);
      expect(precision, `${rule} ${k}`).toBeCloseTo(wanted.precision, 12);
      expect(recall, `${rule} ${k}`).toBeCloseTo(wanted.recall, 12);
    }
  }
});

// by hand: a wrong step with 3 flags of 4, a right one with 1 of 4; two critiques chosen in 6 ways
test('two of four critiques', () => {
  const steps: JudgedStep[] = [{ isWrong: true, flags: 3, valid: 4, asked: 4 }, { isWrong: false, flags: 1, valid: 4, asked: 4 }];
  const at = (rule: VotingRule) => votingCurve(steps, rule)[1]!;
  expect(at('intersection')).toEqual({ k: 2, precision: 1, recall: 0.5 });
  expect(at('union')).toEqual({ k: 2, precision: 6 / 9, recall: 1 });
  expect(at('fractional')).toEqual({ k: 2, precision: expect.closeTo(0.75, 12), recall: expect.closeTo(0.75, 12) });
});

test('nothing flagged has no precision, nothing wrong no recall, nothing judged no curve; 32 critiques stay exact', () => {
  expect(votingCurve([{ isWrong: true, flags: 0, valid: 2, asked: 2 }], 'union')[0]).toEqual({ k: 1, precision: Number.NaN, recall: 0 });
  expect(votingCurve([{ isWrong: false, flags: 1, valid: 2, asked: 2 }], 'union')[1]).toEqual({ k: 2, precision: 0, recall: Number.NaN });
  expect(votingCurve([], 'union')).toEqual([]);
  const curve = votingCurve([{ isWrong: true, flags: 20, valid: 30, asked: 32 }], 'fractional');
  for (const { recall } of curve.slice(2)) expect(recall).toBeCloseTo(20 / 30, 12);
});
