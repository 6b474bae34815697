// Flat memory to named tensors and back: what a state holds. Each flat buffer is read whole, so that a copy of a model
// costs one readback a buffer; the tensors are views of these copies.

import { floatsOf, type Executor } from '../gpu/executor';
import type { FlatTensors } from '../model/parameterLayout';
import type { Tensors } from './policyModel';

export async function readTensors(executor: Executor, { layout, buffers }: FlatTensors): Promise<Tensors> {
  const held = (await executor.runAndRead([], buffers)).map(floatsOf);
  return new Map([...layout.entries.values()].map(({ name, shape, length, buffer, offset }) => [name, { shape, data: held[buffer]!.subarray(offset, offset + length) }]));
}

/** Tensors that the layout does not have are passed over. */
export function writeTensors(executor: Executor, target: FlatTensors, tensors: ReadonlyMap<string, { readonly data: Float32Array<ArrayBuffer> }>): void {
  for (const [name, { length }] of target.layout.entries) {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`no tensor named ${name}`);
    if (tensor.data.length !== length) throw new Error(`${name} has ${tensor.data.length} numbers; the model wants ${length}`);
    executor.write(target.of(name), tensor.data);
  }
}
