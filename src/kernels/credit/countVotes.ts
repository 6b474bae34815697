// CAPO's vote, counted: for each step how many valid critiques flag it, and for each answer how many critiques are valid.
// A missing critique is no vote, neither for nor against. The voting rule is arithmetic on the two counts.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/credit/count_votes.wgsl?raw';

export const countVotes = defineKernel({
  name: 'credit/count_votes',
  bindings: { flags: read('u32'), is_valid: read('u32'), step_count: read('u32'), votes: readWrite('f32'), valid: readWrite('f32') },
  uniforms: { answers: 'u32', critiques: 'u32', steps: 'u32' },
  constants: {},
  variants: [{ name: 'simple', wgsl, workgroups: ({ answers, steps }) => grid(answers! * steps!) }],
  twin({ flags, is_valid, step_count, votes, valid }, { answers, critiques, steps }) {
    for (let n = 0; n < answers; n++) {
      valid[n] = 0;
      for (let one = 0; one < critiques; one++) valid[n]! += is_valid[n * critiques + one]!;
      for (let step = 0; step < steps; step++) {
        let count = 0;
        for (let one = n * critiques; one < (n + 1) * critiques; one++) count += is_valid[one]! * flags[one * steps + step]!;
        votes[n * steps + step] = step < step_count[n]! ? count : 0;
      }
    }
  },
});
