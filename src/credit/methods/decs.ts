// DECS (arXiv 2509.25827): once a right answer has said all that is needed, every further token earns a little less, the more
// the longer the answer grew. Rewards are compared token number by token number over the group.
// fill: as in the released code an answer that has ended keeps contributing its full reward further on; exclude (ours): it does not.

import type { CreditBuilder, Handle } from '../builder';
import type { CreditMethod } from '../method';
import { answerLength } from '../operations/answerLength';
import { fillBeyond } from '../operations/fillBeyond';
import { setStatistic } from '../operations/setStatistic';
import { DDOF, EPSILON } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';

export const decs: CreditMethod = {
  name: 'decs',
  title: 'DECS',
  paper: { title: 'Overthinking Reduction with Decoupled Rewards and Curriculum Data Scheduling', url: 'https://arxiv.org/abs/2509.25827' },
  needs: ['correct', 'necessaryEnd'],
  parameters: [
    { name: 'b', label: 'Extra for what is needed', default: 0.1, minimum: 0, maximum: 10 },
    { name: 'shorter', label: 'Answers that have ended', default: 'fill', choices: ['fill', 'exclude'] },
    DDOF,
    EPSILON,
  ],
  explanation:
    'In a right answer the tokens up to the first point where all is said earn the full reward, and the tokens after it less. '
    + 'Each token is compared with the tokens at the same place in the group’s other answers.',
  ours: 'Answers that have ended can also be left out of the comparison (exclude).',
  program(c) {
    c.signal('correct');
    c.signal('necessaryEnd');
    const { one } = answerLength(c);
    suffixSum(c, one, { id: 'left', label: 'Tokens from here to the end', discount: 1 });
    const reward = c.line('r', 'Reward of the token', `{correct} × (1 + {b} × where({length} − {left} ≥ {necessaryEnd}, 1 − {length} / ${c.shape.width}, 1))`);
    const [mean, std] = c.choice('shorter') === 'fill' ? filled(c, reward) : compared(c, reward, 'tokenIndex');
    return { advantages: c.line('A', 'Advantage of the token', '({r} − {mean}) / ({std} + {epsilon})', { names: { mean, std } }) };
  },
};

function filled(c: CreditBuilder, reward: Handle): [Handle, Handle] {
  const fill = c.line('beyond', 'Reward past the end', '(1 + {b}) × {correct}');
  return compared(c, fillBeyond(c, reward, fill, { id: 'padded', label: 'Reward of the column' }), 'column');
}

const compared = (c: CreditBuilder, x: Handle, over: 'tokenIndex' | 'column'): [Handle, Handle] => [
  setStatistic(c, 'mean', x, over, { id: 'mean', label: 'Mean at this place' }),
  setStatistic(c, 'std', x, over, { id: 'std', label: 'Spread at this place', ddof: c.number('ddof') }),
];
