// The rotation graph: strength to the right, momentum upwards, a tail that ends where a series stands now.

import { el, fill, svg } from "./dom.js";
import { dayName, signed } from "./words.js";

const BOX = { width: 460, height: 400, left: 34, right: 12, top: 12, bottom: 34 };
const CENTRE = 100;
const QUADRANTS = [["Leading", 1, 1], ["Weakening", 1, -1], ["Lagging", -1, -1], ["Improving", -1, 1]];
const SHADES = 6;

/** Draw the tails into `box`, or say why there are none. */
export function showRotation(box, data) {
  const { tails } = data;
  if (!tails.length) {
    fill(box, el("p", { class: "empty" }, whyNoTails(data)));
    return;
  }
  const scale = graphScale(tails);
  const labels = placeLabels(tails.map((tail) => endOf(tail, scale)), BOX);
  fill(
    box,
    svg("svg", { viewBox: `0 0 ${BOX.width} ${BOX.height}`, class: "rotation", role: "img", "aria-label": graphSpoken(tails) },
      ...graphFrame(scale),
      ...tails.map((tail, place) => drawnTail(tail, place, scale, labels[place]))),
    tailTable(tails),
  );
}

function whyNoTails(data) {
  return data.notes.find((note) => note.startsWith("No rotation graph")) ?? "No rotation graph: no prices were given.";
}

/** One scale for both axes around the centre, so that angles are true. */
export function graphScale(tails) {
  const reach = tails.flatMap((tail) => tail.points.flatMap(([, x, y]) => [Math.abs(x - CENTRE), Math.abs(y - CENTRE)]));
  const half = Math.max(4, ...reach) * 1.1;
  const wide = BOX.width - BOX.left - BOX.right;
  const high = BOX.height - BOX.top - BOX.bottom;
  return {
    half,
    x: (value) => BOX.left + ((value - CENTRE + half) / (2 * half)) * wide,
    y: (value) => BOX.top + (1 - (value - CENTRE + half) / (2 * half)) * high,
  };
}

function endOf(tail, scale) {
  const [, x, y] = tail.points.at(-1);
  return { x: scale.x(x), y: scale.y(y), width: tail.symbol.length * 7.4 + 4, height: 13 };
}

/** Put every label beside its point where it covers no other label and no other point. */
export function placeLabels(points, box) {
  const taken = points.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }));
  return points.map(({ x, y, width, height }, own) => {
    const spots = [[8, -height / 2], [-8 - width, -height / 2], [-width / 2, -8 - height], [-width / 2, 8], [6, -16], [6, 5], [-6 - width, -16], [-6 - width, 5]];
    const boxes = spots.map(([right, down]) => ({ left: x + right, right: x + right + width, top: y + down, bottom: y + down + height }));
    const fits = (one) => one.left >= 0 && one.right <= box.width && one.top >= 0 && one.bottom <= box.height;
    const found = boxes.find((one) => fits(one) && taken.every((other, place) => place === own || apart(one, other))) ?? boxes.find(fits) ?? boxes[0];
    taken.push(found);
    return { x: found.left + 2, y: found.bottom - 2.5 };
  });
}

function apart(a, b) {
  return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}

function graphFrame(scale) {
  const [left, right, top, bottom] = [BOX.left, BOX.width - BOX.right, BOX.top, BOX.height - BOX.bottom];
  const corner = ([name, right_, up]) => svg("text", {
    class: "quadrant",
    x: right_ > 0 ? right - 8 : left + 8,
    y: up > 0 ? top + 17 : bottom - 9,
    "text-anchor": right_ > 0 ? "end" : "start",
  }, name);
  return [
    svg("rect", { class: "frame", x: left, y: top, width: right - left, height: bottom - top }),
    svg("path", { class: "cross", d: `M${scale.x(CENTRE)} ${top}V${bottom}M${left} ${scale.y(CENTRE)}H${right}` }),
    ...QUADRANTS.map(corner),
    svg("text", { class: "axis", x: (left + right) / 2, y: BOX.height - 10, "text-anchor": "middle" }, "relative strength →"),
    svg("text", { class: "axis", "text-anchor": "middle", transform: `translate(16 ${(top + bottom) / 2}) rotate(-90)` }, "momentum →"),
  ];
}

function drawnTail(tail, place, scale, label) {
  const points = tail.points.map(([, x, y]) => [scale.x(x), scale.y(y)]);
  const [x, y] = points.at(-1);
  const path = points.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join("L");
  return svg("g", { class: `tail shade-${place % SHADES}${tail.side ? " side" : ""}` },
    svg("title", {}, tailSpoken(tail)),
    svg("path", { d: `M${path}` }),
    ...points.slice(0, -1).map(([px, py]) => svg("circle", { cx: px, cy: py, r: 1.7 })),
    headOf(place, x, y, tail.side ? 6 : 4.6),
    svg("text", { x: label.x, y: label.y }, tail.symbol));
}

/** The end of a tail has a shape of its own as well as a shade. */
function headOf(place, x, y, r) {
  const kinds = [
    () => svg("circle", { class: "head", cx: x, cy: y, r }),
    () => svg("rect", { class: "head", x: x - r, y: y - r, width: 2 * r, height: 2 * r }),
    () => svg("path", { class: "head", d: `M${x} ${y - r * 1.2}L${x + r * 1.1} ${y + r}H${x - r * 1.1}Z` }),
    () => svg("path", { class: "head", d: `M${x} ${y - r * 1.3}L${x + r * 1.3} ${y}L${x} ${y + r * 1.3}L${x - r * 1.3} ${y}Z` }),
  ];
  return kinds[place % kinds.length]();
}

function tailSpoken(tail) {
  const [day, x, y] = tail.points.at(-1);
  return `${tail.symbol}, ${tail.quadrant} on ${dayName(day)}: strength ${signed(x - CENTRE, 1)}, momentum ${signed(y - CENTRE, 1)}`;
}

function graphSpoken(tails) {
  return `Rotation graph. ${tails.map((tail) => `${tail.symbol} ${tail.quadrant}`).join(", ")}.`;
}

function tailTable(tails) {
  const head = ["Series", "Quadrant", "Strength", "Momentum", "On"].map((name) => el("th", { scope: "col" }, name));
  const rows = tails.map((tail) => {
    const [day, x, y] = tail.points.at(-1);
    return el("tr", {}, el("th", { scope: "row" }, tail.symbol), el("td", {}, tail.quadrant),
      el("td", { class: "number" }, signed(x - CENTRE, 1)), el("td", { class: "number" }, signed(y - CENTRE, 1)), el("td", {}, dayName(day)));
  });
  return el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows));
}
