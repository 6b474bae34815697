// Time by kernel of one training step and of one rollout, through timestamp queries.

import type { OpenDevice } from '../gpu/device';
import { Timestamps, type TimedCall } from '../gpu/timestamps';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';
import { EngineTraining } from './engineTraining';
import type { KernelTime, Profile } from './results';
import { prepareRollout } from './rollout';
import { describeShape, trainingData, type TrainingShape } from './trainingShape';

/** Empty where the device has no timestamps. */
export async function profiles(open: OpenDevice, shape: TrainingShape, answers: number): Promise<Profile[]> {
  if (!Timestamps.isSupported(open.device)) return [];
  const executor = new WebGpuExecutor(open);
  const training = await EngineTraining.create(executor, shape, trainingData(shape));
  const step = await callTimes(open, executor, () => training.step());
  training.release();
  const rollout = await prepareRollout(executor, shape, answers);
  const sample = await callTimes(open, executor, rollout.sample);
  rollout.release();
  return [
    { of: `training step, ${describeShape(shape)}`, kernels: byKernel(step) },
    { of: `rollout of ${answers} answers, ${describeShape(shape)}`, kernels: byKernel(sample) },
  ];
}

/** Runs `work` twice and times the second. */
async function callTimes(open: OpenDevice, executor: WebGpuExecutor, work: () => Promise<unknown>): Promise<TimedCall[]> {
  await work();
  const timestamps = new Timestamps(open.device);
  executor.timestamps = timestamps;
  await work();
  executor.timestamps = undefined;
  const times = await timestamps.collect();
  timestamps.destroy();
  return times;
}

/** Dearest first. */
export function byKernel(calls: readonly TimedCall[]): KernelTime[] {
  const totals = new Map<string, { calls: number; ms: number }>();
  for (const { label, ms } of calls) {
    const before = totals.get(label);
    totals.set(label, { calls: (before?.calls ?? 0) + 1, ms: (before?.ms ?? 0) + ms });
  }
  const all = calls.reduce((sum, { ms }) => sum + ms, 0);
  return [...totals].map(([kernel, total]) => ({ kernel, ...total, share: all === 0 ? 0 : total.ms / all })).toSorted((a, b) => b.ms - a.ms);
}
