"""Older stores become newer ones, and a new store is what an old one became."""

from __future__ import annotations

import sqlite3

import pytest
from record_factories import NEWER, NEXT_RUN, RUN, driver, record

from nlp_rotation.store import schema
from nlp_rotation.store.opening import open_store
from nlp_rotation.store.rows import DriverQuery
from nlp_rotation.store.sqlite_open import connect_to_write

RECORDS = [
    record("a1", drivers=[driver(effects=(("sector:banks", "up"), ("^GSPC", "down"))), driver(hedged=True)]),
    record("a2", day=None, drivers=[driver("macro.labor", relation="denied")]),
    record("a3", day="2024-07-17", drivers=[]),
]
NEWER_RECORDS = [record("a1", versions=NEWER, drivers=[driver("macro.growth")])]


@pytest.fixture
def old(tmp_path):
    """A store of schema 1: today's rows, taken back to before the counts and the search."""
    path = tmp_path / "rotation.db"
    with open_store(path) as store:
        store.add(RECORDS, extracted_at=RUN)
        store.add(NEWER_RECORDS, extracted_at=NEXT_RUN)
    connection = sqlite3.connect(path)
    for (view,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
        connection.execute(f"DROP VIEW {view}")
    for later in (
        "words",
        "facet_day",
        "label",
        "source_state",
        "seen_entry",
        "story_key",
        "story_link",
        "claim",
        "signal",
        "restated",
    ):
        connection.execute(f"DROP TABLE {later}")
    connection.execute("DROP INDEX edition_late")
    for column in ("updated_at", "publisher", "canonical_url", "item_kind"):
        connection.execute(f"ALTER TABLE edition DROP COLUMN {column}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    return path


def tables(path):
    connection = sqlite3.connect(path)
    found = dict(connection.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"))
    connection.close()
    return found


@pytest.mark.parametrize("mode", ["create", "read"])
def test_an_old_store_is_brought_up_to_date_when_it_is_opened(old, tmp_path, mode):
    fresh = tmp_path / "fresh.db"
    with open_store(fresh) as store:
        store.add(RECORDS, extracted_at=RUN)
        store.add(NEWER_RECORDS, extracted_at=NEXT_RUN)
        expected = {
            subject: list(store.timeline(DriverQuery(subject=subject)))
            for subject in (None, "sector:banks", "^GSPC")
        }
    with open_store(old, mode=mode) as store:
        for subject, rows in expected.items():
            assert list(store.timeline(DriverQuery(subject=subject))) == rows
        assert {hit.article.origin.article_id for hit in store.search("rate cut")} == {"a1", "a2", "a3"}
        assert store.record("a1") == NEWER_RECORDS[0]
        assert store.record("a1", recorded_as_of=RUN) == RECORDS[0]
    assert tables(old) == tables(fresh)


def test_versions_count_up_from_one_without_a_gap():
    assert list(schema.MIGRATIONS) == list(range(1, schema.CURRENT_VERSION + 1))


def test_a_migration_that_fails_leaves_the_old_store(old, monkeypatch):
    broken = {**schema.MIGRATIONS, 2: schema.MIGRATIONS[2] + "\nSELECT no_such_column;\n"}
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    before = tables(old)
    with pytest.raises(Exception, match="no_such_column"):
        connect_to_write(old)
    assert tables(old) == before


def test_a_store_says_whose_it_is(old):
    connection = sqlite3.connect(old)
    assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
