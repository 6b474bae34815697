// Token rewards of the KL-in-the-reward family (REINFORCE++, PPO of RLHF); the adaptive coefficient is klController.ts.
// Fixtures: kl_in_reward.json kl_in_reward/*: kl_coef -> coefficient, kind (k1 unless named) -> klScalars;
// mean_sequence_kl = mean of sequence_kl over all rows, empty ones included as 0 (verl's current_kl).

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import estimators from '../../../shaders/loss/kl_estimate.wgsl?raw';
import wgsl from '../../../shaders/loss/kl_in_reward.wgsl?raw';
import { klEstimate } from './klEstimate';

export const klInReward = defineKernel({
  name: 'loss/kl_in_reward',
  bindings: {
    old_logprobs: read('f32'), ref_logprobs: read('f32'), mask: read('u32'), scores: read('f32'),
    token_rewards: readWrite('f32'), sequence_kl: readWrite('f32'),
  },
  uniforms: { rows: 'u32', length: 'u32', coefficient: 'f32', log_ratio_limit: 'f32', cap: 'f32' },
  constants: { KIND: 'u32' },
  variants: [{ name: 'simple', wgsl: estimators + wgsl, workgroups: ({ rows }) => grid(rows!) }],
  twin({ old_logprobs, ref_logprobs, mask, scores, token_rewards, sequence_kl }, { rows, length, coefficient, log_ratio_limit, cap, KIND }) {
    for (let row = 0; row < rows; row++) {
      let total = 0;
      let tokens = 0;
      let last = -1;
      for (let i = row * length; i < (row + 1) * length; i++) {
        token_rewards[i] = 0;
        if (mask[i] === 0) continue;
        const { value } = klEstimate(KIND, old_logprobs[i]! - ref_logprobs[i]!, log_ratio_limit, cap);
        token_rewards[i] = -coefficient * value;
        total += value;
        tokens++;
        last = i;
      }
      if (last >= 0) token_rewards[last] = token_rewards[last]! + scores[row]!;
      sequence_kl[row] = total / Math.max(tokens, 1);
    }
  },
});
