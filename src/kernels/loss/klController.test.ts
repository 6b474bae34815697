import { expect, test } from 'vitest';
import text from '../../../e2e/fixtures/kl_in_reward.json?raw';
import { expectClose, flat, parseFixture } from './fixtureTesting';
import { nextKlCoefficient } from './klController';

test.each(parseFixture(text).cases.filter((one) => one.name.startsWith('kl_controller/')))('$name', ({ inputs, expected, tolerance }) => {
  const { init_coef, target, horizon, n_steps } = inputs as Record<string, number>;
  let coefficient = init_coef!;
  const coefficients = flat(inputs.observed_kl).map((kl) => (coefficient = nextKlCoefficient({ target: target!, horizon: horizon! }, coefficient, kl, n_steps!)));
  expectClose(coefficients, expected.coef_after_each_update, tolerance, 'coefficients');
});

test('a target of 0 is refused', () => {
  expect(() => nextKlCoefficient({ target: 0, horizon: 10 }, 0.1, 1, 1)).toThrow(RangeError);
});
