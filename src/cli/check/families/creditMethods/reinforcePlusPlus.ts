import type { CreditMethodReader, ProgramCase } from '../creditCase';

export const reinforcePlusPlus: CreditMethodReader = {
  fixtureMethod: 'reinforce_pp',
  read: (params): ProgramCase => (params.flagOr('group_baseline', false)
    ? { method: 'reinforce_pp_baseline', parameters: {}, rows: {} }
    : { method: 'reinforce_pp', parameters: { klWeight: params.numberOr('kl_beta', 0), gamma: params.numberOr('gamma', 1) }, rows: { returns: 'returns' } }),
};
