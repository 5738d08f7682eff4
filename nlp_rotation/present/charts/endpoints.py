"""What the page asks the server for: the chart, and, when somebody looks, the words and the claims."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, cast

from nlp_rotation.errors import UsageError
from nlp_rotation.present.charts import payload
from nlp_rotation.present.charts.build import Ask, checked
from nlp_rotation.present.charts.keeping import Kept
from nlp_rotation.present.charts.quotes import read_quotes
from nlp_rotation.present.queries.reading import read_filter
from nlp_rotation.present.server.endpoints import Endpoint, Sources
from nlp_rotation.present.server.parameters import Given, Parameter, of_filter

#: What is shown where nobody asks for a pair.
USUAL_PAIR = "IWM/SPY"
_MOST_KEYS = 100
_KEY = r"[0-9]{1,15}\.[0-9]{1,9}"

_PAIR = Parameter(
    name="pair",
    about="`IWM/SPY`, the name of a pair, or one symbol.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 80,
        "pattern": r"^[A-Za-z0-9^$_.:=&-]+(/[A-Za-z0-9^$_.:=&-]+)?$",
        "default": USUAL_PAIR,
    },
)
_KEYS_PATTERN = f"^{_KEY}(,{_KEY}){{0,{_MOST_KEYS - 1}}}$"
_KEYS = Parameter(
    name="keys",
    about=f"Up to {_MOST_KEYS} keys of drivers, `edition.n`, with commas between them.",
    schema={"type": "string", "minLength": 3, "maxLength": 2600, "pattern": _KEYS_PATTERN},
    required=True,
)
_KEPT = Kept()
_WHEN = (of_filter("since"), of_filter("until"), of_filter("as_of"))


def _chart(sources: Sources, given: Given) -> Mapping[str, Any]:
    return _KEPT.outline(_ask(given), sources.store, sources.prices).payload


def _claims(sources: Sources, given: Given) -> Mapping[str, Any]:
    ask = _ask(given)
    shown = _KEPT.outline(ask, sources.store, sources.prices).chart
    found = checked(shown, ask, sources.store, sources.prices)
    return {"claims": [payload.claim_of(claim) for claim in found]}


def _quotes(sources: Sources, given: Given) -> Mapping[str, Any]:
    found = read_quotes(sources.store, keys_of(given["keys"]))
    return {"quotes": [payload.quote_of(quote) for quote in found]}


def keys_of(text: str) -> list[tuple[int, int]]:
    """Read keys of drivers.

    >>> keys_of("12.0,12.3")
    [(12, 0), (12, 3)]

    :raises UsageError: where one is none, or there are too many.
    """
    parts = text.split(",")
    if len(parts) > _MOST_KEYS or not all(re.fullmatch(_KEY, part, re.ASCII) for part in parts):
        raise UsageError("these are no keys of drivers", where="keys", hint=_KEYS.about)
    return [(int(edition), int(n)) for edition, _, n in (part.partition(".") for part in parts)]


def _ask(given: Given) -> Ask:
    if not re.fullmatch(_PAIR.schema["pattern"], given["pair"], re.ASCII):
        raise UsageError("it is neither a pair nor a symbol", where="pair", hint=_PAIR.about)
    return Ask(
        pair=given["pair"],
        since=_day(given, "since"),
        until=_day(given, "until"),
        as_of=_instant(given, "as_of"),
    )


def _day(given: Given, name: str) -> dt.date | None:
    return cast(dt.date, read_filter(name, given[name])) if given.get(name) is not None else None


def _instant(given: Given, name: str) -> dt.datetime | None:
    return cast(dt.datetime, read_filter(name, given[name])) if given.get(name) is not None else None


def _object(about: str, **properties: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": about,
        "required": list(properties),
        "properties": {name: {"type": kind} for name, kind in properties.items()},
    }


CHART_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/chart",
        name="chart",
        about="Lines of a pair, every driver as columns over the same sessions, tails of the rotation graph.",
        parameters=(_PAIR, *_WHEN),
        answer=_chart,
        schema=_object(
            "See docs/charts.md. The columns `session` and `edition` hold differences to the row before.",
            format="integer",
            pair="string",
            sessions="array",
            lines="array",
            categories="array",
            sources="array",
            drivers="object",
            tails="array",
            notes="array",
        ),
    ),
    Endpoint(
        path="/chart/quotes",
        name="chart_quotes",
        about="The words behind drivers of the chart, each in its paragraph; keys that are unknown lack.",
        parameters=(_KEYS,),
        answer=_quotes,
        schema=_object("Quotes in the order of the keys.", quotes="array"),
    ),
    Endpoint(
        path="/chart/claims",
        name="chart_claims",
        about="Stated moves and rotations about the sides of the chart, held against the prices.",
        parameters=(_PAIR, *_WHEN),
        answer=_claims,
        schema=_object("Claims, those of the newest articles first.", claims="array"),
    ),
)
