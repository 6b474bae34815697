// The shapes that are measured, the model each stands for, the numbers both engines start from, and how much arithmetic
// a step is. The intermediate size is 8/3 of the width (next multiple of 8), so that SwiGLU's three matrices cost what
// the two of a GPT with four times the width would.

import { initialWeights, type NamedTensor } from '../lab/initialWeights';
import type { ModelConfig } from '../model/config';
import { parameterShapes } from '../model/parameterLayout';
import { RandomStream } from '../random/threefry';

export interface TrainingShape {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly length: number;
  readonly batch: number;
  readonly vocabulary: number;
}

export const REFERENCE_SHAPE: TrainingShape = { layers: 4, width: 128, heads: 4, length: 64, batch: 16, vocabulary: 64 };
export const SMALL_SHAPE: TrainingShape = { layers: 2, width: 64, heads: 4, length: 32, batch: 16, vocabulary: 32 };
/** Only where there is a real GPU. */
export const LARGE_SHAPE: TrainingShape = { layers: 12, width: 768, heads: 12, length: 256, batch: 16, vocabulary: 64 };

export const ADAMW = { learningRate: 1e-3, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1 } as const;

const SEED = 1;

export const describeShape = ({ layers, width, heads, length, batch, vocabulary }: TrainingShape): string =>
  `L=${layers} d=${width} heads=${heads} T=${length} B=${batch} V=${vocabulary}`;

export function modelOf({ layers, width, heads, length, vocabulary }: TrainingShape): ModelConfig {
  return {
    family: 'llama', hiddenSize: width, layers, heads, kvHeads: heads, headDim: width / heads, intermediateSize: Math.ceil(width / 3) * 8,
    vocabularySize: vocabulary, ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: false, hasAttentionBias: false, hasQkNorm: false, maximumPositions: length,
  };
}

export interface TrainingData {
  readonly weights: ReadonlyMap<string, NamedTensor>;
  /** [batch, length] */
  readonly tokens: Uint32Array<ArrayBuffer>;
  /** the token after each: [batch, length] */
  readonly targets: Uint32Array<ArrayBuffer>;
}

let latest: { readonly of: string; readonly data: TrainingData } | undefined;

/** The same for the same shape, in every engine. The latest is kept: millions of normal numbers take seconds to draw. */
export function trainingData(shape: TrainingShape): TrainingData {
  const of = JSON.stringify(shape);
  if (latest?.of !== of) latest = { of, data: drawData(shape) };
  return latest.data;
}

function drawData(shape: TrainingShape): TrainingData {
  const random = RandomStream.of(SEED, 'problems');
  const rows = shape.batch * shape.length;
  const tokens = new Uint32Array(rows);
  const targets = new Uint32Array(rows);
  for (let sequence = 0; sequence < shape.batch; sequence++) {
    let token = random.below(shape.vocabulary);
    for (let t = 0; t < shape.length; t++) {
      tokens[sequence * shape.length + t] = token;
      token = random.below(shape.vocabulary);
      targets[sequence * shape.length + t] = token;
    }
  }
  return { weights: initialWeights(modelOf(shape), SEED), tokens, targets };
}

/** [rows, IN, OUT] of the different matrix products of a step's linear layers. */
export function linearShapes(shape: TrainingShape): (readonly [number, number, number])[] {
  const rows = shape.batch * shape.length;
  const found = new Map<string, readonly [number, number, number]>();
  for (const [name, [out, input]] of parameterShapes(modelOf(shape))) {
    if (input !== undefined && name !== 'model.embed_tokens.weight') found.set(`${input} ${out}`, [rows, input, out!]);
  }
  return [...found.values()];
}

/**
 * Floating-point operations of a step's matrix products: 2 forward and 4 backward for every weight of a linear layer and
 * every row, and the same 6 for both products of attention over the half of the square that is not masked. Norms,
 * softmax, recomputation and the optimiser are not counted.
 */
export function stepOperations(shape: TrainingShape): number {
  const rows = shape.batch * shape.length;
  let weights = 0;
  for (const [name, [out, input]] of parameterShapes(modelOf(shape))) {
    if (input !== undefined && name !== 'model.embed_tokens.weight') weights += out! * input;
  }
  const attention = 2 * shape.layers * shape.batch * shape.width * (shape.length * (shape.length + 1)) / 2;
  return 6 * (rows * weights + attention);
}

export function parameterCount(shape: TrainingShape): number {
  return [...parameterShapes(modelOf(shape)).values()].reduce((sum, one) => sum + one.reduce((a, b) => a * b, 1), 0);
}
