// MatchTIR (arXiv 2601.10712): each step's calls are matched with those of a reference solution (hostSignals/callMatching.ts,
// the hard one-to-one form), and the answer step with the reference answer. Steps are compared by their discounted return with
// the group's steps of the same number, answers by the sum of their rewards; the two standard scores are averaged.

import type { CreditMethod } from '../method';
import { setStatistic } from '../operations/setStatistic';
import { DDOF, EPSILON, statistic } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';
import { zscore } from '../operations/zscore';

export const matchTir: CreditMethod = {
  name: 'matchtir',
  title: 'MatchTIR',
  paper: { title: 'MatchTIR: Fine-Grained Supervision for Tool-Integrated Reasoning via Bipartite Matching', url: 'https://arxiv.org/abs/2601.10712' },
  needs: ['matchReward', 'steps'],
  parameters: [{ name: 'gamma', label: 'Discount a step', default: 0.9, minimum: 0, maximum: 1 }, DDOF, EPSILON],
  explanation:
    'A step earns as much as it resembles some step of a reference solution that no other step has claimed, in whatever order the steps come. '
    + 'It is compared with the group’s steps at the same place, and the whole answer with the other answers.',
  ours: 'Only the one-to-one matching is here, not the soft one by transport, and it takes the most similar pair first.',
  program(c) {
    const ddof = c.number('ddof');
    const r = c.signal('matchReward', 'r');
    const G = suffixSum(c, r, { id: 'G', label: 'Return from the step on', discount: c.number('gamma') });
    const mean = setStatistic(c, 'mean', G, 'stepIndex', { id: 'mean', label: 'Mean at this step number' });
    const std = setStatistic(c, 'std', G, 'stepIndex', { id: 'std', label: 'Spread at this step number', ddof });
    c.line('turn', 'Standing of the step', '({G} − {mean}) / ({std} + {epsilon})', { names: { G, mean, std } });
    zscore(c, statistic(c, 'sum', r, 'answer', { id: 'total', label: 'Sum of the step rewards' }), 'problem', { id: 'whole', label: 'Standing of the answer', ddof });
    return { advantages: c.line('A', 'Advantage of the step', '({turn} + {whole}) / 2') };
  },
};
