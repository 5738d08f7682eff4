// The chart as columns, from the server or from inside the page itself.

import { groupOf } from "./words.js";

const EMBEDDED = "chart-data";
const FORMAT = 1;

/** Where the data come from: a block inside the page if there is one, else the server that gave the page. */
export function sourceOf(page) {
  const block = page.getElementById(EMBEDDED);
  return block ? embedded(JSON.parse(block.textContent)) : served();
}

function embedded(whole) {
  const quotes = new Map(whole.quotes.map((quote) => [keyOf(quote.edition, quote.n), quote]));
  return {
    live: false,
    outline: async () => decoded(whole),
    claims: async () => whole.claims,
    quotes: async (keys) => keys.map((key) => quotes.get(key) ?? null),
  };
}

function served() {
  return {
    live: true,
    outline: async (pair) => decoded(await answer("api/v1/chart", pair ? { pair } : {})),
    claims: async (pair) => (await answer("api/v1/chart/claims", { pair })).claims,
    quotes: async (keys) => {
      const found = (await answer("api/v1/chart/quotes", { keys: keys.join(",") })).quotes;
      const byKey = new Map(found.map((quote) => [keyOf(quote.edition, quote.n), quote]));
      return keys.map((key) => byKey.get(key) ?? null);
    },
  };
}

async function answer(path, asked) {
  const reply = await fetch(`${path}?${new URLSearchParams(asked)}`, { headers: { accept: "application/json" } });
  if (reply.ok) return reply.json();
  const problem = await reply.json().catch(() => ({}));
  throw new Error(problem.detail || problem.title || `the server answered ${reply.status}`);
}

/** The key of a driver's quote. */
export function keyOf(edition, n) {
  return `${edition}.${n}`;
}

/** Unpack the columns of a payload and add what every view needs: groups, and where each session begins. */
export function decoded(payload) {
  if (payload.format !== FORMAT) throw new Error(`the data have format ${payload.format}, this page reads ${FORMAT}`);
  const { drivers, categories, sessions } = payload;
  const groups = [...new Set(categories.map(groupOf))].sort();
  const session = summed(drivers.session, Int32Array);
  return {
    ...payload,
    groups,
    groupOfCategory: Uint8Array.from(categories, (name) => groups.indexOf(groupOf(name))),
    rows: {
      count: drivers.count,
      session,
      category: Uint16Array.from(drivers.category),
      relation: Uint8Array.from(drivers.relation),
      hedged: Uint8Array.from(drivers.hedged),
      confidence: Uint8Array.from(drivers.confidence),
      source: Uint16Array.from(drivers.source),
      lean: Int8Array.from(drivers.lean),
      about: Uint8Array.from(drivers.about),
      edition: summed(drivers.edition, Float64Array),
      n: Uint16Array.from(drivers.n),
    },
    starts: startsOf(session, sessions.length),
  };
}

/** Undo differences to the row before. */
export function summed(steps, Kind) {
  const values = new Kind(steps.length);
  let value = 0;
  for (let row = 0; row < steps.length; row += 1) values[row] = value += steps[row];
  return values;
}

/** For each session the first of its rows, and one more entry that ends the last. */
export function startsOf(session, sessions) {
  const starts = new Int32Array(sessions + 1);
  for (const place of session) starts[place + 1] += 1;
  for (let place = 0; place < sessions; place += 1) starts[place + 1] += starts[place];
  return starts;
}

/** The first session on or after a day. */
export function placeFrom(sessions, day) {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sessions[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First and last session of the days of a state, both included; the last before the first where none is. */
export function boundsOf(sessions, from, to) {
  const first = from ? placeFrom(sessions, from) : 0;
  const end = to ? placeFrom(sessions, `${to}~`) : sessions.length;
  return { first, last: end - 1 };
}
