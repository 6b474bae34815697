// How many answers one pass of forward and backward may hold: what the activations of one answer need, counted from
// the plans themselves, against a budget and the device's largest binding. A larger batch is cut into micro-batches.

import { planBuffer } from '../gpu/buffer';
import type { ModelConfig } from '../model/config';
import { FlatTensors, layOutParameters } from '../model/parameterLayout';
import { SequenceModel } from '../model/sequenceModel';

const BUDGET_BYTES = 256 * 2 ** 20;

export interface MemoryNeed {
  /** of all activations of one answer */
  readonly bytes: number;
  /** of the largest single buffer's share */
  readonly largestBytes: number;
}

export function memoryOfAnswer(config: ModelConfig, promptLength: number, answerLength: number): MemoryNeed {
  const layout = layOutParameters(config, Number.MAX_SAFE_INTEGER);
  const parameters = [new FlatTensors(layout, 'weights'), new FlatTensors(layout, 'gradients')] as const;
  const length = promptLength + answerLength - 1;
  const rope = planBuffer('rope', length * config.headDim);
  const model = new SequenceModel(config, { batch: 1, length, spanStart: promptLength - 1, span: answerLength }, ...parameters, rope);
  const shared = new Set([...parameters.flatMap((one) => one.buffers), rope]);
  const lengths = [...new Set([...model.forwardPlan.buffers(), ...model.backwardPlan.buffers()])].filter((one) => !shared.has(one)).map((one) => one.length);
  return { bytes: 4 * lengths.reduce((sum, one) => sum + one, 0), largestBytes: 4 * Math.max(...lengths) };
}

/** Answers a micro-batch. `wanted` 0 = as many as fit; throws a RangeError when the device cannot bind what is wanted. */
export function microbatchSize(need: MemoryNeed, answers: number, wanted: number, maximumBindingBytes: number, budgetBytes = BUDGET_BYTES): number {
  const bindable = Math.floor(maximumBindingBytes / need.largestBytes);
  if (bindable < 1) throw new RangeError(`one answer needs a buffer of ${need.largestBytes} bytes; the device binds at most ${maximumBindingBytes}`);
  if (wanted > bindable) throw new RangeError(`microbatchAnswers = ${wanted} is above the ${bindable} that the device can bind`);
  if (wanted > 0) return Math.min(wanted, answers);
  return Math.max(1, Math.min(answers, bindable, Math.floor(budgetBytes / need.bytes)));
}
