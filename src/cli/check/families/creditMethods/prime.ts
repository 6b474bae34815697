import type { CreditMethodReader } from '../creditCase';

export const prime: CreditMethodReader = {
  fixtureMethod: 'prime',
  read: (params) => ({
    method: 'prime',
    parameters: { norm: params.flagOr('norm', false) ? 'yes' : 'no', coefProcess: params.number('coef_process'), coefOutcome: params.number('coef_outcome') },
    rows: { returns: 'returns' },
  }),
};
