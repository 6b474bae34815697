// Runs plans on a WebGPU device: pipelines (pipelines.ts) and bind groups are made when a plan is prepared, uniforms of all
// iterations are written in one go, and the list of calls is submitted either at once or in paced pieces.
//
// Paced (in the page): each submit holds about paceMs of work and is awaited, because one long submit, or many
// unawaited ones, freezes the compositor. Unpaced (headless): one submit a run, the copies for reading included.

import { asSlice, viewElements, type BufferOrSlice, type ElementArray, type PlanBuffer, type Slice } from './buffer';
import type { OpenDevice } from './device';
import type { CallTimes, Executor, PlanRun } from './executor';
import { uniformFields, type Workgroups } from './kernel';
import { Pacer } from './pacer';
import { Pipelines, type Compiled } from './pipelines';
import { resolveScalars, type Call, type KernelCall, type Plan, type Variables } from './plan';
import { ResourceLost } from './resourceLost';
import { Timestamps } from './timestamps';

/** minUniformBufferOffsetAlignment is at most 256 everywhere. */
const UNIFORM_STRIDE = 256;

export interface WebGpuOptions {
  /** work in milliseconds a submit; undefined submits a whole run at once */
  readonly paceMs?: number;
  /** kernel choice of a stored run, reused by resume and replay */
  readonly storedChoice?: Readonly<Record<string, string>>;
}

interface PreparedCall extends Compiled {
  /** binds the storage buffers and 256 bytes of uniforms at a dynamic offset */
  bindGroup: GPUBindGroup;
}

interface PreparedPlan {
  readonly calls: (PreparedCall | undefined)[];
  uniforms: GPUBuffer;
  iterationsHeld: number;
}

/** A plan about to run: its uniforms are written; workgroups of each call of each iteration, in order. */
interface Walk {
  readonly plan: Plan;
  readonly prepared: PreparedPlan;
  readonly workgroups: readonly Workgroups[];
}

export class WebGpuExecutor implements Executor {
  readonly kind = 'webgpu';
  readonly description: string;
  readonly kernelChoice: Readonly<Record<string, string>>;
  readonly maxBindingBytes: number;
  /** resolves when the device is gone, with what to tell a person; never on destroy() */
  readonly lost: Promise<string>;
  /** while set, every call is timed */
  timestamps: Timestamps | undefined;

  private readonly device: GPUDevice;
  private readonly memory = new Map<PlanBuffer, GPUBuffer>();
  private readonly pipelines: Pipelines;
  private readonly plans = new WeakMap<Plan, PreparedPlan>();
  private readonly pacer: Pacer | undefined;
  private readonly uniformBuffers = new Set<GPUBuffer>();
  private failure: Error | undefined;
  private isDestroyed = false;

  constructor(open: OpenDevice, options: WebGpuOptions = {}) {
    this.device = open.device;
    this.description = `${open.description}${open.isFallback ? ' (fallback adapter)' : ''}`;
    this.pipelines = new Pipelines(open.device, open.isFallback ? 'fallback' : 'hardware', options.storedChoice, () => this.throwFailure());
    this.kernelChoice = this.pipelines.kernelChoice;
    this.maxBindingBytes = open.device.limits.maxStorageBufferBindingSize;
    this.pacer = options.paceMs === undefined ? undefined : new Pacer(options.paceMs);
    this.device.addEventListener('uncapturederror', ({ error }) => {
      this.failure ??= error instanceof GPUOutOfMemoryError ? new ResourceLost(`the GPU's memory is full${inBrackets(error.message)}`) : new Error(error.message);
    });
    this.lost = new Promise((resolve) => {
      void this.device.lost.then(({ message }) => {
        if (this.isDestroyed) return;
        this.failure = new ResourceLost(`the GPU device was lost${inBrackets(message)}`);
        resolve(this.failure.message);
      });
    });
  }

  async prepare(plan: Plan, onProgress?: (done: number, total: number) => void): Promise<void> {
    if (this.plans.has(plan)) return;
    this.allocate(...plan.buffers());
    let done = 0;
    const compiled = await Promise.all(plan.calls.map(async (call) => {
      const made = call.kind === 'kernel' ? await this.pipelines.of(call) : undefined;
      onProgress?.(++done, plan.calls.length);
      return made;
    }));
    const uniforms = this.makeUniformBuffer(plan, 1);
    const calls = plan.calls.map((call, i) => {
      const made = compiled[i];
      return made && { ...made, bindGroup: this.bind(call as KernelCall, made.pipeline, uniforms) };
    });
    this.plans.set(plan, { calls, uniforms, iterationsHeld: 1 });
  }

