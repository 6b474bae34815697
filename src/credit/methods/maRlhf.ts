// MA-RLHF (arXiv 2410.02743): PPO over macro actions, chunks of n tokens, the last token always one of its own so that the outcome is not
// diluted. A chunk's value and reward are weighted means over its tokens; its advantage goes to all of them. The paper's sum of rewards
// is UNVERIFIED: the mean is the released code. n = 1 is PPO without whitening. Other ways to cut chunks are left out.

import type { CreditBuilder, Handle } from '../builder';
import type { CreditMethod } from '../method';
import { carryBack, carryForward } from '../operations/carry';
import { next, previous } from '../operations/neighbour';
import { GAMMA, suffixSum } from '../operations/suffixSum';
import { atEnd } from '../operations/tokenRewards';
import { VALUE_MODEL_OPTIONS } from '../operations/valueModel';
import { statistic } from '../operations/statistic';

export const maRlhf: CreditMethod = {
  name: 'ma_rlhf',
  title: 'MA-RLHF (macro actions)',
  paper: { title: 'MA-RLHF: Reinforcement Learning from Human Feedback with Macro Actions', url: 'https://arxiv.org/abs/2410.02743' },
  needs: ['outcome', 'values', 'oldLogprobs', 'referenceLogprobs'],
  parameters: [
    { name: 'n', label: 'Tokens a macro action', default: 5, minimum: 1, maximum: 1_000_000, isInteger: true },
    { name: 'sigma', label: 'Weights within it', default: 'equal', choices: ['equal', 'unit', 'position'] },
    { name: 'klWeight', label: 'Penalty on leaving the reference', default: 0, minimum: 0, maximum: 10 },
    { name: 'rewardClip', label: 'Largest reward', default: 2.5, minimum: 0, maximum: 1000 },
    { ...GAMMA, label: 'Discount a macro action' },
    { name: 'lambda', label: 'How far surprises are carried back', default: 0.95, minimum: 0, maximum: 1 },
    ...VALUE_MODEL_OPTIONS,
  ],
  explanation:
    'Tokens are taken a few at a time as one action, and the value model judges these instead of single tokens. '
    + 'That brings the reward nearer to the decisions that led to it, at the price of coarser credit.',
  ours: 'A chunk’s reward is the mean of its tokens’, as in the released code; the paper speaks of a sum.',
  program(c) {
    const { isEnd, weight, starts } = chunks(c);
    const inside = c.line('inside', 'Goes on in its chunk', '1 − {starts}', { names: { starts } });
    const carried = c.line('carried', 'Inside the chunk', '1 − {isEnd}', { names: { isEnd } });
    const inChunk = (x: Handle, id: string, label: string): Handle => carryForward(c, x, inside, { id, label });
    const weights = inChunk(weight, 'weights', 'Weights so far');
    const mean = (x: Handle, id: string, label: string): Handle => {
      const sum = inChunk(c.line(`${id}Weighted`, `${label}, weighted`, '{weight} × {x}', { names: { weight, x } }), `${id}Sum`, `${label}, summed`);
      return c.line(`${id}AtEnd`, `${label} of the chunk, at its end`, '{isEnd} × {sum} / {weights}', { names: { isEnd, sum, weights } });
    };
    const r = mean(tokenReward(c), 'r', 'Reward');
    const value = mean(c.signal('values', 'V'), 'v', 'Value');
    const V = carryBack(c, value, carried, { id: 'chunkValue', label: 'Value of the chunk' });
    const following = next(c, V, { id: 'nextValue', label: 'Value from the next token on', edge: 0 });
    const surprise = c.line('surprise', 'Surprise at the chunk’s end', '{isEnd} × ({r} + {gamma} × {following} − {value})', { names: { isEnd, r, following, value } });
    const factor = c.line('factor', 'Share of later surprises', 'where({isEnd}, {gamma} × {lambda}, 1)', { names: { isEnd } });
    const advantages = carryBack(c, surprise, factor, { id: 'A', label: 'Advantage of the macro action' });
    return { advantages, valueTargets: c.line('returns', 'Value target', '{A} + {V}', { names: { A: advantages, V } }) };
  },
};

/** Where chunks of n tokens start and end, and the weight of each token in its own; the last token is alone. */
function chunks(c: CreditBuilder): { readonly isEnd: Handle; readonly starts: Handle; readonly weight: Handle } {
  const one = c.line('token', 'Token', '1', { shape: 'token' });
  const left = suffixSum(c, one, { id: 'left', label: 'Tokens from here to the end', discount: 1 });
  const all = statistic(c, 'count', one, 'answer', { id: 'tokens', label: 'Tokens of the answer' });
  const place = c.line('place', 'Place in the answer', '{tokens} − {left}', { names: { tokens: all, left } });
  // halves keep the floor away from the whole numbers that division only comes near to
  const full = c.line('full', 'Fills a chunk', 'floor(({place} + 1.5) / {n}) > floor(({place} + 0.5) / {n})', { names: { place } });
  const isEnd = c.line('isEnd', 'Ends a chunk', 'max({full}, 2 ≥ {left})', { names: { full, left } });
  const starts = previous(c, isEnd, { id: 'starts', label: 'Starts a chunk', edge: 1 });
  switch (c.choice('sigma')) {
    case 'unit': return { isEnd, starts, weight: c.line('weight', 'Weight', '{isEnd}', { names: { isEnd } }) };
    case 'position': {
      const within = c.line('within', 'Place in the chunk', 'where({left} = 1, 0, {place} − {n} × floor(({place} + 0.5) / {n}))', { names: { left, place } });
      return { isEnd, starts, weight: c.line('weight', 'Weight', '1 / ({within} + 1)', { names: { within } }) };
    }
    default: return { isEnd, starts, weight: c.line('weight', 'Weight', '1', { shape: 'token' }) };
  }
}

function tokenReward(c: CreditBuilder): Handle {
  c.signal('outcome');
  const clipped = c.line('clipped', 'Outcome within bounds', 'min({rewardClip}, max(−{rewardClip}, {outcome}))');
  if (c.number('klWeight') === 0) return atEnd(c, clipped, 'R', 'Reward of the token');
  atEnd(c, clipped, 'outcomeAtEnd', 'Outcome at the end');
  const names = { old: c.signal('oldLogprobs'), reference: c.signal('referenceLogprobs') };
  return c.line('R', 'Reward of the token', '{outcomeAtEnd} − {klWeight} × ({old} − {reference})', { names });
}
