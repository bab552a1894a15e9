// Sorts runs of up to 512 elements in a workgroup's memory: short rows, several to a workgroup, or pieces of long ones, which
// gpu/sortMerge.wgsl then merges. Each invocation sorts 8 elements, and runs are merged in pairs until they are as long as a
// row: all of it stable. The driver declares `input` and
//   keyOf(word: u32) -> u32                       the order of an element
//   deliver(row, rank, key, position)             takes what comes at `rank` of a row
// Parameters: rows, elements of a row, the room of a run (a power of two from 8 on), runs of a row, the step along a row of
// the input, two for deliver, then those of locate.

const TILE = 512u;
const ITEMS = 8u;

var<workgroup> keys: array<u32, 512>;
var<workgroup> positions: array<u32, 512>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let rows = bitcast<u32>(param(0u));
  let n = bitcast<u32>(param(1u));
  let room = bitcast<u32>(param(2u));
  let runs = bitcast<u32>(param(3u));
  let start = (group.y * groups.x + group.x) * TILE;
  for (var i = local; i < TILE; i += 64u) {
    let run = (start + i) / room;
    let row = run / runs;
    let position = (run - row * runs) * room + (i & (room - 1u));
    // What only fills the room comes last and stays there.
    var key = 0xffffffffu;
    if (row < rows && position < n) {
      locate(row);
      key = keyOf(input[place0 + position * bitcast<u32>(param(4u))]);
    }
    keys[i] = key;
    positions[i] = position;
  }
  workgroupBarrier();
  let own = local * ITEMS;
  var key: array<u32, 8>;
  var position: array<u32, 8>;
  for (var i = 0u; i < ITEMS; i++) {
    key[i] = keys[own + i];
    position[i] = positions[own + i];
  }
  for (var round = 0u; round < ITEMS; round++) {
    for (var i = round & 1u; i < ITEMS - 1u; i += 2u) {
      if (key[i] > key[i + 1u]) {
        let k = key[i];
        let p = position[i];
        key[i] = key[i + 1u];
        position[i] = position[i + 1u];
        key[i + 1u] = k;
        position[i + 1u] = p;
      }
    }
  }
  for (var length = ITEMS; length < room; length <<= 1u) {
    for (var i = 0u; i < ITEMS; i++) {
      keys[own + i] = key[i];
      positions[own + i] = position[i];
    }
    workgroupBarrier();
    // Runs a and b, of which this invocation's results follow `done` others; how many of those come from a, by bisection.
    let startA = own & ~(2u * length - 1u);
    let startB = startA + length;
    let end = startB + length;
    let done = own - startA;
    var low = done - min(done, length);
    var high = min(done, length);
    while (low < high) {
      let middle = (low + high) / 2u;
      if (keys[startA + middle] <= keys[startB + done - 1u - middle]) { low = middle + 1u; } else { high = middle; }
    }
    var a = startA + low;
    var b = startB + done - low;
    for (var i = 0u; i < ITEMS; i++) {
      let takeA = b >= end || (a < startB && keys[a] <= keys[b]);
      let at = select(b, a, takeA);
      key[i] = keys[at];
      position[i] = positions[at];
      if (takeA) { a++; } else { b++; }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < ITEMS; i++) {
    keys[own + i] = key[i];
    positions[own + i] = position[i];
  }
  workgroupBarrier();
  for (var i = local; i < TILE; i += 64u) {
    let run = (start + i) / room;
    let row = run / runs;
    let rank = (run - row * runs) * room + (i & (room - 1u));
    if (row < rows && rank < n) { deliver(row, rank, keys[i], positions[i]); }
  }
}
