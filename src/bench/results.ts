// What a benchmark run found. Times in milliseconds, rates in GFLOP/s (1e9 floating-point operations a second).

import type { CreditRates } from './creditRates';
import type { GpuCounts } from './gpuCounters';
import type { MatmulRate } from './matmulRates';
import type { RolloutRate } from './rollout';
import type { TrainingShape } from './trainingShape';

export interface EngineSteps {
  /** from asking for a device to the end of the first step */
  readonly startUpMs: number;
  readonly stepMs: readonly number[];
  readonly medianMs: number;
  /** before each step, the warm-up step's first */
  readonly losses: readonly number[];
  /** of one step; heldBytes: what the step left behind */
  readonly step?: GpuCounts;
  /** of all its GPU buffers, after the steps */
  readonly heldBytes: number;
}

export interface StepComparison {
  readonly shape: TrainingShape;
  /** of the step's matrix products */
  readonly operations: number;
  readonly ours: EngineSteps;
  /** absent where jax-js does not run (Node) */
  readonly jaxJs?: EngineSteps;
  /** jax-js' median over ours */
  readonly timesAsFast?: number;
  /** largest difference of two losses of the same step */
  readonly largestLossDifference?: number;
}

export interface StepRate {
  readonly shape: TrainingShape;
  readonly gigaflops: number;
  /** of the best rate */
  readonly share: number;
}

export interface PacedStep { readonly paceMs: number; readonly medianMs: number; readonly counts: GpuCounts }

export interface GrowthRow {
  readonly axis: 'batch' | 'length' | 'width' | 'depth';
  readonly value: number;
  readonly stepMs: number;
  readonly rolloutMs: number;
  readonly rolloutTokens: number;
}

export interface KernelTime {
  /** kernel and variant */
  readonly kernel: string;
  readonly calls: number;
  readonly ms: number;
  readonly share: number;
}

export interface Profile {
  readonly of: string;
  readonly kernels: readonly KernelTime[];
}

/** Our step on the processor, through wasm SIMD. */
export interface ProcessorStep { readonly threads: number; readonly medianMs: number; readonly gigaflops: number }

export interface BenchResults {
  readonly adapter: string;
  readonly isSoftwareAdapter: boolean;
  readonly where: string;
  readonly steps: readonly StepComparison[];
  readonly paced?: PacedStep;
  /** with one thread, and with several where there are more */
  readonly processor: readonly ProcessorStep[];
  readonly rollouts: readonly (RolloutRate & { readonly shape: TrainingShape })[];
  readonly matmul?: {
    readonly rates: readonly MatmulRate[];
    readonly best: MatmulRate;
    readonly steps: readonly StepRate[];
  };
  /** on WebGPU, and on the processor */
  readonly credit: readonly (CreditRates & { readonly on: string })[];
  readonly growth: readonly GrowthRow[];
  readonly profiles: readonly Profile[];
}
