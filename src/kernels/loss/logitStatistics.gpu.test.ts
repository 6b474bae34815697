import { expect, test } from 'vitest';
import { runKernel, testExecutors } from '../../gpu/testing';
import samplingText from '../../../e2e/fixtures/sampling.json?raw';
import { expectClose, flat, floats, parseFixture, shape, words, type Fields } from './fixtureTesting';
import { logitStatistics } from './logitStatistics';

const basic = parseFixture(samplingText).cases.filter((one) => one.name.startsWith('basic/'));

test.each(basic)('$name: the log-softmax is the logit less the log-sum-exp', async ({ name, inputs, expected, tolerance }) => {
  const [rows, VOCAB] = shape(inputs.logits) as [number, number];
  const wanted = (expected.per_temperature as unknown as Fields[]).find(({ temperature }) => temperature === 1)!;
  for (const executor of await testExecutors()) {
    const empty = () => new Float32Array(rows);
    const got = await runKernel(executor, logitStatistics, { logits: floats(inputs.logits), targets: words(inputs.target_ids), mean_logit: empty(), token_logit: empty(), logsumexp: empty() }, { rows, VOCAB });
    expectClose(got.logsumexp, wanted.logsumexp, tolerance, `${executor.kind} logsumexp`);
    // between logits around 5000 a difference of two float32 numbers says nothing more
    if (!name.includes('stability')) expectClose(got.token_logit.map((one, row) => one - got.logsumexp[row]!), wanted.target_logprob, tolerance, `${executor.kind} logprob`);
    const logits = flat(inputs.logits);
    got.mean_logit.forEach((one, row) => {
      const mean = logits.slice(row * VOCAB, (row + 1) * VOCAB).reduce((sum, logit) => sum + logit / VOCAB, 0);
      expect(Math.abs(one - mean), `${executor.kind} mean of row ${row}`).toBeLessThan(1e-4 * Math.max(1, Math.abs(mean)));
    });
  }
});
