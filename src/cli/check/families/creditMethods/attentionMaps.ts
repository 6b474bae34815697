// From attention maps to WAAD and FAI (src/credit/attentionSignals.ts). Maps are [layers, heads, positions, positions] of one
// sequence, or the words "= NAME" for those of another case.

import { attentionSignals } from '../../../../credit/attentionSignals';
import { FormatError } from '../../../../formats/formatError';
import { planBuffer } from '../../../../gpu/buffer';
import { readFloats } from '../../../../gpu/executor';
import { Plan } from '../../../../gpu/plan';
import type { CreditMethodReader } from '../creditCase';

export const attentionMaps: CreditMethodReader = {
  fixtureMethod: 'attention_maps',
  isHost: false,
  async compute(params, inputs, executor) {
    const { shape, data } = inputs.tensor('maps', 4);
    const [layers, ownHeads, length, keys] = shape as [number, number, number, number];
    const prompt = inputs.whole('prompt_length', 0, length - 1);
    if (keys !== length) throw new FormatError('inputs.maps', `must be square, are ${length} by ${keys}`);
    const horizon = params.tensor('horizon', 1).data;
    if (horizon.length !== 2) throw new FormatError('params.horizon', 'must be two numbers');
    const heads = layers * ownHeads;
    const plan = new Plan('check/attention maps');
    const maps = planBuffer('check/maps', data.length);
    const [first, past] = [planBuffer('check/first', 1, 'u32'), planBuffer('check/past', 1, 'u32')];
    const made = attentionSignals(plan, { maps, first, past }, { answers: 1, heads, length, width: length - prompt }, {
      headShare: params.number('head_share'), window: params.whole('window', 0), horizon: [horizon[0]!, horizon[1]!],
    });
    await executor.prepare(plan);
    executor.write(maps, data);
    executor.write(first, Uint32Array.of(prompt));
    executor.write(past, Uint32Array.of(length));
    await executor.run(plan);
    const [distance, near, far, waad, fai] = await Promise.all([made.distance, made.rankNear, made.rankFar, made.waad, made.fai].map((one) => readFloats(executor, one)));
    executor.release(...plan.buffers());
    const chosen = (ranks: Float32Array): number[] => Array.from(ranks, (_, head) => head).filter((head) => ranks[head]! < made.chosen);
    return { mean_distance: distance!, local_heads: chosen(near!), global_heads: chosen(far!), waad: waad!, fai: fai! };
  },
};
