"""The keywords that narrow a question, typed; their words stand in ``tables/views.toml``.

``tests/present/queries/test_filters.py`` holds these types to the table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, TypeAlias, TypedDict

from nlp_rotation.types import Relation, Verdict

#: Days and instants may be given as text (ISO 8601; an instant without a zone is one of UTC).
Day: TypeAlias = dt.date | str | None
Instant: TypeAlias = dt.datetime | str | None
Subjects: TypeAlias = str | Sequence[str] | None


class Dated(TypedDict, total=False):
    """What narrows every question."""

    #: First and last day, both included.
    since: Day
    until: Day
    #: Only what was knowable in the market at this instant.
    as_of: Instant


class Told(Dated, total=False):
    """What narrows questions about what articles say."""

    #: Outlet; upper and lower case alike.
    source: str | None
    #: Only what the store itself held at this instant, in the edition that it then held.
    recorded_as_of: Instant


class Filters(Told, total=False):
    """``subject``: a symbol or typed name, or several; ``pair``: either side, or what stands near it."""

    subject: Subjects
    pair: str | None


class ArticleFilters(Filters, total=False):
    """``category``: articles that state a driver of this leaf or group."""

    category: str | None


class SureFilters(Filters, total=False):
    """``min_confidence``: leave out rows that are less sure."""

    min_confidence: float | None


class DriverFilters(SureFilters, total=False):
    """``category``: a leaf or a whole group; ``relation``: how the cause is put."""

    category: str | None
    relation: Relation | None


class ClaimFilters(Filters, total=False):
    """``verdict``: what prices say."""

    verdict: Verdict | None


class WhyFilters(Told, total=False):
    """``category``: only causes of this leaf or group; ``min_confidence``: leave out what is less sure."""

    category: str | None
    min_confidence: float | None


class SignalFilters(Dated, total=False):
    """``basis``: counted when it was known, or on the session that it tells of."""

    subject: Subjects
    pair: str | None
    basis: Literal["known", "told"] | None
