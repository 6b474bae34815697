// count[0] = number of rows whose finished flag is 0: what the host reads now and then to stop decoding early.
// Bindings: finished [rows] in; count [1] out. Uniforms: rows. One invocation in all: a few hundred rows, no atomics.
// Twin: src/kernels/sampling/countUnfinished.ts

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x != 0u) { return; }
  var unfinished = 0u;
  for (var row = 0u; row < uniforms.rows; row++) { unfinished += select(0u, 1u, finished[row] == 0u); }
  count[0] = unfinished;
}
