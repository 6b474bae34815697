// What sampling and the scoring forward leave behind anyway. Before the first step of an update the policy still is the one that
// sampled, so its log-probabilities are the old ones.

import { keepsReference } from '../configuration';
import type { RecordedProvider, SignalProvider } from './provider';

export const sampled: RecordedProvider = {
  makes: ['tokens', 'oldLogprobs', 'logprobs', 'entropy'],
  make: ({ sample, score }) => ({
    tokens_NT: sample.tokens_NT, values: { oldLogprobs: score.oldLogprobs_NT, logprobs: score.oldLogprobs_NT, entropy: score.entropy_NT },
  }),
};

export const reference: RecordedProvider = {
  makes: ['referenceLogprobs'],
  refusal: ({ configuration }) => (keepsReference(configuration) ? undefined : 'no reference policy is kept: choose a loss.klKind other than none'),
  make: ({ sample, score }) => ({ values: { referenceLogprobs: score.referenceLogprobs_NT! }, cost: { forwards: sample.answers, rollouts: 0, judgeCalls: 0 } }),
};

export const values: SignalProvider = {
  makes: ['values'],
  refusal: ({ hasValueModel }) => (hasValueModel ? undefined : 'no value model trains here; npm run lab -- train and the page have one'),
  make: ({ sample, values_NT }) => ({ values: { values: values_NT! }, cost: { forwards: sample.answers, rollouts: 0, judgeCalls: 0 } }),
};
