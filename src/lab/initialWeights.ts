// Weights of a policy before any teaching: normal with deviation 0.02 (Radford et al. 2019), less by sqrt(2 * layers)
// where a layer writes to the residual stream; norms 1, biases 0.

import { parameterShapes } from '../model/parameterLayout';
import type { ModelConfig } from '../model/config';
import { RandomStream } from '../random/threefry';

const DEVIATION = 0.02;

export interface NamedTensor { readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> }

export function initialWeights(config: ModelConfig, seed: number): Map<string, NamedTensor> {
  const weights = new Map<string, NamedTensor>();
  [...parameterShapes(config)].forEach(([name, shape], index) => {
    const length = shape.reduce((product, one) => product * one, 1);
    const random = RandomStream.of(seed, 'initialWeights', 0, index);
    const isResidual = name.endsWith('o_proj.weight') || name.endsWith('down_proj.weight');
    const deviation = isResidual ? DEVIATION / Math.sqrt(2 * config.layers) : DEVIATION;
    const fill = name.endsWith('norm.weight') ? () => 1 : name.endsWith('.bias') ? () => 0 : () => deviation * random.normal();
    weights.set(name, { shape, data: Float32Array.from({ length }, fill) });
  });
  return weights;
}
