// Copies a buffer four words at a time, `portion` times in each invocation, neighbours beside each other.

override portion: u32 = 1u;

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> copied: array<vec4f>;

@compute @workgroup_size(256)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let first = group.x * 256u * portion + local.x;
  for (var i = 0u; i < portion; i++) {
    copied[first + i * 256u] = source[first + i * 256u];
  }
}
