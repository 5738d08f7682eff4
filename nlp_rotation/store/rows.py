"""What is asked of a store, and the rows that it answers with.

Every row carries an :class:`Origin` (which article, published when, knowable when, written down when,
by which versions); every extracted row also an :class:`Evidence` (the exact stretch of text and the
sentence around it). All datetimes are aware and in UTC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from nlp_rotation.types import (
    Content,
    Direction,
    Effect,
    ItemKind,
    MoveStatus,
    Precision,
    Probabilities,
    Relation,
    RotationStatus,
    Window,
)

Every = Literal["day", "week"]
Role = Literal["original", "update", "copy"]


# --- questions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Filters that every question knows; None lets everything pass."""

    #: A symbol or typed name, exactly: what a move is about, either side of a rotation.
    subject: str | None = None
    #: The outlet's name, upper and lower case alike.
    source: str | None = None
    #: First and last day of publication, both included; articles without a day pass only without these.
    since: dt.date | None = None
    until: dt.date | None = None
    #: Only what was knowable in the market at this instant; what has no known date never passes.
    as_of: dt.datetime | None = None
    #: Only what the store itself held at this instant, in the edition that it then held.
    recorded_as_of: dt.datetime | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverQuery(Query):
    """Filters for drivers; ``subject`` is the thing that the driver moves."""

    #: A leaf (``monetary.rate_cut``) or a whole group (``monetary``) of the taxonomy.
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuery(Query):
    """Filters for articles; ``subject`` is the symbol of something that the article mentions."""

    #: Only articles that state a driver of this leaf or group.
    category: str | None = None


# --- answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of the records handed to a store."""

    #: Records written, those that superseded an older edition among them.
    written: int = 0
    #: Records that the store held already, letter by letter and of the same versions.
    unchanged: int = 0
    #: Older editions that stopped being the current one (they stay in the history).
    superseded: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            written=self.written + other.written,
            unchanged=self.unchanged + other.unchanged,
            superseded=self.superseded + other.superseded,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which article a row comes from, and the three clocks that it lives by."""

    article_id: str
    #: Number of the edition: one article as one set of versions read it. Counts up with time of writing.
    edition: int
    title: str | None
    source: str | None
    url: str | None
    #: The instant of publication, where one is known.
    published_at: dt.datetime | None
    #: The day of publication in the zone of its stamp, where one is known.
    day: dt.date | None
    #: From when on anybody could have read it (see ``timeline.knowable_at``); None where unknown.
    knowable_at: dt.datetime | None
    #: Start of the run that wrote the row.
    extracted_at: dt.datetime
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The stretch of the article's text that a row was read from, with the sentence around it."""

    start: int
    end: int
    text: str
    sentence_start: int | None
    sentence_end: int | None
    sentence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One stored article."""

    origin: Origin
    author: str | None
    lang: str | None
    content: Content
    source_path: str | None
    precision: Precision
    sentiment: Probabilities | None
    sentiment_model: str | None
    text: str
    #: When the text was last changed, where that was after its publication.
    updated_at: dt.datetime | None
    publisher: str | None
    canonical_url: str | None
    item_kind: ItemKind
    #: Id of the article that told the story first, and what this one is to it.
    story_id: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """The place of one article in the story that it tells."""

    origin: Origin
    #: Id of the article that told the story first.
    story_id: str
    role: Role
    #: The earliest article before it that it resembles; None for an original.
    precursor: str | None
    #: The largest share of runs of words in common with an earlier article; None for an original.
    likeness: float | None
    updated_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """An article that a search found, the best first."""

    article: ArticleRow
    #: The text around the first word found.
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """One stored move; the fields are those of :class:`nlp_rotation.types.Move`."""

    origin: Origin
    evidence: Evidence
    subject: str
    pct: float
    range: tuple[float, float] | None
    approx: bool
    intraday: bool
    relative_to: str | None
    status: MoveStatus
    window: Window | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverRow:
    """One stored driver; the fields are those of :class:`nlp_rotation.types.Driver`."""

    origin: Origin
    evidence: Evidence
    category: str
    effects: tuple[Effect, ...]
    relation: Relation
    hedged: bool
    rank: int
    speaker: str | None
    firm: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationRow:
    """One stored rotation; the fields are those of :class:`nlp_rotation.types.Rotation`."""

    origin: Origin
    evidence: Evidence
    from_: str | None
    to: str | None
    status: RotationStatus
    hedged: bool
    window: Window | None
    speaker: str | None
    firm: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """One stored mention; the fields are those of :class:`nlp_rotation.types.Mention`."""

    origin: Origin
    evidence: Evidence
    symbol: str | None
    kind: str
    rule: str
    confidence: float
    sentiment: Probabilities | None


class TimelineRow(NamedTuple):
    """How often one category was given as a driver on one day, or in the week that begins on it.

    A named tuple, for there may be a quarter of a million of them in one answer.
    """

    #: The day, or the Monday of the week; None for articles without a known day.
    period: dt.date | None
    category: str
    #: Drivers stated, of every relation.
    drivers: int
    #: Articles that state them.
    articles: int
    #: Drivers stated with a hedge.
    hedged: int
    #: Drivers said to have ended, or denied.
    ended: int
    #: Effects upwards and downwards of the drivers in force; of the asked subject alone, if one is asked.
    up: int
    down: int

    @property
    def net(self) -> Direction:
        """Where the effects point on balance."""
        if self.up == self.down:
            return "unclear"
        return "up" if self.up > self.down else "down"
