// Lanes as bars of a readable width: sessions put together when they lie too close, and heights that fit.

import { KINDS } from "./tally.js";

/** No bar is narrower than this, in pixels. */
export const NARROWEST = 4;
const WIDEST = 13;
/** Height of one driver while there are few, and the least that a bar may have. */
const STEP = 4;
const LEAST = 2;

/** How many sessions make a bar when one session takes `spacing` pixels. */
export function sessionsPerBin(spacing) {
  return spacing >= NARROWEST ? 1 : Math.ceil(NARROWEST / Math.max(spacing, 1e-6));
}

/** Width of a bar in pixels. */
export function barWidth(spacing, perBin) {
  return Math.max(2, Math.min(WIDEST, Math.floor(spacing * perBin) - 1));
}

/**
 * Sum the cells of the sessions `first` to `last` into bins; bins begin at multiples of their length, so
 * that they do not change while the view moves.
 */
export function binned(cells, groups, first, last, perBin) {
  const start = Math.floor(first / perBin);
  const bins = Math.max(0, Math.floor(last / perBin) - start + 1);
  const sums = new Uint32Array(bins * groups * KINDS);
  const row = groups * KINDS;
  for (let session = Math.max(first, 0); session <= last; session += 1) {
    const target = (Math.floor(session / perBin) - start) * row;
    const origin = session * row;
    for (let place = 0; place < row; place += 1) sums[target + place] += cells[origin + place];
  }
  return { start, bins, sums };
}

/** Sessions of a bin, both ends included. */
export function sessionsOf(bin, perBin, sessions) {
  return { first: bin * perBin, last: Math.min((bin + 1) * perBin, sessions) - 1 };
}

/** Pixels a driver takes, so that the highest of all bars keeps within `half` of the lane's height. */
export function scaleOf({ sums }, half) {
  let highest = 0;
  for (let place = 0; place < sums.length; place += KINDS) {
    highest = Math.max(highest, extent(sums, place, 0), extent(sums, place, 1));
  }
  if (highest * STEP <= half) return (n) => n * STEP;
  const unit = half / Math.sqrt(highest);
  return (n) => (n ? Math.max(LEAST, Math.sqrt(n) * unit) : 0);
}

/** Drivers that a bar piles up on one side of the middle: those of the side, and half of those of neither. */
function extent(sums, place, side) {
  return sums[place + side] + sums[place + 3 + side] + (sums[place + 2] + sums[place + 5]) / 2;
}

/**
 * The pieces of one bar around the middle of its lane, as `{y, height, lean, hollow}` with y downwards.
 * What speaks for the first side stands above, for the second below, for neither across the middle.
 */
export function piecesOf(sums, place, scale, half) {
  const neither = sums[place + 2] + sums[place + 5];
  const core = Math.min(scale(neither / 2) * 2, 2 * half);
  const pieces = [];
  if (neither) pieces.push({ y: -core / 2, height: core, lean: 0, hollow: !sums[place + 2] });
  for (const [side, lean] of [[0, 1], [1, -1]]) {
    pieces.push(...stacked(sums[place + side], sums[place + 3 + side], lean, core / 2, scale, half));
  }
  return pieces;
}

function stacked(past, coming, lean, from, scale, half) {
  const whole = Math.min(scale(past + coming), Math.max(half - from, past + coming ? LEAST : 0));
  const pieces = [];
  let reached = from;
  for (const [n, hollow] of [[past, false], [coming, true]]) {
    if (!n) continue;
    const height = (whole * n) / (past + coming);
    pieces.push({ y: lean > 0 ? -reached - height : reached, height, lean, hollow });
    reached += height;
  }
  return pieces;
}
