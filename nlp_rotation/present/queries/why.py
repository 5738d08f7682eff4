"""Why one side led another: the causes that were given, ranked, beside the lead that prices show.

What explains is kept apart from what predicts. A statement weighs its confidence, divided by its rank in
the article and halved where it is hedged; an article counts once for a cause and a direction, with the
heaviest of its statements. A cause weighs the sum of its articles, those that push the way that the lead
went counted first.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_rotation.present.queries.asking import Item, ask_rows
from nlp_rotation.present.queries.reading import read_filter, read_filters
from nlp_rotation.present.queries.why_answer import Cause, Why
from nlp_rotation.store.catalogue import answers, view

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.present.queries.leads import Lead
    from nlp_rotation.store.protocol import Store

#: Statements that are weighed at most, the newest first.
MOST_STATEMENTS = 50_000
#: Causes told of each sort, and quotes of each cause.
CAUSES, QUOTES = 10, 3

_PREDICTS = ("predicts", "condition")
_WEIGHED = (
    "edition",
    "n",
    "article_id",
    "day",
    "category",
    "effects",
    "relation",
    "hedged",
    "rank",
    "confidence",
)
_POINTS = {"up": 1, "down": -1, "unclear": 0}

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Statement:
    key: Key
    article: str
    category: str
    predicts: bool
    weight: float
    points: int


def why(store: Store, pair: str, given: Mapping[str, Any], *, prices: Prices | None) -> Why:
    """Return the causes given for the lead of one side over another.

    :raises AlignError: where ``pair`` is no pair.
    """
    from nlp_rotation.align.proxies import pair_of, subjects_near

    pair = read_filter("pair", pair)
    over, under = pair_of(pair)
    near = _Near(over=subjects_near(over), under=subjects_near(under))
    filters = read_filters(answers()["why"].filters, given)
    statements, days = _statements(store, filters, near)
    since = filters.get("since", min(days, default=None))
    until = filters.get("until", max(days, default=None))
    lead, note = _lead(over, under, since, until, filters.get("as_of"), prices)
    way = 0 if lead is None else (lead.points > 0) - (lead.points < 0)
    sorts = [[one for one in statements if one.predicts is predicts] for predicts in (False, True)]
    explains, predicts = (_causes(store, filters, some, way) for some in sorts)
    return Why(
        pair=pair,
        over=over,
        under=under,
        since=since,
        until=until,
        lead=lead,
        note=note,
        explains=explains,
        predicts=predicts,
        statements=len(statements),
    )


def as_json(answer: Why) -> dict[str, Any]:
    """Return the answer as a tree of JSON values."""
    tree: dict[str, Any] = json.loads(json.dumps(asdict(answer), default=dt.date.isoformat))
    return tree


def loaded(prices: Prices | str | Path | None) -> Prices | None:
    """Return prices as they are, or read from where they lie."""
    if prices is None or not isinstance(prices, str | Path):
        return prices
    from nlp_rotation.align.prices import load_prices

    return load_prices(prices)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """The subjects that stand for either side."""

    over: frozenset[str]
    under: frozenset[str]

    def points(self, effects: Iterable[Mapping[str, str]]) -> int:
        """Tell which way effects push ``over`` against ``under``: 1, -1, or 0."""
        total = 0
        for effect in effects:
            way = _POINTS[effect["direction"]]
            total += way * ((effect["on"] in self.over) - (effect["on"] in self.under))
        return (total > 0) - (total < 0)

    def way(self, from_: str | None, to: str | None) -> int:
        """Tell which way a rotation goes: 1 from ``under`` to ``over``, -1 back, 0 neither."""
        return (to in self.over and from_ in self.under) - (to in self.under and from_ in self.over)


def _statements(
    store: Store, filters: Mapping[str, Any], near: _Near
) -> tuple[list[_Statement], list[dt.date]]:
    """Return what is weighed, and the days on which it was said."""
    asked = {**filters, "subject": tuple(sorted(near.over | near.under))}
    rows = ask_rows(store, "drivers", asked, columns=_WEIGHED, limit=MOST_STATEMENTS)
    by_key = {(row[0], row[1]): (row, near.points(json.loads(row[5]))) for row in rows}
    by_key |= _of_rotations(store, asked, filters, near)
    found = [_statement(row, points) for row, points in by_key.values() if row[6] not in ("ended", "denied")]
    days = [dt.date.fromisoformat(row[3]) for row, _ in by_key.values() if row[3]]
    return found, days


def _of_rotations(
    store: Store, asked: Mapping[str, Any], filters: Mapping[str, Any], near: _Near
) -> dict[Key, tuple[Sequence[Any], int]]:
    """Return the drivers that a text ties to a rotation between the two sides."""
    known = {item.name for item in view("rotations").filters}
    columns = ("edition", "from_subject", "to_subject", "drivers", "status")
    ways: dict[Key, int] = {}
    narrowed = {name: value for name, value in asked.items() if name in known}
    for edition, from_, to, drivers, status in ask_rows(
        store, "rotations", narrowed, columns=columns, limit=MOST_STATEMENTS
    ):
        if (way := near.way(from_, to)) and status != "denied":
            ways.update({(edition, place): way for place in json.loads(drivers)})
    found: dict[Key, tuple[Sequence[Any], int]] = {}
    for keys in _in_parts(list(ways)):
        for row in ask_rows(store, "drivers", {**filters, "rows": keys}, columns=_WEIGHED):
            found[row[0], row[1]] = (row, ways[row[0], row[1]])
    return found


def _statement(row: Sequence[Any], points: int) -> _Statement:
    edition, n, article, _, category, _, relation, hedged, rank, confidence = row
    weight = (1.0 if confidence is None else confidence) / rank * (0.5 if hedged else 1.0)
    return _Statement((edition, n), article, category, relation in _PREDICTS, weight, points)


def _lead(
    over: str,
    under: str,
    since: dt.date | None,
    until: dt.date | None,
    as_of: dt.datetime | None,
    prices: Prices | None,
) -> tuple[Lead | None, str]:
    from nlp_rotation.errors import AlignError
    from nlp_rotation.present.queries.leads import lead_of

    if prices is None:
        return None, "no prices were given"
    if since is None or until is None:
        return None, "nothing was said of the two sides, and no days are given"
    try:
        return lead_of(over, under, since=since, until=until, as_of=as_of, prices=prices), ""
    except AlignError as error:
        return None, error.what


def _causes(
    store: Store, filters: Mapping[str, Any], statements: Sequence[_Statement], way: int
) -> tuple[Cause, ...]:
    """Rank the causes; the quotes of those that are told are read only then."""
    by_category: defaultdict[str, list[_Statement]] = defaultdict(list)
    for one in statements:
        by_category[one.category].append(one)
    heaviest = {category: _once_an_article(some) for category, some in by_category.items()}

    def order(category: str) -> tuple[float, float, str]:
        some = heaviest[category]
        along = sum(one.weight for one in some if one.points == way)
        return (-along, -sum(one.weight for one in some), category)

    told = sorted(heaviest, key=order)[:CAUSES]
    wanted = [one.key for category in told for one in _best(heaviest[category], way)]
    items = _items(store, filters, wanted)
    return tuple(_cause(category, heaviest[category], items, way) for category in told)


def _once_an_article(statements: Iterable[_Statement]) -> list[_Statement]:
    best: dict[tuple[str, int], _Statement] = {}
    for one in statements:
        key = (one.article, one.points)
        if key not in best or best[key].weight < one.weight:
            best[key] = one
    return list(best.values())


def _best(statements: Sequence[_Statement], way: int) -> list[_Statement]:
    return sorted(statements, key=lambda one: (one.points != way, -one.weight, one.key))[:QUOTES]


def _cause(category: str, statements: Sequence[_Statement], items: Mapping[Key, Item], way: int) -> Cause:
    quotes = ({**items[one.key], "points": one.points} for one in _best(statements, way) if one.key in items)
    return Cause(
        category=category,
        weight=round(sum(one.weight for one in statements), 4),
        net=round(sum(one.weight * one.points for one in statements), 4),
        articles=len({one.article for one in statements}),
        quotes=tuple(quotes),
    )


def _items(store: Store, filters: Mapping[str, Any], keys: Sequence[Key]) -> dict[Key, Item]:
    from nlp_rotation.present.queries.asking import Answer

    clocks = {name: filters[name] for name in ("as_of", "recorded_as_of") if name in filters}
    found: dict[Key, Item] = {}
    for some in _in_parts(keys):
        rows = ask_rows(store, "drivers", {**clocks, "rows": some})
        found |= {
            (item["edition"], item["n"]): item for item in Answer(view("drivers").columns, rows).items()
        }
    return found


def _in_parts(keys: Sequence[Key], size: int = 500) -> Iterable[Sequence[Key]]:
    """Databases take so many values in one question."""
    return (keys[start : start + size] for start in range(0, len(keys), size))
