// Reads a case of the reference format's family "advantages" (e2e/fixtures/README.md) as a credit program with its batch:
// which method, which parameters, which signals, and what each row of the program must hold.
// A case whose estimator or option is not known here is undefined, and a checker counts it as skipped.

import type { OptionValues } from '../tasks/task';
import type { CreditShape } from './builder';
import { findMethod } from './methods';
import type { CreditMethod } from './method';
import type { ValueSignal } from './signals';
import type { CreditSignals } from './writeSignals';

type Matrix = readonly (readonly number[])[];

export interface AdvantageFixture {
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, readonly number[] | Matrix>>;
}

export interface AdvantageCase {
  readonly method: CreditMethod;
  readonly parameters: OptionValues;
  readonly shape: CreditShape;
  readonly signals: CreditSignals;
  /** row id -> its numbers; token-shaped ones count only where signals.mask_NT is 1 */
  readonly expected: Readonly<Record<string, readonly number[]>>;
}

interface Reading {
  readonly method: string;
  readonly parameters: OptionValues;
  /** signal -> field of the inputs */
  readonly signals: { readonly [K in ValueSignal]?: string };
  /** key of expected -> row id */
  readonly rows: Readonly<Record<string, string>>;
}

const ANSWER_ROWS = { advantages_per_response: 'A', advantages: 'A' };
const KEEPS = ['r', 'r/(1+eps)', 'alpha*r'];

/** Inputs that are options rather than arrays; a case with any other is not known here. */
const OPTIONS = ['eps', 'ddof', 'group_of_one', 'gamma', 'lam', 'bootstrap', 'max_length', 'cache', 'penalty_factor'];

export function readAdvantageCase({ name, inputs, expected }: AdvantageFixture): AdvantageCase | undefined {
  if (Object.entries(inputs).some(([key, value]) => !Array.isArray(value) && !OPTIONS.includes(key))) return undefined;
  if ((inputs['bootstrap'] ?? '0 after the last token') !== '0 after the last token') return undefined;
  const reading = name.split('/').map((part) => readingOf(part, inputs)).find((one) => one !== undefined);
  if (reading === undefined || Object.keys(expected).some((key) => !Object.hasOwn(reading.rows, key))) return undefined;
  const arrays = Object.fromEntries(Object.entries(reading.signals).map(([signal, field]) => [signal, flat(inputs[field!])]));
  const lengths = inputs['lengths'] as readonly number[] | undefined;
  const mask = inputs['mask'] as Matrix | undefined;
  const tokens = (inputs['token_rewards'] ?? inputs['rewards']) as Matrix | undefined;
  const answers = (lengths ?? tokens ?? (inputs['scores'] as readonly number[])).length;
  const width = mask?.[0]?.length ?? tokens?.[0]?.length ?? Math.max(1, ...(lengths ?? []));
  const group = (inputs['group'] ?? Array.from({ length: answers }, () => 0)) as readonly (string | number)[];
  const problems = [...new Set(group)];
  const isUsed = (i: number): number => (mask !== undefined ? flat(mask)[i]! : Number(lengths === undefined || i % width < lengths[Math.floor(i / width)]!));
  return {
    method: findMethod(reading.method),
    parameters: reading.parameters,
    shape: { answers, width, problems: problems.length, maximumSteps: 1, critiques: 0 },
    signals: {
      problem_N: group.map((one) => problems.indexOf(one)),
      mask_NT: Array.from({ length: answers * width }, (_, i) => isUsed(i)),
      values: reading.method === 'dapo' ? { outcome: new Float32Array(answers), correct: new Float32Array(answers) } : arrays,
    },
    expected: Object.fromEntries(Object.entries(expected).map(([key, numbers]) => [reading.rows[key]!, flat(numbers)])),
  };
}

function readingOf(part: string, inputs: AdvantageFixture['inputs']): Reading | undefined {
  const number = (field: string, name: string): OptionValues => (typeof inputs[field] === 'number' ? { [name]: inputs[field] } : {});
  const given = { ...number('eps', 'epsilon'), ...number('ddof', 'ddof') };
  const alone = inputs['group_of_one'];
  if (alone !== undefined && alone !== '0' && !KEEPS.includes(alone as string)) return undefined;
  const groupOfOne = alone === '0' ? 'zero' : 'keep';
  const outcome = { signals: { outcome: 'scores' }, rows: ANSWER_ROWS } as const;
  const tokens = (more: { readonly [K in ValueSignal]?: string } = {}) => ({ tokenRewards: 'token_rewards', ...more });
  const gamma = number('gamma', 'gamma');
  switch (part) {
    case 'rloo': return { method: 'rloo', parameters: { groupOfOne }, ...outcome };
    case 'rloo_vectorized': return { method: 'rloo', parameters: { groupOfOne: 'zero' }, ...outcome };
    case 'rloo_trl_normalized': return { method: 'rloo', parameters: { groupOfOne: 'zero', normalize: 'batch', ...number('eps', 'epsilon') }, ...outcome };
    case 'opo': return { method: 'opo', parameters: { groupOfOne }, ...outcome };
    case 'gpg': return { method: 'gpg', parameters: { groupOfOne }, ...outcome };
    case 'passk': return { method: 'passk', parameters: { ...given, std: inputs['eps'] === undefined ? 'none' : 'group' }, ...outcome };
    case 'rfpp_baseline': return { method: 'reinforce_pp_baseline', parameters: { groupOfOne }, ...outcome };
    case 'grpo_nostd': return { method: 'grpo', parameters: { std: 'none', groupOfOne }, ...outcome };
    case 'grpo_batch_std': return { method: 'grpo', parameters: { std: 'batch', groupOfOne, ...given }, ...outcome };
    case 'reinforce_pp': return { method: 'reinforce_pp', parameters: { rewards: 'given', ...gamma }, signals: tokens(), rows: { returns: 'returns', advantages: 'A' } };
    case 'remax': return { method: 'remax', parameters: { rewards: 'given' }, signals: tokens({ greedyOutcome: 'baselines' }), rows: { returns: 'returns', advantages: 'A' } };
    case 'gae': return {
      method: 'ppo', parameters: { rewards: 'given', ...gamma, ...number('lam', 'lambda') }, signals: tokens({ values: 'values' }),
      rows: { advantages_raw: 'raw', returns: 'returns', advantages_whitened: 'A' },
    };
    case 'gae_terminal': return {
      method: 'ppo', parameters: { rewards: 'given', end: 'given', whiten: 'no', ...gamma, ...number('lam', 'lambda') },
      signals: { tokenRewards: 'rewards', values: 'values', terminal: 'terminal', bootstrapValues: 'bootstrap_values' }, rows: { advantages: 'A', returns: 'returns' },
    };
    case 'dapo_overlong': return {
      method: 'dapo', parameters: { ...number('max_length', 'maximumLength'), ...number('cache', 'cache'), ...number('penalty_factor', 'penaltyFactor') }, signals: {}, rows: { penalty: 'penalty' },
    };
    default: return part.startsWith('grpo_std') ? { method: 'grpo', parameters: { groupOfOne, ...given }, ...outcome } : undefined;
  }
}

const flat = (numbers: unknown): number[] => (numbers as Matrix | readonly number[]).flat();
