"""A chart as JSON for the page: columns of small integers, and texts only where they are asked for.

The page reads the same shape from ``/api/v1/chart`` and from inside a file that stands alone. Two columns,
``session`` and ``edition``, hold differences to the row before: they are sorted, and this halves the bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp_rotation.present.charts.model import RELATIONS, Chart, CheckedClaim, Drivers, Line, Quote, Tail
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.version import VERSION

#: Counts up when the shape changes, so that a page never misreads what an older program has written.
FORMAT = 1


def outline_of(chart: Chart) -> dict[str, Any]:
    """Return all but claims and quotes, which a page asks for when somebody looks."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "pair": chart.pair,
        "over": chart.over_name,
        "under": chart.under_name,
        "title": chart.title,
        "as_of": chart.as_of.isoformat() if chart.as_of else None,
        "sessions": list(chart.sessions),
        "lines": [_line(line) for line in chart.lines],
        "categories": list(chart.categories),
        "meanings": _meanings(chart.categories),
        "sources": list(chart.sources),
        "relations": list(RELATIONS),
        "drivers": _columns(chart.drivers),
        "undated": chart.undated,
        "tails": [_tail(tail) for tail in chart.tails],
        "notes": list(chart.notes),
        "choices": list(chart.choices),
    }


def whole_of(chart: Chart) -> dict[str, Any]:
    """Return everything that the chart holds, for a page that can ask nobody."""
    return {
        **outline_of(chart),
        "claims": [claim_of(claim) for claim in chart.claims],
        "quotes": [quote_of(quote) for quote in chart.quotes],
    }


def quote_of(quote: Quote) -> dict[str, Any]:
    """Return one quote as an object."""
    return asdict(quote)


def claim_of(claim: CheckedClaim) -> dict[str, Any]:
    """Return one claim as an object."""
    return asdict(claim)


def as_json(value: Any) -> str:
    """Return compact JSON that may stand inside a script element: no ``<`` can end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _line(line: Line) -> dict[str, Any]:
    return {"name": line.name, "unit": line.unit, "means": line.means, "values": list(line.values)}


def _tail(tail: Tail) -> dict[str, Any]:
    points = [[point.session.isoformat(), point.strength, point.momentum] for point in tail.points]
    return {"symbol": tail.symbol, "quadrant": tail.quadrant, "side": tail.side, "points": points}


def _meanings(categories: tuple[str, ...]) -> list[str]:
    """Return what each category means; empty for one of a taxonomy of the user's own."""
    known = {leaf.id: leaf.means for leaf in builtin_taxonomy().leaves}
    return [known.get(name, "") for name in categories]


def _columns(drivers: Drivers) -> dict[str, Any]:
    return {
        "count": len(drivers),
        "session": _steps(drivers.session),
        "category": drivers.category.tolist(),
        "relation": drivers.relation.tolist(),
        "hedged": drivers.hedged.astype(np.int32).tolist(),
        "confidence": np.rint(drivers.confidence * 100).astype(np.int32).tolist(),
        "source": drivers.source.tolist(),
        "lean": drivers.lean.tolist(),
        "about": drivers.about.astype(np.int32).tolist(),
        "edition": _steps(drivers.edition),
        "n": drivers.n.tolist(),
    }


def _steps(values: NDArray[Any]) -> list[int]:
    return [int(value) for value in np.diff(values, prepend=0)]
