// Stated moves and rotations with what the prices say of them.

import { el, fill } from "./dom.js";
import { count, dayName, signed } from "./words.js";

const MARKS = { confirmed: "✓", "direction only": "≈", contradicted: "✕", "cannot tell": "?" };
const ORDER = Object.keys(MARKS);
const AT_FIRST = 8;

/** Fill `box` with the claims that the days of the state let through. */
export function showClaims(box, claims, state, data) {
  const wanted = claims.filter((claim) => within(claim, state));
  if (!wanted.length) {
    fill(box, el("p", { class: "empty" }, whyNoClaims(claims, data)));
    return;
  }
  const body = el("tbody", {}, ...wanted.slice(0, AT_FIRST).map(claimRow));
  const rest = wanted.slice(AT_FIRST);
  const more = el("button", { type: "button", class: "more", on: { click: () => { body.append(...rest.map(claimRow)); more.remove(); } } }, `Show ${count(rest.length)} more`);
  const head = ["Verdict", "About", "Stated", "Prices", "Said", "Why"];
  fill(box,
    el("p", { class: "verdicts" }, ...ORDER.map((verdict) => total(verdict, wanted))),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Claims against prices" },
      el("table", {}, el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col", class: ["Stated", "Prices"].includes(name) ? "number" : null }, name)))), body)),
    rest.length ? more : null);
}

function within(claim, { from, to }) {
  const day = (claim.published ?? "").slice(0, 10);
  return (!from || day >= from) && (!to || (day && day <= to));
}

function whyNoClaims(claims, data) {
  if (claims.length) return "No claim was made in these days.";
  return data.lines.length ? "No article states a move of either side." : "Claims are checked where prices are given.";
}

function total(verdict, claims) {
  const n = claims.filter((claim) => claim.verdict === verdict).length;
  return el("span", { class: `verdict ${verdict.replace(" ", "-")}` }, el("b", { "aria-hidden": "true" }, MARKS[verdict]), ` ${count(n)} ${verdict}`);
}

function claimRow(claim) {
  const unit = claim.kind === "rotation" ? " pts" : " %";
  const number = (value, digits, tail) => el("td", { class: "number" }, value === null ? "–" : `${signed(value, digits)}${tail}`);
  return el("tr", {},
    el("td", {}, el("span", { class: `verdict ${claim.verdict.replace(" ", "-")}` }, el("b", { "aria-hidden": "true" }, MARKS[claim.verdict]), ` ${claim.verdict}`)),
    el("th", { scope: "row" }, claim.subject),
    number(claim.stated, 1, " %"),
    number(claim.computed, 2, unit),
    el("td", { class: "said" }, said(claim)),
    el("td", { class: "why" }, claim.reason));
}

function said(claim) {
  const at = claim.sentence.indexOf(claim.words);
  const quoted = at < 0
    ? [el("mark", {}, claim.words)]
    : [claim.sentence.slice(0, at), el("mark", {}, claim.words), claim.sentence.slice(at + claim.words.length)];
  const place = [claim.source, dayName(claim.published)].filter(Boolean).join(" · ");
  return [
    el("span", {}, ...quoted),
    el("span", { class: "source" },
      claim.url ? el("a", { href: claim.url, rel: "noreferrer", target: "_blank" }, claim.title || "article") : el("cite", {}, claim.title || ""),
      el("span", {}, place)),
  ];
}
