// Q-RM (arXiv 2505.23363): a reward model that scores every token, Z, trained on pairs of answers.
// The paper's form standardises Z over the batch's tokens. The released PPO form divides by the spread alone, which lets a
// mostly positive Z push every token up, and takes off what a critic expects (by its own spread) and the distance from the
// reference. The released REINFORCE form gives the last token the answer's mean in place of its own score.

import type { CreditMethod } from '../method';
import { DDOF, statistic } from '../operations/statistic';
import { atEnd } from '../operations/tokenRewards';

export const qrm: CreditMethod = {
  name: 'qrm',
  title: 'Q-RM',
  paper: { title: 'Discriminative Policy Optimization for Token-Level Reward Models', url: 'https://arxiv.org/abs/2505.23363' },
  needs: ['qReward', 'oldLogprobs', 'referenceLogprobs', 'values'],
  parameters: [
    { name: 'centre', label: 'Take off the mean (paper: yes, code: no)', default: 'yes', choices: ['yes', 'no'] },
    { name: 'lastToken', label: 'Score of the last token (REINFORCE code: mean)', default: 'own', choices: ['own', 'mean'] },
    { name: 'klWeight', label: 'Penalty on leaving the reference', default: 0, minimum: 0, maximum: 10 },
    { name: 'valueWeight', label: 'Weight of the critic', default: 0, minimum: 0, maximum: 10 },
    { ...DDOF, default: 0 },
  ],
  explanation:
    'A reward model that was taught to tell good answers from bad ones gives every token a score of its own. '
    + 'The score, in units of its spread over the batch, is the token’s advantage.',
  ours: 'Spreads are those of the whole batch’s tokens, and the forms of paper and code are options.',
  program(c) {
    let Z = c.signal('qReward', 'Z');
    if (c.choice('lastToken') === 'mean') {
      statistic(c, 'mean', Z, 'answer', { id: 'answerMean', label: 'Mean score of the answer' });
      atEnd(c, c.line('ends', 'Answer', '1', { shape: 'answer' }), 'isLast', 'Last token');
      Z = c.line('score', 'Score', 'where({isLast} = 1, {answerMean}, {Z})');
    }
    const ddof = c.number('ddof');
    statistic(c, 'std', Z, 'batch', { id: 'std', label: 'Spread over the batch', ddof });
    let formula = '{Z} / {std}';
    if (c.choice('centre') === 'yes') {
      statistic(c, 'mean', Z, 'batch', { id: 'mean', label: 'Mean over the batch' });
      formula = '({Z} − {mean}) / {std}';
    }
    const names = { Z };
    if (c.number('klWeight') > 0) {
      const used = { old: c.signal('oldLogprobs'), reference: c.signal('referenceLogprobs') };
      c.line('distance', 'Distance from the reference', 'abs({old} − {reference})', { names: used });
      formula += ' − {klWeight} × {distance}';
    }
    if (c.number('valueWeight') > 0) {
      statistic(c, 'std', c.signal('values'), 'batch', { id: 'valueStd', label: 'Spread of the values', ddof });
      formula += ' − {valueWeight} × {values} / {valueStd}';
    }
    return { advantages: c.line('A', 'Advantage of the token', formula, { names }) };
  },
};
