// The CAPO vector of the paper's notes: four answers, W = 2, P = 1, sample spread; pooled over 22 tokens.
import { describe, expect, it } from 'vitest';
import type { CreditRow } from '../lab/record';
import type { Geometry } from './creditGeometry';
import { stepOf, valueAt, valuesUnder } from './creditGeometry';
import { listNumbers, substituteFormula } from './substituteFormula';

const geometry: Geometry = {
  answers: 4, width: 6, problem_N: [0, 0, 0, 1], lengths_N: [6, 6, 6, 4],
  steps_NK: [[[0, 3], [3, 6]], [[0, 2], [2, 4], [4, 6]], [[0, 2], [2, 6]], [[0, 4]]],
};

function row(id: string, shape: CreditRow['shape'], values: number[], more: Partial<CreditRow> = {}): CreditRow {
  return { id, label: `label of ${id}`, shape, formula: '', inputs: {}, parameters: {}, values: Float32Array.from(values), ...more };
}

const outcome = row('outcome', 'answer', [1, 1, 0, 0]);
const flags = row('flags', 'step', [0, 0, 0, 1, 0, 0, 1, 0]);
const reward = row('reward', 'token', [2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 2, 0, 0, -1, -1, -1, -1, 0, 0, 0, 0, 7, 7], {
  formula: '{W} · {outcome} − {P} · {flag}', inputs: { outcome: 'outcome', flag: 'flags' }, parameters: { W: 2, P: 1 },
});
const mean = row('mean', 'problem', [0.818182, -0.25], { formula: 'mean({R})', inputs: { R: 'reward' } });
const std = row('std', 'problem', [1.220319, 0]);
const advantage = row('advantage', 'token', new Array(24).fill(0.149), {
  formula: '({R} − {mean}) / ({std} + {epsilon})', inputs: { R: 'reward', mean: 'mean', std: 'std' }, parameters: { epsilon: 1e-4 },
});
const rows = [outcome, flags, reward, mean, std, advantage];

describe('substituteFormula', () => {
  it('puts the token\'s numbers in', () => {
    const shown = substituteFormula(advantage, rows, geometry, { answer: 1, token: 2 });
    expect(shown.text).toBe('(1 − 0.818) / (1.22 + 1e−4)');
    expect(shown.result).toBeCloseTo(0.149, 6);
    expect(shown.segments.filter((segment) => segment.source).map((segment) => [segment.text, segment.source])).toEqual([
      ['1', 'label of reward'], ['0.818', 'label of mean'], ['1.22', 'label of std'], ['1e−4', 'epsilon'],
    ]);
  });
  it('looks steps and answers up for the token', () => {
    expect(substituteFormula(reward, rows, geometry, { answer: 1, token: 2 }).text).toBe('2 · 1 − 1 · 1');
    expect(substituteFormula(reward, rows, geometry, { answer: 2, token: 5 }).text).toBe('2 · 0 − 1 · 1');
    expect(substituteFormula(reward, rows, geometry, { answer: 0, token: 5 }).text).toBe('2 · 1 − 1 · 0');
  });
  it('brackets a negative number after an operator, and only there', () => {
    const shown = substituteFormula(advantage, rows, geometry, { answer: 3, token: 0 });
    expect(shown.text).toBe('(0 − (−0.25)) / (0 + 1e−4)');
    const square = { ...advantage, formula: '{mean}² + {R}', inputs: { R: 'reward', mean: 'mean' } };
    expect(substituteFormula(square, rows, geometry, { answer: 3, token: 0 }).text).toBe('(−0.25)² + 0');
    expect(substituteFormula({ ...square, formula: '{mean} + {R}' }, rows, geometry, { answer: 3, token: 0 }).text).toBe('−0.25 + 0');
  });
  it('lists what a group number is made of, padding left out', () => {
    expect(substituteFormula(mean, rows, geometry, { answer: 0, token: 0 }).text).toBe('mean(2 ×10, 1 ×2, 0 ×2, −1 ×4)');
    expect(substituteFormula(mean, rows, geometry, { answer: 3, token: 0 }).text).toBe('mean(0, 0, 0, 0)');
  });
  it('lists the inputs of a formula in words after it', () => {
    const words = row('mean', 'problem', [0.5, 0], { formula: 'mean of R over the problem’s answers, divided by (number − {ddof})', inputs: { R: 'outcome' }, parameters: { ddof: 1 } });
    expect(substituteFormula(words, rows, geometry, { answer: 2, token: 0 }).text).toBe('mean of R over the problem’s answers, divided by (number − 1); R = 1, 1, 0');
  });
  it('leaves unknown names as they are and is not fooled by inherited ones', () => {
    const strange = { ...advantage, formula: '{toString} + {__proto__} + {missing} + {} + {lost', inputs: { lost: 'nowhere' } };
    expect(substituteFormula(strange, rows, geometry, { answer: 0, token: 0 }).text).toBe('toString + __proto__ + missing +  + {lost');
    expect(substituteFormula({ ...advantage, formula: '{lost}', inputs: { lost: 'nowhere' } }, rows, geometry, { answer: 0, token: 0 }).text).toBe('lost');
  });
  it('shows a dash outside of the answer', () => {
    const shown = substituteFormula(advantage, rows, geometry, { answer: 3, token: 4 });
    expect(shown.result).toBeNaN();
    expect(shown.text).toBe('(— − —) / (— + 1e−4)');
  });
  it('writes text parameters as text', () => {
    expect(substituteFormula({ ...advantage, formula: '{rule}', inputs: {}, parameters: { rule: '<b>union</b>' } }, rows, geometry, { answer: 0, token: 0 }).text).toBe('<b>union</b>');
  });
});

describe('geometry', () => {
  it('finds the step of a token', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((token) => stepOf(geometry, { answer: 1, token }))).toEqual([0, 0, 1, 1, 2, 2, -1]);
  });
  it('reads steps stored ragged or padded', () => {
    const padded = row('padded', 'step', [10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42]);
    expect(valueAt(padded, geometry, { answer: 2, token: 3 })).toBe(31);
    const ragged = row('ragged', 'step', [10, 11, 20, 21, 22, 30, 31, 40]);
    expect(valueAt(ragged, geometry, { answer: 2, token: 3 })).toBe(31);
    expect(valuesUnder(ragged, geometry, 'answer', { answer: 1, token: 0 })).toEqual([20, 21, 22]);
    expect(valuesUnder(ragged, geometry, 'scalar', { answer: 1, token: 0 })).toEqual([10, 11, 20, 21, 22, 30, 31, 40]);
  });
  it('has no value outside', () => {
    for (const place of [{ answer: -1, token: 0 }, { answer: 4, token: 0 }, { answer: 0, token: -1 }, { answer: 3, token: 4 }]) {
      expect(valueAt(reward, geometry, place)).toBeNaN();
    }
  });
});

it('listNumbers cuts a long list of different numbers', () => {
  expect(listNumbers([1, 2, 3])).toBe('1, 2, 3');
  expect(listNumbers(Array.from({ length: 20 }, (_, i) => i))).toBe('0, 1, 2, … 20 numbers');
  expect(listNumbers([])).toBe('');
});
