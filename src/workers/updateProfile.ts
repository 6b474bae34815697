// Where the policy's worker spends an update: time by phase and kernel, dearest first. On WebGPU by timestamp queries, on the processor
// by the clock. The value model and the critics work elsewhere and are not in it, nor is the time between kernels.

import type { Executor } from '../gpu/executor';
import type { Phase } from '../lab/record';

export interface ProfiledKernel {
  readonly phase: Phase;
  /** kernel and variant */
  readonly kernel: string;
  readonly calls: number;
  readonly ms: number;
  /** of all kernels' time */
  readonly share: number;
}

export interface UpdateProfile {
  readonly update: number;
  readonly executor: Executor['kind'];
  /** null where the device gives no timestamps */
  readonly kernels: readonly ProfiledKernel[] | null;
  /** calls that were not timed */
  readonly missed: number;
}

export class UpdateProfiler {
  private readonly totals = new Map<string, { readonly phase: Phase; readonly kernel: string; calls: number; ms: number }>();
  private executor: Executor['kind'] = 'cpu';
  private isSupported = true;
  private missed = 0;

  /** Does one phase's work and times it. */
  async phase<Result>(executor: Executor, phase: Phase, work: () => Promise<Result>): Promise<Result> {
    this.executor = executor.kind;
    this.isSupported = executor.startTiming();
    if (!this.isSupported) return work();
    try {
      return await work();
    } finally {
      const { calls, missed } = await executor.stopTiming();
      this.missed += missed;
      for (const { label, ms } of calls) this.add(phase, label, ms);
    }
  }

  profileOf(update: number): UpdateProfile {
    const all = [...this.totals.values()];
    const sum = all.reduce((total, { ms }) => total + ms, 0);
    const kernels = all.map((one) => ({ ...one, share: sum === 0 ? 0 : one.ms / sum })).toSorted((a, b) => b.ms - a.ms);
    return { update, executor: this.executor, kernels: this.isSupported ? kernels : null, missed: this.missed };
  }

  private add(phase: Phase, kernel: string, ms: number): void {
    const key = `${phase} ${kernel}`;
    const total = this.totals.get(key) ?? { phase, kernel, calls: 0, ms: 0 };
    total.calls++;
    total.ms += ms;
    this.totals.set(key, total);
  }
}
