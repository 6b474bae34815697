// GiGPO (arXiv 2505.10978): the advantage of the episode plus w times that of the step among the group's steps from the same state.
// A state met once gives the step nothing. Rows of mean and spread are steps (the released default: long answers weigh more) or
// whole answers. For answers without steps the readings are ours: they do not enter the steps' mean but are compared with it.

import type { CreditBuilder, Handle } from '../builder';
import type { CreditMethod } from '../method';
import { lastStep } from '../operations/lastStep';
import { setStatistic } from '../operations/setStatistic';
import { EPSILON, statistic } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';

export const gigpo: CreditMethod = {
  name: 'gigpo',
  title: 'GiGPO',
  paper: { title: 'Group-in-Group Policy Optimization for LLM Agent Training', url: 'https://arxiv.org/abs/2505.10978' },
  needs: ['outcome', 'stepCorrect', 'states', 'steps'],
  parameters: [
    { name: 'normaliser', label: 'Divide by the spread', default: 'no', choices: ['no', 'yes'] },
    { name: 'gamma', label: 'Discount a step', default: 0.95, minimum: 0, maximum: 1 },
    { name: 'w', label: 'Weight of the step', default: 1, minimum: 0, maximum: 100 },
    { name: 'stepReward', label: 'Reward of a step', default: 'outcome', choices: ['outcome', 'correct and outcome'] },
    { name: 'episodeRows', label: 'Mean and spread of the episode count', default: 'steps', choices: ['steps', 'answers'] },
    EPSILON,
  ],
  explanation:
    'Steps of the group’s answers that start from the same state are compared with each other by the reward that followed. '
    + 'To that comes how good the whole answer was among its group, so a step can be good in a bad answer.',
  ours: 'An answer without steps does not enter the mean over steps, but is compared with it.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const isDivided = c.choice('normaliser') === 'yes';
    lastStep(c);
    const isDense = c.choice('stepReward') !== 'outcome';
    if (isDense) c.signal('stepCorrect');
    const r = c.line('r', 'Reward of the step', isDense ? '{stepCorrect} + {isLast} × {R}' : '{isLast} × {R}');
    const returns = suffixSum(c, r, { id: 'returns', label: 'Return from the step', discount: c.number('gamma') });
    const episode = episodeAdvantage(c, R, isDivided);
    const stateMean = setStatistic(c, 'mean', returns, 'state', { id: 'stateMean', label: 'Mean from the same state' });
    if (isDivided) setStatistic(c, 'std', returns, 'state', { id: 'stateStd', label: 'Spread from the same state' });
    const step = c.line('stepA', 'Advantage of the step', `({returns} − {stateMean})${isDivided ? ' / ({stateStd} + {epsilon})' : ''}`, { names: { returns, stateMean } });
    return { advantages: c.line('A', 'Advantage of the token', '{episode} + {w} × {step}', { shape: 'token', names: { episode, step } }) };
  },
};

function episodeAdvantage(c: CreditBuilder, R: Handle, isDivided: boolean): Handle {
  const rows = c.choice('episodeRows') === 'steps' ? c.line('episodeR', 'Reward at every step', '{R}', { shape: 'step' }) : R;
  const mean = statistic(c, 'mean', rows, 'problem', { id: 'mean', label: 'Mean of the group' });
  if (isDivided) {
    const std = statistic(c, 'std', rows, 'problem', { id: 'std', label: 'Spread of the group' });
    return c.line('episode', 'Advantage of the episode', '({std} > 0) × ({R} − {mean}) / ({std} + {epsilon})', { names: { R, mean, std } });
  }
  const count = statistic(c, 'count', rows, 'problem', { id: 'count', label: 'Entries of the group' });
  return c.line('episode', 'Advantage of the episode', '({count} > 1) × ({R} − {mean})', { names: { R, mean, count } });
}
