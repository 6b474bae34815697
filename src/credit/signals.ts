// The signals a credit method may ask for: one line each. A signal is made once a batch (by a phase or a model pass) and
// shared by whoever wants it. Values are f32 of the given shape; critiques, token ids, states, sub-checks and probes of
// the reference answer are kept apart because they are not one number a place (see CreditSignals in writeSignals.ts).

import type { ValueShape } from '../kernels/credit/shapes';

/** Who makes a signal, as the end of the sentence "it is made by ...". */
export const SOURCES = {
  verifier: 'the task’s verifier',
  checker: 'the task’s exact step checker',
  sampling: 'sampling itself',
  forward: 'a forward pass of the policy over the answers',
  reference: 'a forward pass of the reference policy: choose a loss.klKind other than none',
  attention: 'a forward pass of the policy that keeps its attention',
  noQuestion: 'a forward pass of the policy without the question',
  probe: 'forward passes of the policy over the reference answer after every step',
  rollouts: 'extra rollouts of the policy from within the answers',
  valueModel: 'a value model that trains beside the policy',
  levelValues: 'a value model with one head a level of the hierarchy',
  processModel: 'a process reward model',
  implicitModel: 'an implicit process reward model, trained on which answers were right',
  qModel: 'a token reward model, trained on pairs of answers',
  judge: 'a judge of single steps',
  task: 'a task that marks it',
} as const;

export interface SignalKind {
  readonly shape: ValueShape;
  readonly source: keyof typeof SOURCES;
  readonly label: string;
  /** one clause, shown where a line's formula would stand */
  readonly meaning: string;
}

