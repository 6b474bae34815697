// Runs plans on the processor: through the kernels' twins, which are the specification, or, where a kernel has one
// and it is asked for, through its wasm SIMD body, alone or with threads. Threads change no bit of any result, so the
// description, which names whose bits a run's are, does not count them.

import { asSlice, viewElements, type BufferOrSlice, type ElementArray, type PlanBuffer, type Slice } from './buffer';
import type { CallTimes, Executor, PlanRun } from './executor';
import type { Kernel, SimdContext, SimdModule, TwinArrays, WithoutRange, Work } from './kernel';
import { LinearMemory } from './linearMemory';
import { resolveScalars, type Call, type KernelCall, type Plan, type Variables } from './plan';
import type { TimedCall } from './timestamps';
import { ThreadPool, type ThreadSupply } from './threadPool';

export interface CpuOptions {
  /** use the wasm SIMD bodies where kernels have them; the twins alone otherwise */
  readonly useSimd?: boolean;
  /** for the wasm SIMD bodies; this thread alone otherwise */
  readonly threads?: ThreadSupply;
}

export class CpuExecutor implements Executor, SimdContext {
  readonly kind = 'cpu';
  readonly description: string;
  readonly kernelChoice = {};
  readonly maxBindingBytes = 2 ** 31 - 4;
  readonly threads: number;
  private readonly memory: LinearMemory;
  private readonly pool: ThreadPool | undefined;
  private readonly addresses = new Map<PlanBuffer, number>();
  private readonly modules = new Map<SimdModule, WebAssembly.Exports>();
  private readonly useSimd: boolean;
  /** while set, every call is timed by the clock */
  private times: TimedCall[] | undefined;
  private scratchBlock = { address: 0, bytes: 0 };

  constructor({ useSimd = false, threads }: CpuOptions = {}) {
    this.useSimd = useSimd;
    this.threads = useSimd && threads !== undefined ? threads.count : 1;
    this.memory = new LinearMemory(this.threads > 1);
    this.pool = this.threads > 1 ? new ThreadPool(this.memory.memory, threads!) : undefined;
    this.description = useSimd ? 'CPU (wasm SIMD)' : 'CPU (TypeScript twins)';
  }

  async prepare(plan: Plan): Promise<void> {
    this.allocate(...plan.buffers());
    if (!this.useSimd) return;
    for (const call of plan.calls) {
      const module = call.kind === 'kernel' ? call.kernel.simd?.module : undefined;
      if (module !== undefined && !this.modules.has(module)) this.modules.set(module, await this.instantiate(module));
    }
  }

  allocate(...buffers: PlanBuffer[]): void {
    for (const buffer of buffers) if (!this.addresses.has(buffer)) this.addresses.set(buffer, this.memory.allocate(buffer.length * 4));
  }

  async run(plan: Plan, iterations: readonly Variables[] = [{}]): Promise<void> {
    for (const variables of iterations) for (const call of plan.calls) this.step(call, variables);
  }

  write(target: BufferOrSlice, data: ElementArray): void {
    const view = this.view(asSlice(target));
    if (data.length > view.length) throw new RangeError(`write of ${data.length} elements into ${view.length}`);
    view.set(data as never);
  }

  async read(target: BufferOrSlice): Promise<ElementArray> {
    return this.view(asSlice(target)).slice() as ElementArray;
  }

  async runAndRead(runs: readonly PlanRun[], targets: readonly BufferOrSlice[]): Promise<ElementArray[]> {
    for (const { plan, iterations } of runs) await this.run(plan, iterations);
    return Promise.all(targets.map((target) => this.read(target)));
  }

  startTiming(): boolean {
    this.times = [];
    return true;
  }

  async stopTiming(): Promise<CallTimes> {
    const calls = this.times ?? [];
    this.times = undefined;
    return { calls, missed: 0 };
  }

  release(...buffers: PlanBuffer[]): void {
    for (const buffer of buffers) {
      const address = this.addresses.get(buffer);
      if (address !== undefined) this.memory.release(address, buffer.length * 4);
      this.addresses.delete(buffer);
    }
  }

  memoryBytes(): number {
    return this.memory.bytesHeld();
  }

  destroy(): void {
    this.release(...this.addresses.keys());
    this.pool?.close();
  }

  spread<E extends object, K extends keyof E & string>(module: SimdModule<E>, name: K, { parts, operations }: Work, ...given: WithoutRange<E[K]>): void {
    const body = this.modules.get(module)?.[name] as ((...all: number[]) => void) | undefined;
    if (body === undefined) throw new Error(`${name}: its wasm module was never prepared`);
    if (this.pool !== undefined) this.pool.run(body, parts, operations, given);
    else if (parts > 0) body(...given, 0, parts);
  }

  scratch(bytes: number): number {
    if (bytes > this.scratchBlock.bytes) {
      if (this.scratchBlock.bytes > 0) this.memory.release(this.scratchBlock.address, this.scratchBlock.bytes);
      this.scratchBlock = { address: this.memory.allocate(bytes), bytes };
    }
    return this.scratchBlock.address;
  }

  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  private async instantiate({ wasm, sharedWasm }: SimdModule): Promise<WebAssembly.Exports> {
    const text = this.pool === undefined ? wasm : sharedWasm;
    const module = await WebAssembly.compile(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
    const { exports } = await WebAssembly.instantiate(module, { env: { memory: this.memory.memory, log: Math.log } });
    await this.pool?.add(module, exports);
    return exports;
  }

  private step(call: Call, variables: Variables): void {
    switch (call.kind) {
      case 'clear': this.view(call.target).fill(0); return;
      case 'copy': this.view(call.to).set(this.view(call.from) as never); return;
      case 'kernel': {
        const started = this.times === undefined ? 0 : performance.now();
        this.compute(call, variables);
        this.times?.push({ label: `${call.kernel.name} ${this.useSimd && call.kernel.simd !== undefined ? 'simd' : 'twin'}`, ms: performance.now() - started });
      }
    }
  }

  private compute(call: KernelCall, variables: Variables): void {
    const { kernel, slices } = call;
    const scalars = resolveScalars(call, variables);
    const names = Object.keys(kernel.bindings);
    if (this.useSimd && kernel.simd !== undefined) {
      kernel.simd.run(this, Object.fromEntries(names.map((name, i) => [name, this.address(slices[i]!)])), scalars);
    } else {
      kernel.twin(Object.fromEntries(names.map((name, i) => [name, this.view(slices[i]!)])) as TwinArrays<Kernel['bindings']>, scalars);
    }
  }

  private view(target: Slice): ElementArray {
    return viewElements(this.memory.buffer, target.buffer.element, this.address(target), target.length);
  }

  private address({ buffer, offset }: Slice): number {
    const start = this.addresses.get(buffer);
    if (start === undefined) throw new Error(`buffer ${buffer.label} was never prepared`);
    return start + offset * 4;
  }
}
