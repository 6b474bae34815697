// Gradient norm by layer: L2 norms of the embedding, of each transformer layer, and of what follows the layers (final norm and, where
// it is not tied, the head). A plan of its own, so that whoever wants the norms pays for them: two dispatches a layer, read
// together with the optimiser's total norm. The root of the sum of their squares is that total.

import { planBuffer, slice, type ElementArray, type PlanBuffer, type Slice } from '../gpu/buffer';
import { floatsOf } from '../gpu/executor';
import { Plan } from '../gpu/plan';
import { NORM, normFinish } from '../kernels/optim/normFinish';
import { normPartial } from '../kernels/optim/normPartial';
import type { FlatTensors, ParameterEntry } from './parameterLayout';

const PARTIALS = 256;
/** between two norms, in elements: bindings begin at multiples of 256 bytes */
const STRIDE = 64;

export class GradientNorms {
  readonly plan = new Plan('gradient norms');
  /** what a run leaves to read, for normsOf() */
  readonly norms: PlanBuffer;
  private readonly layers: number;

  constructor(gradients: FlatTensors) {
    const groups = layerGroups([...gradients.layout.entries.values()]);
    this.layers = groups.length;
    this.norms = planBuffer('gradient_norms', STRIDE * groups.length);
    groups.forEach((entries, layer) => {
      const parts = spansOf(gradients, entries);
      const partials = planBuffer(`gradient_norms.partials.${layer}`, 2 * PARTIALS * parts.length);
      parts.forEach((values, i) => this.plan.call(normPartial, { values, partials }, { count: values.length, first: i * PARTIALS, PARTIALS }));
      this.plan.call(normFinish, { partials, norm: slice(this.norms, STRIDE * layer, NORM.length) }, { count: PARTIALS * parts.length, maximum: 0 });
    });
  }

  /** Embedding first, then the layers, then what follows them. */
  normsOf(read: ElementArray | undefined): number[] {
    const norms = floatsOf(read);
    return Array.from({ length: this.layers }, (_, layer) => norms[STRIDE * layer + NORM.norm]!);
  }
}

/** The parameters in the order of the layout, cut where a transformer layer begins or ends. */
function layerGroups(entries: readonly ParameterEntry[]): ParameterEntry[][] {
  const layerOf = ({ name }: ParameterEntry): string | undefined => /^model\.layers\.(\d+)\./.exec(name)?.[1];
  const groups: ParameterEntry[][] = [];
  entries.forEach((entry, i) => {
    if (i === 0 || layerOf(entry) !== layerOf(entries[i - 1]!)) groups.push([]);
    groups.at(-1)!.push(entry);
  });
  return groups;
}

/** Where neighbouring parameters lie: one span for each flat buffer they touch. */
function spansOf(gradients: FlatTensors, entries: readonly ParameterEntry[]): Slice[] {
  const buffers = [...new Set(entries.map(({ buffer }) => buffer))];
  return buffers.map((buffer) => {
    const inside = entries.filter((entry) => entry.buffer === buffer);
    const [first, last] = [inside[0]!, inside.at(-1)!];
    return slice(gradients.buffers[buffer]!, first.offset, last.offset + last.length - first.offset);
  });
}
