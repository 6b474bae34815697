// The signals a credit method may ask for: one line each. A signal is made once a batch (by a phase or a model pass) and
// shared by whoever wants it. Values are f32 of the given shape; critiques are kept apart because they are sets of steps.

import type { ValueShape } from '../kernels/credit/shapes';

export interface SignalKind {
  readonly shape: ValueShape;
  readonly label: string;
  /** one clause, shown where a line's formula would stand */
  readonly meaning: string;
}

export const SIGNALS = {
  outcome: { shape: 'answer', label: 'Outcome', meaning: 'reward of the whole answer, by the verifier' },
  correct: { shape: 'answer', label: 'Answer is right', meaning: '1 where the verifier accepts the answer (the outcome may be graded)' },
  greedyOutcome: { shape: 'answer', label: 'Greedy outcome', meaning: 'reward of the greedy answer to the same problem' },
  stepCorrect: { shape: 'step', label: 'Step is right', meaning: '1 where the exact checker finds the step right in itself' },
  tokenRewards: { shape: 'token', label: 'Token reward', meaning: 'reward given at the token' },
  values: { shape: 'token', label: 'Value', meaning: 'the value model, before the token' },
  terminal: { shape: 'token', label: 'Ends here', meaning: '1 where the episode ends after the token' },
  bootstrapValues: { shape: 'answer', label: 'Value after the end', meaning: 'the value model, after the last token of a cut-off answer' },
  oldLogprobs: { shape: 'token', label: 'Log-prob when sampled', meaning: 'log-probability of the token under the sampling weights' },
  referenceLogprobs: { shape: 'token', label: 'Reference log-prob', meaning: 'log-probability of the token under the reference policy' },
} as const satisfies Record<string, SignalKind>;
export type ValueSignal = keyof typeof SIGNALS;

/** What a method can need. 'steps' says that it looks at step boundaries. */
export type SignalName = ValueSignal | 'critiques' | 'steps';
