// Norms by layer against sums over the gradients' own numbers in float64, tensor by tensor.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import { RandomStream } from '../random/threefry';
import type { ModelConfig } from './config';
import { GradientNorms } from './gradientNorms';
import { FlatTensors, layOutParameters } from './parameterLayout';

const tied: ModelConfig = {
  family: 'qwen3', hiddenSize: 12, layers: 3, heads: 3, kvHeads: 1, headDim: 4, intermediateSize: 20, vocabularySize: 11,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: true, hasAttentionBias: false, hasQkNorm: true, maximumPositions: 32,
};

/** Where a person would look for a parameter. */
const GROUPS = ['model.embed_tokens.', 'model.layers.0.', 'model.layers.1.', 'model.layers.2.', 'model.norm.|lm_head.|value_head.'];

test.each([
  ['tied', tied, 1e9], ['with a head of its own', { ...tied, isTied: false }, 1e9], ['with a value head', { ...tied, hasValueHead: true }, 1e9],
  // a binding of 2 KiB holds 512 numbers, so that a layer lies in several flat buffers
  ['cut into small buffers', { ...tied, isTied: false }, 2048],
] as const)('%s: each group has the norm of its own numbers', async (_name, config, maximumBindingBytes) => {
  const layout = layOutParameters(config, maximumBindingBytes);
  if (maximumBindingBytes === 2048) expect(layout.bufferLengths.length).toBeGreaterThan(4);
  for (const executor of await testExecutors()) {
    const gradients = new FlatTensors(layout, 'gradients');
    const norms = new GradientNorms(gradients);
    await executor.prepare(norms.plan);
    executor.allocate(...gradients.buffers);
    const squares = GROUPS.map(() => 0);
    [...layout.entries.values()].forEach(({ name, length }, index) => {
      const random = RandomStream.of(3, 'initialWeights', 0, index);
      const values = Float32Array.from({ length }, () => (index + 1) * random.normal());
      executor.write(gradients.of(name), values);
      const group = GROUPS.findIndex((prefixes) => prefixes.split('|').some((prefix) => name.startsWith(prefix)));
      squares[group]! += values.reduce((sum, one) => sum + one * one, 0);
    });
    const [read] = await executor.runAndRead([{ plan: norms.plan }], [norms.norms]);
    const found = norms.normsOf(read);
    expect(found.length).toBe(GROUPS.length);
    found.forEach((norm, group) => expect(norm / Math.sqrt(squares[group]!), `${executor.kind} ${GROUPS[group]}`).toBeCloseTo(1, 5));
  }
});
