// Learning rate of an update (Hugging Face LambdaLR convention): linear warm-up k / warmup, so update 0 has rate 0
// when there is a warm-up; then constant, linear to 0, or half a cosine down to `floor` times the base rate.

import type { Schedule } from './configuration';

export interface ScheduleSettings {
  readonly schedule: Schedule;
  readonly learningRate: number;
  readonly warmupUpdates: number;
  readonly scheduleUpdates: number;
  /** lowest rate as a share of the base rate; cosine only */
  readonly floor?: number;
}

export function learningRateAt(update: number, { schedule, learningRate, warmupUpdates, scheduleUpdates, floor = 0 }: ScheduleSettings): number {
  if (update < warmupUpdates) return (learningRate * update) / warmupUpdates;
  if (schedule === 'constant') return learningRate;
  const length = Math.max(1, scheduleUpdates - warmupUpdates);
  const progress = Math.min(1, (update - warmupUpdates) / length);
  if (schedule === 'linear') return learningRate * (1 - progress);
  return learningRate * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
