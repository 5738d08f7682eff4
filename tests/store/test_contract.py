"""What every store promises (see nlp_rotation/store/protocol.py), over both back ends."""

from __future__ import annotations

import datetime as dt

import pytest
from record_factories import MOOD, NEWER, NEXT_RUN, RUN, TEXT, VERSIONS, article, driver, record

from nlp_rotation.errors import StoreError, UsageError
from nlp_rotation.store.opening import open_store
from nlp_rotation.store.rows import Added, ArticleQuery, DriverQuery, Query
from nlp_rotation.types import Effect, Skipped, Window


def ids(rows):
    return [row.origin.article_id for row in rows]


def moment(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def counts(store, query=DriverQuery(), every="day"):  # noqa: B008
    return [
        (str(row.period), row.category, row.drivers, row.articles)
        for row in store.timeline(query, every=every)
    ]


# --- adding ---------------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was_added(store):
    added = store.add([record()], extracted_at=RUN)
    assert added == Added(written=1)
    assert store.record("a1") == record()


def test_the_same_record_again_writes_nothing(store):
    store.add([record()], extracted_at=RUN)
    before = list(store.articles())
    assert store.add([record()], extracted_at=NEXT_RUN) == Added(unchanged=1)
    assert list(store.articles()) == before
    assert counts(store) == [("2024-07-16", "monetary.rate_cut", 1, 1)]


def test_the_same_record_twice_in_one_batch_is_stored_once(store):
    assert store.add([record(), record()], extracted_at=RUN) == Added(written=1, unchanged=1)
    assert ids(store.articles()) == ["a1"]


def test_newer_versions_append_an_edition_and_supersede_the_old_one(store):
    store.add([record()], extracted_at=RUN)
    again = record(versions=NEWER, drivers=[driver("macro.labor")])
    assert store.add([again], extracted_at=NEXT_RUN) == Added(written=1, superseded=1)
    assert store.record("a1") == again
    assert [row.category for row in store.drivers()] == ["macro.labor"]
    assert counts(store) == [("2024-07-16", "macro.labor", 1, 1)]


def test_two_texts_under_one_id_in_one_run_leave_the_later_one_current(store):
    longer = record(text=f"{TEXT} More to come.")
    assert store.add([record(), longer], extracted_at=RUN) == Added(written=2, superseded=1)
    assert store.record("a1") == longer


def test_an_old_run_written_late_supersedes_nothing(store):
    store.add([record(versions=NEWER)], extracted_at=NEXT_RUN)
    assert store.add([record()], extracted_at=RUN) == Added(written=1)
    assert store.record("a1").versions == NEWER
    assert counts(store) == [("2024-07-16", "monetary.rate_cut", 1, 1)]


def test_going_back_to_versions_that_are_stored_writes_nothing(store):
    store.add([record()], extracted_at=RUN)
    store.add([record(versions=NEWER)], extracted_at=NEXT_RUN)
    assert store.add([record()], extracted_at=NEXT_RUN) == Added(unchanged=1)
    assert store.record("a1").versions == NEWER


def test_records_before_one_that_fails_are_kept(store):
    def broken():
        yield record("a1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.add(broken(), extracted_at=RUN)
    assert ids(store.articles()) == ["a1"]


@pytest.mark.parametrize(
    ("given", "versions", "known"),
    [
        ({}, VERSIONS, True),
        ({}, dict(reversed(VERSIONS.items())), True),  # order of keys is no version
        ({}, NEWER, False),
        ({"text": "Another text."}, VERSIONS, False),
        ({"day": "2024-07-17"}, VERSIONS, False),  # windows follow the date
        ({"id": "a2"}, VERSIONS, False),
    ],
)
def test_has_tells_whether_anything_is_left_to_do(store, given, versions, known):
    store.add([record()], extracted_at=RUN)
    assert store.has(article(**given), versions) is known


def test_a_file_that_moved_is_the_same_article(store):
    store.add([record()], extracted_at=RUN)
    from dataclasses import replace

    assert store.has(replace(article(), source_path="elsewhere.txt"), VERSIONS)


def test_text_that_no_database_takes_comes_back_whole(store):
    odd = record(text=f"{TEXT} \ud800 \x00 end", source="A \udfff")
    store.add([odd], extracted_at=RUN)
    assert store.record("a1") == odd
    assert next(store.articles()).origin.source == "A \ufffd"


# --- rows -----------------------------------------------------------------------------------------


def test_every_row_carries_its_origin(store):
    store.add([record(at="2024-07-16T16:30-04:00")], extracted_at=RUN)
    for rows in (store.articles(), store.mentions(), store.moves(), store.drivers(), store.rotations()):
        origin = next(rows).origin
        assert origin.article_id == "a1"
        assert (origin.title, origin.source) == ("Banks lead the way", "The Daily Ledger")
        assert origin.url == "https://example.org/a1"
        assert origin.published_at == moment("2024-07-16T20:30")
        assert origin.day == dt.date(2024, 7, 16)
        assert origin.knowable_at == moment("2024-07-16T20:30")
        assert origin.extracted_at == RUN
        assert origin.versions == VERSIONS


def test_every_extracted_row_carries_its_evidence(store):
    store.add([record()], extracted_at=RUN)
    for rows in (store.mentions(), store.moves(), store.drivers(), store.rotations()):
        for evidence in (row.evidence for row in rows):
            assert TEXT[evidence.start : evidence.end] == evidence.text
            assert TEXT[evidence.sentence_start : evidence.sentence_end] == evidence.sentence
            assert evidence.text in evidence.sentence


def test_a_span_outside_every_sentence_has_none(store):
    from dataclasses import replace

    store.add([replace(record(), sentences=())], extracted_at=RUN)
    evidence = next(store.drivers()).evidence
    assert (evidence.sentence_start, evidence.sentence_end, evidence.sentence) == (None, None, None)


def test_rows_say_what_the_record_says(store):
    cause = driver(
        effects=(("sector:banks", "up"), ("sector:semis", "down")),
        hedged=True,
        relation="predicts",
        speaker="Ann Lee",
        firm="Lee & Co",
        confidence=0.5,
    )
    store.add([record(drivers=[cause])], extracted_at=RUN)
    row = next(store.drivers())
    assert row.effects == (
        Effect(on="sector:banks", direction="up"),
        Effect(on="sector:semis", direction="down"),
    )
    assert (row.hedged, row.relation, row.rank) == (True, "predicts", 1)
    assert (row.speaker, row.firm, row.confidence) == ("Ann Lee", "Lee & Co", 0.5)
    rise, fall = store.moves()
    assert (rise.pct, rise.range, fall.pct, fall.range) == (3.0, None, -2.0, (-2.5, -1.5))
    assert rise.window == Window(text="on Tuesday", start=dt.date(2024, 7, 15), end=dt.date(2024, 7, 16))
    assert (rise.approx, rise.intraday, rise.status) == (False, False, "reported")
    shift = next(store.rotations())
    assert (shift.from_, shift.to, shift.window) == ("sector:semis", "sector:banks", None)
    assert next(store.mentions()).sentiment == MOOD
    assert next(store.articles()).sentiment == MOOD


# --- filters --------------------------------------------------------------------------------------


@pytest.fixture
def filled(store):
    store.add(
        [
            record("early", day="2024-07-12", source="Morning Post"),
            record("late", day="2024-07-16", drivers=[driver("macro.labor", (("^GSPC", "down"),))]),
            record("undated", day=None, drivers=[driver("monetary.fed_speak", ())]),
        ],
        extracted_at=RUN,
    )
    return store


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["late", "early", "undated"]),  # the newest first, without a day last
        ({"category": "monetary.rate_cut"}, ["early"]),
        ({"category": "monetary"}, ["early", "undated"]),
        ({"category": "mon"}, []),  # a group is a whole name
        ({"subject": "sector:banks"}, ["early"]),
        ({"subject": "^GSPC"}, ["late"]),
        ({"source": "morning post"}, ["early"]),  # case does not matter
        ({"since": dt.date(2024, 7, 16)}, ["late"]),  # both ends are included
        ({"until": dt.date(2024, 7, 12)}, ["early"]),
        ({"since": dt.date(2024, 7, 12), "until": dt.date(2024, 7, 16)}, ["late", "early"]),
        ({"limit": 2}, ["late", "early"]),
        ({"category": "monetary", "source": "Morning Post", "subject": "sector:banks"}, ["early"]),
    ],
)
def test_drivers_pass_the_filters(filled, filters, found):
    assert ids(filled.drivers(DriverQuery(**filters))) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"subject": "sector:semis", "limit": 2}, ["late", "early"]),
        ({"category": "macro"}, ["late"]),
        ({"category": "macro.labor", "subject": "nothing"}, []),
        ({"source": "Morning Post"}, ["early"]),
    ],
)
def test_articles_pass_the_filters(filled, filters, found):
    assert ids(filled.articles(ArticleQuery(**filters))) == found


