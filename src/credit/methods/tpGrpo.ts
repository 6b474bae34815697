// TP-GRPO (arXiv 2507.23317): thoughts of a right answer that are themselves wrong lose r = alpha × the group's share of right
// answers; a wrong answer's tokens are blamed only in steps that lead to its own final answer. The closed form of the paper's
// suffix sum over merged thoughts. Alpha and tokens outside steps (like a right thought; not blamed) are ours (UNVERIFIED).

import type { CreditMethod } from '../method';
import { DDOF, EPSILON, statistic } from '../operations/statistic';
import { zscore } from '../operations/zscore';

export const tpGrpo: CreditMethod = {
  name: 'tp_grpo',
  title: 'TP-GRPO',
  paper: { title: 'Good Learners Think Their Thinking: Generative PRM Makes Large Reasoning Model More Efficient Math Learner', url: 'https://arxiv.org/abs/2507.23317' },
  needs: ['outcome', 'correct', 'stepCorrect', 'answerMatch', 'steps'],
  parameters: [{ name: 'alpha', label: 'Cost of a wrong thought (ours)', default: 0.5, minimum: 0, maximum: 100 }, DDOF, EPSILON],
  explanation:
    'In a right answer the steps that are wrong in themselves earn less, and more so the easier the problem is for the group. '
    + 'In a wrong answer only the steps that lead to its wrong result are blamed.',
  ours: 'Alpha is our default; tokens outside steps count as right thoughts and are not blamed.',
  program(c) {
    zscore(c, c.signal('outcome'), 'problem', { id: 'o', label: 'Standing of the answer', ddof: c.number('ddof') });
    statistic(c, 'mean', c.signal('correct'), 'problem', { id: 'accuracy', label: 'Share of right answers in the group' });
    c.signal('stepCorrect');
    c.signal('answerMatch');
    c.line('wrong', 'Wrong thought', '1 − {stepCorrect}');
    c.line('cost', 'Cost of the thought', '{alpha} × {accuracy} × {wrong}', { shape: 'token' });
    c.line('blamed', 'Blame of the step', '{o} × {answerMatch}', { shape: 'token' });
    return { advantages: c.line('A', 'Advantage of the token', 'where({correct} = 1, {o} − {cost}, {blamed})') };
  },
};
