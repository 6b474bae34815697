// Which device a model runs on and which of its weights it opens there: WebGPU where there is a hardware adapter, else the
// processor through wasm, because a software adapter does the same work on the same cores more slowly. Half-precision weights
// need an adapter with shader-f16; the processor is best at 8 bits.

import { JudgeStopped } from '../judge';
import { BUILT_IN, WEIGHTS, type ModelSettings, type Weights } from './modelSettings';

export interface Machine {
  /** the adapter, if there is one */
  readonly adapter?: { readonly name: string; readonly isSoftware: boolean; readonly hasF16: boolean };
  /** why there is none */
  readonly reason?: string;
}

export interface ModelPlan {
  readonly device: 'webgpu' | 'wasm';
  readonly weights: Weights;
  /** for a person */
  readonly runsOn: string;
}

const PREFERRED: Readonly<Record<'webgpu-f16' | 'webgpu' | 'wasm', readonly Weights[]>> = {
  'webgpu-f16': ['q4f16', 'fp16', 'q4', 'fp32', 'q8', 'int8', 'uint8'],
  webgpu: ['q4', 'q8', 'int8', 'uint8', 'fp32'],
  wasm: ['q8', 'int8', 'uint8', 'q4', 'fp32'],
};

/** `files`: names in the model's folder. Throws JudgeStopped where what is asked for cannot be had. */
export function planModel(name: string, { device: wanted, weights: asked }: Pick<ModelSettings, 'device' | 'weights'>, files: readonly string[], { adapter, reason }: Machine): ModelPlan {
  if (wanted === 'webgpu' && adapter === undefined) throw new JudgeStopped(`The judge cannot run on WebGPU: ${reason ?? 'there is no adapter.'}`);
  // the shipped judge is so small that a GPU would mostly wait, and on the processor it says the same on every machine
  const isOnGpu = wanted === 'webgpu' || (wanted === 'auto' && name !== BUILT_IN && adapter?.isSoftware === false);
  const way = !isOnGpu ? 'wasm' : adapter!.hasF16 ? 'webgpu-f16' : 'webgpu';
  const there = weightsIn(files);
  if (there.length === 0) throw new JudgeStopped(`${name} has no ONNX weights: no file such as onnx/model.onnx or onnx/model_q4.onnx.`);
  const usable = PREFERRED[way].filter((one) => there.includes(one));
  const weights = asked === 'auto' ? usable[0] : usable.find((one) => one === asked);
  const place = isOnGpu ? `WebGPU (${adapter!.name})` : 'the processor (wasm)';
  if (weights === undefined) {
    throw new JudgeStopped(asked !== 'auto' && !there.includes(asked) ? `${name} has no weights ${asked}; it has ${there.join(', ')}.` : `${place} cannot run the weights ${asked === 'auto' ? `of ${name}` : asked}; there are ${there.join(', ')}.`);
  }
  return { device: isOnGpu ? 'webgpu' : 'wasm', weights, runsOn: `${place}, ${weights}` };
}

export const weightsFile = (weights: Weights): string => `onnx/model${WEIGHTS[weights]}.onnx`;

/** Of large models, whose weights lie beside the graph. */
export function weightsParts(weights: Weights, files: readonly string[]): string[] {
  return files.filter((name) => name.startsWith(`${weightsFile(weights)}_data`));
}

function weightsIn(files: readonly string[]): Weights[] {
  return (Object.keys(WEIGHTS) as Weights[]).filter((one) => files.includes(weightsFile(one)));
}
