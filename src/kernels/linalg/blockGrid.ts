// Dispatch of the register-blocked matmuls: one invocation a block of outputs, 8 invocations a workgroup (few, so that
// small matrices occupy every core), folded into two dimensions because one holds at most 65,535 workgroups.
// The shader's index of a block is (id.y * num_workgroups.x * 8 + id.x).

import type { Workgroups } from '../../gpu/kernel';

const MOST_IN_A_ROW = 32768;

export function blockGrid(blocks: number): Workgroups {
  const groups = Math.ceil(blocks / 8);
  return groups <= MOST_IN_A_ROW ? [groups, 1, 1] : [MOST_IN_A_ROW, Math.ceil(groups / MOST_IN_A_ROW), 1];
}
