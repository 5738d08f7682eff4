// What passes the filters, counted once for everything that draws it: lanes, pins, words.

import { boundsOf } from "./data.js";
import { chosenGroups } from "./state.js";

/** Kinds of a cell in a lane: what it speaks for, and whether it tells of the past or of what may come. */
export const KINDS = 6;
const EXPLAINS = 0;
const ENDED = 3;
// The same weights as in present/charts/telling.py, so that picture and page label the same days.
const ABOUT = 3;
const MOST_MOVE = 3;

/** A function that tells of a row whether it passes. */
export function filterOf(data, state) {
  const { rows, sessions, groupOfCategory, groups, relations, sources } = data;
  const { first, last } = boundsOf(sessions, state.from, state.to);
  const chosen = chosenGroups(state);
  const open = Uint8Array.from(groups, (group) => (!chosen || chosen.has(group) ? 1 : 0));
  const source = state.source ? sources.indexOf(state.source === "unnamed" ? "" : state.source) : -1;
  const passes = Uint8Array.from(relations, (name) => (relationPasses(name, state.relation) ? 1 : 0));
  return (row) =>
    rows.session[row] >= first && rows.session[row] <= last &&
    rows.confidence[row] >= state.sure &&
    open[groupOfCategory[rows.category[row]]] === 1 &&
    passes[rows.relation[row]] === 1 &&
    (!state.source || rows.source[row] === source) &&
    (!state.scope || rows.about[row] === 1);
}

function relationPasses(name, wanted) {
  if (!wanted) return true;
  return wanted === "explains" ? ["explains", "ended", "denied"].includes(name) : ["predicts", "condition"].includes(name);
}

/** Count what passes: by session, by session and category, and by session, group and kind. */
export function tallyOf(data, state) {
  const { rows, sessions, categories, groups, groupOfCategory } = data;
  const passes = filterOf(data, state);
  const counts = new Uint32Array(sessions.length);
  const telling = new Float32Array(sessions.length * categories.length);
  const leans = new Int32Array(sessions.length * categories.length);
  const cells = new Uint32Array(sessions.length * groups.length * KINDS);
  let total = 0;
  for (let row = 0; row < rows.count; row += 1) {
    if (!passes(row)) continue;
    const session = rows.session[row];
    const category = rows.category[row];
    total += 1;
    counts[session] += 1;
    leans[session * categories.length + category] += rows.lean[row];
    telling[session * categories.length + category] += weightOf(rows, row);
    cells[(session * groups.length + groupOfCategory[category]) * KINDS + kindOf(rows, row)] += 1;
  }
  return { total, counts, leans, telling, cells, passes };
}

/** How much a driver tells: surer counts more, and so does one about a side. */
export function weightOf(rows, row) {
  const stated = (rows.hedged[row] ? 0.8 : 1) * (rows.relation[row] <= 1 ? 1 : 0.5);
  return (rows.confidence[row] / 100) * stated * (rows.about[row] ? ABOUT : 1);
}

/** 0 to 2 for what explains, 3 to 5 for what predicts: for the first side, for the second, for neither. */
export function kindOf(rows, row) {
  const lean = rows.lean[row];
  const side = lean > 0 ? 0 : lean < 0 ? 1 : 2;
  const past = rows.relation[row] === EXPLAINS || rows.relation[row] >= ENDED;
  return side + (past ? 0 : 3);
}

/** For each session a factor of 1 and more: how far the line moved against its usual day. */
export function moveFactors(line, sessions) {
  const factors = new Float32Array(sessions).fill(1);
  if (!line) return factors;
  const change = line.values.map((value, place) =>
    place && value !== null && line.values[place - 1] !== null ? Math.abs(value - line.values[place - 1]) : null,
  );
  const usual = median(change.filter((value) => value !== null));
  if (!usual) return factors;
  change.forEach((value, place) => {
    factors[place] = 1 + Math.min((value ?? 0) / usual, MOST_MOVE);
  });
  return factors;
}

/** One cluster for each session that has drivers: its best category, how often, and how much it tells. */
export function clustersOf(data, tally, factors) {
  const wide = data.categories.length;
  const found = [];
  tally.counts.forEach((total, session) => {
    if (!total) return;
    let best = 0;
    for (let category = 1; category < wide; category += 1) {
      if (tally.telling[session * wide + category] > tally.telling[session * wide + best]) best = category;
    }
    const weight = Math.log1p(tally.telling[session * wide + best]) * factors[session];
    found.push({ session, category: best, total, weight, lean: Math.sign(tally.leans[session * wide + best]) });
  });
  return found;
}

function median(values) {
  if (!values.length) return 0;
  const ordered = [...values].sort((a, b) => a - b);
  const middle = ordered.length >> 1;
  return ordered.length % 2 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}
