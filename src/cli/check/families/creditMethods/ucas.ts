import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const ucas: CreditMethodReader = {
  fixtureMethod: 'ucas',
  read: (params) => ({
    method: 'ucas',
    parameters: {
      betaPositive: params.number('beta_positive'), betaNegative: params.number('beta_negative'), logitWeight: params.number('logit_coef'),
      confidence: readChoice(params, 'confidence', { sum: 'sum', mean: 'mean' }), ddof: params.numberOr('ddof', 1), epsilon: params.number('eps'),
    },
    rows: { confidence_z: 'h' },
  }),
};