def test_moves_and_rotations_are_found_by_their_subject(filled):
    assert {row.pct for row in filled.moves(Query(subject="sector:banks"))} == {3.0}
    assert ids(filled.rotations(Query(subject="sector:semis"))) == ["late", "early", "undated"]
    assert ids(filled.rotations(Query(subject="group:value"))) == []
    assert {row.evidence.text for row in filled.mentions(Query(subject="sector:banks"))} == {"Lenders"}


# --- timelines ------------------------------------------------------------------------------------


def test_timeline_counts_by_day_and_leaves_the_undated_to_the_end(filled):
    assert counts(filled) == [
        ("2024-07-12", "monetary.rate_cut", 1, 1),
        ("2024-07-16", "macro.labor", 1, 1),
        ("None", "monetary.fed_speak", 1, 1),
    ]


def test_timeline_by_week_begins_on_mondays(filled):
    filled.add([record("more", day="2024-07-21", drivers=[driver("macro.labor")])], extracted_at=RUN)
    assert counts(filled, every="week") == [
        ("2024-07-08", "monetary.rate_cut", 1, 1),
        ("2024-07-15", "macro.labor", 2, 2),
        ("None", "monetary.fed_speak", 1, 1),
    ]


@pytest.mark.parametrize(
    ("filters", "categories"),
    [
        ({"category": "monetary"}, ["monetary.rate_cut", "monetary.fed_speak"]),
        ({"subject": "^GSPC"}, ["macro.labor"]),
        ({"source": "MORNING post"}, ["monetary.rate_cut"]),
        ({"since": dt.date(2024, 7, 13)}, ["macro.labor"]),
        ({"until": dt.date(2024, 7, 13)}, ["monetary.rate_cut"]),
        ({"subject": "sector:banks", "source": "Morning Post"}, ["monetary.rate_cut"]),
        ({"recorded_as_of": RUN - dt.timedelta(seconds=1)}, []),
    ],
)
def test_timeline_passes_the_filters(filled, filters, categories):
    assert [row.category for row in filled.timeline(DriverQuery(**filters))] == categories


