// What a node of the answer tree is worth: by the truth, or by what a tree method takes for the value of a prefix, the mean reward of
// the group's own answers that begin with it.

import type { Comparison, ComparedMethod } from '../lab/fidelity/compare';
import { geometryOf, valueAt } from './creditGeometry';
import type { AnswerTreeNode } from './answerTree';

/** the rows in which tree methods keep the value after a token; BranchGRPO's V stands at ends of steps */
const PREFIX_VALUE_ROWS = ['after', 'V'];
const TREE_METHODS = ['tempo', 'treeps', 'branchgrpo', 'rose'];

export function treeMethods(methods: readonly ComparedMethod[]): readonly ComparedMethod[] {
  return methods.filter(({ name }) => TREE_METHODS.includes(name.split(':')[0]!));
}

/** One value a node; NaN where there is none. `group`: answers in the batch. `method`: undefined = the truth. */
export function treeValues(nodes: readonly AnswerTreeNode[], group: readonly number[], { sample, score, critique, truth }: Comparison, method?: ComparedMethod): readonly number[] {
  if (method === undefined) return nodes.map(({ answers, depth }) => truth.values_NT1[group[answers[0]!]! * (truth.width + 1) + depth]!);
  const row = PREFIX_VALUE_ROWS.flatMap((id) => method.credit.rows.filter((one) => one.id === id))[0];
  const geometry = geometryOf({ sample, score, critique });
  return nodes.map(({ answers, depth }) => {
    // before the first token there is no row: the same mean, over all of the group
    if (depth === 0) return answers.reduce((sum, row) => sum + score.outcome_N[group[row]!]!, 0) / answers.length;
    return row === undefined ? Number.NaN : valueAt(row, geometry, { answer: group[answers[0]!]!, token: depth - 1 });
  });
}
