import type { CreditMethodReader, ProgramCase } from '../creditCase';
import { readGroupOfOne } from './groupOfOne';

/** Dr. GRPO is GRPO without the spread; a case that says what a group of one gets is read as that. */
export const drGrpo: CreditMethodReader = {
  fixtureMethod: 'dr_grpo',
  read: (params): ProgramCase => (params.has('group_of_one')
    ? { method: 'grpo', parameters: { std: 'none', groupOfOne: readGroupOfOne(params) }, rows: {} }
    : { method: 'dr_grpo', parameters: {}, rows: {} }),
};
