import { expect, test } from 'vitest';
import { Plan } from '../gpu/plan';
import type { OptionValues } from '../tasks/task';
import { findMethod, METHODS } from './methods';
import { readParameters } from './parameters';
import { traceCredit } from './trace';

const shape = { answers: 6, width: 5, problems: 2, maximumSteps: 3, critiques: 2 };

/** Every combination of the choices of a method, numbers at their defaults and at both bounds. */
function settingsOf(name: string): OptionValues[] {
  const { parameters } = findMethod(name);
  const choices = parameters.reduce<OptionValues[]>(
    (settings, option) => settings.flatMap((one) => (option.choices ?? [option.default]).map((value) => ({ ...one, [option.name]: value }))), [{}],
  );
  const bounds = parameters.filter((option) => option.choices === undefined).flatMap(({ name: option, minimum, maximum }) => [{ [option]: minimum! }, { [option]: maximum! }]);
  return [...choices, ...bounds];
}

test.each(METHODS.map((method) => [method.name]))('%s traces under every choice and at the bounds of every number', (name) => {
  const method = findMethod(name);
  expect(method.explanation.match(/\.(\s|$)/g)).toHaveLength(2);
  expect(method.ours ?? 'Nothing.').toMatch(/^[A-Z].*\.$/);
  expect(method.paper.url).toMatch(/^https:\/\/(arxiv\.org\/abs\/\d{4}\.\d{5}|doi\.org\/\S+)$/);
  for (const settings of settingsOf(name)) {
    const traced = traceCredit(method, settings, shape);
    expect(traced.plan).toBeInstanceOf(Plan);
    const last = traced.rows.at(-1)!;
    expect(last.shape).toBe('token');
    expect(last.buffer).toBe(traced.advantages);
    expect(traced.needs.every((one) => method.needs.includes(one))).toBe(true);
    const ids = traced.rows.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    traced.rows.forEach((row, index) => {
      // A line uses only earlier lines, and every name in its formula is one of its inputs or parameters.
      for (const input of Object.values(row.inputs)) expect(ids.slice(0, index)).toContain(input);
      for (const [, used] of row.formula.matchAll(/\{(\w+)\}/g)) expect({ ...row.inputs, ...row.parameters }).toHaveProperty(used!);
      // of a neighbour there may be the line's own
      for (const [, used] of row.formula.matchAll(/\{(\w+)›\w+\}/g)) expect({ ...row.inputs, [row.id]: row.id }).toHaveProperty(used!);
    });
  }
});

test('every need is asked for by some setting', () => {
  for (const method of METHODS) {
    const asked = new Set(settingsOf(method.name).flatMap((settings) => traceCredit(method, { ...settings, ...(settings['rewards'] === 'outcome' && { klWeight: 0.1 }) }, shape).needs));
    for (const need of method.needs) if (need !== 'steps') expect(asked, `${method.name} ${need}`).toContain(need);
  }
});

test('an unknown method is refused with the names of the known ones', () => {
  expect(() => findMethod('ppo3')).toThrow(/unknown credit method "ppo3".*grpo, capo, rloo/);
  expect(() => findMethod('constructor')).toThrow(RangeError);
});

test.each<[string, OptionValues, RegExp]>([
  ['capo', { penalty: 1 }, /capo has no parameter "penalty".*W, P, rule, ddof, epsilon/],
  ['capo', { P: -1 }, /P = -1 is not a number from 0 to 100/],
  ['capo', { P: Number.NaN }, /P = NaN/],
  ['capo', { P: '1' }, /P = 1 is not a number/],
  ['capo', { ddof: 0.5 }, /ddof = 0.5 is not a whole number from 0 to 1/],
  ['capo', { rule: 'plurality' }, /rule = plurality is not one of intersection, strict_majority, at_least_half, union, fractional/],
  ['capo', { rule: 1 }, /rule = 1 is not one of/],
  ['remax', { constructor: 1 } as OptionValues, /has no parameter "constructor"/],
])('%s refuses %j', (name, given, message) => {
  const { parameters } = findMethod(name);
  expect(() => readParameters(name, parameters, given)).toThrow(RangeError);
  expect(() => readParameters(name, parameters, given)).toThrow(message);
});

test('parameters not given have their defaults', () => {
  expect(readParameters('capo', findMethod('capo').parameters, { P: 0.5 })).toEqual({ W: 2, P: 0.5, rule: 'intersection', ddof: 1, epsilon: 1e-6 });
});

test.each([['answers', 0], ['width', 1.5], ['maximumSteps', 0], ['critiques', -1], ['problems', Number.NaN]])('a shape with %s = %f is refused', (name, value) => {
  expect(() => traceCredit(findMethod('grpo'), {}, { ...shape, [name]: value })).toThrow(new RegExp(name));
});
