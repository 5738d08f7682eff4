// Names, days and numbers as people read them.

const DAY_NAME = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const CLOCK_NAME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
});
const COUNT = new Intl.NumberFormat("en-GB");

/** `monetary.rate_cut` -> `monetary`. */
export function groupOf(category) {
  return category.split(".", 1)[0];
}

/** `monetary.rate_cut` -> `rate cut`. */
export function leafName(category) {
  return category.slice(category.indexOf(".") + 1).replaceAll("_", " ");
}

/** `geopolitics` -> `Geopolitics`; `none` is what no reason was given for. */
export function groupName(group) {
  if (group === "none") return "Unexplained";
  const plain = group.replaceAll("_", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** `2024-07-11` -> `11 Jul 2024`; nothing for nothing. */
export function dayName(iso) {
  return iso ? DAY_NAME.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`)) : "undated";
}

/** An instant with its minute in UTC, a day as a day. */
export function timeName(iso) {
  if (!iso || iso.length <= 10) return dayName(iso);
  const instant = new Date(iso);
  return Number.isNaN(instant.getTime()) ? iso : `${CLOCK_NAME.format(instant)} UTC`;
}

/** 12345 -> `12,345`. */
export function count(n) {
  return COUNT.format(n);
}

/** `1 driver`, `2 drivers`. */
export function counted(n, noun) {
  return `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** A signed number with a true minus sign; a dash where there is none. */
export function signed(value, digits = 2) {
  if (value === null || value === undefined) return "–";
  const text = Math.abs(value).toFixed(digits);
  return Number(text) === 0 ? text : `${value < 0 ? "−" : "+"}${text}`;
}

/** What a driver says of the sides: `for IWM`, `for SPY`, `for neither side`. */
export function leanName(lean, over, under) {
  if (!lean) return "no clear side";
  if (!under) return lean > 0 ? "lifts it" : "weighs on it";
  return `for ${lean > 0 ? over : under}`;
}

/** The shape that goes with a lean, beside its colour. */
export function leanMark(lean) {
  return lean > 0 ? "▲" : lean < 0 ? "▼" : "●";
}
