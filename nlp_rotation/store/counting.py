"""Drivers counted by day: the same question for both back ends, and what may answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nlp_rotation.store.catalogue import views
from nlp_rotation.store.flatten import OUT_OF_FORCE
from nlp_rotation.store.questions import Condition, Question
from nlp_rotation.store.rows import DriverQuery
from nlp_rotation.store.selecting import Editions, Selection, conditions_of

Per = Literal["category", "group", "all"]

#: The fields of a query that are filters; the others have no meaning for counts.
_FILTERS = ("category", "source", "since", "until", "as_of", "recorded_as_of")

_ENDED = f"v.relation IN {OUT_OF_FORCE}"

#: How a driver's category is told at each level; ``instr`` and ``substr`` are the same in both back ends.
LEVELS: Mapping[Per, str] = {
    "category": "v.category",
    "group": "substr(v.category, 1, instr(v.category, '.') - 1)",
    "all": "''",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Which drivers are counted, and how finely."""

    #: Values by the name of the filter; see :class:`nlp_rotation.store.selecting.Selection`.
    filters: Mapping[str, Any] = field(default_factory=dict)
    per: Per = "category"

    @property
    def names(self) -> frozenset[str]:
        """The names of the filters that are given."""
        return frozenset(self.filters)


def counting_of(query: DriverQuery) -> Counting:
    """Return what a query for drivers asks to be counted."""
    given = {name: getattr(query, name) for name in _FILTERS if getattr(query, name) is not None}
    return Counting(filters={**given, **({"subject": (query.subject,)} if query.subject else {})})


def counted(counting: Counting, *, among: Condition | None = None, editions: Editions = "ranked") -> Question:
    """Return the question that counts the rows themselves, in no order.

    :param among: the editions to count, old ones too, as what stands behind ``IN``; those that the clocks
        of ``counting`` show if it is not given.
    :param editions: how the clocks find them; see :class:`nlp_rotation.store.selecting.Selection`.
    """
    subjects = tuple(counting.filters.get("subject", ()))
    source, condition = _narrowed(counting, among, editions)
    up, down, values = "v.up", "v.down", condition.values
    if subjects:
        effects = _effects_on(subjects, among)
        up, down = (f"CASE WHEN {_ENDED} THEN 0 ELSE s.{way} END" for way in ("up", "down"))
        source += f" JOIN ({effects.sql}) s ON s.edition = v.edition AND s.driver = v.n"
        values = effects.values + values
    sql = (
        f"SELECT v.day AS period, {LEVELS[counting.per]} AS category, count(*) AS drivers, "
        f"count(DISTINCT v.edition) AS articles, sum(CASE WHEN v.hedged THEN 1 ELSE 0 END) AS hedged, "
        f"sum(CASE WHEN {_ENDED} THEN 1 ELSE 0 END) AS ended, sum({up}) AS up, sum({down}) AS down "
        f"FROM {source} WHERE {condition.sql} GROUP BY 1, 2"
    )
    return Question(sql, values)


def _narrowed(counting: Counting, among: Condition | None, editions: Editions) -> tuple[str, Condition]:
    filters = {name: value for name, value in counting.filters.items() if name != "subject"}
    if among is None:
        chosen = Selection(view="drivers", filters=filters, editions=editions)
        return conditions_of(views()["drivers"], chosen)
    rest = {name: value for name, value in filters.items() if name not in ("as_of", "recorded_as_of")}
    # the limit keeps SQLite off its index of categories: the editions are fewer
    chosen = Selection(view="drivers", filters=rest, limit=1)
    _, condition = conditions_of(views()["drivers"], chosen)
    return "drivers_history v", Condition(f"v.edition IN {among.sql}", among.values) & condition


def _effects_on(subjects: tuple[str, ...], among: Condition | None) -> Condition:
    narrowed = Condition(f"f.subject IN ({', '.join('?' * len(subjects))})", subjects)
    if among is not None:
        narrowed &= Condition(f"f.edition IN {among.sql}", among.values)
    sql = (
        "SELECT f.edition, f.driver, sum(CASE WHEN f.direction = 'up' THEN 1 ELSE 0 END) AS up, "
        "sum(CASE WHEN f.direction = 'down' THEN 1 ELSE 0 END) AS down "
        f"FROM effect f WHERE {narrowed.sql} GROUP BY f.edition, f.driver"
    )
    return Condition(sql, narrowed.values)
