// Forward and backward against float64 PyTorch (e2e/fixtures/model_*.json): logits, and the gradient of
// objective_b = sum(mask * advantage * logp) with respect to every weight, from the fixture's gradient of the logits.

import { expect, test } from 'vitest';
import type { Executor } from '../gpu/executor';
import { testExecutors } from '../gpu/testing';
import { decodeTensor, FIXTURE_MODELS, loadFixtureModel, type FixtureModel } from './fixtureModelTesting';
import { SequenceModel } from './sequenceModel';

async function build(executor: Executor, fixture: FixtureModel) {
  const { config, layout, weights, gradients, table } = loadFixtureModel(executor, fixture);
  const [batch, length] = [fixture.inputs.input_ids.length, fixture.inputs.input_ids[0]!.length];
  const model = new SequenceModel(config, { batch, length, spanStart: 0, span: length }, weights, gradients, table);
  await executor.prepare(model.forwardPlan);
  await executor.prepare(model.backwardPlan);
  model.writeInputs(executor, {
    tokens: Uint32Array.from(fixture.inputs.input_ids.flat()), positions: Int32Array.from(fixture.inputs.position_ids.flat()),
    keyMask: Uint32Array.from(fixture.inputs.attention_mask.flat()),
  });
  return { model, layout, gradients, batch };
}

const worst = (got: ArrayLike<number>, want: ArrayLike<number>): number =>
  Array.from(want).reduce((most, value, i) => Math.max(most, Math.abs(got[i]! - value)), 0);

test.each(FIXTURE_MODELS)('%s: logits and weight gradients equal PyTorch', async (_, fixture) => {
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
      const want = decodeTensor((fixture.expected.grad_b_weights as Record<string, { b64: string }>)[name]!);
      const largest = want.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(worst(await executor.read(gradients.of(name)), want), `${executor.kind} ${name}`).toBeLessThanOrEqual(1e-6 + 1e-4 * largest);
    }
  }
});
