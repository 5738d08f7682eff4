// The news pins over the price: real buttons, so that mouse, finger, keyboard and screen reader all reach them.

import { el } from "./dom.js";
import { leanColour, palette, penOf } from "./palette.js";
import { placePins } from "./pins.js";
import { counted, dayName, leafName, leanMark, leanName } from "./words.js";

const ROW = 25;
const TOP = 6;
const PADDING = 30;
const MOST = 160;

/** Pins inside `box`, with their leaders and the ticks of the rest on `canvas`. */
export function pinboardIn(box, canvas, { onOpen }) {
  const buttons = new Map();
  const ruler = document.createElement("canvas").getContext("2d");

  function show({ data, clusters, axis, line, chosen }) {
    const seen = clusters
      .filter(({ session }) => session >= axis.visible.first && session <= axis.visible.last)
      .sort((a, b) => b.weight - a.weight);
    const rows = axis.width < 520 ? 2 : 3;
    const labelled = seen.slice(0, MOST).map((cluster) => labelOf(data, cluster, axis, ruler, box));
    const placed = placePins(labelled, { width: axis.width, rows, gap: 6 });
    drawTicks(canvas, data, seen, placed.map(({ item }) => ({ ...labelled[item], ...spot(placed, item) })), axis, line);
    keep(placed.map(({ item, row, left }) => ({ ...labelled[item], row, left })), data, chosen);
  }

  function keep(pins, data, chosen) {
    const wanted = new Set(pins.map((pin) => pin.session));
    for (const [session, button] of buttons) {
      if (!wanted.has(session)) {
        button.remove();
        buttons.delete(session);
      }
    }
    pins.sort((a, b) => a.session - b.session).forEach((pin) => box.append(dressed(pin, data, chosen)));
    rove(box);
  }

  function dressed(pin, data, chosen) {
    const button = buttons.get(pin.session) ?? el("button", { type: "button", on: { click: () => onOpen(pin.session) } });
    if (!buttons.has(pin.session)) buttons.set(pin.session, button);
    const day = data.sessions[pin.session];
    button.className = `pin ${["under", "neither", "over"][pin.lean + 1]}`;
    button.textContent = `${leanMark(pin.lean)} ${pin.text}`;
    button.style.left = `${Math.round(pin.left)}px`;
    button.style.top = `${TOP + pin.row * ROW}px`;
    button.dataset.day = day;
    button.setAttribute("aria-pressed", String(chosen.has(pin.session)));
    button.setAttribute("aria-label", pinSpoken(pin, data, day));
    return button;
  }

  box.addEventListener("keydown", (event) => step(event, box));
  return { show };
}

function spot(placed, item) {
  return placed.find((one) => one.item === item);
}

function labelOf(data, cluster, axis, ruler, box) {
  ruler.font = `500 12px ${getComputedStyle(box).fontFamily}`;
  const more = cluster.total > 1 ? ` +${cluster.total - 1}` : "";
  const text = leafName(data.categories[cluster.category]) + more;
  return { ...cluster, text, x: axis.xOf(cluster.session), width: ruler.measureText(text).width + PADDING };
}

function pinSpoken(pin, data, day) {
  const what = leafName(data.categories[pin.category]);
  return `${dayName(day)}: ${what}, ${leanName(pin.lean, data.over, data.under)}, ${counted(pin.total, "driver")}. Show quotes.`;
}

/** Leaders from the pins to the line, and a tick at the foot for every session that has no pin. */
function drawTicks(canvas, data, seen, pins, axis, line) {
  const pen = penOf(canvas, axis.width, axis.height);
  const colours = palette();
  const pinned = new Set(pins.map((pin) => pin.session));
  for (const { session, lean } of seen) {
    if (pinned.has(session)) continue;
    pen.fillStyle = leanColour(colours, lean);
    pen.fillRect(Math.round(axis.xOf(session)), axis.height - 7, 1.5, 7);
  }
  for (const pin of pins) {
    const x = Math.round(pin.x) + 0.5;
    const foot = (line && axis.yOf(line.values[pin.session])) ?? axis.height - 4;
    pen.strokeStyle = colours.neither;
    pen.globalAlpha = 0.55;
    pen.beginPath();
    pen.moveTo(x, TOP + pin.row * ROW + ROW - 4);
    pen.lineTo(x, foot);
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillStyle = leanColour(colours, pin.lean);
    pen.beginPath();
    pen.arc(x, foot, 3, 0, 2 * Math.PI);
    pen.fill();
  }
}

/** One stop of the tab key for all pins; arrows move among them. */
function rove(box) {
  const pins = [...box.children];
  const current = pins.find((pin) => pin === document.activeElement) ?? pins[0];
  pins.forEach((pin) => { pin.tabIndex = pin === current ? 0 : -1; });
}

function step(event, box) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by || !box.contains(document.activeElement)) return;
  event.preventDefault();
  const pins = [...box.children];
  const next = pins[(pins.indexOf(document.activeElement) + by + pins.length) % pins.length];
  next.focus();
  pins.forEach((pin) => { pin.tabIndex = pin === next ? 0 : -1; });
}
