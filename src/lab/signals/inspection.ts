// What a closer look at the policy gives: raw logits and attention in one more forward, log-probabilities without the question in
// another. Without the question the policy sees the last token of its prompt alone, the sign that an answer begins.

import { answerBatch } from '../rows';
import type { SignalProvider } from './provider';

export const inspection: SignalProvider = {
  makes: ['logsumexp', 'meanLogit', 'tokenLogit', 'waad', 'fai'],
  make: async ({ task, model, sample, configuration }) => {
    const { logsumexp_NT, meanLogit_NT, tokenLogit_NT, waad_NT, fai_NT } = await model.inspect(answerBatch(task, sample), configuration.sampling.temperature);
    return {
      values: { logsumexp: logsumexp_NT, meanLogit: meanLogit_NT, tokenLogit: tokenLogit_NT, waad: waad_NT, fai: fai_NT },
      cost: { forwards: sample.answers, rollouts: 0, judgeCalls: 0 },
    };
  },
};

export const noQuestion: SignalProvider = {
  makes: ['unconditionalLogprobs'],
  make: async ({ task, model, sample, configuration }) => {
    const batch = answerBatch(task, sample);
    const { logprobs_NT } = await model.score({ ...batch, prompts_N: batch.prompts_N.map((prompt) => prompt.slice(-1)) }, configuration.sampling.temperature, 'policy');
    return { values: { unconditionalLogprobs: logprobs_NT }, cost: { forwards: sample.answers, rollouts: 0, judgeCalls: 0 } };
  },
};
