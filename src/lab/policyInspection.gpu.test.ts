// A closer look at a small policy: consistent with its log-probabilities, and the same however the answers are cut.

import { expect, test } from 'vitest';
import { testExecutors } from '../gpu/testing';
import type { ModelConfig } from '../model/config';
import { RandomStream } from '../random/threefry';
import { EnginePolicy } from './enginePolicy';
import { initialWeights } from './initialWeights';
import { INSPECTED, type Inspection } from './policyInspection';

const config: ModelConfig = {
  family: 'qwen3', hiddenSize: 16, layers: 2, heads: 4, kvHeads: 2, headDim: 4, intermediateSize: 24, vocabularySize: 11,
  ropeTheta: 10_000, rmsNormEpsilon: 1e-6, isTied: true, hasAttentionBias: false, hasQkNorm: true, maximumPositions: 32,
};
const [P, A] = [5, 14];
const random = RandomStream.of(3, 'problems');
const lengths = [14, 1, 9, 13, 6];
const batch = {
  prompts_N: lengths.map((_, n) => Array.from({ length: 1 + (n % P) }, () => 2 + random.below(9))),
  tokens_NT: Uint32Array.from({ length: lengths.length * A }, (_, i) => (i % A < lengths[Math.floor(i / A)]! ? 1 + random.below(10) : 0)),
  lengths_N: Uint32Array.from(lengths),
};

test('raw logits give the log-probabilities; attention is there where later tokens look; cuts change nothing', async () => {
  for (const executor of await testExecutors()) {
    const looks: Inspection[] = [];
    for (const microbatchAnswers of [5, 2]) {
      const policy = await EnginePolicy.create(executor, config, { promptLength: P, answerLength: A, microbatchAnswers, promptsPerSample: 1, answersPerPrompt: 1 });
      policy.loadWeights(initialWeights(config, 1));
      const { logprobs_NT } = await policy.score(batch, 1, 'policy');
      const look = await policy.inspect(batch, 0.5);
      logprobs_NT.forEach((one, i) => expect(look.tokenLogit_NT[i]! - look.logsumexp_NT[i]!, `${executor.kind} ${i}`).toBeCloseTo(one, 4));
      looks.push(look);
    }
    for (const name of INSPECTED) looks[0]![name].forEach((one, i) => expect(looks[1]![name][i], `${executor.kind} ${name} ${i}`).toBeCloseTo(one, 5));
    const { waad_NT, fai_NT, meanLogit_NT } = looks[0]!;
    lengths.forEach((length, n) => {
      for (let t = 0; t < A; t++) {
        // the model never reads an answer's last column; what a token looks back on is at most everything before it, counted up to 10
        const isRead = t < Math.min(length, A - 1);
        expect(waad_NT[n * A + t]! > 0).toBe(isRead);
        expect(waad_NT[n * A + t]).toBeLessThanOrEqual(Math.min(10, t + batch.prompts_N[n]!.length));
        // influence needs a token ten later
        expect(fai_NT[n * A + t]! > 0).toBe(t + 10 < Math.min(length, A - 1));
        if (t >= length) expect(meanLogit_NT[n * A + t]).toBe(0);
      }
    });
    executor.destroy();
  }
});
