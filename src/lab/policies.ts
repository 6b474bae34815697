// The policies that `npm run lab -- pretrain` makes, each from this one line of settings: what it is taught, for how
// long, and how often the steps of its lessons are wrong. A preset names the policy that it starts from.

import type { OptionValues } from '../tasks/task';

export interface PolicyRecipe {
  /** its folder in public/models */
  readonly name: string;
  readonly task: string;
  readonly taskOptions: OptionValues;
  /** of 64 worked solutions each */
  readonly batches: number;
  /** of each step of a worked solution */
  readonly stepErrorProbability: number;
}

/** Whole numbers (results may be negative), three operations on numbers of one digit: a result has at most four digits. */
export const HARD_CHAIN: OptionValues = { modulus: 0, operations: 3, digits: 1, operators: '+-*' };

/** Short enough that every way an answer can go can be counted. */
export const SMALL_BIFURCATION: OptionValues = { length: 8, branches: 3, stepLength: 2 };

export const POLICIES: readonly PolicyRecipe[] = [
  { name: 'chain', task: 'chain', taskOptions: {}, batches: 700, stepErrorProbability: 0.25 },
  { name: 'chain-hard', task: 'chain', taskOptions: HARD_CHAIN, batches: 450, stepErrorProbability: 0.1 },
  { name: 'bifurcation', task: 'bifurcation', taskOptions: {}, batches: 700, stepErrorProbability: 0.25 },
  { name: 'bifurcation-small', task: 'bifurcation', taskOptions: SMALL_BIFURCATION, batches: 600, stepErrorProbability: 0.25 },
  { name: 'columns', task: 'columns', taskOptions: {}, batches: 1500, stepErrorProbability: 0.35 },
  { name: 'countdown', task: 'countdown', taskOptions: {}, batches: 2400, stepErrorProbability: 0.2 },
  { name: 'sort', task: 'sort', taskOptions: {}, batches: 700, stepErrorProbability: 0.45 },
];
