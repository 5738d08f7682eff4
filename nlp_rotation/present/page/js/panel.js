// The words behind what was chosen: quotes in their paragraph, who says so, where and when.

import { keyOf } from "./data.js";
import { byId, el, fill } from "./dom.js";
import { weightOf } from "./tally.js";
import { count, counted, dayName, groupName, groupOf, leafName, leanMark, leanName, timeName } from "./words.js";

const AT_ONCE = 12;

/** The rows of sessions `first` to `last`, in one group if it is given, the most telling first. */
export function chosenRows(data, tally, first, last, group) {
  const rows = [];
  for (let row = data.starts[first]; row < data.starts[last + 1]; row += 1) {
    const category = data.rows.category[row];
    if (tally.passes(row) && (!group || data.groups[data.groupOfCategory[category]] === group)) rows.push(row);
  }
  return rows.sort((a, b) => weightOf(data.rows, b) - weightOf(data.rows, a) || a - b);
}

/** The panel; `show` fills it, `clear` puts the invitation back. */
export function panelIn(source) {
  let asked = 0;

  async function show(data, tally, { first, last, group }) {
    asked += 1;
    const mine = asked;
    const rows = chosenRows(data, tally, first, last, group);
    byId("panel-title").textContent = heading(data, first, last, group);
    byId("panel-count").textContent = counted(rows.length, "driver");
    byId("panel-close").hidden = false;
    fill(byId("quotes"));
    await more(data, rows, 0, () => mine === asked);
  }

  async function more(data, rows, from, isWanted) {
    const part = rows.slice(from, from + AT_ONCE);
    const list = byId("quotes");
    list.setAttribute("aria-busy", "true");
    const quotes = await found(data, part);
    if (!isWanted()) return;
    list.removeAttribute("aria-busy");
    list.append(...part.map((row, place) => card(data, row, quotes[place])));
    const rest = rows.length - from - part.length;
    if (rest > 0) list.append(moreButton(rest, () => more(data, rows, from + AT_ONCE, isWanted)));
    if (!rows.length) list.append(el("p", { class: "empty" }, "Nothing here passes the filters."));
  }

  async function found(data, part) {
    try {
      return await source.quotes(part.map((row) => keyOf(data.rows.edition[row], data.rows.n[row])));
    } catch (error) {
      byId("quotes").append(el("p", { class: "problem", role: "alert" }, `The quotes cannot be read: ${error.message}`));
      return part.map(() => null);
    }
  }

  function clear() {
    asked += 1;
    byId("panel-title").textContent = "Evidence";
    byId("panel-count").textContent = "";
    byId("panel-close").hidden = true;
    fill(byId("quotes"), el("p", { class: "empty" }, "Choose a pin over the line or a bar in a lane to read who said what."));
  }

  return { show, clear };
}

function heading(data, first, last, group) {
  const days = first === last ? dayName(data.sessions[first]) : `${dayName(data.sessions[first])} – ${dayName(data.sessions[last])}`;
  return group ? `${groupName(group)}, ${days}` : days;
}

function moreButton(rest, act) {
  const button = el("button", { type: "button", class: "more", on: { click: () => { button.remove(); act(); } } }, `Show ${count(Math.min(rest, AT_ONCE))} more of ${count(rest)}`);
  return button;
}

function card(data, row, quote) {
  const { rows } = data;
  const category = data.categories[rows.category[row]];
  const meaning = data.meanings[rows.category[row]];
  return el("article", { class: "quote" },
    el("header", {},
      el("span", { class: `lean ${["under", "neither", "over"][rows.lean[row] + 1]}` }, `${leanMark(rows.lean[row])} ${leanName(rows.lean[row], data.over, data.under)}`),
      el("h3", { title: meaning || null }, el("span", { class: "group" }, `${groupName(groupOf(category))} · `), leafName(category))),
    el("p", { class: "tags" }, ...tags(data, row, quote)),
    ...(quote ? words(quote) : [missing()]));
}

function tags(data, row, quote) {
  const { rows } = data;
  const who = quote ? [quote.speaker, quote.firm].filter(Boolean).join(", ") : "";
  const parts = [
    data.relations[rows.relation[row]],
    rows.hedged[row] ? "hedged" : "",
    who ? `says ${who}` : "",
    `confidence ${(rows.confidence[row] / 100).toFixed(2)}`,
  ];
  return parts.filter(Boolean).map((text) => el("span", { class: "tag" }, text));
}

function words(quote) {
  const { paragraph, start, end } = quote;
  const place = [quote.source, timeName(quote.published)].filter(Boolean).join(" · ");
  const title = quote.title || "Untitled article";
  return [
    el("blockquote", {}, el("p", {}, paragraph.slice(0, start), el("mark", {}, paragraph.slice(start, end)), paragraph.slice(end))),
    el("p", { class: "source" },
      quote.url ? el("a", { href: quote.url, rel: "noreferrer", target: "_blank" }, title) : el("cite", {}, title),
      el("span", {}, place)),
  ];
}

function missing() {
  return el("p", { class: "empty" }, "The words of this driver are in the store, not in this file, which keeps those of the most telling ones.");
}
