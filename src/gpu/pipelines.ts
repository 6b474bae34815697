// Compiled kernels of one device: a call's variant is chosen, its text put together and compiled once, whoever asks.
// Keeps note of which variants are in use, for a run's first line.

import { chooseVariant, type AdapterClass } from './kernelChoice';
import { prelude, type Kernel, type KernelVariant } from './kernel';
import type { KernelCall } from './plan';

export interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly variant: KernelVariant;
}

export class Pipelines {
  readonly kernelChoice: Record<string, string> = {};
  private readonly made = new Map<string, Promise<GPUComputePipeline>>();

  constructor(
    private readonly device: GPUDevice,
    private readonly adapterClass: AdapterClass,
    private readonly storedChoice: Readonly<Record<string, string>> | undefined,
    /** throws where the device has failed: then it is not the shader's fault */
    private readonly throwFailure: () => void,
  ) {}

  async of(call: KernelCall): Promise<Compiled> {
    const { kernel, constants } = call;
    const variant = chooseVariant(kernel, constants, this.adapterClass, this.storedChoice);
    if (kernel.variants.length > 1) this.noteChoice(kernel, variant);
    const code = prelude(kernel, variant, constants) + variant.wgsl;
    const key = `${kernel.name}/${variant.name}\n${code}`;
    let pipeline = this.made.get(key);
    if (pipeline === undefined) {
      pipeline = this.make(kernel, `${kernel.name}/${variant.name}`, code);
      this.made.set(key, pipeline);
    }
    return { pipeline: await pipeline, variant };
  }

  /**
   * Shapes that the preferred variant cannot do fall back to a later one. Noted is the most preferred variant in use, whatever
   * the order of preparation: told to a later run as storedChoice, it gives every shape the same variant again.
   */
  private noteChoice(kernel: Kernel, variant: KernelVariant): void {
    const noted = this.kernelChoice[kernel.name];
    const stored = this.storedChoice?.[kernel.name];
    const rank = (name: string | undefined) => (name === stored ? -1 : kernel.variants.findIndex((one) => one.name === name));
    if (noted === undefined || rank(variant.name) < rank(noted)) this.kernelChoice[kernel.name] = variant.name;
  }

  private async make(kernel: Kernel, label: string, code: string): Promise<GPUComputePipeline> {
    const storage = Object.values(kernel.bindings).map(({ access }, binding): GPUBindGroupLayoutEntry => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' },
    }));
    const layout = this.device.createBindGroupLayout({
      label,
      entries: [...storage, { binding: storage.length, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform', hasDynamicOffset: true } }],
    });
    // The pipeline's rejection reports a broken shader; the scope keeps the same error from counting as uncaptured.
    this.device.pushErrorScope('validation');
    const module = this.device.createShaderModule({ label, code });
    void this.device.popErrorScope();
    try {
      return await this.device.createComputePipelineAsync({
        label,
        layout: this.device.createPipelineLayout({ bindGroupLayouts: [layout] }),
        compute: { module, entryPoint: 'main' },
      });
    } catch (error) {
      this.throwFailure();
      const { messages } = await module.getCompilationInfo();
      const details = messages.map((one) => `line ${one.lineNum}: ${one.message}`).join('\n');
      throw new Error(`shader ${label} does not compile: ${String(error)}\n${details}`);
    }
  }
}
