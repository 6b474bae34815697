// What is at stake at the branches of an answer of task bifurcation: the exact probability that it ends well with the right token there,
// and with any other, if everything after the branch is done right (branches and routine tokens right, a needed repair seized, luck
// drawn evenly: its winners cannot be known). Two equal values: this branch no longer decides, because a repair follows or the
// good state was lost before. By backward induction, which is exact because that course of action looks at the state alone.

import { ALPHABET, courseOf, DIGITS, FILLERS, REPAIR } from './bifurcationRules';
import { valuesByInduction, type StatePolicy } from './bifurcationValues';
import { STOP_TOKEN, type BranchPoint, type Problem } from './task';

export function branchPoints(problem: Problem, answer: string): BranchPoint[] {
  const { roles_T, right_T } = courseOf(problem);
  const tokens = [...answer].slice(0, roles_T.length).map((character) => Math.max(0, ALPHABET.indexOf(character)));
  const [values] = valuesByInduction(problem, faultless(problem), [tokens]);
  return tokens.flatMap((_, token) => {
    if (roles_T[token] !== 'branch') return [];
    const q = (id: number): number => values!.q_TV[token * ALPHABET.length + id]!;
    const right = ALPHABET.indexOf(right_T[token]!);
    return [{ token, right: right_T[token]!, valueRight: q(right), valueWrong: q(ALPHABET.indexOf(FILLERS[0]!)) }];
  });
}

function faultless(problem: Problem): StatePolicy {
  const { roles_T, right_T } = courseOf(problem);
  return ({ position }) => {
    const role = roles_T[position];
    const chosen = role === undefined ? [] : role === 'luck' ? DIGITS : role === 'free' ? FILLERS : role === 'repair' ? [REPAIR] : [right_T[position]!];
    const probabilities_V = new Float64Array(ALPHABET.length);
    for (const character of chosen) probabilities_V[ALPHABET.indexOf(character)] = 1 / chosen.length;
    if (chosen.length === 0) probabilities_V[STOP_TOKEN] = 1;
    return probabilities_V;
  };
}
