// Forward and backward against float64 PyTorch (e2e/fixtures/model_*.json): logits, and the gradient of
// objective_b = sum(mask * advantage * logp) with respect to every weight, from the fixture's gradient of the logits.

import { expect, test } from 'vitest';
import llama from '../../e2e/fixtures/model_llama_untied_gqa.json';
import qwen2 from '../../e2e/fixtures/model_qwen2_tied_bias.json';
import qwen3 from '../../e2e/fixtures/model_qwen3_tied_headdim8.json';
import { planBuffer } from '../gpu/buffer';
import type { Executor } from '../gpu/executor';
import { testExecutors } from '../gpu/testing';
import type { ModelConfig, ModelFamily } from './config';
import { FlatTensors, layOutParameters } from './parameterLayout';
import { ropeTable } from './ropeTable';
import { SequenceModel } from './sequenceModel';

type Fixture = typeof llama | typeof qwen2 | typeof qwen3;

const decode = (tensor: { b64: string }): Float32Array<ArrayBuffer> =>
  new Float32Array(Uint8Array.from(atob(tensor.b64), (character) => character.charCodeAt(0)).buffer);

function configOf({ inputs: { config } }: Fixture): ModelConfig {
  return {
    family: config.arch as ModelFamily, hiddenSize: config.hidden_size, layers: config.num_hidden_layers, heads: config.num_attention_heads,
    kvHeads: config.num_key_value_heads, headDim: config.head_dim, intermediateSize: config.intermediate_size, vocabularySize: config.vocab_size,
    ropeTheta: config.rope_theta, rmsNormEpsilon: config.rms_norm_eps, isTied: config.tie_word_embeddings,
    hasAttentionBias: config.attention_bias, hasQkNorm: config.qk_norm, maximumPositions: 16,
  };
}

async function build(executor: Executor, fixture: Fixture) {
  const config = configOf(fixture);
  const layout = layOutParameters(config, executor.maxBindingBytes);
  const [weights, gradients] = [new FlatTensors(layout, 'weights'), new FlatTensors(layout, 'gradients')];
  const table = planBuffer('rope', 16 * config.headDim);
  const [batch, length] = [fixture.inputs.input_ids.length, fixture.inputs.input_ids[0]!.length];
  const model = new SequenceModel(config, { batch, length, spanStart: 0, span: length }, weights, gradients, table);
  await executor.prepare(model.forwardPlan);
  await executor.prepare(model.backwardPlan);
  executor.write(table, ropeTable(16, config.headDim, config.ropeTheta));
  for (const [name, tensor] of Object.entries(fixture.inputs.weights)) executor.write(weights.of(name), decode(tensor));
  model.writeInputs(executor, {
    tokens: Uint32Array.from(fixture.inputs.input_ids.flat()), positions: Int32Array.from(fixture.inputs.position_ids.flat()),
    keyMask: Uint32Array.from(fixture.inputs.attention_mask.flat()),
  });
  return { model, layout, gradients, batch };
}

const worst = (got: ArrayLike<number>, want: ArrayLike<number>): number =>
  Array.from(want).reduce((most, value, i) => Math.max(most, Math.abs(got[i]! - value)), 0);

test.each([['llama', llama], ['qwen2', qwen2], ['qwen3', qwen3]] as const)('%s: logits and weight gradients equal PyTorch', async (_, fixture) => {
  for (const executor of await testExecutors()) {
    const { model, layout, gradients, batch } = await build(executor, fixture);
    await executor.run(model.forwardPlan, [model.variables(batch)]);
    const logits = await executor.read(model.logits);
    const wanted = fixture.expected.logits.flat(2);
    const real = fixture.inputs.attention_mask.flat().flatMap((mask) => Array<number>(model.config.vocabularySize).fill(mask));
    expect(worst(logits.map((value, i) => value * real[i]!), wanted.map((value, i) => value * real[i]!)), `${executor.kind} logits`).toBeLessThan(2e-4);
    executor.write(model.logits, Float32Array.from(fixture.expected.grad_b_logits.flat(2)));
    await executor.run(model.backwardPlan, [model.variables(batch)]);
    for (const name of layout.entries.keys()) {
      const want = decode((fixture.expected.grad_b_weights as Record<string, { b64: string }>)[name]!);
      const largest = want.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(worst(await executor.read(gradients.of(name)), want), `${executor.kind} ${name}`).toBeLessThanOrEqual(1e-6 + 1e-4 * largest);
    }
  }
});
