"""Small records to store: only what a test names differs from the rest."""

from __future__ import annotations

import datetime as dt

from nlp_rotation.types import (
    Article,
    ArticleSentiment,
    Driver,
    Effect,
    Mention,
    Move,
    Probabilities,
    Publication,
    Record,
    Rotation,
    Sentence,
    Window,
)

RUN = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
NEXT_RUN = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)
VERSIONS = {"program": "1.0", "taxonomy": "a"}
NEWER = {"program": "2.0", "taxonomy": "a"}

TEXT = (
    "Banks lead the way\n\n"
    "Lenders rose 3% on Tuesday because traders bet on a rate cut. "
    "Chipmakers fell 2%, and money went from chips to banks."
)
MOOD = Probabilities(positive=0.5, neutral=0.25, negative=0.25)


def published(day: str | None = "2024-07-16", at: str | None = None) -> Publication:
    """A publication on a day, at an instant, or at no known time."""
    instant = dt.datetime.fromisoformat(at) if at else None
    date = instant.date() if instant else dt.date.fromisoformat(day) if day else None
    precision = "minute" if instant else "day" if date else "unknown"
    return Publication(at=instant, date=date, precision=precision, basis="header", raw=at or day)


def article(id: str = "a1", *, text: str = TEXT, source: str | None = "The Daily Ledger", **when) -> Article:
    return Article(
        id=id,
        source_path=f"news/{id}.txt",
        title="Banks lead the way",
        source=source,
        url=f"https://example.org/{id}",
        lang="en",
        published=published(**when),
        text=text,
    )


def record(id: str = "a1", *, versions: dict[str, str] | None = None, drivers=None, **given) -> Record:
    """A record with one item of each kind, two of some; the spans fit ``TEXT``."""
    return Record(
        article=article(id, **given),
        sentences=(
            Sentence(start=0, end=18, sentiment=MOOD),
            Sentence(start=20, end=81, sentiment=MOOD),
            Sentence(start=82, end=137),
        ),
        mentions=(
            mention("Lenders", 20, symbol="sector:banks"),
            mention("Chipmakers", 82, symbol="sector:semis"),
        ),
        moves=(
            move("rose 3%", 28, subject="sector:banks", pct=3.0),
            move("fell 2%", 93, subject="sector:semis", pct=-2.0, range=(-2.5, -1.5)),
        ),
        drivers=(driver(),) if drivers is None else tuple(drivers),
        rotations=(rotation(),),
        sentiment=ArticleSentiment(positive=0.5, neutral=0.25, negative=0.25, score=0.25, model="m"),
        versions=VERSIONS if versions is None else versions,
    )


def mention(text: str, start: int, *, symbol: str) -> Mention:
    return Mention(
        start=start,
        end=start + len(text),
        text=text,
        symbol=symbol,
        kind="sector",
        rule="group",
        confidence=0.9,
        sentiment=MOOD,
    )


def move(text: str, start: int, *, subject: str, pct: float, range=None) -> Move:
    return Move(
        start=start,
        end=start + len(text),
        text=text,
        subject=subject,
        subject_start=20,
        subject_end=27,
        pct=pct,
        range=range,
        window=Window(text="on Tuesday", start=dt.date(2024, 7, 15), end=dt.date(2024, 7, 16)),
    )


def driver(
    category: str = "monetary.rate_cut", effects=(("sector:banks", "up"),), *, rank: int = 1, **given
) -> Driver:
    return Driver(
        start=55,
        end=80,
        text="traders bet on a rate cut",
        category=category,
        effects=tuple(Effect(on=on, direction=direction) for on, direction in effects),
        rank=rank,
        **given,
    )


def rotation() -> Rotation:
    return Rotation(
        start=106,
        end=136,
        text="money went from chips to banks",
        from_="sector:semis",
        to="sector:banks",
        drivers=(0,),
        moves=(0, 1),
    )
