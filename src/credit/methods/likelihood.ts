// Likelihood rewards (arXiv 2602.03979): the reward is the log-probability of the reference answer after the reasoning, its mean a token,
// its probability (VeriFree), or the mean probability of its tokens; A = R − mean of the others. jepo: log of the group's mean
// probability less the same without this answer. The exact gradient's further term, learning the reference answer, is left out.

import type { CreditBuilder } from '../builder';
import type { CreditMethod, CreditOutputs } from '../method';
import { leaveOneOut } from '../operations/leaveOneOut';
import { referenceProbe } from '../operations/referenceProbe';
import { statistic } from '../operations/statistic';

const MEASURES = { logprob: 'sum', avg_logprob: 'mean', prob: 'expOfSum', avg_prob: 'meanOfExp' } as const;

export const likelihood: CreditMethod = {
  name: 'likelihood',
  title: 'Likelihood rewards',
  paper: { title: 'Likelihood-Based Reward Designs for General LLM Reasoning', url: 'https://arxiv.org/abs/2602.03979' },
  needs: ['answerLogprobs'],
  parameters: [{ name: 'reward', label: 'Reward', default: 'logprob', choices: [...Object.keys(MEASURES), 'jepo'] }],
  explanation:
    'An answer’s reward is how likely the policy finds the right answer after it, compared with the other answers to the problem. '
    + 'The log-probability still tells bad from worse where the chance of being right is almost nothing.',
  program(c) {
    const reward = c.choice('reward');
    if (reward === 'jepo') return jepo(c);
    const R = referenceProbe(c, MEASURES[reward as keyof typeof MEASURES], 'whole', { id: 'R', label: 'Reward of the answer' });
    leaveOneOut(c, R);
    return { advantages: c.line('A', 'Advantage of the answer', '{R} − {others}') };
  },
};

/** Probabilities are floored at 1e-30, so that an answer the policy finds impossible has a logarithm. Alone: no advantage. */
function jepo(c: CreditBuilder): CreditOutputs {
  const p = referenceProbe(c, 'expOfSum', 'whole', { id: 'p', label: 'Probability of the reference answer' });
  const { others, size } = leaveOneOut(c, p);
  const mean = c.line('all', 'Mean of the group', '{sum} / {size}', { names: { sum: statistic(c, 'sum', p, 'problem', { id: 'sum', label: 'Sum of the group' }), size } });
  return { advantages: c.line('A', 'Advantage of the answer', '({size} > 1) × (log(max({all}, 1e-30)) − log(max({others}, 1e-30)))', { names: { size, all: mean, others } }) };
}
