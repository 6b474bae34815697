// One line a credit method of credit.json.

import type { CreditMethodReader } from '../creditCase';
import { capo } from './capo';
import { gae } from './gae';
import { grpo } from './grpo';
import { reinforcePlusPlus } from './reinforcePlusPlus';
import { rloo } from './rloo';

export const CREDIT_METHODS: readonly CreditMethodReader[] = [capo, grpo, rloo, reinforcePlusPlus, gae];
