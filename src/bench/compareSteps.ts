// Training steps of our engine and of jax-js in turn (ours, theirs, ours, theirs ...), after a warm-up step each, in
// which both compile. The steps of both train on, so their losses show whether they did the same.

import type { Executor } from '../gpu/executor';
import { EngineTraining } from './engineTraining';
import type { GpuCounters, GpuCounts } from './gpuCounters';
import type { EngineSteps, StepComparison } from './results';
import { median } from './timing';
import { describeShape, stepOperations, trainingData, type TrainingShape } from './trainingShape';

const STEPS = 5;

interface Contender { step(): Promise<number>; release(): void }

class Measured {
  readonly stepMs: number[] = [];
  readonly losses: number[] = [];
  counts: GpuCounts | undefined;

  constructor(private readonly contender: Contender, readonly startUpMs: number, firstLoss: number, private heldBytes: number) {
    this.losses.push(firstLoss);
  }

  async step(counters: GpuCounters | undefined): Promise<void> {
    const step = async (): Promise<void> => {
      const started = performance.now();
      this.losses.push(await this.contender.step());
      this.stepMs.push(performance.now() - started);
    };
    if (counters === undefined) return step();
    this.counts = await counters.during(step);
    this.heldBytes += this.counts.heldBytes;
  }

  results(): EngineSteps {
    const { startUpMs, stepMs, losses, counts, heldBytes } = this;
    return { startUpMs, stepMs, medianMs: median(stepMs), losses, step: counts, heldBytes };
  }
}

/** `open` opens the device that ours runs on: opening counts as start-up. Resolves with the executor too, which goes on living. */
export async function compareSteps(
  open: () => Promise<Executor>, shape: TrainingShape, withPeer: boolean, counters: GpuCounters | undefined, say: (sentence: string) => void,
): Promise<{ comparison: StepComparison; executor: Executor }> {
  const data = trainingData(shape);
  say(`${describeShape(shape)}: ours starts`);
  let executor: Executor | undefined;
  const ours = await start(async () => {
    executor = await open();
    return EngineTraining.create(executor, shape, data);
  }, counters);
  if (withPeer) say(`${describeShape(shape)}: jax-js starts`);
  // loaded where it is used: the headless commands do without jax-js
  const theirs = withPeer ? await start(async () => (await import('./jaxTraining')).JaxTraining.create('webgpu', shape, data), counters) : undefined;
  for (let i = 0; i < STEPS; i++) {
    await ours!.measured.step(counters);
    await theirs?.measured.step(counters);
    say(`${describeShape(shape)}: step ${i + 1} of ${STEPS}: ours ${ours!.measured.stepMs.at(-1)!.toFixed(0)} ms${theirs === undefined ? '' : `, jax-js ${theirs.measured.stepMs.at(-1)!.toFixed(0)} ms`}`);
  }
  ours!.contender.release();
  theirs?.contender.release();
  const found = { ours: ours!.measured.results(), jaxJs: theirs?.measured.results() };
  const comparison: StepComparison = {
    shape, operations: stepOperations(shape), ...found,
    timesAsFast: found.jaxJs && found.jaxJs.medianMs / found.ours.medianMs,
    largestLossDifference: found.jaxJs && Math.max(...found.jaxJs.losses.map((loss, i) => Math.abs(loss - found.ours.losses[i]!))),
  };
  return { comparison, executor: executor! };
}

async function start(create: () => Promise<Contender | undefined>, counters: GpuCounters | undefined) {
  const held = counters?.counts.heldBytes ?? 0;
  const started = performance.now();
  const contender = await create();
  if (contender === undefined) return undefined;
  const loss = await contender.step();
  const startUpMs = performance.now() - started;
  return { contender, measured: new Measured(contender, startUpMs, loss, (counters?.counts.heldBytes ?? 0) - held) };
}
