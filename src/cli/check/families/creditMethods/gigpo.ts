import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const gigpo: CreditMethodReader = {
  fixtureMethod: 'gigpo',
  read: (params) => ({
    method: 'gigpo',
    parameters: {
      normaliser: readChoice(params, 'normaliser', { mean_norm: 'no', mean_std_norm: 'yes' }), gamma: params.number('gamma'), w: params.number('w'),
      stepReward: readChoice(params, 'step_reward', { outcome_at_last: 'outcome', step_correct_plus_outcome: 'correct and outcome' }),
      episodeRows: readChoice(params, 'episode_rows', { steps: 'steps', trajectories: 'answers' }), epsilon: params.numberOr('eps', 1e-6),
    },
    rows: { step_returns: 'returns', episode_advantage: 'episode', step_advantage: 'stepA' },
  }),
};