  allocate(...buffers: PlanBuffer[]): void {
    for (const buffer of buffers) {
      if (this.memory.has(buffer)) continue;
      this.memory.set(buffer, this.device.createBuffer({
        label: buffer.label,
        size: buffer.length * 4,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      }));
    }
  }

  async run(plan: Plan, iterations?: readonly Variables[]): Promise<void> {
    await this.runAndRead([{ plan, iterations }], []);
  }

  write(target: BufferOrSlice, data: ElementArray): void {
    const { buffer, offset, length } = asSlice(target);
    if (data.length > length) throw new RangeError(`write of ${data.length} elements into ${length} of ${buffer.label}`);
    this.device.queue.writeBuffer(this.bufferOf(buffer), offset * 4, data);
  }

  async read(target: BufferOrSlice): Promise<ElementArray> {
    return (await this.runAndRead([], [target]))[0]!;
  }

  async runAndRead(runs: readonly PlanRun[], targets: readonly BufferOrSlice[]): Promise<ElementArray[]> {
    this.throwFailure();
    // uniforms are written before the submit, so a second run's would replace the first's
    if (new Set(runs.map(({ plan }) => plan)).size < runs.length) throw new Error('a plan is listed twice');
    const walks = runs.map(({ plan, iterations }) => this.walkOf(plan, iterations ?? [{}]));
    const slices = targets.map(asSlice);
    const encoder = this.device.createCommandEncoder({ label: runs.map(({ plan }) => plan.label).join(', ') });
    for (const walk of walks) {
      if (this.pacer === undefined) this.encode(encoder, walk, 0, walk.workgroups.length);
      else await this.runPaced(walk, this.pacer);
    }
    if (slices.length > 0) return this.submitAndRead(encoder, slices);
    if (this.pacer === undefined) {
      this.device.queue.submit([encoder.finish()]);
      await this.device.queue.onSubmittedWorkDone();
    }
    this.throwFailure();
    return [];
  }

  startTiming(): boolean {
    if (!Timestamps.isSupported(this.device)) return false;
    this.timestamps = new Timestamps(this.device);
    return true;
  }

  async stopTiming(): Promise<CallTimes> {
    const { timestamps } = this;
    this.timestamps = undefined;
    if (timestamps === undefined) return { calls: [], missed: 0 };
    const { missed } = timestamps;
    const calls = await timestamps.collect();
    timestamps.destroy();
    return { calls, missed };
  }

  release(...buffers: PlanBuffer[]): void {
    for (const buffer of buffers) {
      this.memory.get(buffer)?.destroy();
      this.memory.delete(buffer);
    }
  }

  memoryBytes(): number {
    return [...this.memory.values(), ...this.uniformBuffers].reduce((sum, one) => sum + one.size, 0);
  }

  destroy(): void {
    this.isDestroyed = true;
    this.release(...this.memory.keys());
    for (const one of this.uniformBuffers) one.destroy();
    this.device.destroy();
  }

  private walkOf(plan: Plan, iterations: readonly Variables[]): Walk {
    const prepared = this.plans.get(plan);
    if (prepared === undefined) throw new Error(`plan ${plan.label} was never prepared`);
    return { plan, prepared, workgroups: this.writeUniforms(plan, prepared, iterations) };
  }

  private async runPaced(walk: Walk, pacer: Pacer): Promise<void> {
    const { plan, workgroups: { length: total } } = walk;
    for (let from = 0; from < total;) {
      const until = pacer.until(plan, from, total);
      const started = performance.now();
      const encoder = this.device.createCommandEncoder({ label: plan.label });
      this.encode(encoder, walk, from, until);
      this.device.queue.submit([encoder.finish()]);
      await this.device.queue.onSubmittedWorkDone();
      pacer.measured(plan, from, until, performance.now() - started);
      from = until;
    }
  }

