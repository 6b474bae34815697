// A model of a fixture on an executor: its weights in flat memory and the table of rotations.

import { planBuffer, type PlanBuffer } from '../../gpu/buffer';
import { readFloats, type Executor } from '../../gpu/executor';
import { Plan } from '../../gpu/plan';
import type { ModelConfig } from '../../model/config';
import { FlatTensors, layOutParameters, type ParameterLayout } from '../../model/parameterLayout';
import { ropeTable } from '../../model/ropeTable';
import { Sampler } from '../../model/sampler';
import { SequenceModel } from '../../model/sequenceModel';
import type { Floats, Words } from './lossKernels';

/** No vocabulary reaches it, so no answer stops. */
const NO_STOP_TOKEN = 0xffff_ffff;

export interface Sequences {
  readonly batch: number;
  readonly length: number;
  /** [batch, length] */
  readonly tokens: Words;
  readonly keyMask: Words;
  readonly positions: Int32Array<ArrayBuffer>;
}

export class LoadedModel {
  readonly layout: ParameterLayout;
  readonly weights: FlatTensors;
  readonly gradients: FlatTensors;
  readonly table: PlanBuffer;
  private readonly owned: PlanBuffer[] = [];

  /** `positions`: how many rotations the table holds. */
  constructor(readonly executor: Executor, readonly config: ModelConfig, tensors: ReadonlyMap<string, { readonly data: Floats }>, positions: number) {
    this.layout = layOutParameters(config, executor.maxBindingBytes);
    this.weights = new FlatTensors(this.layout, 'weights');
    this.gradients = new FlatTensors(this.layout, 'gradients');
    this.table = planBuffer('rope', positions * config.headDim);
    this.own(...this.weights.buffers, ...this.gradients.buffers, this.table);
    executor.allocate(...this.owned);
    executor.write(this.table, ropeTable(positions, config.headDim, config.ropeTheta));
    for (const name of this.layout.entries.keys()) executor.write(this.weights.of(name), tensors.get(name)!.data);
  }

  /** Forward and backward over whole sequences, with logits at every position. */
  async sequenceModel({ batch, length, tokens, keyMask, positions }: Sequences): Promise<SequenceModel> {
    const model = new SequenceModel(this.config, { batch, length, spanStart: 0, span: length }, this.weights, this.gradients, this.table);
    for (const plan of [model.forwardPlan, model.backwardPlan]) {
      await this.executor.prepare(plan);
      this.own(...plan.buffers());
    }
    model.writeInputs(this.executor, { tokens, positions, keyMask });
    return model;
  }

  /** Gradients of all weights for a gradient of the logits that lies in model.logits. */
  async backward(model: SequenceModel): Promise<ReadonlyMap<string, Floats>> {
    const clear = new Plan('clear gradients');
    for (const buffer of this.gradients.buffers) clear.clear(buffer);
    await this.executor.prepare(clear);
    await this.executor.run(clear);
    await this.executor.run(model.backwardPlan, [model.variables(model.shape.batch)]);
    return this.read(this.gradients);
  }

  async read(tensors: FlatTensors): Promise<ReadonlyMap<string, Floats>> {
    const all = new Map<string, Floats>();
    for (const name of this.layout.entries.keys()) all.set(name, await readFloats(this.executor, tensors.of(name)));
    return all;
  }

  /** The arg max continuation by cached decoding. Its buffers stay until the executor goes. */
  async greedy(prompt: readonly number[], count: number): Promise<{ tokens: number[]; logprobs: Floats }> {
    const sampler = new Sampler(this.config, { prompts: 1, answersPerPrompt: 1, promptLength: prompt.length, answerLength: count }, this.weights, this.table);
    await sampler.prepare(this.executor);
    const { tokens_NT, logprobs_NT } = await sampler.sample(this.executor, [prompt], 1, {
      temperature: 1, topK: 0, topP: 1, minP: 0, isGreedy: true, stopToken: NO_STOP_TOKEN, key: [0, 0], rowOffset: 0,
    });
    return { tokens: [...tokens_NT], logprobs: logprobs_NT };
  }

  own(...buffers: PlanBuffer[]): void {
    this.owned.push(...buffers);
  }

  release(): void {
    this.executor.release(...new Set(this.owned));
  }
}
