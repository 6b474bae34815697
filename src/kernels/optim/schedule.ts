// Learning-rate schedules in the convention of Hugging Face's LambdaLR: update k counts from 0 and warms up by k/warmup, so that
// with warm-up the first update has rate 0. After warm-up the rate falls from 1 to the least ratio at `totalSteps`, and stays there.
// Fixtures: optimizer.json schedule/* and adamw/* with a schedule (kind, warmup_steps, total_steps, min_lr_ratio).

export const SCHEDULE_KINDS = ['constant', 'linear', 'cosine'] as const;
export type ScheduleKind = (typeof SCHEDULE_KINDS)[number];

export interface LearningRateSchedule {
  readonly kind: ScheduleKind;
  readonly baseRate: number;
  readonly warmupSteps: number;
  /** warm-up included; constant ignores it */
  readonly totalSteps: number;
  /** the last rate as a share of the base rate; constant ignores it */
  readonly leastRatio: number;
}

/** The rate used by update k = 0, 1, 2, ... */
export function learningRateAt(schedule: LearningRateSchedule, update: number): number {
  const { kind, baseRate, warmupSteps, totalSteps, leastRatio } = schedule;
  if (update < warmupSteps) return (baseRate * update) / warmupSteps;
  const progress = Math.min(1, (update - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
  return baseRate * (leastRatio + (1 - leastRatio) * remaining(kind, progress));
}

/** 1 at the start of the fall, 0 at its end. */
function remaining(kind: ScheduleKind, progress: number): number {
  switch (kind) {
    case 'constant': return 1;
    case 'linear': return 1 - progress;
    case 'cosine': return (1 + Math.cos(Math.PI * progress)) / 2;
    default: throw new RangeError(`unknown schedule ${String(kind satisfies never)}`);
  }
}