export const SIGNALS = {
  outcome: { shape: 'answer', source: 'verifier', label: 'Outcome', meaning: 'reward of the whole answer, by the verifier' },
  correct: { shape: 'answer', source: 'verifier', label: 'Answer is right', meaning: '1 where the verifier accepts the answer (the outcome may be graded)' },
  formatOk: { shape: 'answer', source: 'verifier', label: 'Format is right', meaning: '1 where the answer has the form that was asked for' },
  greedyOutcome: { shape: 'answer', source: 'rollouts', label: 'Greedy outcome', meaning: 'reward of the greedy answer to the same problem' },
  stepCorrect: { shape: 'step', source: 'checker', label: 'Step is right', meaning: '1 where the exact checker finds the step right in itself' },
  answerMatch: { shape: 'step', source: 'checker', label: 'Step fits the answer', meaning: '1 where the step agrees with the final answer that the text itself gives' },
  necessaryEnd: { shape: 'answer', source: 'checker', label: 'Enough is said', meaning: 'tokens after which all that the right answer needs has been said; the width of the batch where that never happens' },
  restSteps: { shape: 'step', source: 'checker', label: 'Steps still needed', meaning: 'fewest further steps to a right answer after this one' },
  restReachable: { shape: 'step', source: 'checker', label: 'Right answer in reach', meaning: '1 where a right answer can still be reached after the step, else −1' },
  matchReward: { shape: 'step', source: 'checker', label: 'Fits the reference', meaning: 'how well the step’s calls match those of the reference solution, 0 to 1; for the final answer, how well it matches' },
  planMask: { shape: 'token', source: 'task', label: 'Plans', meaning: '1 where the token plans rather than carries out' },
  opensSegment: { shape: 'step', source: 'task', label: 'Opens a segment', meaning: '1 where the step sets a new subgoal' },
  thinkScore: { shape: 'answer', source: 'judge', label: 'Score of the thought', meaning: 'judge’s −1, 0 or 1 for the candidate step’s reasoning' },
  actionScore: { shape: 'answer', source: 'judge', label: 'Score of the action', meaning: 'judge’s −1, 0 or 1 for what the candidate step does' },
  isFinal: { shape: 'answer', source: 'judge', label: 'Gives the answer', meaning: '1 where the candidate step ends the answer' },
  stepNumber: { shape: 'answer', source: 'sampling', label: 'Number of the step', meaning: 'which step of the answer the candidate is, from 1' },
  tokenRewards: { shape: 'token', source: 'task', label: 'Token reward', meaning: 'reward given at the token' },
  values: { shape: 'token', source: 'valueModel', label: 'Value', meaning: 'the value model, before the token' },
  valueHigh: { shape: 'step', source: 'levelValues', label: 'Value of the plan', meaning: 'the value model’s upper level, before the step' },
  valueLow: { shape: 'step', source: 'levelValues', label: 'Value of the work', meaning: 'the value model’s lower level, before the step' },
  valueTerm: { shape: 'step', source: 'levelValues', label: 'Value of switching', meaning: 'the value model’s switch level, before the step' },
  terminal: { shape: 'token', source: 'task', label: 'Ends here', meaning: '1 where the episode ends after the token' },
  bootstrapValues: { shape: 'answer', source: 'valueModel', label: 'Value after the end', meaning: 'the value model, after the last token of a cut-off answer' },
  mcValues: { shape: 'step', source: 'rollouts', label: 'Monte-Carlo value', meaning: 'mean reward of fresh rollouts from before the step; 0 where none was made' },
  mcKnown: { shape: 'step', source: 'rollouts', label: 'Has rollouts', meaning: '1 where the Monte-Carlo value was estimated' },
  summaryReward: { shape: 'step', source: 'rollouts', label: 'Reward if stopped here', meaning: 'mean reward of short answers forced at the end of the step' },
  budget: { shape: 'step', source: 'sampling', label: 'Budget', meaning: 'tokens allowed up to the end of the step' },
  prmSigned: { shape: 'step', source: 'processModel', label: 'Step score', meaning: 'the process reward model, chance of good minus chance of bad, −1 to 1' },
  prmProb: { shape: 'step', source: 'processModel', label: 'Step probability', meaning: 'the process reward model, chance that the step is good, 0 to 1' },
  phiLogprobs: { shape: 'token', source: 'implicitModel', label: 'Reward model’s log-prob', meaning: 'log-probability of the token under the implicit reward model' },
  phiReferenceLogprobs: { shape: 'token', source: 'implicitModel', label: 'Its reference’s log-prob', meaning: 'log-probability of the token under the reward model’s reference' },
  qReward: { shape: 'token', source: 'qModel', label: 'Token score', meaning: 'the token reward model, at the token' },
  oldLogprobs: { shape: 'token', source: 'sampling', label: 'Log-prob when sampled', meaning: 'log-probability of the token under the sampling weights' },
  logprobs: { shape: 'token', source: 'forward', label: 'Log-prob', meaning: 'log-probability of the token under the policy' },
  referenceLogprobs: { shape: 'token', source: 'reference', label: 'Reference log-prob', meaning: 'log-probability of the token under the reference policy' },
  unconditionalLogprobs: { shape: 'token', source: 'noQuestion', label: 'Log-prob without the question', meaning: 'log-probability of the token when the policy is not shown the question' },
  entropy: { shape: 'token', source: 'forward', label: 'Entropy', meaning: 'entropy of the policy where the token was chosen' },
  logsumexp: { shape: 'token', source: 'forward', label: 'Log of summed logits', meaning: 'log of the sum of exp of the policy’s logits at the token' },
  meanLogit: { shape: 'token', source: 'forward', label: 'Mean logit', meaning: 'mean of the policy’s logits at the token' },
  tokenLogit: { shape: 'token', source: 'forward', label: 'Logit', meaning: 'the policy’s logit of the token that was chosen' },
  waad: { shape: 'token', source: 'attention', label: 'Attention looks back', meaning: 'windowed average distance of the local heads’ attention' },
  fai: { shape: 'token', source: 'attention', label: 'Attention received later', meaning: 'mean attention of the global heads from later tokens' },
  suffixGain: { shape: 'step', source: 'probe', label: 'Gain of the reference', meaning: 'largest gain in log-probability that the step brings to a remaining part of the reference solution' },
} as const satisfies Record<string, SignalKind>;
export type ValueSignal = keyof typeof SIGNALS;

/** What else a method can need, each with its own reader in writeSignals. */
const OTHER_NEEDS = {
  steps: { source: 'task', label: 'Steps', meaning: 'where steps begin and end' },
  critiques: { source: 'judge', label: 'Critiques', meaning: 'critiques that flag wrong steps' },
  tokens: { source: 'sampling', label: 'Tokens', meaning: 'token ids' },
  states: { source: 'task', label: 'States', meaning: 'a name for the state before each step' },
  checks: { source: 'checker', label: 'Checks of the step', meaning: 'several binary checks of each step' },
  answerLogprobs: { source: 'probe', label: 'Log-probs of the reference answer', meaning: 'log-probabilities of the reference answer’s tokens before and after every step' },
} as const satisfies Record<string, { source: keyof typeof SOURCES; label: string; meaning: string }>;

/** What a method can need. 'steps' says that it looks at step boundaries. */
export type SignalName = ValueSignal | keyof typeof OTHER_NEEDS;

/** What a signal means and what makes it, for a sentence to a person. */
export function describeSignal(name: SignalName): { readonly label: string; readonly meaning: string; readonly source: keyof typeof SOURCES; readonly madeBy: string } {
  const { label, meaning, source } = { ...SIGNALS, ...OTHER_NEEDS }[name];
  return { label, meaning, source, madeBy: SOURCES[source] };
}
