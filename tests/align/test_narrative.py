"""From records to statements with their clocks, and from statements to signals and joins."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.joins import fits_the_day, foretells, leg_closes
from nlp_rotation.align.narrative import narrative_of
from nlp_rotation.align.sessions import exchange
from nlp_rotation.align.signals import category_shares, onsets, signals
from nlp_rotation.errors import AlignError
from nlp_rotation.timeline import knowable_at
from nlp_rotation.types import Article, Publication, Record

UTC = dt.UTC


@pytest.mark.parametrize(
    ("at", "known", "told", "why"),
    [
        ("2024-07-11T10:00-04:00", "2024-07-11", "2024-07-11", "during the session"),
        ("2024-07-11T15:59:59-04:00", "2024-07-11", "2024-07-11", "a second before the close"),
        ("2024-07-11T16:00-04:00", "2024-07-12", "2024-07-11", "at the close: too late for it, and about it"),
        ("2024-07-11T08:00-04:00", "2024-07-11", "2024-07-10", "before the open"),
        ("2024-07-12T18:00-04:00", "2024-07-15", "2024-07-12", "on a Friday evening"),
        ("2024-07-13T12:00-04:00", "2024-07-15", "2024-07-12", "on a Saturday"),
        ("2024-07-03T12:59-04:00", "2024-07-03", "2024-07-03", "a half day that closes at one"),
        ("2024-07-03T13:00-04:00", "2024-07-05", "2024-07-03", "after the half day's close, a holiday next"),
        ("2024-07-11", "2024-07-12", "2024-07-11", "no time of day: the next session"),
        ("2024-07-13", "2024-07-15", "2024-07-12", "no time of day, on a Saturday"),
    ],
)
def test_sessions_of_a_story(record, at, known, told, why):
    row = narrative_of([record("a", at)]).articles.iloc[0]
    assert str(row["known_session"].date()) == known, why
    assert str(row["told_session"].date()) == told, why


def test_no_upper_bound_is_not_aligned_and_counted(record):
    article = Article(
        id="u", source_path=None, published=Publication(not_before=dt.date(2024, 7, 1)), text="x"
    )
    narrative = narrative_of([Record(article=article), record("a", "2024-07-11")])
    assert narrative.unaligned == 1
    bounded = Publication(not_before=dt.date(2024, 7, 1), not_after=dt.date(2024, 7, 10))
    assert knowable_at(bounded) == pd.Timestamp("2024-07-11 12:00", tz="UTC")


@pytest.mark.parametrize(
    "at", ["2040-03-05T10:00-05:00", "2040-03-05", "9000-01-01T10:00+00:00", "1200-01-01"]
)
def test_beyond_the_calendar_nothing_is_aligned(record, at):
    """Its last session is not the session of all that follows; nor its first of all before it."""
    narrative = narrative_of([record("a", at)])
    assert narrative.unaligned == 1
    assert narrative.statements["told_session"].isna().all()


def test_rows_carry_their_clocks_and_versions(record):
    run = dt.datetime(2024, 8, 1, tzinfo=UTC)
    statements = narrative_of([(record("a", "2024-07-11T10:00-04:00"), run)]).statements
    assert statements["kind"].tolist() == ["mention", "driver"]
    row = statements.iloc[1]
    assert row["published"] == pd.Timestamp("2024-07-11 14:00", tz="UTC")
    assert row["extracted_at"] == pd.Timestamp(run)
    assert row["versions"] == "program=1"
    kinds = {name: str(kind) for name, kind in statements.dtypes.items()}
    assert kinds["knowable_at"] == "datetime64[us, UTC]"
    assert kinds["known_session"] == "datetime64[ns]"
    assert kinds["hedged"] == "bool"


def test_as_of_gives_what_was_knowable_and_written_down(record):
    early, late = dt.datetime(2024, 7, 20, tzinfo=UTC), dt.datetime(2024, 8, 1, tzinfo=UTC)
    old, new = record("a", "2024-07-11T10:00-04:00"), record("a", "2024-07-11T10:00-04:00", direction="down")
    narrative = narrative_of([(old, early), (new, late), (record("b", "2024-07-15T10:00-04:00"), late)])
    noon = dt.datetime(2024, 7, 12, 12, tzinfo=UTC)
    assert narrative.as_of(noon).articles["article_id"].tolist() == ["a"]
    drivers = narrative.as_of(noon).statements.query("kind == 'driver'")
    assert drivers["direction"].tolist() == [-1.0], "the last edition"
    drivers = narrative.as_of(noon, recorded_by=dt.datetime(2024, 7, 25, tzinfo=UTC)).statements.query(
        "kind == 'driver'"
    )
    assert drivers["direction"].tolist() == [1.0], "the edition of then"
    instant = dt.datetime(2024, 7, 11, 14, tzinfo=UTC)
    assert narrative.as_of(instant).articles.empty, "not before it is out"


def test_novelty_fades_along_a_chain_and_starts_anew(record):
    at = ["2024-07-11T10:00+00:00", "2024-07-11T12:00+00:00", "2024-07-11T12:00+00:00", "2024-07-12T11:00+00:00",
          "2024-07-14T10:00+00:00"]  # fmt: skip
    statements = narrative_of([record(str(number), moment) for number, moment in enumerate(at)]).statements
    weights = statements.query("kind == 'driver'")["novelty"].tolist()
    assert weights == pytest.approx([1, 0.75, 0.75, 0.75**3, 1]), "at the same instant nobody is first"


def test_signals_of_one_session(record):
    stories = [
        record("a", "2024-07-11T10:00-04:00", score=0.4, hedged=True, speaker="A. Person"),
        record("b", "2024-07-11T11:00-04:00", score=-0.2, direction="down", category="monetary.rate_cut"),
        record("c", "2024-07-11T12:00-04:00", leg="BBB", relation="predicts"),
    ]
    table = signals(narrative_of(stories))
    row = table.loc[(pd.Timestamp("2024-07-11"), "AAA")]
    assert row["volume"] == 2
    assert row["share"] == pytest.approx(2 / 3)
    assert row["sentiment"] == pytest.approx(0.1)
    assert (row["explains"], row["net_explains"], row["predicts"]) == (2.0, 0.0, 0.0)
    assert row["first"] == 2.0
    assert (row["hedged"], row["attributed"]) == (0.5, 0.5)
    other = table.loc[(pd.Timestamp("2024-07-11"), "BBB")]
    assert (other["explains"], other["predicts"], other["net_predicts"]) == (0.0, 1.0, 1.0)
    assert (table.dtypes == "float64").all()


def test_what_one_article_says_twice_counts_once(record):
    from dataclasses import replace

    once = record("a", "2024-07-11T10:00-04:00")
    twice = replace(once, drivers=once.drivers * 2)
    assert signals(narrative_of([twice]))["explains"].tolist() == [1.0]


def test_a_story_counts_once_however_many_articles_tell_it(record):
    told = [
        record("wire", "2024-07-11T10:00-04:00", score=0.4),
        record("copy", "2024-07-11T11:00-04:00", score=-0.9),
        record("update", "2024-07-12T10:00-04:00", score=-0.9),
        record("other", "2024-07-11T12:00-04:00", leg="BBB"),
    ]
    stories = dict.fromkeys(["wire", "copy", "update"], "wire")
    alone = signals(narrative_of([told[0], told[3]]))
    pd.testing.assert_frame_equal(signals(narrative_of(told, stories=stories)), alone)
    pd.testing.assert_frame_equal(signals(narrative_of(told[::-1], stories=stories)), alone)


def test_what_an_update_says_anew_counts(record):
    told = [
        record("wire", "2024-07-11T10:00-04:00"),
        record("update", "2024-07-12T10:00-04:00", category="monetary.rate_cut"),
    ]
    table = signals(narrative_of(told, stories=dict.fromkeys(["wire", "update"], "wire")))
    assert table["explains"].tolist() == [1.0, 1.0]
    assert table["share"].tolist() == [1.0, 1.0]


def test_a_story_does_not_fade_by_its_own_copies(record):
    told = [
        record("wire", "2024-07-11T10:00-04:00"),
        record("copy", "2024-07-11T11:00-04:00"),
        record("own", "2024-07-11T12:00-04:00"),
    ]
    narrative = narrative_of(told, stories={"wire": "wire", "copy": "wire"})
    causes = narrative.statements[narrative.statements["kind"] == "driver"]
    assert causes["novelty"].tolist() == [1.0, 1.0, 0.75]


def test_a_copy_of_a_story_that_is_not_there_counts(record):
    table = signals(narrative_of([record("copy", "2024-07-11T10:00-04:00")], stories={"copy": "wire"}))
    assert table["volume"].tolist() == [1.0]


def test_the_front_of_a_site_says_nothing_itself(record):
    from dataclasses import replace

    front = record("a", "2024-07-11T10:00-04:00")
    front = replace(front, article=replace(front.article, item_kind="index page"))
    assert narrative_of([front]).statements.empty


def test_a_text_that_was_changed_counts_from_then_on(record):
    from dataclasses import replace

    changed = record("a", "2024-07-11T10:00-04:00")
    later = Publication(at=dt.datetime(2024, 7, 12, 14, tzinfo=UTC), date=dt.date(2024, 7, 12))
    changed = replace(changed, article=replace(changed.article, updated=later))
    assert narrative_of([changed]).articles.iloc[0]["known_session"] == pd.Timestamp("2024-07-12")


def test_category_shares_sum_to_one(record):
    stories = [
        record("a", "2024-07-11T10:00-04:00"),
        record("b", "2024-07-11T11:00-04:00", category="monetary.rate_cut"),
    ]
    shares = category_shares(narrative_of(stories))
    assert shares.iloc[0].to_dict() == {"macro.inflation": 0.5, "monetary.rate_cut": 0.5}


def test_onsets_come_after_silence(record):
    at = ["2024-07-11T10:00-04:00", "2024-07-15T10:00-04:00", "2024-09-16T10:00-04:00"]
    found = onsets(narrative_of([record(str(number), moment) for number, moment in enumerate(at)]))
    assert found["article_id"].tolist() == ["0", "2"]


def test_the_two_joins_answer_two_questions(record, made):
    days = exchange().between(dt.date(2024, 7, 10), dt.date(2024, 7, 15))
    closes = pd.DataFrame({"AAA": [100.0, 110.0, 121.0, 242.0]}, index=days)
    evening = narrative_of([record("a", "2024-07-11T18:00-04:00")])
    day = fits_the_day(evening, closes)
    assert day.index[0][0] == days[1]
    assert day["same_day"].tolist() == pytest.approx([10.0]), "the day that it tells of"
    after = foretells(evening, closes)
    assert after.index[0][0] == days[2]
    assert after["ahead"].tolist() == pytest.approx([100.0]), "from the first close that could know it"
    with pytest.raises(AlignError, match="one session at least"):
        foretells(evening, closes, days=0)
    last = foretells(narrative_of([record("a", "2024-07-15T10:00-04:00")]), closes)
    assert np.isnan(last["ahead"].iloc[0]), "not over yet"
    priced, missing = leg_closes(
        narrative_of([record("a", "2024-07-11"), record("b", "2024-07-11", leg="cash")]), made(closes)
    )
    assert list(priced) == ["AAA"]
    assert set(missing) == {"cash"}
