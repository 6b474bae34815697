import { expect, test } from 'vitest';
import { OPERATIONS, type Operation } from '../kernels/credit/elementwise';
import { namesOf, parseFormula, type Expression } from './formula';

const evaluate = (expression: Expression, names: Readonly<Record<string, number>>): number => {
  switch (expression.kind) {
    case 'number': return expression.value;
    case 'name': return names[expression.name]!;
    case 'apply': return (OPERATIONS[expression.operation] as Operation).apply(...(expression.operands.map((one) => evaluate(one, names)) as [number, number, number]));
  }
};

test.each<[string, Record<string, number>, number]>([
  ['({R} − {mean}) / ({std} + {epsilon})', { R: 3, mean: 1, std: 3, epsilon: 1 }, 0.5],
  ['{a} − {b} − {c}', { a: 10, b: 3, c: 2 }, 5],
  ['{a} / {b} / {c}', { a: 12, b: 3, c: 2 }, 2],
  ['{a} + {b} × {c}', { a: 1, b: 2, c: 3 }, 7],
  ['({a} + {b}) × {c}', { a: 1, b: 2, c: 3 }, 9],
  ['−{a} × 2 + 1', { a: 3 }, -5],
  ['{x} / √({v} + 1e-8)', { x: 4, v: 4 }, 2],
  ['{votes} > {critics} / 2', { votes: 2, critics: 4 }, 0],
  ['({votes} ≥ {critics} / 2) × ({votes} > 0)', { votes: 2, critics: 4 }, 1],
  ['where({n} = 1, max({a}, 0), min({a}, abs({b})))', { n: 2, a: 7, b: -3 }, 3],
  ['exp(log({a}))', { a: 5 }, 5],
  ['{a} / {b}', { a: 5, b: 0 }, 0],
  ['2.5', {}, 2.5],
])('%s', (text, names, expected) => {
  expect(evaluate(parseFormula(text), names)).toBeCloseTo(expected, 6);
  expect(namesOf(parseFormula(text)).sort()).toEqual(Object.keys(names).sort());
});

test.each(['', '{a} +', '({a}', '{a} {b}', '{a} ? {b}', 'median({a})', 'min({a})', 'where({a}, {b})', '{a b}', '1..2', ')'])('"%s" is refused', (text) => {
  expect(() => parseFormula(text)).toThrow(SyntaxError);
});
