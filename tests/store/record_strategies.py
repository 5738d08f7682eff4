"""Any record that the types allow, sane or not: a store has no opinion on what it keeps."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from hypothesis import strategies as st

from nlp_rotation import types
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

words = st.text(max_size=30)
maybe_words = st.none() | words
offsets = st.integers(0, 200)
numbers = st.floats(allow_nan=False, width=32)
dates = st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
instants = st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2200, 1, 1), timezones=zones)
moods = st.none() | st.builds(Probabilities, positive=numbers, neutral=numbers, negative=numbers)
windows = st.none() | st.builds(Window, text=maybe_words, start=st.none() | dates, end=st.none() | dates)


def one_of(literal) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


def several(made, /, **fields) -> st.SearchStrategy[tuple]:
    spans = {"start": offsets, "end": offsets}
    return st.lists(st.builds(made, **spans, **fields), max_size=3).map(tuple)


said = {"speaker": maybe_words, "firm": maybe_words, "hedged": st.booleans(), "confidence": numbers}
indexes = st.lists(st.integers(0, 5), max_size=3).map(tuple)
effects = st.lists(st.builds(Effect, on=words, direction=one_of(types.Direction)), max_size=3).map(tuple)

publications = st.builds(
    Publication,
    at=st.none() | instants,
    date=st.none() | dates,
    precision=one_of(types.Precision),
    basis=one_of(types.Basis),
    raw=maybe_words,
    not_before=st.none() | dates,
    not_after=st.none() | dates,
    reason=words,
)
articles = st.builds(
    Article,
    id=words,
    source_path=maybe_words,
    title=maybe_words,
    source=maybe_words,
    author=maybe_words,
    url=maybe_words,
    lang=maybe_words,
    published=publications,
    text=st.text(max_size=200),
    content=one_of(types.Content),
)
records = st.builds(
    Record,
    article=articles,
    sentences=several(Sentence, sentiment=moods),
    mentions=several(
        Mention,
        text=words,
        symbol=maybe_words,
        kind=one_of(types.Kind),
        rule=words,
        confidence=numbers,
        sentiment=moods,
    ),
    moves=several(
        Move,
        text=words,
        subject=words,
        subject_start=offsets,
        subject_end=offsets,
        pct=numbers,
        range=st.none() | st.tuples(numbers, numbers),
        approx=st.booleans(),
        intraday=st.booleans(),
        relative_to=maybe_words,
        status=one_of(types.MoveStatus),
        window=windows,
        confidence=numbers,
    ),
    drivers=several(
        Driver,
        text=words,
        category=words,
        effects=effects,
        relation=one_of(types.Relation),
        rank=st.integers(1, 9),
        **said,
    ),
    rotations=several(
        Rotation,
        text=words,
        from_=maybe_words,
        to=maybe_words,
        status=one_of(types.RotationStatus),
        window=windows,
        drivers=indexes,
        moves=indexes,
        **said,
    ),
    sentiment=st.none()
    | st.builds(
        ArticleSentiment, positive=numbers, neutral=numbers, negative=numbers, score=numbers, model=words
    ),
    versions=st.dictionaries(words, words, max_size=3),
)
