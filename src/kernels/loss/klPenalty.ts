// The KL term of the loss, after loss/policy_loss (it adds to what is there), with the same token weights.
// Fixtures: policy_losses.json cases with kl_kind and kl_beta beside `loss`: kl_aggregated = sum W * kl; kl/* (no `loss`): beta 1 on
// zeroed loss and d_logprob, kl_per_token = kl, grad_logprobs = d_logprob. kl_kind and clamped -> klScalars.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import estimators from '../../../shaders/loss/kl_estimate.wgsl?raw';
import wgsl from '../../../shaders/loss/kl_penalty.wgsl?raw';
import { klEstimate } from './klEstimate';

export const klPenalty = defineKernel({
  name: 'loss/kl_penalty',
  bindings: {
    logprobs: read('f32'), ref_logprobs: read('f32'), weights: read('f32'), kl: readWrite('f32'), loss: readWrite('f32'), d_logprob: readWrite('f32'),
  },
  uniforms: { count: 'u32', beta: 'f32', log_ratio_limit: 'f32', cap: 'f32' },
  constants: { KIND: 'u32' },
  variants: [{ name: 'simple', wgsl: estimators + wgsl, workgroups: ({ count }) => grid(count!) }],
  twin({ logprobs, ref_logprobs, weights, kl, loss, d_logprob }, { count, beta, log_ratio_limit, cap, KIND }) {
    for (let i = 0; i < count; i++) {
      kl[i] = 0;
      if (weights[i] === 0) continue;
      const { value, slope } = klEstimate(KIND, logprobs[i]! - ref_logprobs[i]!, log_ratio_limit, cap);
      kl[i] = value;
      loss[i] = loss[i]! + beta * value;
      d_logprob[i] = d_logprob[i]! + beta * weights[i]! * slope;
    }
  },
});
