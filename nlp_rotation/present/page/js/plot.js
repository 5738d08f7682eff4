// Price, pins and lanes as one thing: one time axis, one cursor, one set of keys.

import { byId } from "./dom.js";
import { lanesIn } from "./lanes.js";
import { linesOf, priceIn } from "./price.js";
import { pinboardIn } from "./pinboard.js";
import { counted, dayName, groupName, signed } from "./words.js";

/** The plot; `onOpen(first, last, group)` is called with sessions to read about. */
export function plotIn({ onOpen }) {
  let shown = null;
  let cursor = null;
  let waiting = false;
  const price = priceIn(byId("price"), { onRange: later, onHover: hovered });
  const pins = pinboardIn(byId("pins"), byId("leaders"), { onOpen: (session) => onOpen(session, session, "") });
  const lanes = lanesIn(byId("lanes"));

  /** Draw on the next frame, once, however often it is asked for. */
  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (shown) draw();
    });
  }

  function draw() {
    const axis = price.axis();
    const line = linesOf(shown.data, shown.view)[0];
    pins.show({ ...shown, axis, line });
    lanes.show({ ...shown, axis, cursor });
  }

  function show(next) {
    const fresh = !shown || shown.data !== next.data || shown.view !== next.view;
    shown = next;
    if (fresh) {
      cursor = null;
      price.show(next.data, next.view);
    }
    tell(null);
    draw();
  }

  function hovered(session) {
    if (!shown) return;
    tell(session === null ? null : Math.round(session));
  }

  /** Write the values of a session, or of the last one, into the legend. */
  function tell(session) {
    const { data, view } = shown;
    const place = session !== null && session >= 0 && session < data.sessions.length ? session : data.sessions.length - 1;
    byId("legend-day").textContent = place < 0 ? "" : dayName(data.sessions[place]);
    byId("legend-values").textContent = linesOf(data, view).map((line) => valueOf(line, place)).join("   ");
  }

  function move(session, group) {
    const { data } = shown;
    const last = data.sessions.length - 1;
    if (last < 0) return;
    cursor = { session: Math.min(Math.max(session, 0), last), group };
    const line = linesOf(data, shown.view)[0];
    price.point(line ? line.values[cursor.session] : 0, cursor.session);
    tell(cursor.session);
    byId("plot-status").textContent = cursorSpoken(shown, cursor);
    later();
  }

  const keys = keysOf({ price, move, onOpen, shown: () => shown, cursor: () => cursor });
  byId("plot").addEventListener("keydown", keys);
  pointed(byId("lanes"), lanes, { onOpen, move: (session) => price.point(0, session), shown: () => shown });
  return {
    show,
    look: price.look,
    paint: () => { price.paint(); if (shown) { price.show(shown.data, shown.view); later(); } },
    zoom: (factor) => price.zoom(factor, cursor?.session),
  };
}

function valueOf(line, place) {
  const value = line.values[place] ?? null;
  if (line.unit === "price") return `${line.name} ${value === null ? "–" : value.toFixed(2)}`;
  return `${line.name} ${value === null ? "–" : `${signed(value, 1)} %`}`;
}

function cursorSpoken({ data, tally, groups }, { session, group }) {
  const named = group ? `${groupName(group)}, ` : "";
  const rows = group ? rowsIn(data, tally, session, group) : tally.counts[session];
  return `${named}${dayName(data.sessions[session])}: ${counted(rows, "driver")}${groups.length ? "" : ", no lane"}`;
}

function rowsIn(data, tally, session, group) {
  let found = 0;
  for (let row = data.starts[session]; row < data.starts[session + 1]; row += 1) {
    if (data.groups[data.groupOfCategory[data.rows.category[row]]] === group && tally.passes(row)) found += 1;
  }
  return found;
}

/** Arrows move by what has been said: left and right to the next session with drivers, up and down by lane. */
function keysOf({ price, move, onOpen, shown, cursor }) {
  const acts = {
    ArrowRight: () => move(nextStory(shown(), cursor(), 1), cursor()?.group ?? ""),
    ArrowLeft: () => move(nextStory(shown(), cursor(), -1), cursor()?.group ?? ""),
    ArrowDown: () => move(cursor()?.session ?? 0, nextLane(shown(), cursor(), 1)),
    ArrowUp: () => move(cursor()?.session ?? 0, nextLane(shown(), cursor(), -1)),
    Home: () => move(0, cursor()?.group ?? ""),
    End: () => move(shown().data.sessions.length - 1, cursor()?.group ?? ""),
    Enter: () => cursor() && onOpen(cursor().session, cursor().session, cursor().group),
    "+": () => price.zoom(0.6, cursor()?.session),
    "-": () => price.zoom(1.6, cursor()?.session),
  };
  return (event) => {
    const act = acts[event.key];
    if (!act || !shown() || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
}

function nextStory({ data, tally }, cursor, by) {
  let session = cursor ? cursor.session + by : by > 0 ? 0 : data.sessions.length - 1;
  while (session > 0 && session < data.sessions.length - 1 && !holds(data, tally, session, cursor?.group)) session += by;
  return session;
}

function holds(data, tally, session, group) {
  return group ? rowsIn(data, tally, session, group) > 0 : tally.counts[session] > 0;
}

function nextLane({ data, groups }, cursor, by) {
  const names = ["", ...groups.map((group) => data.groups[group])];
  const at = names.indexOf(cursor?.group ?? "");
  return names[(at + by + names.length) % names.length];
}

function pointed(box, lanes, { onOpen, move, shown }) {
  const cell = (event) => {
    const edge = box.getBoundingClientRect();
    return shown() ? lanes.cellAt(event.clientX - edge.left, event.clientY - edge.top) : null;
  };
  const drivers = (found) => {
    let n = 0;
    const group = shown().data.groups[found.group];
    for (let session = found.first; session <= found.last; session += 1) n += rowsIn(shown().data, shown().tally, session, group);
    return n;
  };
  box.addEventListener("pointermove", (event) => {
    const found = cell(event);
    const n = found ? drivers(found) : 0;
    box.style.cursor = n ? "pointer" : "default";
    box.title = n ? laneTitle(shown().data, found, n) : "";
    if (found) move(found.first);
  });
  box.addEventListener("pointerleave", () => move(null));
  box.addEventListener("click", (event) => {
    const found = cell(event);
    if (found && drivers(found)) onOpen(found.first, found.last, shown().data.groups[found.group]);
  });
}

function laneTitle(data, { group, first, last }, n) {
  const days = first === last ? dayName(data.sessions[first]) : `${dayName(data.sessions[first])} to ${dayName(data.sessions[last])}`;
  return `${groupName(data.groups[group])}, ${days}: ${counted(n, "driver")}`;
}
