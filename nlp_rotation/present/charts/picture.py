"""A chart as a picture for a report: the line, the most telling drivers as labels, the rest as ticks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from nlp_rotation.errors import UsageError
from nlp_rotation.present.charts.labels import Placed, Wanted, place_labels
from nlp_rotation.present.charts.lanes import bars_of, group_name, groups_of, sessions_per_bin
from nlp_rotation.present.charts.model import Chart, Line
from nlp_rotation.present.charts.telling import Cluster, clusters

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Kind = Literal["png", "svg"]

_INK, _SOFT, _RULE, _NEITHER = "#16202b", "#56616e", "#dfe4e9", "#6c7682"
#: Blue and orange are told apart with every kind of colour vision; the shapes say it again.
_COLOURS = {1: "#0867b2", -1: "#b04a0e", 0: _NEITHER}
_PALE = {1: "#e4f0fa", -1: "#fbebe0", 0: "#eef1f4"}
_MARKS = {1: "▲", -1: "▼", 0: "●"}
_WIDTH, _LINE_HEIGHT, _LANE_HEIGHT, _EDGES = 11.0, 3.7, 0.2, 1.3
#: Pixels an inch of a PNG.
DPI = 150
#: Rows of labels, the part of the line's axes that each takes, and how many labels a reader takes in.
_ROWS, _ROW, _MOST_LABELS = 3, 0.125, 12
#: Characters of the quote under a label.
_WORDS = 34
_STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "svg.hashsalt": "nlp-rotation",  # the same chart gives the same file
    "svg.fonttype": "none",
}


def picture(chart: Chart, kind: Kind, *, dpi: int = DPI) -> bytes:
    """Return the chart as PNG or SVG; the same chart gives the same bytes.

    :raises UsageError: where the extra for pictures is missing.
    """
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
    except ModuleNotFoundError as error:
        hint = "pip install 'nlp-rotation[chart]', or end the name in .html"
        raise UsageError(f"a picture needs {error.name}", hint=hint) from error
    with matplotlib.rc_context(_STYLE):
        figure = _figure(chart)
        FigureCanvasAgg(figure)
        _draw(chart, figure)
        out = io.BytesIO()
        stamp = {"Date": None} if kind == "svg" else {"Software": None}
        figure.savefig(out, format=kind, dpi=dpi, metadata=stamp)
    return out.getvalue()


def _figure(chart: Chart) -> Figure:
    from matplotlib.figure import Figure

    lanes = max(len(groups_of(chart)), 1) * _LANE_HEIGHT
    return Figure(figsize=(_WIDTH, _LINE_HEIGHT + lanes + _EDGES), facecolor="white")


def _draw(chart: Chart, figure: Figure) -> None:
    height = figure.get_figheight()
    lanes = max(len(groups_of(chart)), 1) * _LANE_HEIGHT
    left, width = 0.075, 0.83
    under = figure.add_axes((left, 0.55 / height, width, lanes / height))
    above = figure.add_axes((left, (0.6 + lanes) / height, width, _LINE_HEIGHT / height), sharex=under)
    for axes in (above, under):
        axes.set_xlim(-0.7, max(len(chart.sessions) - 0.3, 1))
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, labelcolor=_SOFT)
    _draw_line(chart, above)
    _draw_labels(chart, above, figure)
    _draw_lanes(chart, under)
    _draw_days(chart, under)
    _draw_words(chart, figure, left, height)


def _draw_line(chart: Chart, axes: Axes) -> None:
    axes.tick_params(labelbottom=False)
    axes.yaxis.tick_right()
    axes.grid(axis="y", color=_RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    if not chart.lines:
        axes.set_yticks([])
        axes.set_ylim(0, 1)
        axes.text(0.01, 0.1, "no prices", transform=axes.transAxes, color=_SOFT)
        return
    line = chart.lines[0]
    values = _values(line)
    x = np.arange(len(values))
    if line.unit == "price":
        axes.plot(x, values, color=_COLOURS[1], linewidth=1.8)
    else:
        axes.axhline(0, color=_SOFT, linewidth=0.8)
        axes.plot(x, values, color=_INK, linewidth=1.6)
        for lean in (1, -1):
            axes.fill_between(
                x,
                values,
                0,
                where=values * lean > 0,
                interpolate=True,
                color=_COLOURS[lean],
                alpha=0.16,
                lw=0,
            )
        axes.yaxis.set_major_formatter(_percent)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    reach = max(high - low, 1e-9)
    axes.set_ylim(low - 0.12 * reach, high + reach * (_ROWS * _ROW + 0.04) / (1 - _ROWS * _ROW - 0.16))
    axes.set_yticks([tick for tick in axes.get_yticks() if low - 0.1 * reach < tick < high + 0.1 * reach])


def _percent(value: float, _: Any) -> str:
    return f"{value:+.3g} %".replace("-", "−") if value else "0 %"


def _values(line: Line) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([np.nan if value is None else value for value in line.values])


def _draw_labels(chart: Chart, axes: Axes, figure: Figure) -> None:
    told = clusters(chart)
    quotes = {(quote.edition, quote.n): " ".join(quote.words.split()) for quote in chart.quotes}
    texts = [_texts(chart, cluster, quotes) for cluster in told]
    renderer: Any = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    box = axes.get_window_extent(renderer)
    spare = 14 * figure.dpi / 72
    wanted = [
        Wanted(
            x=float(axes.transData.transform((cluster.session, 0))[0] - box.x0),
            width=max(_text_width(line, axes, renderer) for line in text) + spare,
        )
        for cluster, text in zip(told[: 6 * _MOST_LABELS], texts, strict=False)
    ]
    placed = place_labels(wanted, width=box.width, rows=_ROWS, gap=5 * figure.dpi / 72, most=_MOST_LABELS)
    for spot in placed:
        _draw_label(chart, axes, told[spot.item], texts[spot.item], spot, box.width)
    labelled = {told[spot.item].session for spot in placed}
    _draw_ticks([cluster for cluster in told if cluster.session not in labelled], axes)


def _texts(chart: Chart, cluster: Cluster, quotes: dict[tuple[int, int], str]) -> tuple[str, str]:
    """Return the two lines of a label: what was said how often, and the words that stand for it."""
    leaf = cluster.category.partition(".")[2].replace("_", " ")
    more = f" +{cluster.total - 1}" if cluster.total > 1 else ""
    drivers = chart.drivers
    words = quotes.get((int(drivers.edition[cluster.row]), int(drivers.n[cluster.row])), "")
    cut = words if len(words) <= _WORDS else words[: _WORDS - 1].rsplit(" ", 1)[0] + " …"
    return f"{_MARKS[cluster.lean]} {leaf}{more}", f"“{cut}”" if cut else ""


def _text_width(text: str, axes: Axes, renderer: Any) -> float:
    drawn = axes.text(0, 0, text, fontsize=8)
    width = float(drawn.get_window_extent(renderer).width)
    drawn.remove()
    return width


def _draw_label(
    chart: Chart, axes: Axes, cluster: Cluster, text: tuple[str, str], spot: Placed, width: float
) -> None:
    y = 1 - (spot.row + 0.5) * _ROW
    value = chart.lines[0].values[cluster.session] if chart.lines else None
    foot = axes.get_ylim()[0] if value is None else value
    top = axes.transData.inverted().transform(axes.transAxes.transform((0, y - _ROW * 0.4)))[1]
    axes.plot([cluster.session] * 2, [foot, top], color=_NEITHER, linewidth=0.8, alpha=0.7)
    axes.plot([cluster.session], [foot], marker="o", markersize=4, color=_COLOURS[cluster.lean])
    centre, colour = (spot.left + spot.width / 2) / width, _COLOURS[cluster.lean]
    _draw_box(axes, (spot.left / width, spot.right / width), y, colour, _PALE[cluster.lean])
    head, words = text
    look: Any = {"transform": axes.transAxes, "ha": "center", "va": "center", "zorder": 6}
    axes.text(centre, y + (0.021 if words else 0), head, fontsize=8, fontweight="bold", color=colour, **look)
    axes.text(centre, y - 0.026, words, fontsize=7.5, color=_INK, **look)


def _draw_box(axes: Axes, sides: tuple[float, float], y: float, colour: str, face: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    box = FancyBboxPatch(
        (sides[0], y - 0.053),
        sides[1] - sides[0],
        0.106,
        boxstyle="round,pad=0,rounding_size=0.008",
        mutation_aspect=_WIDTH * 0.83 / _LINE_HEIGHT,
        transform=axes.transAxes,
        facecolor=face,
        edgecolor=colour,
        linewidth=0.8,
        zorder=5,
    )
    axes.add_patch(box)


def _draw_ticks(told: list[Cluster], axes: Axes) -> None:
    """Draw the sessions without a label as ticks at the foot."""
    for lean in (1, -1, 0):
        x = [cluster.session for cluster in told if cluster.lean == lean]
        low, high = 0.0, 0.035
        axes.vlines(x, low, high, transform=axes.get_xaxis_transform(), color=_COLOURS[lean], linewidth=1.2)


def _draw_lanes(chart: Chart, axes: Axes) -> None:
    from matplotlib.collections import PolyCollection

    groups = groups_of(chart)
    axes.set_ylim(max(len(groups), 1) - 0.5, -0.5)
    axes.set_yticks(range(len(groups)), [group_name(name) for name in groups])
    axes.yaxis.tick_right()
    axes.hlines(np.arange(len(groups)), -0.7, max(len(chart.sessions) - 0.3, 1), color=_RULE, linewidth=0.8)
    per_bin = sessions_per_bin(len(chart.sessions))
    half = max(0.36 * per_bin, len(chart.sessions) / 900)
    half = min(half, len(chart.sessions) / 110)
    for bars in bars_of(chart):
        colour = _COLOURS[bars.lean]
        # The axis runs downwards, so what stands above the middle has smaller y.
        low, high = bars.lane - bars.bottom / 2, bars.lane - (bars.bottom + bars.height) / 2
        left, right = bars.x - half, bars.x + half
        corners = np.stack([np.stack([left, right, right, left]), np.stack([low, low, high, high])])
        face = "white" if bars.hollow else colour
        polygons = list(corners.transpose(2, 1, 0))
        axes.add_collection(
            PolyCollection(polygons, facecolors=face, edgecolors=colour, linewidths=0.7, zorder=3)
        )


def _draw_days(chart: Chart, axes: Axes) -> None:
    last = len(chart.sessions) - 1
    places = sorted({round(last * step / 7) for step in range(8)}) if chart.sessions else []
    axes.set_xticks(places, [_day(chart.sessions[place]) for place in places])


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{int(day)} {names[int(month) - 1]} {year}"


def _draw_words(chart: Chart, figure: Figure, left: float, height: float) -> None:
    figure.text(left, 1 - 0.3 / height, chart.title, fontsize=14, fontweight="bold", color=_INK, va="center")
    means = chart.lines[0].means if chart.lines else "no prices: what was said, by day"
    told = f"{len(chart.drivers):,} drivers · {means}"
    figure.text(left, 1 - 0.56 / height, told, fontsize=9, color=_SOFT, va="center")
    sides = (
        (f"for {chart.over_name}", f"for {chart.under_name}") if chart.under else ("lifts it", "weighs on it")
    )
    for place, (lean, text) in enumerate(((1, sides[0]), (-1, sides[1]), (0, "no clear side"))):
        figure.text(
            left + place * 0.13, 0.16 / height, f"{_MARKS[lean]} {text}", fontsize=8, color=_COLOURS[lean]
        )
    figure.text(left + 0.39, 0.16 / height, "filled: explains, hollow: predicts", fontsize=8, color=_SOFT)
    figure.text(0.985, 0.16 / height, "nlp-rotation", fontsize=8, color=_SOFT, ha="right")
