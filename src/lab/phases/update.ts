// Phase 6: the optimiser's (last) step, and what it did to the watched answers.

import { learningRateAt } from '../../kernels/optim/schedule';
import { refuseNonFinite } from '../nonFinite';
import type { StepNorms } from '../policyModel';
import type { AfterRecord, SampleRecord, TopTokens } from '../record';
import { answerBatch } from '../rows';
import type { RunContext } from './context';
import { TOP_TOKENS, watchedRows } from './score';

/** One AdamW step at this update's learning rate. */
export async function optimizerStep({ configuration, model }: RunContext, update: number): Promise<StepNorms> {
  const { learningRate, schedule, warmupUpdates, scheduleUpdates, beta1, beta2, epsilon, weightDecay, maximumGradientNorm } = configuration.optimizer;
  const rate = learningRateAt({ kind: schedule, baseRate: learningRate, warmupSteps: warmupUpdates, totalSteps: scheduleUpdates, leastRatio: 0 }, update - 1);
  const { gradientNorm, gradientNormByLayer, ...searched } = await model.step({ learningRate: rate, beta1, beta2, epsilon, weightDecay, maximumGradientNorm });
  refuseNonFinite(searched, update);
  return { gradientNorm, gradientNormByLayer };
}

export interface Updated extends StepNorms {
  readonly after?: AfterRecord;
}

export async function applyUpdate(context: RunContext, update: number, sample: SampleRecord, topBefore: TopTokens | undefined): Promise<Updated> {
  const norms = await optimizerStep(context, update);
  if (topBefore === undefined) return norms;
  const rows = watchedRows(context.watchedAnswers, sample);
  const { count, ids, probabilities, logprobs_NT } = await context.model.topTokens(answerBatch(context.task, sample, rows), context.configuration.sampling.temperature, TOP_TOKENS);
  return { ...norms, after: { watchedAnswers: rows.length, logprobs_WT: logprobs_NT, topBefore, topAfter: { count, ids, probabilities } } };
}
