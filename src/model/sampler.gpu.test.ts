// Cached decoding against PyTorch's greedy continuations (full forward, no cache), and what sampling promises.

import { expect, test } from 'vitest';
import type { Executor } from '../gpu/executor';
import { testExecutors } from '../gpu/testing';
import { streamKey } from '../random/threefry';
import { FIXTURE_MODELS, loadFixtureModel, type FixtureModel } from './fixtureModelTesting';
import { Sampler, type SamplerSettings } from './sampler';

const NEVER = 0xffff_ffff;
const settings: SamplerSettings = { temperature: 1, topK: 0, topP: 1, minP: 0, isGreedy: false, stopToken: NEVER, key: streamKey(3, 'sampling', 0), rowOffset: 0 };

async function buildSampler(executor: Executor, fixture: FixtureModel, promptLength: number, answerLength: number) {
  const { config, weights, table } = loadFixtureModel(executor, fixture);
  const sampler = new Sampler(config, { prompts: 3, answersPerPrompt: 4, promptLength, answerLength }, weights, table);
  await sampler.prepare(executor);
  return sampler;
}

test.each(FIXTURE_MODELS)('%s: greedy continuation and log-probs equal PyTorch, with and without left padding', async (_, fixture) => {
  const { prompt, new_ids: wanted, logprobs } = fixture.expected.greedy;
  for (const executor of await testExecutors()) {
    for (const padding of [0, 2]) {
      const sampler = await buildSampler(executor, fixture, prompt.length + padding, wanted.length);
      const { tokens_NT, logprobs_NT } = await sampler.sample(executor, [prompt], 1, { ...settings, isGreedy: true });
      expect([...tokens_NT], `${executor.kind}, padding ${padding}`).toEqual(wanted);
      logprobs.forEach((value, t) => expect(logprobs_NT[t]).toBeCloseTo(value, 4));
    }
  }
});

test('both executors draw the same answers; a longer common length or other prompts beside it change nothing', async () => {
  const fixture = FIXTURE_MODELS[2][1];
  const [cpu, webgpu] = await testExecutors();
  const results: number[][] = [];
  for (const [executor, promptLength, prompts] of [[cpu, 4, [[5, 2, 7]]], [webgpu, 4, [[5, 2, 7]]], [webgpu, 6, [[5, 2, 7], [1]]]] as const) {
    const sampler = await buildSampler(executor, fixture, promptLength, 9);
    const { tokens_NT } = await sampler.sample(executor, prompts, 4, settings);
    results.push([...tokens_NT.slice(0, 4 * 9)]);
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
  expect(new Set([0, 1, 2, 3].map((n) => results[0]!.slice(n * 9, n * 9 + 9).join())).size).toBeGreaterThan(1);
});

test('an answer ends at its stop token, which counts; padding follows', async () => {
  const fixture = FIXTURE_MODELS[0][1];
  for (const executor of await testExecutors()) {
    const sampler = await buildSampler(executor, fixture, 3, 20);
    const { tokens_NT, lengths_N, finished_N } = await sampler.sample(executor, [[8, 0, 7], [12, 1]], 4, { ...settings, temperature: 3, stopToken: 4 });
    for (let n = 0; n < 8; n++) {
      const row = [...tokens_NT.slice(n * 20, n * 20 + 20)];
      const stop = row.indexOf(4);
      expect(finished_N[n], executor.kind).toBe(stop === -1 ? 0 : 1);
      expect(lengths_N[n]).toBe(stop === -1 ? 20 : stop + 1);
      if (stop !== -1) expect(row.slice(stop + 1).every((token) => token === 0)).toBe(true);
    }
    expect([...finished_N].some((flag) => flag === 1)).toBe(true);
  }
});
