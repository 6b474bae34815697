import type { CreditMethodReader } from '../creditCase';
import { readGroupOfOne } from './groupOfOne';

export const grpo: CreditMethodReader = {
  fixtureMethod: 'grpo',
  read: (params) => ({
    method: 'grpo',
    parameters: { epsilon: params.number('eps'), ddof: params.numberOr('ddof', 1), groupOfOne: readGroupOfOne(params) },
    rows: {},
  }),
};
