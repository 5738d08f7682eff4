"""The ledger of sources: kept by both back ends, replaced as a whole, empty for what was never read."""

import datetime as dt

import pytest

from nlp_rotation.errors import StoreError
from nlp_rotation.store.opening import open_store
from nlp_rotation.types import SeenEntry, SourceState

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
FEED = "https://a.example/feed"
STATE = SourceState(
    source=FEED,
    attempted_at=NOON,
    succeeded_at=NOON,
    due_at=NOON + dt.timedelta(minutes=15),
    new=3,
    known=40,
    failed=1,
    written=43,
    reason="a page was not had",
    etag='"v1"',
    last_modified="Mon, 02 Mar 2026 11:58:00 GMT",
    moved_to="https://b.example/feed",
)


def test_a_source_that_was_never_read_has_an_empty_state(store):
    assert store.source(FEED) == SourceState(source=FEED)
    assert (list(store.sources()), dict(store.seen(FEED))) == ([], {})


def test_a_state_comes_back_as_it_was_kept(store):
    store.keep_source(STATE)
    assert store.source(FEED) == STATE


def test_a_later_state_takes_the_place_of_the_earlier(store):
    store.keep_source(STATE)
    store.keep_source(SourceState(source=FEED, failures=2, reason="no answer"))
    assert list(store.sources()) == [SourceState(source=FEED, failures=2, reason="no answer")]


def test_sources_come_by_name(store):
    for name in ("b", "a", "c"):
        store.keep_source(SourceState(source=name))
    assert [state.source for state in store.sources()] == ["a", "b", "c"]


def test_entries_are_remembered_by_source(store):
    store.mark_seen(FEED, [SeenEntry(entry="1", digest="x"), SeenEntry(entry="2", digest="y", tries=1)])
    store.mark_seen("other", [SeenEntry(entry="1", digest="z")])
    store.mark_seen(FEED, [SeenEntry(entry="2", digest="y")])
    assert dict(store.seen(FEED)) == {
        "1": SeenEntry(entry="1", digest="x"),
        "2": SeenEntry(entry="2", digest="y"),
    }


def test_the_ledger_outlives_the_program(path):
    with open_store(path) as store:
        store.keep_source(STATE)
        store.mark_seen(FEED, [SeenEntry(entry="1", digest="x")])
    with open_store(path, mode="read") as store:
        assert (store.source(FEED), len(store.seen(FEED))) == (STATE, 1)


def test_a_reader_enters_nothing(path):
    open_store(path).close()
    with open_store(path, mode="read") as store, pytest.raises(StoreError):
        store.keep_source(STATE)
