// The lessons in the order in which they are taught.

import { compareWithGroup } from './compareWithGroup';
import { exactCredit } from './exactCredit';
import type { Lesson } from './lesson';
import { oneScore } from './oneScore';
import { processReward } from './processReward';
import { stepJudge } from './stepJudge';
import { valueCritic } from './valueCritic';

export const LESSONS: readonly Lesson[] = [oneScore, compareWithGroup, valueCritic, stepJudge, processReward, exactCredit];
