// Colours of the canvases, read from the style sheet: one place says how the page looks.

const NAMES = ["ink", "soft", "line", "card", "over", "under", "neither", "focus", "over-wash", "under-wash", "over-none", "under-none"];

/** The colours in force now, by name. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** The colour of a lean. */
export function leanColour(colours, lean) {
  return lean > 0 ? colours.over : lean < 0 ? colours.under : colours.neither;
}

/** Apply the theme of a state; without one the system decides. */
export function applyTheme(theme) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = theme || (dark ? "dark" : "light");
}

/** Whether the page is dark now. */
export function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

/** Fit a canvas to its box at the density of the screen; returns its pen, scaled to CSS pixels. */
export function penOf(canvas, width, height) {
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, width, height);
  return pen;
}
