// What is shown, as the part of the address behind `#`: a link brings anybody to the same view.

export const DEFAULTS = Object.freeze({
  pair: "",
  from: "",
  to: "",
  groups: "", // comma-separated; empty for all
  source: "",
  sure: 0, // least confidence, in percent
  relation: "", // "explains", "predicts" or empty for all
  scope: "", // "pair" for drivers with an effect on a side
  view: "", // "sides" for both sides instead of their relation
  at: "", // what the panel shows: `2024-07-11` or `2024-07-11..2024-07-15`
  lane: "", // group that the panel is narrowed to
  theme: "", // "light", "dark" or empty for what the system prefers
});

const DAY_FORM = /^\d{4}-\d\d-\d\d$/;
const SPAN_FORM = /^\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?$/;
const ALLOWED = {
  from: (text) => DAY_FORM.test(text),
  to: (text) => DAY_FORM.test(text),
  at: (text) => SPAN_FORM.test(text),
  relation: (text) => ["explains", "predicts"].includes(text),
  scope: (text) => text === "pair",
  view: (text) => text === "sides",
  theme: (text) => ["light", "dark"].includes(text),
};

/** Read a state from `#pair=IWM%2FSPY&sure=50`; what makes no sense is left at its default. */
export function parseState(hash) {
  const state = { ...DEFAULTS };
  for (const [name, text] of new URLSearchParams(hash.replace(/^#/, ""))) {
    if (!Object.hasOwn(DEFAULTS, name) || !text) continue;
    if (name === "sure") state.sure = clampPercent(Number.parseInt(text, 10));
    else if (!ALLOWED[name] || ALLOWED[name](text)) state[name] = text;
  }
  return state;
}

/** Write a state the way `parseState` reads it; defaults are left out. */
export function formatState(state) {
  const words = new URLSearchParams();
  for (const name of Object.keys(DEFAULTS)) {
    if (state[name] !== DEFAULTS[name]) words.set(name, String(state[name]));
  }
  const text = words.toString();
  return text ? `#${text}` : "";
}

/** The groups that are chosen; null for all. */
export function chosenGroups(state) {
  return state.groups ? new Set(state.groups.split(",")) : null;
}

/** First and last day of what the panel shows; null where it shows nothing. */
export function chosenSpan(state) {
  if (!state.at) return null;
  const [first, last] = state.at.split("..");
  return { first, last: last || first };
}

function clampPercent(n) {
  return Number.isFinite(n) ? Math.min(100, Math.max(0, n)) : 0;
}
