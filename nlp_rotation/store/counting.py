"""Drivers counted by day: the same question for both back ends, and what may answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nlp_rotation.store.catalogue import views
from nlp_rotation.store.flatten import OUT_OF_FORCE
from nlp_rotation.store.questions import Condition, Question
from nlp_rotation.store.selecting import Selection, conditions_of

Per = Literal["category", "group", "all"]

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


def counted(counting: Counting, *, only: Condition | None = None) -> Question:
    """Return the question that counts the rows themselves, in the order of time.

    :param only: what narrows the rows further.
    """
    shown = views()["drivers"]
    others = {name: value for name, value in counting.filters.items() if name != "subject"}
    source, condition = conditions_of(shown, Selection(view="drivers", filters=others))
    condition = condition & only if only else condition
    up, down, subjects = "v.up", "v.down", tuple(counting.filters.get("subject", ()))
    if subjects:
        up, down = (f"CASE WHEN {_ENDED} THEN 0 ELSE s.{way} END" for way in ("up", "down"))
        source += f" JOIN ({_effects_on(len(subjects))}) s ON s.edition = v.edition AND s.driver = v.n"
    level = LEVELS[counting.per]
    sql = (
        f"SELECT v.day AS period, {level} AS category, count(*) AS drivers, "
        f"count(DISTINCT v.edition) AS articles, sum(CASE WHEN v.hedged THEN 1 ELSE 0 END) AS hedged, "
        f"sum(CASE WHEN {_ENDED} THEN 1 ELSE 0 END) AS ended, sum({up}) AS up, sum({down}) AS down "
        f"FROM {source} WHERE {condition.sql} GROUP BY 1, 2 ORDER BY v.day NULLS LAST, 2"
    )
    return Question(sql, subjects + condition.values)


def _effects_on(subjects: int) -> str:
    return (
        "SELECT f.edition, f.driver, sum(CASE WHEN f.direction = 'up' THEN 1 ELSE 0 END) AS up, "
        "sum(CASE WHEN f.direction = 'down' THEN 1 ELSE 0 END) AS down "
        f"FROM effect f WHERE f.subject IN ({', '.join('?' * subjects)}) GROUP BY f.edition, f.driver"
    )
