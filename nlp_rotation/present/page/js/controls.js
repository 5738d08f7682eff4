// The filters: they show the state, and hand every change on.

import { byId, el, fill } from "./dom.js";
import { chosenGroups, DEFAULTS } from "./state.js";
import { count, groupName } from "./words.js";

const FIELDS = { pair: "pair", from: "from", to: "to", source: "source" };
const CHOICES = ["relation", "scope", "view"];

/** The bar of filters; `onChange` gets what is new in the state. */
export function controlsIn({ onChange }) {
  for (const [id, name] of Object.entries(FIELDS)) {
    byId(id).addEventListener("change", (event) => onChange({ [name]: event.target.value }));
  }
  for (const name of CHOICES) {
    byId(name).addEventListener("change", (event) => onChange({ [name]: event.target.value }));
  }
  byId("sure").addEventListener("input", (event) => onChange({ sure: Number(event.target.value) }));
  byId("reset").addEventListener("click", () => onChange({ ...DEFAULTS, pair: undefined, theme: undefined }));
  byId("groups").addEventListener("change", () => onChange({ groups: readGroups() }));
  byId("groups-all").addEventListener("click", () => onChange({ groups: "" }));
  return { furnish, show };
}

/** Offer what the data hold: pairs, outlets, groups, days. */
function furnish(data, live) {
  const pairs = [...new Set([data.pair, ...(live ? data.choices : [])])];
  fill(byId("pair"), ...pairs.map((pair) => el("option", { value: pair }, pairName(data, pair))));
  byId("pair").disabled = pairs.length < 2;
  const options = data.sources.map((name) => el("option", { value: name || "unnamed" }, name || "no outlet named"));
  fill(byId("source"), el("option", { value: "" }, "All outlets"), ...options);
  fill(byId("groups"), ...data.groups.map(groupBox));
  byId("scope-pair-name").textContent = data.under ? "About the pair" : `About ${data.over}`;
  byId("view-field").hidden = data.lines.filter((line) => line.unit !== "price").length < 2;
  for (const id of ["from", "to"]) {
    byId(id).min = data.sessions[0] ?? "";
    byId(id).max = data.sessions.at(-1) ?? "";
  }
}

function pairName(data, pair) {
  return pair === data.pair && data.under ? `${data.over} / ${data.under}` : pair.replaceAll("_", " ");
}

function groupBox(group) {
  return el("label", {}, el("input", { type: "checkbox", value: group }), el("span", {}, groupName(group)));
}

function readGroups() {
  const boxes = [...byId("groups").querySelectorAll("input")];
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  return chosen.length === boxes.length ? "" : chosen.join(",") || "none";
}

/** Let the filters say what the state says. */
function show(state, data) {
  byId("pair").value = data.pair;
  for (const name of ["from", "to", "source"]) byId(name).value = state[name];
  byId("sure").value = state.sure;
  byId("sure-value").textContent = (state.sure / 100).toFixed(2);
  for (const name of CHOICES) {
    for (const radio of byId(name).querySelectorAll("input")) radio.checked = radio.value === state[name];
  }
  const chosen = chosenGroups(state);
  for (const box of byId("groups").querySelectorAll("input")) box.checked = !chosen || chosen.has(box.value);
  const n = chosen ? data.groups.filter((group) => chosen.has(group)).length : data.groups.length;
  byId("groups-count").textContent = chosen ? `${count(n)} of ${count(data.groups.length)}` : "all";
}
