// What the answers of one update came to, in a few numbers: for runs whose records are not all kept.

import type { AnswerSummary } from '../formats/lessonFile';
import type { UpdateRecord } from './record';

export function summariseAnswers({ line, sample, critique }: Pick<UpdateRecord, 'line' | 'sample' | 'critique'>): AnswerSummary {
  const tokens = sample.lengths_N.reduce((sum, one) => sum + one, 0);
  const verdicts = critique.isCorrect_NK.flat();
  return {
    update: line.update, reward: line.reward, accuracy: line.accuracy, steps: verdicts.length / sample.answers, tokens: tokens / sample.answers,
    // no step is wrong where there is none
    rightSteps: verdicts.length === 0 ? 1 : verdicts.filter(Boolean).length / verdicts.length,
  };
}