#: Two stories on one day, with every relation and several effects.
MIXED = [
    record(
        "m1",
        drivers=[
            driver(effects=(("sector:banks", "up"), ("sector:semis", "down"))),
            driver(effects=(("sector:banks", "down"),), hedged=True),
            driver(effects=(("sector:banks", "up"),), relation="denied"),
            driver(effects=(("sector:banks", "up"),), relation="ended"),
        ],
    ),
    record("m2", drivers=[driver(effects=(("sector:banks", "up"),)), driver(effects=())]),
]


@pytest.mark.parametrize(
    "clock",
    [{}, {"recorded_as_of": NEXT_RUN}],
    ids=["ready counts", "counted anew"],
)
@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        # drivers, articles, hedged, ended, up, down: those out of force point nowhere
        (None, (6, 2, 1, 2, 2, 2)),
        ("sector:banks", (5, 2, 1, 2, 2, 1)),
        ("sector:semis", (1, 1, 0, 0, 0, 1)),
    ],
)
def test_timeline_counts_hedges_relations_and_directions(store, clock, subject, expected):
    store.add(MIXED, extracted_at=RUN)
    (row,) = store.timeline(DriverQuery(subject=subject, **clock))
    assert (row.drivers, row.articles, row.hedged, row.ended, row.up, row.down) == expected


