import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import samplingText from '../../../e2e/fixtures/sampling.json?raw';
import { expectClose, flat, floats, parseFixture, shape, words, type Fields } from './fixtureTesting';
import { tokenStatistics } from './tokenStatistics';

const basic = parseFixture(samplingText).cases.filter((one) => one.name.startsWith('basic/'));

test.each(basic)('$name: log-sum-exp, entropy and log-prob of the target', async ({ inputs, expected, tolerance }) => {
  const [rows, VOCAB] = shape(inputs.logits) as [number, number];
  for (const executor of await testExecutors()) for (const wanted of expected.per_temperature as unknown as Fields[]) {
    const temperature = wanted.temperature as number;
    const run = (targets: Uint32Array<ArrayBuffer>) => runKernel(executor, tokenStatistics, {
      logits: floats(inputs.logits), targets, logprob: new Float32Array(rows), entropy: new Float32Array(rows), logsumexp: new Float32Array(rows),
    }, { rows, temperature, VOCAB });
    const got = await run(words(inputs.target_ids));
    expectClose(got.logprob, wanted.target_logprob, tolerance, `${executor.kind} logprob`);
    expectClose(got.entropy, wanted.entropy, tolerance, `${executor.kind} entropy`);
    expectClose(got.logsumexp, wanted.logsumexp, tolerance, `${executor.kind} logsumexp`);
    if (wanted.log_softmax === undefined) continue;
    for (let v = 0; v < VOCAB; v++) {
      const column = flat(wanted.log_softmax).filter((_, i) => i % VOCAB === v);
      expectClose((await run(new Uint32Array(rows).fill(v))).logprob, column, tolerance, `${executor.kind} log-softmax of ${v}`);
    }
  }
});

test.each([1, 7, 33])('%i rows of equal logits over 1031 tokens have the entropy log 1031', async (rows) => {
  for (const executor of await testExecutors()) {
    const { logprob, entropy, logsumexp } = await runKernel(executor, tokenStatistics, {
      logits: new Float32Array(rows * 1031).fill(2), targets: new Uint32Array(rows).fill(1030),
      logprob: new Float32Array(rows), entropy: new Float32Array(rows), logsumexp: new Float32Array(rows),
    }, { rows, temperature: 0.5, VOCAB: 1031 });
    for (let row = 0; row < rows; row++) {
      expect(entropy[row]).toBeCloseTo(6.938284, 5);
      expect(logprob[row]).toBeCloseTo(-6.938284, 5);
      expect(logsumexp[row]).toBeCloseTo(10.938284, 5);
    }
  }
});
