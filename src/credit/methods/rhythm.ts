// Attention rhythm (arXiv 2510.13554): where the policy's own attention turns to plan or to anchor, tokens move more.
// Local heads' average look-back (WAAD) jumps where a chunk begins; global heads' later attention to a token (FAI) marks what
// the rest of the answer rests on. local: gain on the tokens with the largest jump D; global: on those with the largest FAI;
// coupled: an anchor that follows a jump while looking back little shares its gain with the token that made the jump.
// Ours (UNVERIFIED): D of the last token is 0, ties go to the earlier token, thresholds by default the answer's medians,
// a = 0.5, k = 3. The paper amplifies good answers only; the conference version both signs.

import type { CreditBuilder, Handle } from '../builder';
import type { CreditMethod } from '../method';
import { answerLength } from '../operations/answerLength';
import { lookBack, lookedAt } from '../operations/lookBack';
import { next } from '../operations/neighbour';
import { quantile } from '../operations/quantile';
import { rank } from '../operations/rank';
import { DDOF, EPSILON } from '../operations/statistic';
import { suffixSum } from '../operations/suffixSum';
import { zscore } from '../operations/zscore';

export const rhythm: CreditMethod = {
  name: 'rhythm',
  title: 'Attention rhythm',
  paper: { title: 'Attention Illuminates LLM Reasoning: The Preplan-and-Anchor Rhythm Enables Fine-Grained Policy Optimization', url: 'https://arxiv.org/abs/2510.13554' },
  needs: ['outcome', 'waad', 'fai'],
  parameters: [
    { name: 'mode', label: 'Tokens that move more', default: 'coupled', choices: ['local', 'global', 'coupled'] },
    { name: 'amp', label: 'Gain', default: 1.5, minimum: 0, maximum: 10 },
    { name: 'top', label: 'Share of the tokens: this many', default: 2, minimum: 0, maximum: 1000, isInteger: true },
    { name: 'topOf', label: 'of every', default: 5, minimum: 1, maximum: 1000, isInteger: true },
    { name: 'applyTo', label: 'Gain in', default: 'nonnegative', choices: ['nonnegative', 'all'] },
    { name: 'k', label: 'Coupled: tokens looked back over (ours)', default: 3, minimum: 1, maximum: 64, isInteger: true },
    { name: 'a', label: 'Coupled: share that goes to the token that made the jump (ours)', default: 0.5, minimum: 0, maximum: 1 },
    { name: 'waadLimit', label: 'Coupled: looking back little means', default: 'median', choices: ['median', 'given'] },
    { name: 'tauW', label: 'Coupled: given limit of WAAD', default: 2.5, minimum: 0, maximum: 1000 },
    { name: 'jumpLimit', label: 'Coupled: a jump means', default: 'median', choices: ['median', 'given'] },
    { name: 'tauD', label: 'Coupled: given limit of the jump', default: 1.2, minimum: 0, maximum: 1000 },
    DDOF,
    EPSILON,
  ],
  explanation:
    'The policy’s attention shows where it sets out on something new and what the rest of the answer keeps coming back to, and those tokens get a larger share of the answer’s credit. '
    + 'Nothing is judged right or wrong: only how much a token moves changes.',
  ours: 'Thresholds are the answer’s medians, a = 0.5 and k = 3 are our defaults, and ties go to the earlier token.',
  program(c) {
    zscore(c, c.signal('outcome'), 'problem', { id: 'standing', label: 'Standing of the answer', ddof: c.number('ddof') });
    const { one } = answerLength(c);
    gainOf(c, one);
    const formula = c.choice('applyTo') === 'all' ? '{standing} × {gain}' : '{standing} × where({standing} ≥ 0, {gain}, 1)';
    return { advantages: c.line('A', 'Advantage of the token', formula, { shape: 'token' }) };
  },
};

/** Row `gain` [token]. */
function gainOf(c: CreditBuilder, one: Handle): Handle {
  const label = 'Gain';
  /** 1 at the tokens with the largest x: ceil(length × top / topOf) of them */
  const largest = (x: Handle, id: string, name: string): Handle => {
    const place = rank(c, x, { id: `${id}Rank`, label: 'Place by size' });
    return c.line(id, name, '{top} × {length} > {place} × {topOf}', { names: { place } });
  };
  if (c.choice('mode') === 'global') {
    largest(c.signal('fai'), 'anchor', 'Anchor');
    return c.line('gain', label, '1 + ({amp} − 1) × {anchor}');
  }
  const waad = c.signal('waad');
  next(c, waad, { id: 'nextWaad', label: 'The same of the next token', edge: 0 });
  suffixSum(c, one, { id: 'left', label: 'Tokens from here to the end', discount: 1 });
  const D = c.line('D', 'Jump to the next token', 'where({left} = 1, 0, abs({waad} − {nextWaad}))');
  if (c.choice('mode') === 'local') {
    largest(D, 'begins', 'A chunk begins');
    return c.line('gain', label, '1 + ({amp} − 1) × {begins}');
  }
  largest(c.signal('fai'), 'anchor', 'Anchor');
  const window = lookBack(c, D, c.number('k'));
  const little = limit(c, waad, 'waadLimit', 'tauW', 'Median look-back');
  const jump = limit(c, D, 'jumpLimit', 'tauD', 'Median jump');
  const shares = c.line('coupled', 'Anchor after a jump', `{anchor} × ({${little}} ≥ {waad}) × ({distance} > 0) × ({largest} ≥ {${jump}})`);
  lookedAt(c, shares, window, { id: 'introduces', label: 'Made the jump' });
  return c.line('gain', label, '1 + ({amp} − 1) × ({anchor} − {coupled} + (1 − {a}) × {coupled} + {a} × {introduces})');
}

/** The name of a threshold: a parameter, or a row with the answer's median. */
function limit(c: CreditBuilder, x: Handle, choice: string, parameter: string, label: string): string {
  return c.choice(choice) === 'given' ? parameter : quantile(c, x, 0.5, 'answer', { id: `${x.id}Median`, label }).id;
}
