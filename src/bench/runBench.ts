// The whole benchmark, in a page or in Node: training steps beside jax-js, paced steps, rollouts, matmul rates, growth
// and, where asked for, time by kernel.

import { CpuExecutor } from '../gpu/cpuExecutor';
import { openDevice, type OpenDevice } from '../gpu/device';
import type { Executor } from '../gpu/executor';
import type { ThreadSupply } from '../gpu/threadPool';
import { WebGpuExecutor } from '../gpu/webgpuExecutor';
import { compareSteps } from './compareSteps';
import { EngineTraining } from './engineTraining';
import { creditRates } from './creditRates';
import { GpuCounters } from './gpuCounters';
import { AXES, growthTable, stepTime } from './growth';
import { bestRate, CUSTOMARY_SIZES, matmulRates, type MatmulSize } from './matmulRates';
import { profiles } from './profile';
import type { BenchResults, GrowthRow, PacedStep, ProcessorStep, Profile, StepComparison, StepRate } from './results';
import { rolloutRate } from './rollout';
import { median, timed } from './timing';
import { LARGE_SHAPE, linearShapes, REFERENCE_SHAPE, SMALL_SHAPE, stepOperations, trainingData, type TrainingShape } from './trainingShape';

export const PARTS = ['steps', 'processor', 'rollouts', 'credit', 'matmul', 'growth', 'profile'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  /** beside jax-js; only in a browser */
  readonly withPeer: boolean;
  /** tiny shapes: shows in seconds that everything runs, measures nothing worth reading */
  readonly isQuick: boolean;
  /** for the processor's step, which is also done with one */
  readonly threads?: ThreadSupply;
  /** for a person: browser or Node, processor */
  readonly where: string;
}

const PACE_MS = 30;
const PACED_STEPS = 5;
const TINY_SHAPE: TrainingShape = { layers: 2, width: 32, heads: 2, length: 8, batch: 4, vocabulary: 16 };

export async function runBench(gpu: GPU | undefined, options: BenchOptions, say: (sentence: string) => void): Promise<BenchResults> {
  const { parts, isQuick } = options;
  const open = await openDevice(gpu);
  const reference = isQuick ? TINY_SHAPE : REFERENCE_SHAPE;
  const shapes = isQuick ? [TINY_SHAPE] : open.isFallback ? [REFERENCE_SHAPE, SMALL_SHAPE] : [REFERENCE_SHAPE, SMALL_SHAPE, LARGE_SHAPE];
  const executor = new WebGpuExecutor(open);
  const isIn = (part: Part): boolean => parts.includes(part);

  const steps: StepComparison[] = [];
  let paced: PacedStep | undefined;
  const processor: ProcessorStep[] = [];
  if (isIn('steps')) {
    for (const shape of shapes) steps.push(await stepsOf(gpu, shape, options, say));
    paced = await pacedSteps(open, reference);
    say(`paced: ${paced.medianMs.toFixed(0)} ms`);
  }
  if (isIn('steps') || isIn('processor')) {
    for (const supply of options.threads === undefined || options.threads.count === 1 ? [undefined] : [undefined, options.threads]) {
      const cpu = new CpuExecutor({ useSimd: true, threads: supply });
      const ms = await stepTime(cpu, reference);
      cpu.destroy();
      processor.push({ threads: cpu.threads, medianMs: ms, gigaflops: stepOperations(reference) / ms / 1e6 });
      say(`on the processor, threads ${cpu.threads}: ${ms.toFixed(0)} ms`);
    }
  }

  const rollouts: BenchResults['rollouts'][number][] = [];
  if (isIn('rollouts')) {
    for (const answers of isQuick ? [8] : [64, 512]) {
      const rate = await rolloutRate(executor, reference, answers);
      rollouts.push({ shape: reference, ...rate });
      say(`rollout of ${answers} answers: ${rate.tokensPerSecond.toFixed(0)} tokens/s`);
    }
  }

  const credit: BenchResults['credit'][number][] = [];
  if (isIn('credit')) {
    const [answers, tokens] = isQuick ? [16, 8] : [512, 64];
    const processor = new CpuExecutor({ useSimd: true, threads: options.threads });
    for (const [on, one] of [['WebGPU', executor], ['the processor', processor]] as const) {
      const rates = await creditRates(one, answers, tokens);
      credit.push({ on, ...rates });
      say(`credit on ${on}: ${rates.methods} methods in ${rates.creditMs.toFixed(0)} ms, an update ${rates.updateMs.toFixed(0)} ms`);
    }
    processor.destroy();
  }

  let matmul: BenchResults['matmul'];
  if (isIn('matmul')) {
    const sizes: readonly MatmulSize[] = isQuick ? linearShapes(reference).slice(0, 1) : [...CUSTOMARY_SIZES, ...shapes.filter((one) => one !== SMALL_SHAPE).flatMap(linearShapes)];
    const rates = await matmulRates(open, sizes, (one) => say(`${one.kernel} ${one.variant} ${one.size}: ${one.gigaflops.toFixed(2)} GFLOP/s`));
    const best = bestRate(rates);
    const stepRates: StepRate[] = [];
    for (const shape of shapes) {
      const ms = steps.find((one) => one.shape === shape)?.ours.medianMs ?? await stepTime(executor, shape);
      const gigaflops = stepOperations(shape) / ms / 1e6;
      stepRates.push({ shape, gigaflops, share: gigaflops / best.gigaflops });
    }
    matmul = { rates, best, steps: stepRates };
  }

  const growth: GrowthRow[] = isIn('growth') ? await growthTable(executor, isQuick ? TINY_SHAPE : SMALL_SHAPE, isQuick ? ['batch'] : AXES, say) : [];
  const profiled: Profile[] = [];
  if (isIn('profile')) for (const shape of shapes.filter((one) => one !== SMALL_SHAPE)) profiled.push(...await profiles(open, shape, isQuick ? 8 : 64));
  const results = { adapter: open.description, isSoftwareAdapter: open.isFallback, where: options.where, steps, paced, processor, rollouts, credit, matmul, growth, profiles: profiled };
  executor.destroy();
  return results;
}

/** On a device of its own, so that start-up counts opening it. */
async function stepsOf(gpu: GPU | undefined, shape: TrainingShape, { withPeer }: BenchOptions, say: (sentence: string) => void): Promise<StepComparison> {
  const counters = new GpuCounters();
  const open = async (): Promise<Executor> => new WebGpuExecutor(await openDevice(gpu));
  try {
    const { comparison, executor } = await compareSteps(open, shape, withPeer, counters, say);
    executor.destroy();
    return comparison;
  } finally {
    counters.remove();
  }
}

/** As in the page: pieces of about 30 ms, each awaited. The pacer learns each call's cost over the first steps. */
async function pacedSteps(open: OpenDevice, shape: TrainingShape): Promise<PacedStep> {
  const executor = new WebGpuExecutor(open, { paceMs: PACE_MS });
  const training = await EngineTraining.create(executor, shape, trainingData(shape));
  for (let i = 0; i < PACED_STEPS; i++) await training.step();
  const times: number[] = [];
  for (let i = 0; i < PACED_STEPS; i++) times.push(await timed(() => training.step()));
  const counters = new GpuCounters();
  const counts = await counters.during(() => training.step());
  counters.remove();
  training.release();
  return { paceMs: PACE_MS, medianMs: median(times), counts };
}