def test_timeline_after_a_superseded_edition_counts_the_new_one_alone(store):
    store.add(MIXED, extracted_at=RUN)
    store.add([record("m1", versions=NEWER, drivers=[])], extracted_at=NEXT_RUN)
    (row,) = store.timeline()
    assert (row.drivers, row.articles, row.up) == (2, 1, 1)
    store.add([record("m2", versions=NEWER, drivers=[])], extracted_at=NEXT_RUN)
    assert list(store.timeline()) == []


# --- clocks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "as_of", "seen"),
    [
        ({"at": "2024-07-16T16:30-04:00"}, "2024-07-16T20:29:59", False),
        ({"at": "2024-07-16T16:30-04:00"}, "2024-07-16T20:30", True),
        ({"day": "2024-07-16"}, "2024-07-17T11:59", False),  # the day is not over on Baker Island
        ({"day": "2024-07-16"}, "2024-07-17T12:00", True),
        ({"day": None}, "2030-01-01T00:00", False),  # nobody knows since when
    ],
)
def test_as_of_shows_what_was_knowable_then(store, when, as_of, seen):
    store.add([record(**when)], extracted_at=RUN)
    found = store.drivers(DriverQuery(as_of=moment(as_of)))
    assert ids(found) == (["a1"] if seen else [])


def test_as_of_shows_the_text_that_stood_there_then(store):
    first = record(at="2024-07-16T10:00+00:00")
    changed = record(at="2024-07-16T18:00+00:00", text=f"{TEXT} Updated.", drivers=[driver("macro.labor")])
    store.add([first, changed], extracted_at=RUN)
    noon, evening = moment("2024-07-16T12:00"), moment("2024-07-16T20:00")
    assert store.record("a1", as_of=noon) == first
    assert store.record("a1", as_of=evening) == changed
    assert [row.category for row in store.drivers(DriverQuery(as_of=noon))] == ["monetary.rate_cut"]
    assert [row.category for row in store.timeline(DriverQuery(as_of=evening))] == ["macro.labor"]


def test_recorded_as_of_shows_what_the_store_said_then(store):
    store.add([record()], extracted_at=RUN)
    store.add([record(versions=NEWER, drivers=[driver("macro.labor")])], extracted_at=NEXT_RUN)
    between = DriverQuery(recorded_as_of=NEXT_RUN - dt.timedelta(days=1))
    assert [row.category for row in store.drivers(between)] == ["monetary.rate_cut"]
    assert [row.category for row in store.timeline(between)] == ["monetary.rate_cut"]
    assert store.record("a1", recorded_as_of=between.recorded_as_of).versions == VERSIONS
    assert ids(store.drivers(DriverQuery(recorded_as_of=RUN - dt.timedelta(seconds=1)))) == []
    assert [row.category for row in store.drivers(DriverQuery(recorded_as_of=NEXT_RUN))] == ["macro.labor"]


def test_a_time_without_a_zone_is_refused(store):
    with pytest.raises(UsageError):
        store.drivers(DriverQuery(as_of=dt.datetime(2024, 7, 16)))
    with pytest.raises(UsageError):
        store.add([record()], extracted_at=dt.datetime(2024, 7, 16))


def test_a_record_that_is_not_there_is_an_error(store):
    with pytest.raises(StoreError, match="nowhere"):
        store.record("nowhere")
    store.add([record()], extracted_at=RUN)
    with pytest.raises(StoreError, match="a1"):
        store.record("a1", as_of=moment("2020-01-01T00:00"))


