// Brings its own inputs: rewards of A summaries at each of m budgets of G answers. A budget is a step of one token here. The
// summaries themselves are answers to the problem "this prefix": their advantage is GRPO's without the standard deviation,
// over the group at that budget where a prefix has one summary only.

import { creditOf, rowsById } from '../../../../credit/testing';
import { findMethod } from '../../../../credit/methods';
import type { CreditShape } from '../../../../credit/builder';
import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const brpo: CreditMethodReader = {
  fixtureMethod: 'brpo',
  isHost: false,
  async compute(params, inputs, executor) {
    const parameters = { prior: readChoice(params, 'prior', { uniform: 'uniform', linear: 'linear', base: 'base' }), lambda: params.number('lambda') };
    const { data: rewards, shape: sizes } = inputs.tensor('rewards', 3);
    const [answers, budgets, summaries] = sizes as [number, number, number];
    const budget = [...inputs.shaped('budgets', [budgets]).data];
    const means = Array.from({ length: answers }, (_, n) => budget.map((_, s) => {
      const from = (n * budgets + s) * summaries;
      return rewards.subarray(from, from + summaries).reduce((sum, one) => sum + one, 0) / summaries;
    }));
    const shape: CreditShape = { answers, width: budgets, problems: 1, maximumSteps: budgets, critiques: 0 };
    const rows = rowsById(await creditOf(executor, findMethod('brpo'), parameters, shape, {
      problem_N: means.map(() => 0), mask_NT: means.flatMap((row) => row.map(() => 1)), steps_NK: means.map((row) => row.map((_, s): [number, number] => [s, s + 1])),
      values: { summaryReward: means, budget: means.map(() => budget) },
    }));
    const prefixes = Array.from(rewards, (_, i) => (summaries > 1 ? Math.floor(i / summaries) : i % budgets));
    const summary = await creditOf(executor, findMethod('grpo'), { std: 'none' }, { answers: rewards.length, width: 1, problems: Math.max(...prefixes) + 1, maximumSteps: 1, critiques: 0 }, {
      problem_N: prefixes, mask_NT: prefixes.map(() => 1), values: { outcome: rewards },
    });
    return {
      prior: rows['P']!.values.subarray(0, budgets), segment_returns: rows['R']!.values, v1: rows['V1']!.values, v2: rows['V2']!.values,
      segment_advantages: rows['A']!.values, summary_advantages: summary.advantages_NT,
    };
  },
};
