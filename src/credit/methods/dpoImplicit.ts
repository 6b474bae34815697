// From r to Q* (arXiv 2404.12358): a policy trained by preferences is itself a token reward. beta × log(policy / reference)
// is the optimal advantage of the token, and over the answer it sums to the reward less the value of the question.
// Beta 0.1 is common and not this paper's (UNVERIFIED).

import type { CreditMethod } from '../method';
import { statistic } from '../operations/statistic';

export const dpoImplicit: CreditMethod = {
  name: 'dpo_implicit',
  title: 'DPO’s implicit reward',
  paper: { title: 'From r to Q*: Your Language Model is Secretly a Q-Function', url: 'https://arxiv.org/abs/2404.12358' },
  needs: ['logprobs', 'referenceLogprobs'],
  parameters: [{ name: 'beta', label: 'Temperature', default: 0.1, minimum: 0, maximum: 10 }],
  explanation:
    'What training has made likelier is what it found good, so the log of policy over reference is credit for each token. '
    + 'No outcome enters: it shows what the policy has come to prefer since the reference, not what is right.',
  ours: 'Beta 0.1 is common practice and not this paper’s.',
  program(c) {
    const names = { policy: c.signal('logprobs'), reference: c.signal('referenceLogprobs') };
    const u = c.line('u', 'Implicit reward of the token', '{beta} × ({policy} − {reference})', { names });
    statistic(c, 'sum', u, 'answer', { id: 'total', label: 'Implicit reward of the answer' });
    return { advantages: u };
  },
};
