// advantages: credit programs of the GRPO family and its relatives. Which estimator is meant stands in the case's name
// alone; src/credit/advantageCase.ts reads it.

import { FormatError } from '../../../formats/formatError';
import { readAdvantageCase, type AdvantageFixture } from '../../../credit/advantageCase';
import { creditOf, rowsById } from '../../../credit/testing';
import { traceCredit } from '../../../credit/trace';
import { hasAll, NotKnown, refuseParameters, type CaseRun, type Family } from '../family';
import type { Fields } from '../fields';

const MATRICES = ['mask', 'token_rewards', 'rewards', 'values', 'terminal'];
const VECTORS = ['scores', 'lengths', 'baselines', 'bootstrap_values'];
const OPTIONS = ['eps', 'ddof', 'group_of_one', 'gamma', 'lam', 'bootstrap', 'max_length', 'cache', 'penalty_factor', 'group'];

export const advantages: Family = {
  name: 'advantages',
  recognises: ({ inputs, expected }) =>
    hasAll(inputs, 'scores', 'group') || (hasAll(expected, 'advantages_per_response') && hasAll(inputs, 'scores')) || (hasAll(inputs, 'max_length', 'cache') && hasAll(expected, 'penalty'))
    || ((hasAll(inputs, 'token_rewards') || hasAll(inputs, 'rewards')) && (hasAll(expected, 'advantages') || hasAll(expected, 'advantages_raw') || hasAll(expected, 'returns'))),
  isHost: () => false,
  async run({ fixture, inputs, comparison, executor }: CaseRun) {
    refuseUnsaid(fixture.name, inputs);
    const plain = { name: fixture.name, inputs: plainInputs(inputs), expected: {} };
    const read = (expected: AdvantageFixture['expected']) => readAdvantageCase({ ...plain, expected });
    const rowOf = new Map<string, string>();
    for (const key of Object.keys(fixture.expected)) {
      // each key alone: two keys may stand for one row
      const one = comparison.has(key) ? read({ [key]: [0] }) : undefined;
      if (one !== undefined) rowOf.set(key, Object.keys(one.expected)[0]!);
    }
    const credit = read({});
    if (credit === undefined || rowOf.size === 0) throw new NotKnown('its name says no estimator that is known, or one of its options is not');
    refuseParameters(() => traceCredit(credit.method, credit.parameters, credit.shape));
    const made = await creditOf(executor, credit.method, credit.parameters, credit.shape, credit.signals);
    const rows = rowsById(made);
    const mask = Uint32Array.from(credit.signals.mask_NT);
    for (const [key, id] of rowOf) {
      const row = rows[id];
      if (row === undefined) continue;
      const isTokens = comparison.tensor(key).shape.length === 2;
      const values = isTokens && row.shape !== 'token' && key === 'advantages' ? made.advantages_NT : row.values;
      comparison.check(key, values, isTokens ? { counts: mask, shape: [credit.shape.answers, credit.shape.width] } : {});
    }
  },
};

/** An option that matters must be said by the case: a default here might be another framework's. */
function refuseUnsaid(name: string, inputs: Fields): void {
  const parts = name.split('/');
  const isStandardized = parts.some((part) => part.startsWith('grpo_std') || part === 'grpo_batch_std');
  if (isStandardized && !inputs.has('eps')) throw new NotKnown('eps is not given');
  const dependsOnOne = parts.some((part) => isStandardized || ['grpo_nostd', 'rloo', 'opo', 'gpg'].includes(part));
  if (dependsOnOne && inputs.has('group') && !inputs.has('group_of_one')) {
    const group = inputs.raw('group') as readonly unknown[];
    if (Array.isArray(group) && group.some((one) => group.filter((other) => other === one).length === 1)) throw new NotKnown('there is a group of one, and group_of_one is not given');
  }
}

/** The inputs as nested lists of checked shape, whatever they were packed in. */
function plainInputs(inputs: Fields): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  let rows: number | undefined;
  const expectRows = (count: number, name: string): void => {
    if (count !== (rows ??= count)) throw new FormatError(`inputs.${name}`, `has ${count} rows; ${rows} are needed`);
  };
  let width: number | undefined;
  for (const name of MATRICES) {
    if (!inputs.has(name)) continue;
    const { shape, data } = inputs.tensor(name, 2);
    expectRows(shape[0]!, name);
    if (shape[1] !== (width ??= shape[1]!)) throw new FormatError(`inputs.${name}`, `has rows of ${shape[1]}; ${width} are needed`);
    if (name === 'mask' || name === 'terminal') inputs.mask(name, shape);
    plain[name] = Array.from({ length: shape[0]! }, (_, row) => Array.from(data.subarray(row * width!, (row + 1) * width!)));
  }
  for (const name of VECTORS) {
    if (!inputs.has(name)) continue;
    const { shape, data } = inputs.tensor(name, 1);
    expectRows(shape[0]!, name);
    if (name === 'lengths') inputs.wholes({ shape, data }, name);
    plain[name] = Array.from(data);
  }
  for (const name of OPTIONS) if (inputs.has(name)) plain[name] = inputs.raw(name);
  const { group } = plain;
  if (group !== undefined) {
    if (!Array.isArray(group) || group.some((one) => typeof one !== 'string' && typeof one !== 'number')) throw new FormatError('inputs.group', 'must be a list of names or numbers');
    expectRows(group.length, 'group');
  }
  if (rows === undefined || rows === 0) throw new FormatError('inputs', 'hold no response');
  return plain;
}
