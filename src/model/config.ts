// Shape of a Llama/Qwen style decoder: RMSNorm, rotary embeddings (half-split layout), grouped-query attention,
// SwiGLU, optional q/k norm (Qwen3), optional q/k/v bias (Qwen2), tied or untied head.

export type ModelFamily = 'llama' | 'qwen2' | 'qwen3';

export interface ModelConfig {
  readonly family: ModelFamily;
  readonly hiddenSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  /** need not be hiddenSize / heads */
  readonly headDim: number;
  readonly intermediateSize: number;
  readonly vocabularySize: number;
  readonly ropeTheta: number;
  readonly rmsNormEpsilon: number;
  /** the head shares the embedding's weights */
  readonly isTied: boolean;
  /** bias on the q, k and v projections */
  readonly hasAttentionBias: boolean;
  /** RMSNorm over head_dim on q and k, after the projection and before the rotation */
  readonly hasQkNorm: boolean;
  readonly maximumPositions: number;
  /** a value model: its head gives one number a position instead of logits */
  readonly hasValueHead?: boolean;
}

/** Throws a RangeError that names the field. */
export function checkModelConfig(config: ModelConfig): void {
  const counts = ['hiddenSize', 'layers', 'heads', 'kvHeads', 'headDim', 'intermediateSize', 'vocabularySize', 'maximumPositions'] as const;
  for (const name of counts) {
    if (!Number.isSafeInteger(config[name]) || config[name] < 1) throw new RangeError(`${name} = ${config[name]} is not a positive integer`);
  }
  if (config.heads % config.kvHeads !== 0) throw new RangeError(`heads = ${config.heads} is not a multiple of kvHeads = ${config.kvHeads}`);
  if (config.headDim % 2 !== 0) throw new RangeError(`headDim = ${config.headDim} is odd; rotary embeddings pair its halves`);
  if (!(config.ropeTheta > 0) || !(config.rmsNormEpsilon > 0)) throw new RangeError('ropeTheta and rmsNormEpsilon must be positive');
}
