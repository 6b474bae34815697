import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const clipDelta: CreditMethodReader = {
  fixtureMethod: 'clip_delta',
  read: (params) => ({
    method: 'clip_delta',
    parameters: {
      clip: params.flagOr('clip', true) ? 'yes' : 'no', delta: params.flagOr('delta', true) ? 'yes' : 'no', eta: params.number('eta'),
      last: readChoice(params, 'last', { answer_zero: 'answer_zero', own_score: 'own_score' }), processWeight: params.number('process_weight'),
      gamma: params.number('gamma'), lambda: params.number('lam'),
    },
    rows: { step_rewards: 'r', returns_to_go: 'returns' },
  }),
};
