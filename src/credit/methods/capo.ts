// CAPO (arXiv 2508.02298): outcome and step verdicts are summed into a token reward R = W × correct − P × flag, then
// normalised over all tokens of all answers to the problem, each token counting once. Flags are the critiques' vote.
// Ours, where the paper is silent: the tie rule is explicit, missing critiques do not vote, ddof and epsilon are options.

import type { VotingRule } from '../../lab/configuration';
import type { CreditMethod } from '../method';
import { DDOF, EPSILON, statistic } from '../operations/statistic';
import { vote, VOTING_RULES } from '../operations/vote';

export const capo: CreditMethod = {
  name: 'capo',
  title: 'CAPO',
  paper: { title: 'CAPO: Towards Enhancing LLM Reasoning through Generative Credit Assignment', url: 'https://arxiv.org/abs/2508.02298' },
  needs: ['correct', 'steps', 'critiques'],
  parameters: [
    { name: 'W', label: 'Weight of the outcome', default: 2, minimum: 0, maximum: 100 },
    { name: 'P', label: 'Penalty on the tokens of a wrong step', default: 1, minimum: 0, maximum: 100 },
    { name: 'rule', label: 'Voting rule', default: 'intersection', choices: Object.keys(VOTING_RULES) },
    DDOF,
    EPSILON,
  ],
  explanation:
    'A critic reads the answer several times and its votes flag wrong steps; the tokens of a flagged step lose a penalty from the reward of the answer. '
    + 'The token rewards are then compared over all tokens of all answers to the same problem, so a wrong step in a right answer earns less than the steps around it.',
  ours: 'The rule for ties, epsilon and the kind of spread are options here, and a missing critique does not vote.',
  program(c) {
    c.signal('correct');
    vote(c, c.choice('rule') as VotingRule, 'flag', 'Step is called wrong');
    const R = c.line('R', 'Reward of the token', '{W} × {correct} − {P} × {flag}', { shape: 'token' });
    statistic(c, 'mean', R, 'problem', { id: 'mean', label: 'Mean over the problem’s tokens' });
    statistic(c, 'std', R, 'problem', { id: 'std', label: 'Spread over the problem’s tokens', ddof: c.number('ddof') });
    return { advantages: c.line('A', 'Advantage of the token', '({R} − {mean}) / ({std} + {epsilon})') };
  },
};
