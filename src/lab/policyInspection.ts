// What some credit methods read of a policy beside log-probabilities: the raw logits' statistics, and two summaries of its attention
// (credit/attentionSignals.ts), over all layers. Runs after a scoring forward, on what that left on the device.

import { slice, planBuffer, type PlanBuffer } from '../gpu/buffer';
import { floatsOf, type Executor, type PlanRun } from '../gpu/executor';
import { Plan, variable } from '../gpu/plan';
import type { BufferOrSlice, ElementArray } from '../gpu/buffer';
import { attentionSignals } from '../credit/attentionSignals';
import { logitStatistics } from '../kernels/loss/logitStatistics';
import { attentionMap } from '../kernels/transformer/attentionMap';
import type { ModelConfig } from '../model/config';
import type { SequenceModel } from '../model/sequenceModel';

export interface Inspection {
  /** of the raw logits, before any temperature */
  readonly logsumexp_NT: Float32Array;
  readonly meanLogit_NT: Float32Array;
  readonly tokenLogit_NT: Float32Array;
  readonly waad_NT: Float32Array;
  readonly fai_NT: Float32Array;
}
export const INSPECTED = ['logsumexp_NT', 'meanLogit_NT', 'tokenLogit_NT', 'waad_NT', 'fai_NT'] as const satisfies readonly (keyof Inspection)[];

export interface InspectionShape {
  /** answers that one pass looks at */
  readonly answers: number;
  readonly promptLength: number;
  readonly answerLength: number;
}

/** attention maps of one pass, at most */
const MAP_BYTES = 64 * 2 ** 20;

/** As many answers as their attention maps leave room for. */
export function inspectedAtOnce({ layers, heads }: ModelConfig, length: number, most: number, maximumBindingBytes: number): number {
  return Math.max(1, Math.min(most, Math.floor(Math.min(MAP_BYTES, maximumBindingBytes) / (4 * layers * heads * length * length))));
}

export class PolicyInspection {
  private readonly plan = new Plan('inspect');
  private readonly first: PlanBuffer;
  private readonly past: PlanBuffer;
  private readonly outputs: Readonly<Record<(typeof INSPECTED)[number], PlanBuffer>>;

  constructor(config: ModelConfig, model: SequenceModel, targets: PlanBuffer, private readonly shape: InspectionShape) {
    const { answers, promptLength, answerLength: width } = shape;
    const length = promptLength + width - 1;
    const heads = config.layers * config.heads;
    const maps = planBuffer('inspect.maps', answers * heads * length * length);
    this.first = planBuffer('inspect.first', answers, 'u32');
    this.past = planBuffer('inspect.past', answers, 'u32');
    const [meanLogit, tokenLogit, logsumexp] = ['mean_logit', 'token_logit', 'logsumexp'].map((name) => planBuffer(`inspect.${name}`, answers * width));
    this.plan.call(logitStatistics, { logits: model.logits, targets, mean_logit: meanLogit!, token_logit: tokenLogit!, logsumexp: logsumexp! }, { rows: variable('spanRows'), VOCAB: config.vocabularySize });
    model.layers.forEach((a, layer) => {
      this.plan.call(attentionMap, { q: a.queryRotated, k: a.keyRotated, key_mask: model.keyMask, statistics: a.statistics, maps },
        { batch: variable('batch'), length, offset: layer * config.heads, HEADS: config.heads, KV_HEADS: config.kvHeads, HEAD_DIM: config.headDim, MAPS: heads });
    });
    const { waad, fai } = attentionSignals(this.plan, { maps, first: this.first, past: this.past }, { answers, heads, length, width });
    this.outputs = { logsumexp_NT: logsumexp!, meanLogit_NT: meanLogit!, tokenLogit_NT: tokenLogit!, waad_NT: waad, fai_NT: fai };
  }

  async prepare(executor: Executor): Promise<void> {
    await executor.prepare(this.plan);
    executor.allocate(this.first, this.past);
  }

  /** To be run after the forward of these answers. The last token of an answer that fills the width is never read by the model: it has no attention. */
  after(executor: Executor, lengths_N: ArrayLike<number>): PlanRun {
    const { answers, promptLength, answerLength } = this.shape;
    const past = new Uint32Array(answers).fill(promptLength);
    Array.from(lengths_N).forEach((length, n) => { past[n] = promptLength + Math.min(length, answerLength - 1); });
    executor.write(this.first, new Uint32Array(answers).fill(promptLength));
    executor.write(this.past, past);
    return { plan: this.plan, iterations: [{ batch: lengths_N.length, spanRows: lengths_N.length * answerLength }] };
  }

  targets(rows: number): BufferOrSlice[] {
    return INSPECTED.map((name) => slice(this.outputs[name], 0, rows * this.shape.answerLength));
  }

  /** Of the answers' own tokens; 0 beyond. */
  read(data: readonly ElementArray[], lengths_N: ArrayLike<number>): Inspection {
    const { answerLength } = this.shape;
    const arrays = data.map((one) => floatsOf(one));
    for (const array of arrays) for (let n = 0; n < lengths_N.length; n++) array.fill(0, n * answerLength + lengths_N[n]!, (n + 1) * answerLength);
    return Object.fromEntries(INSPECTED.map((name, i) => [name, arrays[i]!])) as unknown as Inspection;
  }
}
