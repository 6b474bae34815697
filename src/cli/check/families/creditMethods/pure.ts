import { NotKnown } from '../../family';
import type { CreditMethodReader, ProgramCase } from '../creditCase';
import { readChoice } from './readChoice';

export const pure: CreditMethodReader = {
  fixtureMethod: 'pure',
  read(params): ProgramCase {
    const credit = readChoice(params, 'credit', { softmin: 'softmin', sum: 'sum', strict_steps: 'strict_steps', strict_dense: 'strict_dense' });
    const baseline = readChoice(params, 'baseline', { token: 'token', step: 'step', verl: 'verl' });
    if (credit.startsWith('strict') && baseline !== 'verl') throw new NotKnown(`credit ${credit} with baseline ${baseline}`);
    return {
      method: 'pure',
      parameters: {
        credit, baseline, temperature: params.number('temperature'), verifierWeight: params.number('vr_coef'), klWeight: params.number('kl_beta'),
        zeroStepEnds: params.flagOr('zero_step_ends', false) ? 'yes' : 'no',
      },
      rows: credit.startsWith('strict') ? {} : { step_rewards: baseline === 'verl' ? 'r' : 'above' },
    };
  },
};