  /** Submits what is encoded with the copies behind it, into one staging buffer. */
  private async submitAndRead(encoder: GPUCommandEncoder, slices: readonly Slice[]): Promise<ElementArray[]> {
    const ends: number[] = [];
    for (const { length } of slices) ends.push((ends.at(-1) ?? 0) + length * 4);
    const staging = this.device.createBuffer({ size: ends.at(-1)!, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    slices.forEach(({ buffer, offset, length }, i) => encoder.copyBufferToBuffer(this.bufferOf(buffer), offset * 4, staging, ends[i]! - length * 4, length * 4));
    this.device.queue.submit([encoder.finish()]);
    try {
      await staging.mapAsync(GPUMapMode.READ);
      this.throwFailure();
      const bytes = staging.getMappedRange();
      return slices.map(({ buffer, length }, i) => viewElements(bytes.slice(ends[i]! - length * 4, ends[i]), buffer.element, 0, length));
    } catch (error) {
      // why it failed is told by an event of its own, perhaps after the rejection
      await new Promise((resolve) => { setTimeout(resolve, 0); });
      throw this.failure ?? error;
    } finally {
      staging.destroy();
    }
  }

  private bind(call: KernelCall, pipeline: GPUComputePipeline, uniforms: GPUBuffer): GPUBindGroup {
    return this.device.createBindGroup({
      label: call.label,
      layout: pipeline.getBindGroupLayout(0),
      entries: [
        ...call.slices.map((one, binding) => ({ binding, resource: this.resource(one) })),
        { binding: call.slices.length, resource: { buffer: uniforms, size: UNIFORM_STRIDE } },
      ],
    });
  }

  private resource({ buffer, offset, length }: Slice): GPUBufferBinding {
    return { buffer: this.bufferOf(buffer), offset: offset * 4, size: length * 4 };
  }

  private makeUniformBuffer(plan: Plan, iterations: number): GPUBuffer {
    const made = this.device.createBuffer({
      label: `${plan.label} uniforms`,
      size: Math.max(1, plan.calls.length * iterations) * UNIFORM_STRIDE,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.uniformBuffers.add(made);
    return made;
  }

  /** Writes all iterations' uniforms and returns each call's workgroups, in order of execution. */
  private writeUniforms(plan: Plan, prepared: PreparedPlan, iterations: readonly Variables[]) {
    const count = plan.calls.length;
    if (iterations.length > prepared.iterationsHeld) this.growUniforms(plan, prepared, iterations.length);
    const bytes = new ArrayBuffer(count * iterations.length * UNIFORM_STRIDE);
    const data = new DataView(bytes);
    const workgroups: Workgroups[] = [];
    iterations.forEach((variables, iteration) => plan.calls.forEach((call, index) => {
      const prepare = prepared.calls[index];
      if (call.kind !== 'kernel' || prepare === undefined) { workgroups.push([0, 0, 0]); return; }
      const scalars = resolveScalars(call, variables);
      let at = (iteration * count + index) * UNIFORM_STRIDE;
      for (const [name, type] of uniformFields(call.kernel, prepare.variant)) {
        const value = scalars[name]!;
        if (type === 'f32') data.setFloat32(at, value, true);
        else if (type === 'u32') data.setUint32(at, value, true);
        else data.setInt32(at, value, true);
        at += 4;
      }
      workgroups.push(prepare.variant.workgroups(scalars));
    }));
    this.device.queue.writeBuffer(prepared.uniforms, 0, bytes);
    return workgroups;
  }

  private growUniforms(plan: Plan, prepared: PreparedPlan, iterations: number): void {
    this.uniformBuffers.delete(prepared.uniforms);
    prepared.uniforms.destroy();
    prepared.uniforms = this.makeUniformBuffer(plan, iterations);
    prepared.iterationsHeld = iterations;
    plan.calls.forEach((call, index) => {
      const made = prepared.calls[index];
      if (made !== undefined) made.bindGroup = this.bind(call as KernelCall, made.pipeline, prepared.uniforms);
    });
  }

  private encode(encoder: GPUCommandEncoder, { plan, prepared, workgroups }: Walk, from: number, until: number): void {
    let pass: GPUComputePassEncoder | undefined;
    for (let step = from; step < until; step++) {
      const index = step % plan.calls.length;
      const call = plan.calls[index] as Call;
      if (call.kind === 'kernel') {
        const [x, y, z] = workgroups[step]!;
        if (x === 0 || y === 0 || z === 0) continue;
        const { pipeline, bindGroup, variant } = prepared.calls[index]!;
        pass ??= encoder.beginComputePass({ label: plan.label, timestampWrites: this.timestamps?.writes(`${call.kernel.name} ${variant.name}`) });
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, bindGroup, [step * UNIFORM_STRIDE]);
        pass.dispatchWorkgroups(x, y, z);
        if (this.timestamps !== undefined) {
          pass.end();
          pass = undefined;
        }
        continue;
      }
      pass?.end();
      pass = undefined;
      if (call.kind === 'clear') encoder.clearBuffer(this.bufferOf(call.target.buffer), call.target.offset * 4, call.target.length * 4);
      else encoder.copyBufferToBuffer(this.bufferOf(call.from.buffer), call.from.offset * 4, this.bufferOf(call.to.buffer), call.to.offset * 4, call.to.length * 4);
    }
    pass?.end();
  }

  private bufferOf(buffer: PlanBuffer): GPUBuffer {
    const found = this.memory.get(buffer);
    if (found === undefined) throw new Error(`buffer ${buffer.label} was never prepared`);
    return found;
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }
}

const inBrackets = (message: string): string => (message === '' ? '' : ` (${message.trim().replace(/\.$/, '')})`);
