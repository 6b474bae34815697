// HiPER (arXiv 2602.16165), advantages of a hierarchy: steps that open a segment plan, the others carry out. low is GAE inside a segment
// with the upper value beyond its end; high is GAE over segments; term is the return to the segment's end against the switch value.
// A step's first token gets term, its other plan tokens high (0 unless it opens a segment), the rest low. Values are one a step.

import type { CreditBuilder, Handle } from '../builder';
import type { CreditMethod } from '../method';
import { carryBack } from '../operations/carry';
import { lastStep } from '../operations/lastStep';
import { next, previous } from '../operations/neighbour';
import { perStep } from '../operations/perStep';
import { setStatistic } from '../operations/setStatistic';

export const hiper: CreditMethod = {
  name: 'hiper',
  title: 'HiPER (hierarchical)',
  paper: { title: 'HiPER: Hierarchical Reinforcement Learning with Explicit Credit Assignment for Large Language Model Agents', url: 'https://arxiv.org/abs/2602.16165' },
  needs: ['outcome', 'valueHigh', 'valueLow', 'valueTerm', 'opensSegment', 'planMask', 'steps'],
  parameters: [
    { name: 'gamma', label: 'Discount a step', default: 1, minimum: 0, maximum: 1 },
    { name: 'lambda', label: 'How far surprises are carried back inside a segment', default: 1, minimum: 0, maximum: 1 },
    { name: 'lambdaSegment', label: 'How far they are carried back over segments', default: 0.95, minimum: 0, maximum: 1 },
    { name: 'keepPenalty', label: 'Reward of a step that keeps the subgoal', default: 0, minimum: -10, maximum: 10 },
    { name: 'normalise', label: 'Standardise each level over the batch', default: 'no', choices: ['no', 'yes'] },
  ],
  explanation:
    'Planning and carrying out are judged apart: a plan by what its whole segment brought, a step inside by how it went from there. '
    + 'A third advantage says whether it was right to set a new subgoal at all.',
  program(c) {
    const { opens, opensNext, r, left } = frame(c);
    const high = c.signal('valueHigh');
    const low = c.signal('valueLow');
    const highNext = next(c, high, { id: 'highNext', label: 'Plan’s value at the next step', edge: 0 });
    const lowNext = next(c, low, { id: 'lowNext', label: 'Work’s value at the next step', edge: 0 });
    const surprise = c.line('lowSurprise', 'Surprise in the work', '{r} + {gamma} × where({opensNext}, {highNext}, {lowNext}) − {low}', { names: { r, opensNext, highNext, lowNext, low } });
    const lowFactor = c.line('lowFactor', 'Share of later surprises', '{gamma} × {lambda} × (1 − {opensNext})', { names: { opensNext } });
    const lowA = carryBack(c, surprise, lowFactor, { id: 'low', label: 'Advantage of the work' });

    const gained = c.line('gained', 'Reward, and the value where the segment ends', '{r} + {gamma} × {opensNext} × {highNext}', { names: { r, opensNext, highNext } });
    const within = c.line('within', 'Inside the segment', '{gamma} × (1 − {opensNext})', { names: { opensNext } });
    const segment = carryBack(c, gained, within, { id: 'segment', label: 'Return to the segment’s end' });
    const termA = c.line('term', 'Advantage of the switch', '{segment} − {valueTerm}', { names: { segment, valueTerm: c.signal('valueTerm') } });

    const planSurprise = c.line('planSurprise', 'Surprise in the plan', '{opens} × ({segment} − {high})', { names: { opens, segment, high } });
    const planFactor = c.line('planFactor', 'Share of later plans', 'where({opens}, {gamma} × {lambdaSegment}, {gamma})', { names: { opens } });
    const plan = carryBack(c, planSurprise, planFactor, { id: 'plan', label: 'Plans’ surprises from here' });
    const highA = c.line('high', 'Advantage of the plan', '{opens} × {plan}', { names: { opens, plan } });
    return { advantages: spread(c, { left, opens, low: lowA, high: highA, term: termA }) };
  },
};

/** Rewards of the steps, and which of them open segments. The first step always does. */
function frame(c: CreditBuilder): { readonly opens: Handle; readonly opensNext: Handle; readonly r: Handle; readonly left: Handle } {
  const outcome = c.signal('outcome');
  const { left, isLast } = lastStep(c);
  const isFirst = previous(c, c.line('none', 'Nothing', '0', { shape: 'step' }), { id: 'isFirst', label: 'First step', edge: 1 });
  const opens = c.line('opens', 'Opens a segment', 'max({given}, {isFirst})', { names: { given: c.signal('opensSegment'), isFirst } });
  return {
    left,
    opens,
    opensNext: next(c, opens, { id: 'opensNext', label: 'The next step opens one', edge: 1 }),
    r: c.line('r', 'Reward of the step', '{isLast} × {outcome} + {keepPenalty} × (1 − {opens})', { names: { isLast, outcome, opens } }),
  };
}

/** From three advantages a step to one a token. */
function spread(c: CreditBuilder, { left, opens, low, high, term }: { left: Handle; opens: Handle; low: Handle; high: Handle; term: Handle }): Handle {
  const place = c.line('place', 'Steps left here, 0 outside steps', '{left}', { shape: 'token', names: { left } });
  const placeBefore = previous(c, place, { id: 'placeBefore', label: 'The same, one token earlier', edge: 0 });
  const isTerm = c.line('isTerm', 'Switches', '({place} > 0) × (1 − ({place} = {placeBefore}))', { names: { place, placeBefore } });
  const isHigh = c.line('isHigh', 'Plans', '({place} > 0) × (1 − {isTerm}) × {planMask}', { names: { place, isTerm, planMask: c.signal('planMask') } });
  const isLow = c.line('isLow', 'Carries out', '({place} > 0) × (1 − {isTerm}) × (1 − {isHigh})', { names: { place, isTerm, isHigh } });
  const level = (isKind: Handle, x: Handle, only?: Handle): Handle => (c.choice('normalise') === 'no' ? x : normalised(c, isKind, x, only));
  const levels = { term: level(isTerm, term), high: level(isHigh, high, opens), low: level(isLow, low) };
  return c.line('A', 'Advantage of the token', '{isTerm} × {term} + {isHigh} × {opens} × {high} + {isLow} × {low}', { names: { isTerm, isHigh, isLow, opens, ...levels } });
}

/** Over the steps of the batch that have tokens of the kind, each once; population spread. */
function normalised(c: CreditBuilder, isKind: Handle, x: Handle, only: Handle | undefined): Handle {
  const tokens = perStep(c, 'sum', isKind, { id: `${x.id}Tokens`, label: 'Tokens of this kind' });
  const counted = only === undefined
    ? c.line(`${x.id}Counted`, 'Has such tokens', '{tokens} > 0', { names: { tokens } })
    : c.line(`${x.id}Counted`, 'Has such tokens', '({tokens} > 0) × {only}', { names: { tokens, only } });
  const mean = setStatistic(c, 'mean', x, 'allSteps', { id: `${x.id}Mean`, label: 'Mean over the batch', counted });
  const std = setStatistic(c, 'std', x, 'allSteps', { id: `${x.id}Std`, label: 'Spread over the batch', counted, ddof: 0 });
  return c.line(`${x.id}Scaled`, 'Standardised', '({x} − {mean}) / ({std} + 1e-8)', { names: { x, mean, std } });
}
