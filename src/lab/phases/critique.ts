// Phase 3: the steps of every answer, the exact checker's verdicts, and the critiques that a noisy critic makes of them.

import { exactCritiques } from '../../critics/exactCritic';
import { streamKey } from '../../random/threefry';
import type { Task } from '../../tasks/task';
import { answerSteps } from '../answerSteps';
import type { CriticConfiguration } from '../configuration';
import type { CritiqueRecord, SampleRecord } from '../record';
import { everyRow, tokensOf } from '../rows';

export function critique(task: Task, critic: CriticConfiguration, seed: number, update: number, sample: SampleRecord): CritiqueRecord {
  const judged = everyRow(sample).map((n) => answerSteps(task, sample.problems_P[sample.problem_N[n]!]!, tokensOf(sample, n)));
  const isCorrect_NK = judged.map(({ verdicts_K }) => verdicts_K.map((one) => one.isCorrect));
  return {
    steps_NK: judged.map(({ steps_K }) => steps_K),
    critiques_Nk: exactCritiques(isCorrect_NK, critic, streamKey(seed, 'critique', update)),
    isCorrect_NK,
    canReachAnswer_NK: judged.map(({ verdicts_K }) => verdicts_K.map((one) => one.canReachAnswer)),
  };
}
