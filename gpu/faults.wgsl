// What goes wrong inside a kernel: the first fault since the last read stays, and is thrown there.
// 1: an index out of bounds (the index, the extent); 2: an int64 result that 32 bits do not hold; 3: a refusal (its number).

fn flambeau_fault(code: u32, value: i32, bound: i32) {
  if (atomicCompareExchangeWeak(&faults[0], 0u, code).exchanged) {
    atomicStore(&faults[1], bitcast<u32>(value));
    atomicStore(&faults[2], bitcast<u32>(bound));
  }
}
