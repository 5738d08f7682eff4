// Where the news pins go: rows of labels above the line, none over another, none across a leader.

/**
 * Place labels in rows, the most telling first; what finds no room is left out. Rows fill from the top:
 * leaders are thin, so labels below still find room between them. In the end all sink into empty rows.
 *
 * @param items `{x, width, weight}`: where the label points, how wide it is, how much it tells
 * @param room `{width, rows, gap}`: of the whole strip, in pixels
 * @returns `{item, row, left}` for each that found room; `item` is its place in `items`
 */
export function placePins(items, room) {
  const order = items.map((_, place) => place).sort((a, b) => items[b].weight - items[a].weight || a - b);
  const placed = [];
  for (const place of order) {
    const item = items[place];
    if (item.x < 0 || item.x > room.width || item.width > room.width) continue;
    const spot = firstSpot(item, placed, room);
    if (spot) placed.push({ item: place, x: item.x, width: item.width, ...spot });
  }
  const empty = room.rows - 1 - Math.max(...placed.map(({ row }) => row), 0);
  return placed.map((spot) => ({ ...spot, row: spot.row + empty }));
}

function firstSpot(item, placed, room) {
  for (let row = 0; row < room.rows; row += 1) {
    for (const left of candidates(item, room)) {
      if (isFree(item, row, left, placed, room.gap)) return { row, left };
    }
  }
  return null;
}

/** The label may stand over its point, or to either side as long as its leader still meets it. */
function candidates(item, room) {
  const last = room.width - item.width;
  const kept = (left) => Math.min(Math.max(left, 0), last);
  return [kept(item.x - item.width / 2), kept(item.x - item.width * 0.15), kept(item.x - item.width * 0.85)];
}

/** Row 0 is the top one: leaders of upper rows pass through the rows below them. */
function isFree(item, row, left, placed, gap) {
  const right = left + item.width;
  return placed.every((other) => {
    const apart = right + gap <= other.left || other.left + other.width + gap <= left;
    if (other.row === row) return apart;
    if (other.row < row) return other.x < left - gap || other.x > right + gap;
    return item.x < other.left - gap || item.x > other.left + other.width + gap;
  });
}
