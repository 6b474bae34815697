import type { CreditMethodReader } from '../creditCase';

export const drGrpo: CreditMethodReader = { fixtureMethod: 'dr_grpo', read: () => ({ method: 'dr_grpo', parameters: {}, rows: {} }) };
