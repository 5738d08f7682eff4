"""A chart as one HTML file that works from disk, offline: the page with its data inside."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator
from dataclasses import replace

from nlp_rotation.present.charts.model import Chart, Drivers
from nlp_rotation.present.charts.packing import packed_page
from nlp_rotation.present.charts.payload import as_json, whole_of
from nlp_rotation.present.charts.telling import weights

#: A file is no larger than this, in bytes.
LIMIT = 3_000_000
#: Height of the frame in a notebook, in pixels.
_FRAME = 900


def page(chart: Chart) -> str:
    """Return the chart as a page of at most :data:`LIMIT` bytes.

    Where everything would take more, claims and quotes go first, then the drivers that tell least; the page
    says what it lacks.
    """
    for shown in _smaller(chart):
        text = packed_page(as_json(whole_of(shown)))
        if len(text.encode()) <= LIMIT:
            return text
    raise AssertionError("a page without drivers and words is small")


def notebook_frame(chart: Chart) -> str:
    """Return a frame with the page for a notebook: it shares neither styles nor scripts with it."""
    encoded = base64.b64encode(page(chart).encode()).decode()
    title = html.escape(f"Chart of {chart.title}", quote=True)
    return (
        f'<iframe title="{title}" width="100%" height="{_FRAME}" style="border:0" '
        f'sandbox="allow-scripts allow-popups" src="data:text/html;base64,{encoded}"></iframe>'
    )


def _smaller(chart: Chart) -> Iterator[Chart]:
    """Yield the chart, then what is left of it in ever smaller files."""
    yield chart
    for words in (500, 200, 50):
        yield _with_words(chart, words)
    keep = len(chart.drivers)
    while keep:
        keep //= 2
        yield _with_words(_fewer(chart, keep), 50)
    yield replace(_with_words(_fewer(chart, 0), 0), sessions=(), lines=())


def _with_words(chart: Chart, most: int) -> Chart:
    return replace(chart, claims=chart.claims[:most], quotes=chart.quotes[:most])


def _fewer(chart: Chart, keep: int) -> Chart:
    """Return the chart with its ``keep`` most telling drivers, in their order."""
    rows = sorted((-weights(chart.drivers)).argsort(kind="stable")[:keep].tolist())
    columns = {name: getattr(chart.drivers, name)[rows] for name in Drivers.__dataclass_fields__}
    note = f"This file holds the {len(rows):,} most telling of {len(chart.drivers):,} drivers."
    return replace(chart, drivers=Drivers(**columns), notes=(*chart.notes, note))
