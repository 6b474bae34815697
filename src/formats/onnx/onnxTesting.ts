// For tests: an exported decoder in onnxruntime-web (wasm, one thread), with its cache; and the engine's logits of the same batch.

import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-web';
import { CpuExecutor } from '../../gpu/cpuExecutor';
import { planBuffer } from '../../gpu/buffer';
import { floatsOf } from '../../gpu/executor';
import type { ModelConfig } from '../../model/config';
import { FlatTensors, layOutParameters } from '../../model/parameterLayout';
import { ropeTable } from '../../model/ropeTable';
import { SequenceModel } from '../../model/sequenceModel';
import type { Tensor } from '../safetensors';

/** Left-padded: padding is token 0 at position 0 with mask 0. */
export interface Batch {
  readonly tokens_BT: readonly (readonly number[])[];
  readonly mask_BT: readonly (readonly number[])[];
}

export const positionsOf = (mask: readonly number[]): number[] => {
  let next = 0;
  return mask.map((one) => (one === 1 ? next++ : 0));
};

const integers = (rows: readonly (readonly number[])[]): OnnxTensor => new OnnxTensor('int64', BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0]!.length]);
const columns = (rows: readonly (readonly number[])[], from: number, to: number): number[][] => rows.map((row) => row.slice(from, to));

/** Logits [B, T, V] of a batch whose columns are fed in these parts, the cache of each part going into the next. */
export async function onnxLogits(bytes: Uint8Array, config: ModelConfig, { tokens_BT, mask_BT }: Batch, parts: readonly number[]): Promise<number[][][]> {
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  const B = tokens_BT.length;
  let cache: Record<string, OnnxTensor> = Object.fromEntries(session.inputNames.filter((name) => name.startsWith('past_key_values'))
    .map((name) => [name, new OnnxTensor('float32', new Float32Array(0), [B, config.kvHeads, 0, config.headDim])]));
  const logits_BTV: number[][][] = tokens_BT.map(() => []);
  let from = 0;
  for (const part of parts) {
    const to = from + part;
    const results = await session.run({
      input_ids: integers(columns(tokens_BT, from, to)), attention_mask: integers(columns(mask_BT, 0, to)),
      position_ids: integers(columns(mask_BT.map(positionsOf), from, to)), ...cache,
    });
    const { logits, ...present } = results;
    const V = config.vocabularySize;
    logits_BTV.forEach((rows, b) => {
      for (let t = 0; t < part; t++) rows.push([...(logits!.data as Float32Array).subarray((b * part + t) * V, (b * part + t + 1) * V)]);
    });
    cache = Object.fromEntries(Object.entries(present).map(([name, tensor]) => [name.replace('present', 'past_key_values'), tensor as OnnxTensor]));
    from = to;
  }
  await session.release();
  return logits_BTV;
}

/** The same from the engine's forward plan over whole sequences. */
export async function engineLogits(config: ModelConfig, tensors: ReadonlyMap<string, Tensor>, { tokens_BT, mask_BT }: Batch): Promise<number[][][]> {
  const executor = new CpuExecutor();
  const [batch, length] = [tokens_BT.length, tokens_BT[0]!.length];
  const layout = layOutParameters(config, executor.maxBindingBytes);
  const [weights, gradients] = [new FlatTensors(layout, 'weights'), new FlatTensors(layout, 'gradients')];
  const table = planBuffer('rope', config.maximumPositions * config.headDim);
  executor.allocate(...weights.buffers, table);
  executor.write(table, ropeTable(config.maximumPositions, config.headDim, config.ropeTheta));
  for (const [name, { data }] of tensors) executor.write(weights.of(name), data);
  const model = new SequenceModel(config, { batch, length, spanStart: 0, span: length }, weights, gradients, table);
  await executor.prepare(model.forwardPlan);
  model.writeInputs(executor, { tokens: Uint32Array.from(tokens_BT.flat()), positions: Int32Array.from(mask_BT.flatMap(positionsOf)), keyMask: Uint32Array.from(mask_BT.flat()) });
  await executor.run(model.forwardPlan, [model.variables(batch)]);
  const logits = floatsOf(await executor.read(model.logits));
  executor.destroy();
  const V = config.vocabularySize;
  return tokens_BT.map((row, b) => row.map((_, t) => [...logits.subarray((b * length + t) * V, (b * length + t + 1) * V)]));
}
