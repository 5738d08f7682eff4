"""What only the lake has: a folder by month, files that appear whole, writers that take turns."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from record_factories import NEWER, NEXT_RUN, RUN, TEXT, record

from nlp_rotation.errors import ForeignStoreError, StoreError
from nlp_rotation.store import lake_files, lake_lock, lake_merge
from nlp_rotation.store.flatten import flatten
from nlp_rotation.store.lake import LakeStore
from nlp_rotation.store.lake_schema import arrow_schema
from nlp_rotation.store.opening import is_lake, open_store
from nlp_rotation.types import Skipped

HERE = Path(__file__).parent


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rotation.lake"


def ids(store):
    return {row.origin.article_id for row in store.articles()}


def run_beside(script: str, *arguments: object, **options) -> subprocess.Popen[str]:
    preamble = f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
    return subprocess.Popen(
        [sys.executable, "-c", preamble + textwrap.dedent(script), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


# --- files ----------------------------------------------------------------------------------------


def test_articles_lie_by_the_month_of_their_publication(path):
    with open_store(path) as store:
        store.add(
            [record("a", day="2024-07-01"), record("b", day="2024-08-31"), record("c", day=None)],
            extracted_at=RUN,
        )
    months = {
        file.parent.name: pq.ParquetFile(file).read(columns=["article_id"]).to_pylist()
        for file in lake_files.parts(path)
        if lake_files.numbers(file) != (0, 0)
    }
    assert months == {
        "month=2024-07": [{"article_id": "a"}],
        "month=2024-08": [{"article_id": "b"}],
        "month=undated": [{"article_id": "c"}],
    }


def test_a_file_holds_articles_with_all_that_belongs_to_them(path):
    with open_store(path) as store:
        store.add([record()], extracted_at=RUN)
    (row,) = pq.ParquetFile(lake_files.parts(path)[0]).read().to_pylist()
    assert row["text"] == TEXT
    assert [move["pct"] for move in row["move"]] == [3.0, -2.0]
    assert row["driver"][0]["category"] == "monetary.rate_cut"
    assert row["effect"] == [{"driver": 0, "n": 0, "subject": "sector:banks", "direction": "up"}]


def test_known_articles_leave_the_files_alone(path):
    def files():
        return {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}

    with open_store(path) as store:
        store.add([record()], extracted_at=RUN)
    before = files()
    with open_store(path) as store:
        store.add([record()], extracted_at=NEXT_RUN)
    assert files() == before


def test_an_unfinished_file_is_seen_by_nobody_and_swept_by_the_next_writer(path):
    with open_store(path) as store:
        store.add([record("a1")], extracted_at=RUN)
    torn = path / "records" / "month=2024-07" / "part-000000000002-000000000002.parquet.unfinished"
    torn.write_bytes(b"PAR1 and then the power went")
    with open_store(path) as store:
        assert ids(store) == {"a1"}
        store.add([record("a2")], extracted_at=RUN)
        assert ids(store) == {"a1", "a2"}
    assert not torn.exists()


def test_a_path_with_a_quote_in_it_is_only_a_path(tmp_path):
    with open_store(tmp_path / "it's.lake") as store:
        store.add([record()], extracted_at=RUN)
        assert ids(store) == {"a1"}


# --- merging --------------------------------------------------------------------------------------


@pytest.fixture
def many(path):
    """A lake written in forty short batches."""
    with open_store(path) as store:
        for n in range(40):
            store.add([record(f"a{n}"), record(f"b{n}", day="2024-08-01")], extracted_at=RUN)
    return path


def test_many_short_batches_leave_few_files_and_all_articles(many):
    expected = {f"{letter}{n}" for letter in "ab" for n in range(40)}
    assert len(lake_files.parts(many)) < 40
    with open_store(many) as store:
        assert len(list(store.articles())) == 80
        assert ids(store) == expected
        assert store.add([record("a0"), record("b39", day="2024-08-01")], extracted_at=RUN).unchanged == 2


def test_files_that_were_merged_stay_until_no_reader_needs_them(many):
    before = lake_files.parts(many)
    merged = lake_files.merged_parts(many)
    lake_merge.remove_merged(many)
    assert lake_files.merged_parts(many) == merged != []
    lake_merge.remove_merged(many, grace_seconds=-1)
    assert lake_files.merged_parts(many) == []
    assert lake_files.parts(many) == before
    with open_store(many, mode="read") as store:
        assert len(list(store.articles())) == 80


def test_a_reader_follows_files_that_are_merged(path):
    with open_store(path) as writer, open_store(path, mode="read") as reader:
        for n in range(20):
            writer.add([record(f"a{n}")], extracted_at=RUN)
            assert len(list(reader.articles())) == n + 1


@pytest.mark.parametrize(
    ("path", "home", "inside"),
    [
        ("m/part-1-1.parquet", "m/part-1-9.parquet", True),
        ("m/part-1-9.parquet", "m/part-1-9.parquet", True),
        ("m/part-9-10.parquet", "m/part-1-9.parquet", False),
        ("m/part-1-1.parquet", "n/part-1-9.parquet", False),  # another month
    ],
)
def test_what_was_merged_is_read_off_the_names(path, home, inside):
    assert lake_files.is_inside(Path(path), Path(home)) is inside


def test_large_files_are_left_alone(many, monkeypatch):
    monkeypatch.setattr(lake_merge, "_LARGE", 1)
    with open_store(many) as store:
        before = len(lake_files.parts(many))
        for n in range(20):
            store.add([record(f"c{n}")], extracted_at=RUN)
        assert len(lake_files.parts(many)) == before + 20


# --- company --------------------------------------------------------------------------------------


def test_a_reader_opened_before_sees_what_is_written_after(path):
    with open_store(path) as writer, open_store(path, mode="read") as reader:
        writer.add([record()], extracted_at=RUN)
        assert ids(reader) == {"a1"}


def test_a_writer_knows_what_another_has_written_since(path):
    with open_store(path) as first, open_store(path) as second:
        first.add([record("a1")], extracted_at=RUN)
        assert second.add([record("a1"), record("a2")], extracted_at=RUN).unchanged == 1
        assert first.has(record("a2").article, record().versions)
        editions = [row.origin.edition for row in first.articles()]
        assert len(editions) == len(set(editions)) == 2


def test_a_writer_that_waits_too_long_says_so_in_one_line(path):
    with LakeStore(path, busy_seconds=0.1) as store, lake_lock.writing(path, busy_seconds=1):
        with pytest.raises(StoreError, match="another process is writing") as caught:
            store.add([record()], extracted_at=RUN)
        assert "\n" not in str(caught.value)


# --- folders of others ----------------------------------------------------------------------------


def test_a_folder_that_is_not_ours_is_left_as_it_is(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    for mode in ("create", "read"):
        with pytest.raises(ForeignStoreError):
            open_store(folder, mode=mode)
    assert [file.name for file in folder.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("mark", ["", "[]", '{"schema": null}', '{"format": "another"}'])
def test_a_mark_that_is_not_ours_is_refused(path, mark):
    path.mkdir()
    (path / lake_files.MARK_NAME).write_text(mark)
    with pytest.raises(ForeignStoreError):
        open_store(path)


def test_a_lake_of_a_later_schema_is_refused(path):
    open_store(path).close()
    (path / lake_files.MARK_NAME).write_text(json.dumps({"format": "nlp-rotation lake", "schema": 99}))
    with pytest.raises(StoreError, match="upgrade"):
        open_store(path)


def test_a_damaged_file_is_one_line(path):
    with open_store(path) as store:
        store.add([record()], extracted_at=RUN)
        lake_files.parts(path)[0].write_bytes(b"not parquet at all")
        with pytest.raises(StoreError) as caught:
            list(store.drivers())
        assert "\n" not in str(caught.value)
    with pytest.raises(StoreError), open_store(path) as store:
        store.add([record("a2")], extracted_at=RUN)


# --- a full disk, and a sudden end ----------------------------------------------------------------


def test_a_disk_that_takes_no_more_stops_in_one_line_with_what_it_had(path):
    script = """
        from dataclasses import replace
        from random import Random
        from record_factories import RUN, record
        from nlp_rotation.errors import StoreError
        from nlp_rotation.store.opening import open_store
        store = open_store(sys.argv[1])
        store.add([record("first")], extracted_at=RUN)
        long_text = Random(1).randbytes(400_000).hex()
        try:
            store.add([record("long", text=long_text)], extracted_at=RUN)
        except StoreError as error:
            assert store.add([record("after")], extracted_at=RUN).written == 1
            assert not store.has(record("long", text=long_text).article, record().versions)
            sys.exit(f"StoreError: {error}")
    """

    def shrink_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    writer = run_beside(script, path, preexec_fn=shrink_disk)
    _, errors = writer.communicate(timeout=120)
    assert errors.startswith("StoreError")
    assert errors.count("\n") == 1
    assert not list(path.rglob("*.unfinished"))
    with open_store(path) as store:
        assert ids(store) == {"first", "after"}


@pytest.mark.parametrize("after", [0, 3])
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
        everything = [record(f"a{n}") for n in range(200)]
        added = store.add(everything, extracted_at=NEXT_RUN)
        assert added.unchanged == len(kept & {item.article.id for item in everything})
        assert len(list(store.articles())) == len(kept | {item.article.id for item in everything})


def test_a_line_of_the_ledger_that_a_crash_cut_short_costs_no_other(path):
    one, two = (Skipped(source_path=name, stage="parse", reason="empty") for name in ("one", "two"))
    with open_store(path) as store:
        store.add_skips([one])
        with (path / "skipped.jsonl").open("a") as ledger:
            ledger.write('{"source_path": "half a li')
        store.add_skips([two])
        assert list(store.skips()) == [one, two]


# --- paths ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lake"),
    [
        ("rotation.db", False),
        ("rotation", False),
        ("rotation/", True),  # the sign of a folder
        ("rotation.lake", True),
        ("rotation.parquet", True),
        ("folder", True),  # exists
        ("file.lake", False),  # exists
    ],
)
def test_what_a_path_means(tmp_path, name, lake):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.lake").touch()
    assert is_lake(f"{tmp_path}/{name}") is lake


@pytest.mark.parametrize("address", ["s3://bucket/news.lake", "s3://bucket/news.db", "gs://bucket/news/"])
@pytest.mark.parametrize("kind", [str, Path])
def test_an_object_store_is_refused_and_no_folder_of_that_name_made(address, kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match="cannot lie in an object store"):
        open_store(kind(address))
    assert not list(tmp_path.iterdir())


def test_a_missing_extra_is_one_line_that_says_what_to_install(path, monkeypatch):
    monkeypatch.delitem(sys.modules, "nlp_rotation.store.lake", raising=False)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(StoreError, match=r"pip install 'nlp-rotation\[lake\]'"):
        open_store(path)
    assert not path.exists()


#: Columns that the first schema of lakes had not.
LATER = {"updated_at", "publisher", "canonical_url", "item_kind", "story_key", "story_link"}


@pytest.fixture
def old_lake(path, monkeypatch):
    """A lake of the first schema that holds one article."""
    old = pa.schema([field for field in arrow_schema() if field.name not in LATER])
    flat = flatten(record("a1"), extracted_at=RUN)
    row = {"edition": 1, **flat.edition, **flat.body, **flat.parts}
    with monkeypatch.context() as earlier:
        earlier.setattr(lake_files, "arrow_schema", lambda: old)
        lake_files.make_lake(path)
        lake_files.write_months(path, [{name: row[name] for name in row if name not in LATER}])
    (path / "rotation-lake.json").write_text(json.dumps({"format": "nlp-rotation lake", "schema": 1}))
    return path


def test_a_lake_of_the_first_schema_is_read_as_it_is(old_lake):
    with open_store(old_lake, mode="read") as store:
        rows = [(row.story_id, row.role, row.item_kind) for row in store.articles()]
    assert rows == [("a1", "original", "article")]
    assert json.loads((old_lake / "rotation-lake.json").read_text())["schema"] == 1


def test_a_lake_of_the_first_schema_is_written_on(old_lake):
    with open_store(old_lake) as store:
        assert store.record("a1") == record("a1")
        store.add([record("a2"), record("a3", versions=NEWER)], extracted_at=NEXT_RUN)
    assert json.loads((old_lake / "rotation-lake.json").read_text())["schema"] == 2
    files = [file for file in lake_files.parts(old_lake) if "month=2024-07" in str(file)]
    assert len(files) == 2
    lake_files.write_merged(files)
    with open_store(old_lake, mode="read") as store:
        assert {row.origin.article_id: row.story_id for row in store.stories()} == {
            "a1": "a1",
            "a2": "a2",
            "a3": "a2",
        }
