"""What only the SQLite store has: readers beside a writer, one file to be foreign, full or damaged."""

from __future__ import annotations

import datetime as dt
import resource
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from record_factories import NEWER, NEXT_RUN, RUN, article, driver, record

from nlp_rotation.errors import ForeignStoreError, StoreError
from nlp_rotation.store import sqlite, sqlite_open
from nlp_rotation.store.catalogue import views
from nlp_rotation.store.opening import open_store
from nlp_rotation.store.rows import DriverQuery
from nlp_rotation.store.selecting import Selection, place_of
from nlp_rotation.store.sqlite import SqliteStore

HERE = Path(__file__).parent

#: After the articles of some days, before those of others.
EVENING = dt.datetime(2024, 7, 5, 22, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rotation.db"


@pytest.fixture(scope="module")
def halves(tmp_path_factory):
    """A store of articles of nine days, some of them read again by a later run."""
    path = tmp_path_factory.mktemp("halves") / "rotation.db"
    some = [
        record(f"a{n}", day=f"2024-07-{n % 9 + 1:02d}", drivers=[driver(), driver("macro.labor", ())])
        for n in range(20)
    ]
    again = [
        record(f"a{n}", versions=NEWER, drivers=[driver("macro.labor", (("^GSPC", "down"),))])
        for n in range(0, 20, 3)
    ]
    with open_store(path) as store:
        store.add(some, extracted_at=RUN)
        store.add(again, extracted_at=NEXT_RUN)
    return path


def ids(store):
    return {row.origin.article_id for row in store.articles()}


def run_beside(script: str, *arguments: object, **options) -> subprocess.Popen[str]:
    """Start a script in a process of its own, with the record factories at hand."""
    preamble = f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
    return subprocess.Popen(
        [sys.executable, "-c", preamble + textwrap.dedent(script), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


# --- company --------------------------------------------------------------------------------------


def test_a_reader_sees_whole_batches_while_a_writer_writes(path):
    with open_store(path) as writer, open_store(path, mode="read") as reader:
        writer.add([record("a1")], extracted_at=RUN)
        rows = reader.articles()
        next(rows)  # the reader is in the middle of its answer
        writer.add([record("a2")], extracted_at=RUN)
        assert list(rows) == []
        assert ids(reader) == {"a1", "a2"}


def test_a_second_writer_waits_for_the_first(path):
    with open_store(path) as first, open_store(path) as second:
        first.add([record("a1")], extracted_at=RUN)
        second.add([record("a2")], extracted_at=RUN)
        first.add([record("a2")], extracted_at=RUN)
        assert ids(first) == ids(second) == {"a1", "a2"}


def test_a_writer_that_waits_too_long_says_so_in_one_line(path):
    with SqliteStore(path, busy_seconds=0.1) as store:
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing") as caught:
            store.add([record()], extracted_at=RUN)
        assert "\n" not in str(caught.value)
        blocker.close()
        assert store.add([record()], extracted_at=RUN).written == 1


def test_two_processes_fill_one_new_store_at_the_same_time(path):
    script = """
        from record_factories import RUN, record
        from nlp_rotation.store.opening import open_store
        with open_store(sys.argv[1]) as store:
            for n in range(60):
                store.add([record(f"{sys.argv[2]}{n % 50}"), record(f"both{n}")], extracted_at=RUN)
    """
    writers = [run_beside(script, path, name) for name in ("x", "y")]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    with open_store(path, mode="read") as store:
        assert len(ids(store)) == len(list(store.articles())) == 160
        assert sum(row.drivers for row in store.timeline()) == 160


# --- files of others ------------------------------------------------------------------------------


def foreign_text(path):
    path.write_text("Notes of mine, not a database at all.")


def foreign_database(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (a)")
    connection.commit()
    connection.close()


def foreign_application(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id = 42")
    connection.close()


@pytest.mark.parametrize("mode", ["create", "read"])
@pytest.mark.parametrize("make", [foreign_text, foreign_database, foreign_application])
def test_a_file_that_is_not_ours_is_left_as_it_is(path, make, mode):
    make(path)
    before = path.read_bytes()
    with pytest.raises(ForeignStoreError, match=r"rotation\.db"):
        open_store(path, mode=mode)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["rotation.db"]


def test_an_empty_file_becomes_a_store_and_is_none_to_read(path):
    path.touch()
    with pytest.raises(ForeignStoreError, match="empty"):
        open_store(path, mode="read")
    with open_store(path) as store:
        assert ids(store) == set()


def test_a_folder_that_does_not_exist_is_one_line(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "nowhere" / "rotation.db")


def test_a_store_of_a_later_schema_is_refused(path):
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="upgrade"):
        open_store(path)


def test_a_damaged_store_is_one_line(path):
    with open_store(path) as store:
        store.add([record(f"a{n}") for n in range(50)], extracted_at=RUN)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught, open_store(path) as store:
        list(store.drivers())
    assert "\n" not in str(caught.value)


def test_a_store_on_a_read_only_disk_can_be_read(path, monkeypatch):
    with open_store(path) as store:
        store.add([record()], extracted_at=RUN)
    monkeypatch.setattr(sqlite_open, "_is_writable", lambda _: False)
    with open_store(path, mode="read") as store:
        assert ids(store) == {"a1"}
    assert [file.name for file in path.parent.iterdir()] == ["rotation.db"]


# --- a full disk ----------------------------------------------------------------------------------


def fill_up(store):
    for n in range(2000):
        store.add([record(f"a{n}")], extracted_at=RUN)


def test_a_full_store_stops_in_one_line_with_what_it_had(path):
    with open_store(path) as store:
        store.add([record("first")], extracted_at=RUN)
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(StoreError, match=r"disk is full.*run again") as caught:
            fill_up(store)
        assert "\n" not in str(caught.value)
        kept = ids(store)
    with open_store(path) as store:
        assert "first" in kept
        assert len(kept) > 1
        assert ids(store) == kept
        assert sum(row.drivers for row in store.timeline()) == len(kept)
        store.add([record(id) for id in kept], extracted_at=NEXT_RUN)
        assert len(list(store.articles())) == len(kept)


def test_a_disk_that_takes_no_more_stops_in_one_line_with_what_it_had(path):
    script = """
        from record_factories import RUN, record
        from nlp_rotation.errors import StoreError
        from nlp_rotation.store.opening import open_store
        try:
            with open_store(sys.argv[1]) as store:
                for n in range(5000):
                    store.add([record(f"a{n}")], extracted_at=RUN)
                    print(f"a{n}", flush=True)
        except StoreError as error:
            sys.exit(f"StoreError: {error}")
    """

    def shrink_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    writer = run_beside(script, path, preexec_fn=shrink_disk)
    told, errors = writer.communicate(timeout=120)
    assert writer.returncode == 1
    assert errors.startswith("StoreError")
    assert errors.count("\n") == 1
    with open_store(path) as store:
        assert ids(store) == set(told.split())
        assert store.add([record("after")], extracted_at=RUN).written == 1


# --- a sudden end ---------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [0, 1, 7])
def test_a_killed_writer_loses_and_doubles_nothing(path, after):
    script = """
        from record_factories import RUN, record
        from nlp_rotation.store.opening import open_store
        with open_store(sys.argv[1]) as store:
            print("open", flush=True)
            for n in range(0, 4000, 20):
                store.add((record(f"a{m}") for m in range(n, n + 20)), extracted_at=RUN)
                print(n, flush=True)
    """
    writer = run_beside(script, path)
    for _ in range(after + 1):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    with open_store(path) as store:
        kept = ids(store)
        assert len(kept) >= 20 * after
        assert len(kept) % 20 == 0  # batches are whole
        everything = [record(f"a{n}") for n in range(300)]
        added = store.add(everything, extracted_at=NEXT_RUN)
        assert added.unchanged == len(kept & {item.article.id for item in everything})
        assert len(list(store.articles())) == len(kept | {item.article.id for item in everything})
        assert sum(row.drivers for row in store.timeline()) == len(ids(store))


# --- counts kept ready ----------------------------------------------------------------------------


def test_ready_counts_are_those_that_counting_gives(path):
    first = [
        record(f"a{n}", day=f"2024-07-{n % 9 + 1:02d}", drivers=[driver(), driver("macro.labor", ())])
        for n in range(40)
    ]
    second = [
        record(f"a{n}", versions=NEWER, drivers=[driver("macro.labor", (("^GSPC", "down"),), hedged=True)])
        for n in range(0, 40, 3)
    ]
    with open_store(path) as store:
        store.add(first, extracted_at=RUN)
        store.add(second, extracted_at=NEXT_RUN)
        for subject in (None, "sector:banks", "^GSPC"):
            ready = list(store.timeline(DriverQuery(subject=subject)))
            counted = list(store.timeline(DriverQuery(subject=subject, recorded_as_of=NEXT_RUN)))
            assert ready == counted


def test_known_articles_leave_the_file_alone(path):
    with open_store(path) as store:
        store.add([record()], extracted_at=RUN)
    before = path.read_bytes()
    with open_store(path) as store:
        assert store.has(article(), record().versions)
        store.add([record()], extracted_at=NEXT_RUN)
    assert path.read_bytes() == before


@pytest.mark.parametrize("view", ["drivers", "articles", "moves"])
@pytest.mark.parametrize("subject", [None, "sector:banks", "^GSPC"])
@pytest.mark.parametrize(
    "clock", [{}, {"as_of": EVENING}, {"recorded_as_of": RUN}, {"recorded_as_of": NEXT_RUN}]
)
def test_few_rows_are_found_another_way_and_are_the_same(halves, monkeypatch, view, subject, clock):
    """A page is met on the way back in time, where all rows together are gathered and put in order."""
    monkeypatch.setattr(sqlite, "_BUSY", 1)
    filters = {**clock, **({"subject": (subject,)} if subject else {})}
    with open_store(halves, mode="read") as store:
        everything = list(store.rows(Selection(view=view, filters=filters)))
        page = list(store.rows(Selection(view=view, filters=filters, limit=7)))
        after = place_of(views()[view], page[-1]) if page else ()
        rest = list(store.rows(Selection(view=view, filters=filters, limit=1000, after=after)))
    assert page == everything[:7]
    assert rest == everything[7:]
