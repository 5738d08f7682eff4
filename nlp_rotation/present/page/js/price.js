// The price above the lanes: TradingView's chart with our sessions as its axis.

import { palette } from "./palette.js";
import { signed } from "./words.js";

/** Room to the right of the plot, for the scale and for the names of the lanes. */
const GUTTER = { wide: 96, narrow: 76 };
const NARROW = 520;
const DASHED = 2;

/** A price chart inside `box`; it tells of moves by `onRange` and `onHover`. */
export function priceIn(box, { onRange, onHover }) {
  const library = globalThis.LightweightCharts;
  const chart = library.createChart(box, options(box));
  let series = [];
  let sessions = [];
  chart.timeScale().subscribeVisibleLogicalRangeChange(onRange);
  chart.timeScale().subscribeSizeChange(onRange);
  new ResizeObserver(onRange).observe(box); // its height tells nobody else
  chart.subscribeCrosshairMove((event) => onHover(event.logical ?? null));

  function show(data, view) {
    series.forEach((one) => chart.removeSeries(one));
    sessions = data.sessions;
    const lines = linesOf(data, view);
    series = (lines.length ? lines : [blankLine(data)]).map((line, place) => seriesOf(line, place));
    chart.applyOptions({ grid: { horzLines: { visible: lines.length > 0 } } });
  }

  function seriesOf(line, place) {
    const colours = palette();
    const looks = { relative: () => baseline(colours), none: unseen };
    const look = (looks[line.unit] ?? (() => plain(colours, place, line)))();
    const made = chart.addSeries(line.unit === "relative" ? library.BaselineSeries : library.LineSeries, look);
    made.setData(sessions.map((time, at) => point(time, line.values[at])));
    return made;
  }

  function axis() {
    const scale = chart.timeScale();
    const range = scale.getVisibleLogicalRange() ?? { from: 0, to: 0 };
    return {
      width: scale.width(),
      height: chart.panes()[0].getHeight(),
      spacing: scale.width() / Math.max(range.to - range.from, 1e-6),
      xOf: (place) => scale.logicalToCoordinate(place) ?? -1,
      placeAt: (x) => scale.coordinateToLogical(x) ?? -1,
      yOf: (value) => (value === null ? null : series[0].priceToCoordinate(value)),
      visible: {
        first: Math.max(0, Math.floor(range.from)),
        last: Math.min(sessions.length - 1, Math.ceil(range.to)),
      },
    };
  }

  return {
    show,
    axis,
    look: (first, last) => chart.timeScale().setVisibleLogicalRange({ from: first - 0.5, to: last + 0.5 }),
    point: (value, place) =>
      place === null ? chart.clearCrosshairPosition() : chart.setCrosshairPosition(value ?? 0, sessions[place], series[0]),
    zoom: (factor, centre) => zoomed(chart.timeScale(), factor, centre, sessions.length),
    paint: () => chart.applyOptions(options(box)),
  };
}

/** The lines that a view shows, the main one first. */
export function linesOf(data, view) {
  const relative = data.lines.filter((line) => line.unit === "relative");
  const others = data.lines.filter((line) => line.unit !== "relative");
  return view === "sides" || !relative.length ? others : relative;
}

function point(time, value) {
  return value === null ? { time } : { time, value };
}

/** Without prices the chart still has to know its sessions: a line that is there and not seen. */
function blankLine(data) {
  return { unit: "none", values: data.sessions.map(() => 0) };
}

function zoomed(scale, factor, centre, sessions) {
  const range = scale.getVisibleLogicalRange();
  if (!range) return;
  const half = Math.max(((range.to - range.from) / 2) * factor, 3);
  const middle = centre ?? (range.from + range.to) / 2;
  scale.setVisibleLogicalRange({ from: Math.max(-0.5, middle - half), to: Math.min(sessions - 0.5, middle + half) });
}

function options(box) {
  const colours = palette();
  return {
    autoSize: true,
    layout: {
      attributionLogo: false,
      background: { color: "transparent" },
      textColor: colours.soft,
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSize: 12,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colours.line } },
    rightPriceScale: { minimumWidth: box.clientWidth < NARROW ? GUTTER.narrow : GUTTER.wide, borderVisible: false, scaleMargins: { top: 0.36, bottom: 0.1 } },
    timeScale: { fixLeftEdge: true, fixRightEdge: true, minBarSpacing: 0.01, borderColor: colours.line },
    crosshair: { horzLine: { visible: false, labelVisible: false }, vertLine: { color: colours.soft, labelBackgroundColor: colours.soft } },
    handleScroll: { vertTouchDrag: false },
    handleScale: { axisPressedMouseMove: { price: false, time: true } },
    localization: { locale: "en-GB" },
  };
}

function baseline(colours) {
  return {
    baseValue: { type: "price", price: 0 },
    topLineColor: colours.over,
    topFillColor1: colours["over-wash"],
    topFillColor2: colours["over-none"],
    bottomLineColor: colours.under,
    bottomFillColor1: colours["under-none"],
    bottomFillColor2: colours["under-wash"],
    lineWidth: 2,
    priceFormat: percent(),
    ...quiet(),
  };
}

function plain(colours, place, line) {
  return {
    color: [colours.over, colours.under][place] ?? colours.ink,
    lineStyle: place ? DASHED : 0,
    lineWidth: 2,
    priceFormat: line.unit === "price" ? { type: "price", precision: 2, minMove: 0.01 } : percent(),
    ...quiet(),
  };
}

function unseen() {
  return {
    lineVisible: false,
    lastValueVisible: false,
    crosshairMarkerVisible: false,
    priceFormat: { type: "custom", minMove: 0.01, formatter: () => "" },
    ...quiet(),
  };
}

function percent() {
  return { type: "custom", minMove: 0.01, formatter: (value) => `${signed(value, 1)} %` };
}

function quiet() {
  return { priceLineVisible: false, crosshairMarkerRadius: 3 };
}
