import type { CreditMethodReader } from '../creditCase';
import { readChoice } from './readChoice';

export const decs: CreditMethodReader = {
  fixtureMethod: 'decs',
  read: (params) => ({
    method: 'decs',
    parameters: { b: params.number('b'), shorter: readChoice(params, 'shorter', { fill: 'fill', exclude: 'exclude' }), ddof: params.numberOr('ddof', 1), epsilon: params.number('eps') },
    rows: { token_rewards: 'r' },
  }),
};
