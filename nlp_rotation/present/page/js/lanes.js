// One lane a group under the price, on its time axis: bars up for the first side, down for the second.

import { barWidth, binned, piecesOf, scaleOf, sessionsOf, sessionsPerBin } from "./bins.js";
import { el, fill } from "./dom.js";
import { leanColour, palette, penOf } from "./palette.js";
import { KINDS } from "./tally.js";
import { groupName } from "./words.js";

const HEIGHT = 26;
const INSET = 3;

/** Lanes inside `box`; `show` draws them anew, `cellAt` tells what lies under a point. */
export function lanesIn(box) {
  const canvas = el("canvas", { "aria-hidden": "true" });
  const names = el("div", { class: "lane-names", "aria-hidden": "true" });
  fill(box, canvas, names);
  let drawn = null;

  function show({ data, tally, groups, axis, cursor }) {
    const height = Math.max(groups.length, 1) * HEIGHT;
    const pen = penOf(canvas, axis.width, height);
    drawn = { data, groups, axis };
    drawRules(pen, groups.length, axis.width);
    nameLanes(names, data, groups, axis.width);
    if (data.sessions.length) drawBars(pen, data, tally, groups, axis);
    if (cursor) drawCursor(pen, data, groups, axis, cursor);
    box.style.height = `${height}px`;
  }

  function cellAt(x, y) {
    const lane = Math.floor(y / HEIGHT);
    if (!drawn || lane < 0 || lane >= drawn.groups.length) return null;
    const { axis, data, groups } = drawn;
    const perBin = sessionsPerBin(axis.spacing);
    const session = Math.round(axis.placeAt(x));
    if (session < 0 || session >= data.sessions.length) return null;
    return { group: groups[lane], ...sessionsOf(Math.floor(session / perBin), perBin, data.sessions.length) };
  }

  return { show, cellAt };
}

function drawRules(pen, lanes, width) {
  const colours = palette();
  pen.fillStyle = colours.line;
  for (let lane = 0; lane < lanes; lane += 1) {
    pen.fillRect(0, lane * HEIGHT + HEIGHT / 2 - 0.5, width, 1);
  }
}

function nameLanes(names, data, groups, left) {
  names.style.left = `${left}px`;
  fill(names, ...groups.map((group) => el("span", {}, groupName(data.groups[group]))));
}

function drawBars(pen, data, tally, groups, axis) {
  const perBin = sessionsPerBin(axis.spacing);
  const { first, last } = axis.visible;
  const bins = binned(tally.cells, data.groups.length, first, last, perBin);
  const half = HEIGHT / 2 - INSET;
  const scale = scaleOf(bins, half);
  const width = barWidth(axis.spacing, perBin);
  const colours = palette();
  for (let bin = 0; bin < bins.bins; bin += 1) {
    const { first: start, last: end } = sessionsOf(bins.start + bin, perBin, data.sessions.length);
    const left = Math.round((axis.xOf(start) + axis.xOf(end)) / 2 - width / 2);
    groups.forEach((group, lane) => {
      const place = (bin * data.groups.length + group) * KINDS;
      const middle = lane * HEIGHT + HEIGHT / 2;
      for (const piece of piecesOf(bins.sums, place, scale, half)) {
        drawPiece(pen, piece, left, middle, width, colours);
      }
    });
  }
}

/** What explains is filled, what predicts is hollow; a bar too thin to be hollow is pale. */
function drawPiece(pen, piece, left, middle, width, colours) {
  const colour = leanColour(colours, piece.lean);
  const y = middle + piece.y;
  if (!piece.hollow) {
    pen.fillStyle = colour;
    pen.fillRect(left, y, width, piece.height - (piece.height > 4 ? 0.75 : 0));
    return;
  }
  pen.fillStyle = colours.card;
  pen.fillRect(left, y, width, piece.height);
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.globalAlpha = width < 4 || piece.height < 3 ? 0.6 : 1;
  pen.strokeRect(left + 0.5, y + 0.5, Math.max(width - 1, 0.5), Math.max(piece.height - 1.5, 0.5));
  pen.globalAlpha = 1;
}

function drawCursor(pen, data, groups, axis, cursor) {
  const colours = palette();
  pen.strokeStyle = colours.soft;
  pen.setLineDash([3, 3]);
  pen.beginPath();
  const x = Math.round(axis.xOf(cursor.session)) + 0.5;
  pen.moveTo(x, 0);
  pen.lineTo(x, groups.length * HEIGHT);
  pen.stroke();
  pen.setLineDash([]);
  const lane = groups.indexOf(data.groups.indexOf(cursor.group));
  if (lane < 0) return;
  pen.strokeStyle = colours.focus;
  pen.lineWidth = 2;
  pen.strokeRect(x - 8.5, lane * HEIGHT + 1, 17, HEIGHT - 2);
}
