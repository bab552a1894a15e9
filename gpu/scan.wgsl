// Running results along lines, a block of tiles per workgroup. The driver declares x, result and, of lines in several
// blocks, `totals` (one State per block), and
//   alias Word                              an element
//   State, none(), stateOf(x: Word)         results so far; none() joined with anything is that
//   join(a: State, b: State) -> State       associative
//   follow(a: State, x: Word) -> State      the same with one more element, reported where it does not fit
//   resultOf(a: State) -> Word
//   before(block, first, local) -> State    what the line's blocks from `first` up to `block` come to
// Parameters: lines, elements of a line, steps along it in x and in result, blocks of a line, tiles of a block, then those of locate.

const TILE = 1024u;
const ITEMS = 16u;

// One word in seventeen is left out, so that the invocations' parts begin in different banks of memory.
var<workgroup> tile: array<Word, 1088>;
var<workgroup> sums: array<State, 64>;

// sums[i] becomes what sums[0] to sums[i] come to; eight invocations take eight each, so that few barriers are needed.
fn sweep(local: u32) {
  workgroupBarrier();
  if (local < 8u) {
    for (var i = local * 8u + 1u; i < local * 8u + 8u; i++) { sums[i] = join(sums[i - 1u], sums[i]); }
  }
  workgroupBarrier();
  var sum = sums[local];
  if (local >= 8u) {
    var earlier = sums[7];
    for (var i = 15u; i < (local & ~7u); i += 8u) { earlier = join(earlier, sums[i]); }
    sum = join(earlier, sum);
  }
  workgroupBarrier();
  sums[local] = sum;
  workgroupBarrier();
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32,
) {
  let block = group.y * groups.x + group.x;
  let blocks = bitcast<u32>(param(4u));
  let line = block / blocks;
  if (line >= bitcast<u32>(param(0u))) { return; }
  let n = bitcast<u32>(param(1u));
  let stepX = bitcast<u32>(param(2u));
  let stepResult = bitcast<u32>(param(3u));
  let length = bitcast<u32>(param(5u)) * TILE;
  let start = (block - line * blocks) * length;
  let end = min(start + length, n);
  locate(line);
  var sofar = before(block, line * blocks, local);
  for (var first = start; first < end; first += TILE) {
    let count = min(TILE, end - first);
    for (var i = local; i < count; i += 64u) { tile[i + i / ITEMS] = x[place0 + (first + i) * stepX]; }
    workgroupBarrier();
    let own = local * ITEMS;
    let mine = select(0u, min(ITEMS, count - own), own < count);
    var sum = none();
    for (var i = 0u; i < mine; i++) { sum = join(sum, stateOf(tile[own + local + i])); }
    sums[local] = sum;
    sweep(local);
    var running = sofar;
    if (local > 0u) { running = join(sofar, sums[local - 1u]); }
    for (var i = 0u; i < mine; i++) {
      running = follow(running, tile[own + local + i]);
      tile[own + local + i] = resultOf(running);
    }
    sofar = join(sofar, sums[63]);
    workgroupBarrier();
    for (var i = local; i < count; i += 64u) { result[place1 + (first + i) * stepResult] = tile[i + i / ITEMS]; }
    workgroupBarrier();
  }
}
