"""From the tuples of a database to typed rows; the order of columns is that of ``questions``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from nlp_rotation.store.clocks import from_text
from nlp_rotation.store.rows import (
    ArticleRow,
    DriverRow,
    Evidence,
    MentionRow,
    MoveRow,
    Origin,
    RotationRow,
    StoryRow,
    TimelineRow,
)
from nlp_rotation.types import Effect, Probabilities, Window

Values = Sequence[Any]


def article(values: Values) -> ArticleRow:
    """Read one row of ``questions.articles``."""
    author, lang, content, source_path, precision, *mood, model, text = values[10:20]
    updated_at, publisher, canonical_url, item_kind, story_id, role = values[20:]
    return ArticleRow(
        origin=_origin(values),
        author=author,
        lang=lang,
        content=content,
        source_path=source_path,
        precision=precision,
        sentiment=_mood(mood),
        sentiment_model=model,
        text=text,
        updated_at=_instant(updated_at),
        publisher=publisher,
        canonical_url=canonical_url,
        item_kind=item_kind,
        story_id=story_id,
        role=role,
    )


def story(values: Values) -> StoryRow:
    """Read one row of ``questions.stories``."""
    story_id, role, precursor, likeness, updated_at = values[10:]
    return StoryRow(
        origin=_origin(values),
        story_id=story_id,
        role=role,
        precursor=precursor,
        likeness=likeness,
        updated_at=_instant(updated_at),
    )


def mention(values: Values) -> MentionRow:
    """Read one row of ``questions.mentions``."""
    symbol, kind, rule, confidence, *mood = values[16:]
    return MentionRow(
        origin=_origin(values),
        evidence=_evidence(values),
        symbol=symbol,
        kind=kind,
        rule=rule,
        confidence=confidence,
        sentiment=_mood(mood),
    )


def move(values: Values) -> MoveRow:
    """Read one row of ``questions.moves``."""
    subject, pct, low, high, approx, intraday, relative_to, status, *window, confidence = values[16:]
    return MoveRow(
        origin=_origin(values),
        evidence=_evidence(values),
        subject=subject,
        pct=pct,
        range=None if low is None else (low, high),
        approx=bool(approx),
        intraday=bool(intraday),
        relative_to=relative_to,
        status=status,
        window=_window(window),
        confidence=confidence,
    )


def driver(values: Values) -> DriverRow:
    """Read one row of ``questions.drivers``."""
    category, effects, relation, hedged, rank, speaker, firm, confidence = values[16:]
    return DriverRow(
        origin=_origin(values),
        evidence=_evidence(values),
        category=category,
        effects=tuple(Effect(**effect) for effect in json.loads(effects)),
        relation=relation,
        hedged=bool(hedged),
        rank=rank,
        speaker=speaker,
        firm=firm,
        confidence=confidence,
    )


def rotation(values: Values) -> RotationRow:
    """Read one row of ``questions.rotations``."""
    from_, to, status, hedged, *window, speaker, firm, confidence = values[16:]
    return RotationRow(
        origin=_origin(values),
        evidence=_evidence(values),
        from_=from_,
        to=to,
        status=status,
        hedged=bool(hedged),
        window=_window(window),
        speaker=speaker,
        firm=firm,
        confidence=confidence,
    )


def timeline(counts: Iterable[Values]) -> Iterator[TimelineRow]:
    """Read rows of counts, which come in the order of time."""
    return (TimelineRow(_date(values[0]), *values[1:]) for values in counts)


@lru_cache(maxsize=1024)
def _date(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def _origin(values: Values) -> Origin:
    article_id, edition, title, source, url, published_at, day, knowable_at, extracted_at, versions = values[
        :10
    ]
    return Origin(
        article_id=article_id,
        edition=edition,
        title=title,
        source=source,
        url=url,
        published_at=_instant(published_at),
        day=_date(day),
        knowable_at=_instant(knowable_at),
        extracted_at=from_text(extracted_at),
        versions=json.loads(versions),
    )


def _instant(text: str | None) -> dt.datetime | None:
    return from_text(text) if text else None


def _evidence(values: Values) -> Evidence:
    start, end, text, sentence_start, sentence_end, sentence = values[10:16]
    return Evidence(
        start=start,
        end=end,
        text=text,
        sentence_start=sentence_start,
        sentence_end=sentence_end,
        sentence=sentence,
    )


def _mood(values: Values) -> Probabilities | None:
    positive, neutral, negative = values
    return None if positive is None else Probabilities(positive=positive, neutral=neutral, negative=negative)


def _window(values: Values) -> Window | None:
    given, text, start, end = values
    return Window(text=text, start=_date(start), end=_date(end)) if given else None
