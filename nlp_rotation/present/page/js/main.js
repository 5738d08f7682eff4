// The page: read the address, fetch the chart, draw, and write the address again whenever something changes.

import { showClaims } from "./claims.js";
import { controlsIn } from "./controls.js";
import { boundsOf, placeFrom, sourceOf } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { applyTheme, isDark } from "./palette.js";
import { panelIn } from "./panel.js";
import { plotIn } from "./plot.js";
import { linesOf } from "./price.js";
import { showRotation } from "./rotation.js";
import { chosenGroups, chosenSpan, formatState, parseState } from "./state.js";
import { clustersOf, moveFactors, tallyOf } from "./tally.js";
import { count, counted, dayName, groupName, leafName } from "./words.js";

const source = sourceOf(document);
let state = parseState(location.hash);
let data = null;
let tally = null;
let claims = [];

const panel = panelIn(source);
const plot = plotIn({ onOpen: open });
const controls = controlsIn({ onChange: change });

/** Fetch the chart of the pair in the state and draw everything. */
async function load() {
  document.body.dataset.state = "loading";
  try {
    data = await source.outline(state.pair);
  } catch (error) {
    return refuse(error);
  }
  claims = [];
  controls.furnish(data, source.live);
  byId("page-title").textContent = data.title;
  document.title = `${data.title} · nlp-rotation`;
  tellNotes();
  draw({ look: true });
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("drawn")));
  document.body.dataset.state = "ready";
  showRotation(byId("rotation"), data);
  await loadClaims();
  document.body.dataset.claims = "ready";
}

async function loadClaims() {
  try {
    claims = await source.claims(data.pair);
    showClaims(byId("claims"), claims, state, data);
  } catch (error) {
    fill(byId("claims"), el("p", { class: "problem", role: "alert" }, `The claims cannot be read: ${error.message}`));
  }
}

function refuse(error) {
  document.body.dataset.state = "failed";
  fill(byId("notes"), el("p", { class: "problem", role: "alert" }, `The chart cannot be read: ${error.message}`));
}

/** Draw what the state says; with `look`, also turn the time axis to its days. */
function draw({ look }) {
  const started = performance.now();
  tally = tallyOf(data, state);
  const line = linesOf(data, state.view)[0];
  const clusters = clustersOf(data, tally, moveFactors(line, data.sessions.length));
  const span = chosenSpan(state);
  plot.show({ data, tally, clusters, groups: shownGroups(), view: state.view, chosen: chosenPlaces(span) });
  if (look) turn();
  controls.show(state, data);
  tellSummary();
  if (span) readAbout(span);
  else panel.clear();
  performance.measure("draw", { start: started });
}

function turn() {
  const { first, last } = boundsOf(data.sessions, state.from, state.to);
  if (last >= first) plot.look(first, last);
}

function shownGroups() {
  const chosen = chosenGroups(state);
  return data.groups.map((_, place) => place).filter((place) => !chosen || chosen.has(data.groups[place]));
}

function chosenPlaces(span) {
  const places = new Set();
  if (span) data.sessions.forEach((day, place) => { if (day >= span.first && day <= span.last) places.add(place); });
  return places;
}

function readAbout(span) {
  const first = placeFrom(data.sessions, span.first);
  const last = placeFrom(data.sessions, `${span.last}~`) - 1;
  if (first <= last) panel.show(data, tally, { first, last, group: state.lane });
  else panel.clear();
}

/** Take in what is new, write the address, and draw. A choice of quotes can be left by the back button. */
function change(news, { push = false } = {}) {
  const before = state;
  state = { ...state, ...Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined)) };
  remember(push ? "pushState" : "replaceState");
  if (state.pair !== before.pair) return load();
  draw({ look: state.from !== before.from || state.to !== before.to });
  if (state.from !== before.from || state.to !== before.to) showClaims(byId("claims"), claims, state, data);
}

/** Write the state into the address; a page inside another one may not have an address of its own. */
function remember(how) {
  try {
    history[how](null, "", formatState(state) || location.href.split("#", 1)[0]);
  } catch {
    document.body.dataset.address = "none";
  }
}

function open(first, last, group) {
  const [from, to] = [data.sessions[first], data.sessions[last]];
  change({ at: from === to ? from : `${from}..${to}`, lane: group }, { push: true });
  byId("panel").focus({ preventScroll: matchMedia("(min-width: 64rem)").matches });
}

function tellSummary() {
  const all = data.rows.count;
  if (!all) {
    byId("summary").textContent = "The store holds no driver with a known day.";
    return;
  }
  const shown = tally.total === all ? counted(all, "driver") : `${count(tally.total)} of ${counted(all, "driver")}`;
  const sums = new Float64Array(data.categories.length);
  tally.telling.forEach((weight, place) => { sums[place % sums.length] += weight; });
  const best = sums.indexOf(Math.max(...sums));
  const top = tally.total ? ` · most telling: ${leafName(data.categories[best])}` : "";
  const { first, last } = boundsOf(data.sessions, state.from, state.to);
  const days = last >= first ? ` · ${dayName(data.sessions[first])} – ${dayName(data.sessions[last])}` : "";
  byId("summary").textContent = shown + days + top;
}

function tellNotes() {
  const notes = data.notes.filter((note) => !note.startsWith("No rotation graph"));
  if (data.undated) notes.push(`${counted(data.undated, "driver")} of articles without a known day ${data.undated === 1 ? "is" : "are"} not drawn.`);
  if (data.as_of) notes.push(`Only what was knowable at ${data.as_of}.`);
  if (!data.lines.length && data.rows.count) notes.push("No prices: the lanes show what was said, the line is missing.");
  if (!data.rows.count) notes.push("No drivers yet: “nlp-rotation run ARTICLES” reads some; then reload this page.");
  fill(byId("notes"), ...notes.map((note) => el("p", {}, note)));
  document.body.dataset.line = data.lines.length ? "some" : data.sessions.length ? "none" : "nothing";
  byId("legend-line").textContent = data.lines[0]?.means ?? "";
  byId("legend-over").textContent = data.under ? `for ${data.over}` : "lifts it";
  byId("legend-under").textContent = data.under ? `for ${data.under}` : "weighs on it";
  byId("plot").setAttribute("aria-label", `${data.title}: line and drivers in ${data.groups.map(groupName).join(", ") || "no group"}`);
}

byId("panel-close").addEventListener("click", () => change({ at: "", lane: "" }));
byId("zoom-in").addEventListener("click", () => plot.zoom(0.6));
byId("zoom-out").addEventListener("click", () => plot.zoom(1.6));
byId("zoom-all").addEventListener("click", turn);
byId("theme").addEventListener("click", () => {
  state = { ...state, theme: isDark() ? "light" : "dark" };
  remember("replaceState");
  dress();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.at) change({ at: "", lane: "" });
});
addEventListener("hashchange", follow);
addEventListener("popstate", follow);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);

function follow() {
  const next = parseState(location.hash);
  if (formatState(next) === formatState(state)) return;
  const before = state;
  state = next;
  dress();
  if (!data || state.pair !== before.pair) load();
  else draw({ look: state.from !== before.from || state.to !== before.to });
}

function dress() {
  applyTheme(state.theme);
  byId("theme").textContent = isDark() ? "Light" : "Dark";
  plot.paint();
}

// Inside a report or a notebook there is a heading already, and less room.
const framed = window.self !== window.parent;
document.body.classList.toggle("framed", framed);
byId("filters").open = !framed && matchMedia("(min-width: 40.01rem)").matches;
dress();
load();
