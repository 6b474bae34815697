import type { CreditMethodReader, ProgramCase } from '../creditCase';
import { readChoice } from './readChoice';

export const vpr: CreditMethodReader = {
  fixtureMethod: 'vpr',
  read(params): ProgramCase {
    const form = readChoice(params, 'form', { centred: 'centred', return: 'return' });
    const parameters = { form, outcomeWeight: params.number('outcome_weight'), gamma: params.numberOr('gamma', 1) };
    return { method: 'vpr', parameters, rows: form === 'return' ? { returns: 'returns' } : {} };
  },
};
