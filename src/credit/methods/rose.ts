// ROSE (arXiv 2601.05053): between two branch points the tokens share V(later) − V(earlier), the last ones R − V(earlier); no std.
// The paper branches where entropy times spread of meaning is largest. Here (ours) branch points are where the group's own answers
// part or end, so nothing extra is sampled. Its length term, off in the released example, is left out.

import type { CreditMethod } from '../method';
import { carryBack, carryForward } from '../operations/carry';
import { next, previous } from '../operations/neighbour';
import { prefixValues } from '../operations/prefixValue';
import { setStatistic } from '../operations/setStatistic';

export const rose: CreditMethod = {
  name: 'rose',
  title: 'ROSE',
  paper: { title: 'Reinforced Efficient Reasoning via Semantically Diverse Exploration', url: 'https://arxiv.org/abs/2601.05053' },
  needs: ['outcome', 'tokens'],
  parameters: [],
  explanation:
    'The answer is cut where others leave it, and the tokens of a piece share how much the mean reward changed from one cut to the next. '
    + 'The piece after the last cut gets the answer’s own reward less the value at that cut.',
  ours: 'Branch points are where the group’s own answers part, and the length term, off in the released example, is left out.',
  program(c) {
    const R = c.signal('outcome', 'R');
    const { V, before } = prefixValues(c, R);
    const passing = setStatistic(c, 'count', V, 'prefix', { id: 'passing', label: 'Answers that pass here' });
    next(c, passing, { id: 'going', label: 'Answers that go on with this one', edge: 0 });
    const cut = c.line('cut', 'Answers part here', '{passing} > {going}');
    const inside = c.line('inside', 'No cut here', '1 − {cut}');
    const reached = c.line('reached', 'Value reached at the cut', '{cut} × where({going} = 0, {R}, {V})');
    const starts = previous(c, cut, { id: 'starts', label: 'A piece starts', edge: 1 });
    const left = c.line('left', 'Value left behind', '{starts} × {before}', { names: { starts, before } });
    const goingOn = c.line('goingOn', 'The piece goes on', '1 − {starts}', { names: { starts } });
    const to = carryBack(c, reached, inside, { id: 'to', label: 'Value at the piece’s end' });
    const from = carryForward(c, left, goingOn, { id: 'from', label: 'Value at the piece’s start' });
    return { advantages: c.line('A', 'Advantage of the token', '{to} − {from}', { names: { to, from } }) };
  },
};
