// How the time of a step and of a rollout grows with batch, length, width and depth, each alone, from one base.

import type { Executor } from '../gpu/executor';
import { EngineTraining } from './engineTraining';
import type { GrowthRow } from './results';
import { rolloutRate } from './rollout';
import { medianTime } from './timing';
import { trainingData, type TrainingShape } from './trainingShape';

const REPETITIONS = 3;
const LIMIT_MS = 1500;
/** rollouts of a training batch of 16 sample this many answers */
const ANSWERS_PER_SEQUENCE = 4;

type Axis = GrowthRow['axis'];
export const AXES: readonly Axis[] = ['batch', 'length', 'width', 'depth'];
const FACTORS = [0.5, 1, 2, 4];

function grown(base: TrainingShape, axis: Axis, factor: number): { shape: TrainingShape; value: number } {
  switch (axis) {
    case 'batch': return { shape: { ...base, batch: base.batch * factor }, value: base.batch * factor };
    case 'length': return { shape: { ...base, length: base.length * factor }, value: base.length * factor };
    case 'width': return { shape: { ...base, width: base.width * factor }, value: base.width * factor };
    case 'depth': return { shape: { ...base, layers: base.layers * factor }, value: base.layers * factor };
  }
}

export async function growthTable(executor: Executor, base: TrainingShape, axes: readonly Axis[], say: (sentence: string) => void): Promise<GrowthRow[]> {
  const rows: GrowthRow[] = [];
  for (const axis of axes) {
    for (const factor of FACTORS) {
      const { shape, value } = grown(base, axis, factor);
      const stepMs = await stepTime(executor, shape);
      const rollout = await rolloutRate(executor, shape, shape.batch * ANSWERS_PER_SEQUENCE);
      const row = { axis, value, stepMs, rolloutMs: rollout.ms, rolloutTokens: rollout.answers * rollout.answerLength };
      rows.push(row);
      say(`growth: ${axis} ${value}: step ${stepMs.toFixed(0)} ms, rollout ${rollout.ms.toFixed(0)} ms`);
    }
  }
  return rows;
}

export async function stepTime(executor: Executor, shape: TrainingShape): Promise<number> {
  const training = await EngineTraining.create(executor, shape, trainingData(shape));
  await training.step();
  const ms = await medianTime(() => training.step(), REPETITIONS, LIMIT_MS);
  training.release();
  return ms;
}
