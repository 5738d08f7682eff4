"""A small store of our own articles of July 2024 as records, without reading any text: fast, and known."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nlp_rotation.align.prices import load_prices
from nlp_rotation.store.opening import open_store
from nlp_rotation.types import Article, Driver, Effect, Move, Publication, Record, Rotation, Sentence, Window

CLOSES = Path(__file__).resolve().parents[3] / "corpus" / "prices" / "closes.csv"
UTC = dt.UTC
TITLE = "Small caps leap <b>as</b> tech slides"
FIRST = (
    f"{TITLE}\n\nThe Russell 2000 rose 3.6% on Thursday after soft inflation data.\n\n"
    "Money left big tech for small caps, and a rate cut may lift small caps again, said Ida Moss of Quill."
)


def item(kind, text, words, **named):
    start = text.index(words)
    return kind(start=start, end=start + len(words), text=words, **named)


def first():
    window = Window(text="on Thursday", start=dt.date(2024, 7, 10), end=dt.date(2024, 7, 11))
    up = (Effect(on="^RUT", direction="up"),)
    return Record(
        article=Article(
            id="first",
            source_path=None,
            title=TITLE,
            source="Harbour Wire",
            url="https://news.example/first?a=1&b=2",
            published=Publication(
                at=dt.datetime(2024, 7, 11, 21, tzinfo=UTC),
                date=dt.date(2024, 7, 11),
                precision="second",
                basis="header",
            ),
            text=FIRST,
        ),
        sentences=(Sentence(start=0, end=len(TITLE)), Sentence(start=len(TITLE) + 2, end=len(FIRST))),
        moves=(
            item(Move, FIRST, "rose 3.6%", subject="^RUT", subject_start=44, subject_end=56, pct=3.6, window=window),
        ),
        drivers=(
            item(Driver, FIRST, "soft inflation data", category="macro.inflation", effects=up, confidence=0.9),
            item(
                Driver, FIRST, "a rate cut", category="monetary.rate_cut", effects=up, relation="predicts",
                hedged=True, speaker="Ida Moss", firm="Quill", confidence=0.6, rank=2,
            ),
        ),
        rotations=(
            item(
                Rotation, FIRST, "Money left big tech for small caps", from_="group:mega_cap_tech",
                to="group:small_caps", window=window,
            ),
        ),
        versions={"program": "0"},
    )  # fmt: skip


def plain(name, day, category, subject, direction, *, source="Quay Post", relation="explains", url=None):
    text = f"{name} title\n\nShares moved on {name} news that day."
    published = Publication(date=day, precision="day", basis="header") if day else Publication()
    effects = (Effect(on=subject, direction=direction),)
    return Record(
        article=Article(
            id=name,
            source_path=None,
            title=f"{name} title",
            source=source,
            url=url,
            published=published,
            text=text,
        ),
        sentences=(Sentence(start=0, end=len(text)),),
        drivers=(
            item(
                Driver,
                text,
                f"{name} news",
                category=category,
                effects=effects,
                relation=relation,
                confidence=0.7,
            ),
        ),
        versions={"program": "0"},
    )


def records():
    yield first()
    yield plain("export", dt.date(2024, 7, 17), "trade.tariffs", "SPY", "up")
    yield plain("weekend", dt.date(2024, 7, 20), "politics.election", "group:small_caps", "up", source=None)
    yield plain("over", dt.date(2024, 7, 24), "company.results", "IWM", "up", relation="ended")
    yield plain("hostile", dt.date(2024, 7, 24), "theme.ai", "NVDA", "down", url="javascript:alert(1)")
    yield plain("undated", None, "macro.labor", "IWM", "down")


@pytest.fixture(scope="session", params=["july.db", "july.lake"])
def stored(request, tmp_path_factory):
    """The path of the store, of either kind."""
    path = tmp_path_factory.mktemp("stores") / request.param
    with open_store(path) as store:
        store.add(records(), extracted_at=dt.datetime(2024, 8, 1, tzinfo=UTC))
    return path


@pytest.fixture(scope="session")
def sqlite_stored(tmp_path_factory):
    """The path of the store as a file, for what does not depend on the kind."""
    path = tmp_path_factory.mktemp("store") / "july.db"
    with open_store(path) as store:
        store.add(records(), extracted_at=dt.datetime(2024, 8, 1, tzinfo=UTC))
    return path


@pytest.fixture(scope="session")
def prices():
    return load_prices(CLOSES)
