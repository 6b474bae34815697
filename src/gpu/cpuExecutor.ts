// Runs plans on the processor through the kernels' twins. Slow and plain on purpose: it is the specification.

import { asSlice, viewElements, type BufferOrSlice, type ElementArray, type PlanBuffer, type Slice } from './buffer';
import type { Executor } from './executor';
import type { Kernel, TwinArrays } from './kernel';
import { resolveScalars, type Call, type Plan, type Variables } from './plan';

export class CpuExecutor implements Executor {
  readonly kind = 'cpu';
  readonly description = 'CPU (TypeScript twins)';
  readonly kernelChoice = {};
  readonly maxBindingBytes = 2 ** 31 - 4;
  private readonly memory = new Map<PlanBuffer, ArrayBuffer>();

  async prepare(plan: Plan): Promise<void> {
    this.allocate(...plan.buffers());
  }

  allocate(...buffers: PlanBuffer[]): void {
    for (const buffer of buffers) if (!this.memory.has(buffer)) this.memory.set(buffer, new ArrayBuffer(buffer.length * 4));
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

  release(...buffers: PlanBuffer[]): void {
    for (const buffer of buffers) this.memory.delete(buffer);
  }

  memoryBytes(): number {
    return [...this.memory.values()].reduce((sum, one) => sum + one.byteLength, 0);
  }

  destroy(): void {
    this.memory.clear();
  }

  private step(call: Call, variables: Variables): void {
    switch (call.kind) {
      case 'clear': this.view(call.target).fill(0); return;
      case 'copy': this.view(call.to).set(this.view(call.from) as never); return;
      case 'kernel': {
        const names = Object.keys(call.kernel.bindings);
        const arrays = Object.fromEntries(names.map((name, i) => [name, this.view(call.slices[i]!)]));
        call.kernel.twin(arrays as TwinArrays<Kernel['bindings']>, resolveScalars(call, variables));
      }
    }
  }

  private view(target: Slice): ElementArray {
    const memory = this.memory.get(target.buffer);
    if (memory === undefined) throw new Error(`buffer ${target.buffer.label} was never prepared`);
    return viewElements(memory, target.buffer.element, target.offset * 4, target.length);
  }
}
