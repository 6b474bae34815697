// Counts what any engine asks of WebGPU: dispatches, submits, and bytes of buffers alive. Works on the prototypes, so it
// counts engines that know nothing of it; at most one counter is installed at a time.

export interface GpuCounts {
  readonly dispatches: number;
  readonly submits: number;
  /** alive now, counted since the counter was installed */
  readonly heldBytes: number;
}

type Method = (this: object, ...args: never[]) => unknown;

export class GpuCounters {
  private dispatches = 0;
  private submits = 0;
  private heldBytes = 0;
  private readonly sizes = new WeakMap<object, number>();
  private readonly restore: (() => void)[] = [];

  constructor() {
    this.watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => { this.dispatches++; });
    this.watch(GPUQueue.prototype, 'submit', () => { this.submits++; });
    this.watch(GPUDevice.prototype, 'createBuffer', (made) => {
      const { size } = made as GPUBuffer;
      this.sizes.set(made as object, size);
      this.heldBytes += size;
    });
    this.watch(GPUBuffer.prototype, 'destroy', (_, buffer) => {
      this.heldBytes -= this.sizes.get(buffer) ?? 0;
      this.sizes.delete(buffer);
    });
  }

  get counts(): GpuCounts {
    const { dispatches, submits, heldBytes } = this;
    return { dispatches, submits, heldBytes };
  }

  /** What `work` added to the counts. */
  async during(work: () => Promise<unknown>): Promise<GpuCounts> {
    const before = this.counts;
    await work();
    const after = this.counts;
    return { dispatches: after.dispatches - before.dispatches, submits: after.submits - before.submits, heldBytes: after.heldBytes - before.heldBytes };
  }

  remove(): void {
    for (const one of this.restore) one();
  }

  private watch<T extends object, K extends keyof T & string>(prototype: T, name: K, after: (result: unknown, self: object) => void): void {
    const original = prototype[name] as unknown as Method;
    const watched: Method = function watched(...args) {
      const result = original.apply(this, args);
      after(result, this);
      return result;
    };
    Object.defineProperty(prototype, name, { value: watched, configurable: true, writable: true });
    this.restore.push(() => Object.defineProperty(prototype, name, { value: original, configurable: true, writable: true }));
  }
}
