// Where an element of a row that a position names lies in the table. The driver declares positions and locate, whose places are
// those of the position, of the element within a row, and of the result; parameter 3 is the step from row to row.

fn chosen(index: u32) -> u32 {
  locate(index);
  return place1 + positions[place0] * bitcast<u32>(param(3u));
}
