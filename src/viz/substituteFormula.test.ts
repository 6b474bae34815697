// The CAPO vector of the paper's notes: four answers, W = 2, P = 1, sample spread; pooled over 22 tokens.
import { describe, expect, it } from 'vitest';
import type { CreditRow } from '../lab/record';
import type { Geometry } from './creditGeometry';
import { stepOf, valueAt, valuesUnder } from './creditGeometry';
import { listNumbers, substituteFormula, writtenFormula } from './substituteFormula';

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

describe('the neighbour’s number', () => {
  // two answers of three and two tokens: A_t = r_t + γ V_(t+1) − V_t + γ λ A_(t+1), worked by hand with γ 0.5, λ 0.5
  const two: Geometry = { answers: 2, width: 3, problem_N: [0, 0], lengths_N: [3, 2], steps_NK: [[[0, 2], [2, 3]], [[0, 2]]] };
  const R = row('R', 'token', [0, 0, 1, 0, 0, 9]);
  const V = row('V', 'token', [0.5, 0.75, 0.25, 0.5, 0.5, 9]);
  const text = '{R} + {gamma} × {V›next} − {V} + {gamma} × {lambda} × {A›next}';
  const A = row('A', 'token', [-0.2656, -0.4375, 0.75, -0.25, -0.5, 9], { formula: text, inputs: { R: 'R', V: 'V' }, parameters: { gamma: 0.5, lambda: 0.5 } });
  const at = (answer: number, token: number, line = A, more: CreditRow[] = []) => substituteFormula(line, [R, V, line, ...more], two, { answer, token });
  it('is the next token’s, of a line’s own too, and nothing after the last', () => {
    expect(at(0, 1).text).toBe('0 + 0.5 × 0.25 − 0.75 + 0.5 × 0.5 × 0.75');
    expect(at(0, 2).text).toBe('1 + 0.5 × 0 − 0.25 + 0.5 × 0.5 × 0');
    expect(at(0, 1).segments.filter(({ input }) => input !== undefined).map(({ input, source }) => [input, source])).toEqual([
      ['R', 'label of R'], ['V›next', 'label of V, next token'], ['V', 'label of V'], ['A›next', 'label of A, next token'],
    ]);
    expect(at(1, 2).text).toContain('—');
  });
  it('minds what a cut-off answer is worth, and where an episode ends', () => {
    const more = [row('terminal', 'token', [0, 1, 0, 0, 0, 0]), row('bootstrapValues', 'answer', [0.3, 0.4])];
    const line = { ...A, inputs: { ...A.inputs, terminal: 'terminal', bootstrapValues: 'bootstrapValues' } };
    expect(at(0, 1, line, more).text).toBe('0 + 0.5 × 0 − 0.75 + 0.5 × 0.5 × 0; terminal = 1; bootstrapValues = 0.3');
    expect(at(0, 2, line, more).text).toMatch(/^1 \+ 0\.5 × 0\.3 − 0\.25 \+ 0\.5 × 0\.5 × 0;/);
  });
  it('is the next step’s in a line of steps', () => {
    const G = row('G', 'step', [3, 2, 5], { formula: '{G›next} + {G›previous}' });
    expect(substituteFormula(G, [G], two, { answer: 0, token: 1 }).text).toBe('2 + 0');
    expect(substituteFormula(G, [G], two, { answer: 0, token: 2 }).text).toBe('0 + 3');
  });
  it('is read as words, and so is one that is no line’s', () => {
    expect(writtenFormula(text)).toBe('R + gamma × next V − V + gamma × lambda × next A');
    expect(at(0, 0, { ...A, formula: '{B›next} + {toString›next}' }).segments[0]!.text).toBe('next B');
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
