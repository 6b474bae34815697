// The policy loss's gradient, fused: from d loss / d logprob and d loss / d entropy of each row to d loss / d logits, in place.
// logsumexp and entropy are those of loss/token_statistics on the same logits and temperature.
// Fixtures model_*.json: grad_a_logits has d_logprob = -target_mask/sum, grad_b mask_b*advantages, grad_c d_entropy = target_mask/sum.

import { defineKernel, grid, read, readWrite } from '../../gpu/kernel';
import wgsl from '../../../shaders/loss/policy_logits_grad.wgsl?raw';

export const policyLogitsGrad = defineKernel({
  name: 'loss/policy_logits_grad',
  bindings: {
    logits: readWrite('f32'), targets: read('u32'), logsumexp: read('f32'), entropy: read('f32'), d_logprob: read('f32'), d_entropy: read('f32'),
  },
  uniforms: { rows: 'u32', temperature: 'f32' },
  constants: { VOCAB: 'u32' },
  variants: [{ name: 'simple', wgsl, workgroups: ({ rows, VOCAB }) => grid(rows! * VOCAB!) }],
  twin({ logits, targets, logsumexp, entropy, d_logprob, d_entropy }, { rows, temperature, VOCAB }) {
    for (let row = 0; row < rows; row++) {
      const masked = d_logprob[row] === 0 && d_entropy[row] === 0;
      for (let v = 0; v < VOCAB; v++) {
        const i = row * VOCAB + v;
        if (masked) { logits[i] = 0; continue; }
        const logP = logits[i]! / temperature - logsumexp[row]!;
        const p = Math.exp(logP);
        const alongEntropy = p > 0 ? d_entropy[row]! * p * (logP + entropy[row]!) : 0;
        logits[i] = (d_logprob[row]! * (Number(v === targets[row]) - p) - alongEntropy) / temperature;
      }
    }
  },
});
