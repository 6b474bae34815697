// Entropy bonus inside the loss: loss -= bonus H, d_entropy = -bonus W (what loss/policy_logits_grad reads).
// Bindings: entropy, weights [count] in; loss [count] in and out; d_entropy [count] out. Uniforms: count, bonus.
// One invocation a token. A token of weight 0 adds nothing.
// Twin: src/kernels/loss/entropyBonus.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = invocation_index(id);
  if (i >= uniforms.count) { return; }
  d_entropy[i] = -uniforms.bonus * weights[i];
  if (weights[i] != 0.0) { loss[i] -= uniforms.bonus * entropy[i]; }
}