# --- search ---------------------------------------------------------------------------------------

SEARCHED = [
    record("one", text="Small caps rallied as the Fed hinted at a cut. Caps and gowns.", day="2024-07-12"),
    record(
        "two", text="Caps on prices; small talk at the central bank. Café Zürich closed.", day="2024-07-16"
    ),
    record("three", text='S&P 500 up 3.5%; U.S. yields down. It\'s "AND" OR not.', day=None),
]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("small caps", {"one", "two"}),  # all the words, in any order
        ('"small caps"', {"one"}),  # in quotes: one after the other
        ("SMALL rallied", {"one"}),
        ("cap", set()),  # whole words
        ("cafe zurich", {"two"}),  # accents do not matter
        ("café", {"two"}),
        ("S&P 500", {"three"}),
        ("3.5%", {"three"}),
        ("and or not", {"three"}),  # no word is an operator
        ('AND"', {"one", "three"}),  # an open quote is none
        ("text: rallied*", set()),
    ],
)
def test_search_finds_articles_with_all_the_words(store, words, found):
    store.add(SEARCHED, extracted_at=RUN)
    assert {row.article.origin.article_id for row in store.search(words)} == found


def test_search_passes_the_filters_and_shows_where(store):
    store.add(SEARCHED, extracted_at=RUN)
    (hit,) = store.search("caps", ArticleQuery(since=dt.date(2024, 7, 14)))
    assert hit.article.origin.article_id == "two"
    assert hit.excerpt.startswith("Caps on prices")
    assert len(list(store.search("caps", ArticleQuery(limit=1)))) == 1
    assert list(store.search("caps", ArticleQuery(category="macro"))) == []


def test_search_sees_current_editions_alone(store):
    store.add(SEARCHED, extracted_at=RUN)
    store.add([record("one", text="Nothing to see.")], extracted_at=NEXT_RUN)
    assert {row.article.origin.article_id for row in store.search("caps")} == {"two"}
    then = ArticleQuery(recorded_as_of=RUN)
    assert {row.article.origin.article_id for row in store.search("caps", then)} == {"one", "two"}


@pytest.mark.parametrize("words", ["", "  ", '""', "%&"])
def test_search_for_nothing_is_refused(store, words):
    with pytest.raises(UsageError):
        store.search(words)


# --- the ledger, and ending -----------------------------------------------------------------------


def test_the_ledger_keeps_each_skip_once(store):
    first = Skipped(source_path="a.pdf", stage="acquire", reason="not a text")
    second = Skipped(source_path="b.json", locator="line 2", stage="parse", reason="empty", loss=False)
    store.add_skips([first])
    store.add_skips([first, second])
    store.add_skips([])
    assert list(store.skips()) == [first, second]


def test_what_was_added_is_there_when_opened_again(path):
    with open_store(path) as first:
        first.add([record()], extracted_at=RUN)
        first.add_skips([Skipped(source_path="a.pdf", stage="acquire", reason="not a text")])
    with open_store(path, mode="read") as second:
        assert second.record("a1") == record()
        assert len(list(second.skips())) == 1
        assert counts(second) == [("2024-07-16", "monetary.rate_cut", 1, 1)]
    with open_store(path) as third:
        assert third.has(article(), VERSIONS)


def test_a_new_store_answers_with_nothing(store):
    assert list(store.articles()) == []
    assert list(store.drivers()) == []
    assert list(store.timeline()) == []
    assert list(store.skips()) == []
    assert list(store.search("anything")) == []


def test_reading_a_store_that_is_not_there_is_an_error_and_makes_none(path):
    with pytest.raises(StoreError, match="there is no store"):
        open_store(f"{path}", mode="read")
    assert not path.exists()


def test_a_store_opened_to_read_cannot_be_written(path):
    open_store(path).close()
    with open_store(path, mode="read") as reader, pytest.raises(StoreError):
        reader.add([record()], extracted_at=RUN)


def test_a_closed_store_says_so(path):
    store = open_store(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        list(store.drivers())
