import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import text from '../../../e2e/fixtures/kl_in_reward.json?raw';
import { expectClose, floats, parseFixture, shape, words } from './fixtureTesting';
import { klScalars } from './klEstimate';
import { klInReward } from './klInReward';

test.each(parseFixture(text).cases.filter((one) => one.name.startsWith('kl_in_reward/')))('$name', async ({ inputs, expected, tolerance }) => {
  const [rows, length] = shape(inputs.mask) as [number, number];
  for (const executor of await testExecutors()) {
    const got = await runKernel(executor, klInReward, {
      old_logprobs: floats(inputs.old_logprobs), ref_logprobs: floats(inputs.ref_logprobs), mask: words(inputs.mask), scores: floats(inputs.scores),
      token_rewards: new Float32Array(rows * length), sequence_kl: new Float32Array(rows),
    }, { rows, length, coefficient: inputs.kl_coef as number, ...klScalars('k1', false) });
    expectClose(got.token_rewards, expected.token_rewards, tolerance, `${executor.kind} rewards`);
    expectClose([Array.from(got.sequence_kl).reduce((sum, one) => sum + one, 0) / rows], expected.mean_sequence_kl, tolerance, `${executor.kind} mean`);
  }
});

test('k2 with holes and an empty row: the score lands on the last token, an empty row gets nothing', async () => {
  const mask = Uint32Array.of(0, 1, 0, 1, 0, /**/ 0, 0, 0, 0, 0);
  const old_logprobs = Float32Array.from(mask, (one, i) => (one === 0 ? NaN : -i));
  const ref_logprobs = Float32Array.from(mask, (one) => (one === 0 ? NaN : -2));
  for (const executor of await testExecutors()) {
    const got = await runKernel(executor, klInReward, {
      old_logprobs, ref_logprobs, mask, scores: Float32Array.of(3, 8), token_rewards: new Float32Array(10).fill(9), sequence_kl: new Float32Array(2),
    }, { rows: 2, length: 5, coefficient: 0.5, ...klScalars('k2', false) });
    expect([...got.token_rewards]).toEqual([0, -0.25, 0, 2.75, 0, 0, 0, 0, 0, 0]);
    // kl 0.5 (-1 to -2) at the second token, 0.5 (-3 to -2) at the fourth
    expect([...got.sequence_kl]).toEqual([0.5, 0]);
  }
});
