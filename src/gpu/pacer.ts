// Decides how many calls of a plan go into one submit, so that a submit holds about `paceMs` of GPU work.
// It learns each call's cost by sharing out a submit's measured time in proportion to what was expected of its
// calls. A call never seen before is assumed to be dear, so first runs submit in small pieces.

import type { Plan } from './plan';

const UNKNOWN_CALL_MS = 8;
const MEMORY = 0.5;
/** Where the clock is coarse (some browsers tell only tenths of a second) most submits seem to take no time: no call is taken to be free. */
const LEAST_CALL_MS = 1e-3;

export class Pacer {
  private readonly costs = new WeakMap<Plan, Float64Array>();

  constructor(private readonly paceMs: number) {}

  /** Index after the last call of the next submit. Steps count calls over all iterations. */
  until(plan: Plan, from: number, total: number): number {
    const costs = this.costsOf(plan);
    let spent = 0;
    let step = from;
    do {
      spent += costs[step % costs.length]!;
      step++;
    } while (step < total && spent + costs[step % costs.length]! <= this.paceMs);
    return step;
  }

  measured(plan: Plan, from: number, until: number, elapsedMs: number): void {
    const costs = this.costsOf(plan);
    const predicted = sum(costs, from, until);
    for (let step = from; step < until; step++) {
      const index = step % costs.length;
      const share = costs[index]! * (elapsedMs / predicted);
      costs[index] = Math.max(LEAST_CALL_MS, MEMORY * costs[index]! + (1 - MEMORY) * share);
    }
  }

  private costsOf(plan: Plan): Float64Array {
    let costs = this.costs.get(plan);
    if (costs === undefined) {
      costs = new Float64Array(plan.calls.length).fill(UNKNOWN_CALL_MS);
      this.costs.set(plan, costs);
    }
    return costs;
  }
}

function sum(costs: Float64Array, from: number, until: number): number {
  let total = 0;
  for (let step = from; step < until; step++) total += costs[step % costs.length]!;
  return total;
}
