// Looks for a NaN or an infinity in flat buffers and in the logits, by exponent bits, and names the tensor it lies in.
// Weights come first, then logits, gradients and moments: the order in which one makes the next.

import { planBuffer, type PlanBuffer } from '../gpu/buffer';
import { Plan } from '../gpu/plan';
import { ALL_FINITE, findNonfinite } from '../kernels/optim/findNonfinite';
import { findNonfiniteFinish } from '../kernels/optim/findNonfiniteFinish';
import type { FlatTensors } from './parameterLayout';

const PARTIALS = 256;

export interface NonFiniteFound {
  /** parameter name with a suffix for gradients and moments, or 'logits' */
  readonly tensor: string;
  /** within the tensor */
  readonly index: number;
}

export interface SearchedTensors {
  readonly tensors: FlatTensors;
  /** appended to a parameter's name: '', '.gradient', ... */
  readonly suffix: string;
}

export class NonFiniteSearch {
  readonly plan = new Plan('find non-finite');
  /** what the plan found, for foundIn(): read it when the plan has run */
  readonly first: PlanBuffer;
  private readonly places: ((index: number) => NonFiniteFound)[] = [];

  constructor(weights: SearchedTensors, logits: PlanBuffer, others: readonly SearchedTensors[]) {
    const searched = [weights, ...others];
    const slots = searched.reduce((sum, one) => sum + one.tensors.buffers.length, 1);
    const partials = planBuffer('search.partials', PARTIALS, 'u32');
    this.first = planBuffer('search.first', slots, 'u32');
    const look = (values: PlanBuffer, place: (index: number) => NonFiniteFound) => {
      this.plan.call(findNonfinite, { values, partials }, { count: values.length, PARTIALS });
      this.plan.call(findNonfiniteFinish, { partials, first: this.first }, { slot: this.places.length, PARTIALS });
      this.places.push(place);
    };
    const lookAll = ({ tensors, suffix }: SearchedTensors) =>
      tensors.buffers.forEach((values, buffer) => look(values, (index) => placeIn(tensors, buffer, index, suffix)));
    lookAll(weights);
    look(logits, (index) => ({ tensor: 'logits', index }));
    others.forEach(lookAll);
  }

  foundIn(first: Uint32Array): NonFiniteFound | undefined {
    const slot = first.findIndex((index) => index !== ALL_FINITE);
    return slot === -1 ? undefined : this.places[slot]!(first[slot]!);
  }
}

function placeIn(tensors: FlatTensors, buffer: number, index: number, suffix: string): NonFiniteFound {
  for (const entry of tensors.layout.entries.values()) {
    if (entry.buffer === buffer && index >= entry.offset && index < entry.offset + entry.length) {
      return { tensor: `${entry.name}${suffix}`, index: index - entry.offset };
    }
  }
  return { tensor: `padding of ${tensors.label}`, index };
}
