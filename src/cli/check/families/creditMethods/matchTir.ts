// Brings its own inputs: the calls of every turn and the reference's; matching them is discrete and happens here.

import { turnRewards, type Call } from '../../../../credit/hostSignals/callMatching';
import { FormatError } from '../../../../formats/formatError';
import { readNumber } from '../../numberTensor';
import type { Fields } from '../../fields';
import { readCreditBatch, type CreditBatch } from '../creditBatch';
import type { CreditMethodReader } from '../creditCase';

export const matchTir: CreditMethodReader = {
  fixtureMethod: 'matchtir',
  read: (params, inputs) => ({
    method: 'matchtir',
    parameters: { gamma: params.number('gamma'), ddof: params.numberOr('ddof', 1), epsilon: params.number('eps') },
    rows: { turn_rewards: 'r', turn_returns: 'G' },
    batch: readTurns(inputs),
  }),
};

function readTurns(inputs: Fields): CreditBatch {
  const turns = inputs.raw('turns');
  const gold = object(inputs.raw('gold_calls'), 'gold_calls');
  const batch = readCreditBatch(inputs);
  const group = inputs.raw('group') as readonly unknown[];
  if (!Array.isArray(turns) || turns.length !== batch.shape.answers) throw new FormatError('inputs.turns', `must be a list of ${batch.shape.answers}`);
  const matchReward = turns.map((row: unknown, n) => {
    const problem = String(group[n]);
    if (!Object.hasOwn(gold, problem)) throw new FormatError('inputs.gold_calls', `has none for ${problem}`);
    if (!Array.isArray(row) || row.length !== batch.signals.steps_NK![n]!.length) throw new FormatError(`inputs.turns[${n}]`, 'must hold one entry a step');
    const read = row.map((turn: unknown, k) => object(turn, `turns[${n}][${k}]`));
    const matched = turnRewards(read.map((turn) => (Object.hasOwn(turn, 'answer_f1') ? [] : calls(turn['calls'], `turns[${n}]`))), calls(gold[problem], 'gold_calls'));
    return read.map((turn, k) => (Object.hasOwn(turn, 'answer_f1') ? Math.fround(readNumber(turn['answer_f1'], `inputs.turns[${n}][${k}].answer_f1`)) : matched[k]!));
  });
  return { ...batch, signals: { ...batch.signals, values: { ...batch.signals.values, matchReward } } };
}

function object(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormatError(`inputs.${where}`, 'must be an object');
  return value as Readonly<Record<string, unknown>>;
}

function calls(value: unknown, where: string): Call[] {
  if (!Array.isArray(value)) throw new FormatError(`inputs.${where}`, 'must be a list of calls');
  return value.map((one: unknown) => {
    const { name, args } = object(one, where);
    if (typeof name !== 'string') throw new FormatError(`inputs.${where}`, 'a call has no name');
    return { name, args: object(args, where) };
  });
}
