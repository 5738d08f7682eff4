"""Records as two flat frames: articles, and what they state of each leg.

Every row carries its clocks and its versions. ``articles`` has a row an article, ``statements`` a row for
each thing that an article says of a leg (a symbol or a typed subject):

=================  =================================================================================
article_id         str
story              str: id of the article that told the same story first; its own where none did
source             str; empty where the article names none
published          datetime64[us, UTC]; NaT where only a day, or nothing, is known
day                datetime64[ns]: day of publication, midnight, no zone; NaT where unknown
knowable_at        datetime64[us, UTC]: from when on it was certainly out; NaT where never certain
extracted_at       datetime64[us, UTC]: start of the run that wrote the record; NaT where not told
versions           str: versions of everything that the record depends on, in one line
known_session      datetime64[ns]: see :mod:`nlp_rotation.align.knowledge`
told_session       datetime64[ns]
=================  =================================================================================

and of statements also

=================  =================================================================================
kind               str: mention, move, driver or rotation
leg                str: what it is about
category           str: the driver's, empty for other kinds
relation           str: ``explains`` what has happened, or ``predicts`` what has not
direction          float64: 1 up, -1 down, 0 unclear or unsaid
hedged, attributed bool
score              float64: sentiment towards the leg in [-1, 1]; NaN where not scored
novelty            float64: 0.75 to the power of the times that the same was said before; 1 at first
=================  =================================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from nlp_rotation.align.knowledge import known_sessions, told_sessions, within_reach
from nlp_rotation.align.sessions import Exchange, exchange
from nlp_rotation.timeline import readable_at
from nlp_rotation.types import Driver, Effect, Record, Rotation

_DIRECTIONS = {"up": 1.0, "down": -1.0, "unclear": 0.0}
#: A driver that no longer works, or never did, is said of the past like one that explains it.
_RELATIONS = {"explains": "explains", "predicts": "predicts", "condition": "predicts"}
_FADE = 0.75
_CHAIN = pd.Timedelta(hours=24)

ARTICLE_COLUMNS = (
    "article_id", "story", "source", "published", "day", "knowable_at", "extracted_at", "versions",
)  # fmt: skip
STATEMENT_COLUMNS = (
    *ARTICLE_COLUMNS, "kind", "leg", "category", "relation", "direction", "hedged", "attributed", "score",
)  # fmt: skip


_KINDS = {
    **dict.fromkeys(
        ("article_id", "story", "source", "versions", "kind", "leg", "category", "relation"), "str"
    ),
    **dict.fromkeys(("direction", "score"), "float64"),
    **dict.fromkeys(("hedged", "attributed"), "bool"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """What a body of articles states, ready to be aligned."""

    articles: pd.DataFrame
    statements: pd.DataFrame

    @property
    def unaligned(self) -> int:
        """Number of articles that no session can be given to: nothing bounds their date."""
        return int(self.articles["known_session"].isna().sum())

    def as_of(self, instant: dt.datetime, *, recorded_by: dt.datetime | None = None) -> Narrative:
        """Return what was knowable at ``instant``, strictly before it.

        :param recorded_by: take the edition of each article that had been written down by then, and leave
            out articles of which none had; without it, the last edition of each.
        """
        kept = _editions(self.articles, recorded_by)
        kept = kept[kept["knowable_at"] < pd.Timestamp(instant)]
        keys = pd.MultiIndex.from_frame(kept[["article_id", "extracted_at"]])
        wanted = pd.MultiIndex.from_frame(self.statements[["article_id", "extracted_at"]]).isin(keys)
        return Narrative(articles=kept, statements=self.statements[wanted])


def narrative_of(
    records: Iterable[Record | tuple[Record, dt.datetime]],
    *,
    market: Exchange | None = None,
    stories: Mapping[str, str] | None = None,
) -> Narrative:
    """Flatten records; a record may come with the instant at which its run began.

    :param market: whose sessions the articles are given to; New York by default.
    :param stories: ids of stories by the ids of their articles; without it each tells a story of its own.
    """
    market, stories = market or exchange(), stories or {}
    articles: list[tuple[Any, ...]] = []
    statements: list[tuple[Any, ...]] = []
    for item in records:
        record, extracted_at = item if isinstance(item, tuple) else (item, None)
        head = _head(record, extracted_at, stories.get(record.article.id, record.article.id))
        articles.append(head)
        statements += [(*head, *row) for row in _statements(record)]
    frame = _placed(_frame(articles, ARTICLE_COLUMNS), market)
    told = _placed(_frame(statements, STATEMENT_COLUMNS), market)
    return Narrative(articles=frame, statements=told.assign(novelty=novelty(told)))


def novelty(statements: pd.DataFrame) -> pd.Series:
    """Return the weight of each statement: 0.75 to the power of the stories of its chain before it.

    A chain is the same kind, leg, category and direction; it ends after 24 hours in which nobody added to
    it. Only stories that were out strictly earlier count, and a story does not fade by its own copies.
    Source: the decay that RavenPack's guide prints for its event novelty score, which is 100 times this,
    rounded.
    """
    told = statements[statements["knowable_at"].notna() & (statements["kind"] != "mention")]
    keys = ["knowable_at", "story", "kind", "leg", "category", "direction"]
    ordered = told[keys].sort_values("knowable_at", kind="stable")
    chains: dict[tuple[Any, ...], _Chain] = {}
    weights = [
        chains.setdefault(tuple(key), _Chain(instant)).weigh(instant, story)
        for instant, story, *key in ordered.itertuples(index=False)
    ]
    return pd.Series(weights, index=ordered.index, dtype="float64").reindex(statements.index, fill_value=1.0)


def told_once(statements: pd.DataFrame) -> pd.DataFrame:
    """Return ``statements`` without what another article of the same story has said before.

    Of articles that were out at the same instant, as those of one day are where only the day is known, the
    one with the smaller id counts.
    """
    said = ["story", "kind", "leg", "category", "direction", "relation"]
    ordered = statements.sort_values(["knowable_at", "article_id"], kind="stable", na_position="last")
    first = ordered.groupby(said, dropna=False)["article_id"].transform("first")
    return statements[(statements["article_id"] == first.reindex(statements.index)).to_numpy()]


class _Chain:
    """Stories that say the same within a day of each other."""

    def __init__(self, instant: pd.Timestamp) -> None:
        self.last = instant
        self.earlier: set[str] = set()
        self.now: set[str] = set()

    def weigh(self, instant: pd.Timestamp, story: str) -> float:
        """Take a statement in, which is no earlier than those before, and return its weight."""
        if instant - self.last > _CHAIN:
            self.earlier, self.now = set(), set()
        elif instant > self.last:
            self.earlier, self.now = self.earlier | self.now, set()
        self.last = instant
        self.now.add(story)
        return float(_FADE ** (len(self.earlier) - (story in self.earlier)))


def _head(record: Record, extracted_at: dt.datetime | None, story: str) -> tuple[Any, ...]:
    article, published = record.article, within_reach(record.article.published)
    versions = " ".join(f"{name}={value}" for name, value in sorted(record.versions.items()))
    return (
        article.id,
        story,
        article.source or "",
        published.at,
        published.date,
        readable_at(replace(article, published=published)),
        extracted_at,
        versions,
    )


def _statements(record: Record) -> Iterator[tuple[Any, ...]]:
    if record.article.item_kind == "index page":
        # its teasers speak of articles that are counted themselves
        return
    for mention in record.mentions:
        if mention.symbol and mention.kind not in ("person", "firm"):
            score = mention.sentiment.score if mention.sentiment else np.nan
            yield "mention", mention.symbol, "", "explains", 0.0, False, False, score
    for move in record.moves:
        relation = "explains" if move.status == "reported" else "predicts"
        yield "move", move.subject, "", relation, float(np.sign(move.pct)), move.approx, False, np.nan
    for driver in record.drivers:
        if driver.relation in _RELATIONS:
            for effect in driver.effects or (Effect(on="", direction="unclear"),):
                yield _driver_row(driver, effect)
    for rotation in record.rotations:
        yield from _rotation_rows(rotation)


def _driver_row(driver: Driver, effect: Effect) -> tuple[Any, ...]:
    return (
        "driver",
        effect.on,
        driver.category,
        _RELATIONS[driver.relation],
        _DIRECTIONS[effect.direction],
        driver.hedged,
        bool(driver.speaker or driver.firm),
        np.nan,
    )


def _rotation_rows(rotation: Rotation) -> Iterator[tuple[Any, ...]]:
    relation = "explains" if rotation.status == "reported" else "predicts"
    attributed = bool(rotation.speaker or rotation.firm)
    for leg, direction in ((rotation.to, 1.0), (rotation.from_, -1.0)):
        if leg and rotation.status != "denied":
            yield "rotation", leg, "", relation, direction, rotation.hedged, attributed, np.nan


def _frame(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(rows, columns=list(columns))
    for name in ("published", "knowable_at", "extracted_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    frame["day"] = pd.to_datetime(frame["day"]).astype("datetime64[ns]")
    return frame.astype({name: kind for name, kind in _KINDS.items() if name in frame})


def _placed(frame: pd.DataFrame, market: Exchange) -> pd.DataFrame:
    return frame.assign(
        known_session=known_sessions(frame["knowable_at"], market),
        told_session=told_sessions(frame["published"], frame["day"], market),
    )


def _editions(articles: pd.DataFrame, recorded_by: dt.datetime | None) -> pd.DataFrame:
    """Return the last edition of each article, of those written down by ``recorded_by`` if it is given."""
    if recorded_by is not None:
        articles = articles[articles["extracted_at"] < pd.Timestamp(recorded_by)]
    ordered = articles.sort_values("extracted_at", kind="stable", na_position="first")
    return ordered.drop_duplicates("article_id", keep="last").sort_index()
