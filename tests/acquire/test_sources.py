"""Sources of every kind, good and bad: nothing is dropped without a line that says why."""

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from nlp_rotation.acquire.sources import count, documents
from nlp_rotation.config import Settings
from nlp_rotation.errors import UsageError
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument, Skipped

SENTENCE = "Oil rose 3% on Monday as stocks of crude shrank."


def read(*sources):
    return list(documents([str(source) for source in sources], settings=Settings()))


def good(items):
    return [item for item in items if isinstance(item, RawDocument)]


def bad(items):
    return [item for item in items if isinstance(item, Skipped)]


def row(**keys):
    return json.dumps({"text": SENTENCE, **keys})


def test_a_text_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE)
    (document,) = read(path)
    assert (document.source_path, document.media, document.body) == (str(path), "text", SENTENCE)


def test_a_folder_is_read_in_stable_order_and_annotation_is_listed(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt"):
        (tmp_path / name).write_text(SENTENCE)
    (tmp_path / "a.json").write_text('{"moves": []}')
    items = read(tmp_path)
    assert [item.source_path.removeprefix(f"{tmp_path}/") for item in items] == [
        "a.json",
        "a.txt",
        "b.txt",
        "sub/c.txt",
    ]
    assert [(item.reason, item.loss) for item in bad(items)] == [
        ("annotation of a.txt, not an article", False)
    ]


def test_json_beside_no_text_is_read(tmp_path):
    (tmp_path / "a.json").write_text(row(id="7"))
    assert [item.given.id for item in read(tmp_path)] == ["7"]


def test_json_lines_keep_what_the_line_says(tmp_path):
    path = tmp_path / "a.jsonl"
    line = row(id=12, title="Oil up", source="Wire", url="https://a.example/1", published="2024-07-22")
    path.write_text(f"{line}\n\n{row()}\n")
    first, second = read(path)
    assert (first.given.id, first.given.title, first.given.source) == ("12", "Oil up", "Wire")
    assert (first.given.published, first.given.basis, first.locator) == ("2024-07-22", "meta", "line 1")
    assert (second.given.published, second.given.basis, second.locator) == (None, "unknown", "line 3")


@pytest.mark.parametrize("name", ["a.jsonl.gz", "noname", "a.txt"])
def test_json_lines_are_known_by_their_content(tmp_path, name):
    path = tmp_path / name
    data = f"{row(id='1')}\n{row(id='2')}\n".encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert [item.given.id for item in read(path)] == ["1", "2"]


def test_json_lines_are_read_one_at_a_time(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{row(id='1')}\n{row(id='2')}\n")
    stream = documents([str(path)], settings=Settings())
    assert next(stream).given.id == "1"


def test_a_long_first_line_is_still_a_line(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(f"{row(id='1', note='x' * 70_000)}\n{row(id='2')}\n".encode()))
    assert [item.given.id for item in read(path)] == ["1", "2"]


def test_markup_in_a_line_is_read_as_markup(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        row(title="Oil up").replace(SENTENCE, f"<p>{SENTENCE}</p><p>Gold <b>fell</b>.</p>")
        + "\n"
        + row()
        + "\n"
    )
    first, second = read(path)
    assert (first.media, second.media) == ("html", "text")
    assert parse(first).text == f"Oil up\n\n{SENTENCE}\n\nGold fell."


def test_a_list_of_objects(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(f"[{row(id='1')}, {row(id='2')}]")
    assert [(item.given.id, item.locator) for item in read(path)] == [("1", "item 1"), ("2", "item 2")]


def test_a_record_of_ours_can_be_read_again(tmp_path):
    path = tmp_path / "records.jsonl"
    record = row(schema="1", title="Oil up", published={"at": None, "date": "2024-07-22", "raw": "22 July"})
    path.write_text(record.replace(SENTENCE, f"Oil up\\n\\n{SENTENCE}") + "\n")
    (document,) = read(path)
    assert (document.body, document.given.published) == (SENTENCE, "2024-07-22")


def test_standard_input(monkeypatch):
    class Input:
        buffer = io.BytesIO(f"{row(id='1')}\n{row(id='2')}\n".encode())

    monkeypatch.setattr("sys.stdin", Input)
    assert [(item.given.id, item.source_path) for item in read("-")] == [("1", "-"), ("2", "-")]


def test_utf16_and_windows_text(tmp_path, caplog):
    (tmp_path / "a.txt").write_bytes("Naïve “growth” names fell.".encode("utf-16"))
    (tmp_path / "b.txt").write_bytes("Naïve “growth” names fell.".encode("cp1252"))
    assert {item.body for item in read(tmp_path)} == {"Naïve “growth” names fell."}
    assert "b.txt: not valid UTF-8" in caplog.text


def test_one_stray_byte_spoils_no_other_letter(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Stocks’ worst day: 3% ".encode() + b"\x96 then calm")
    assert read(path)[0].body == "Stocks’ worst day: 3% – then calm"


def test_a_missing_path_is_an_error_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    with pytest.raises(UsageError, match="no such file"):
        documents([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], settings=Settings())


def test_no_source_at_all():
    with pytest.raises(UsageError, match="no source"):
        documents([], settings=Settings())


#: (file name, bytes, part of the reason)
BAD = [
    ("a.txt", b"", "empty"),
    ("a.txt", b" \n\t\n", "empty"),
    ("a.bin", bytes(range(256)) * 4, "binary"),
    ("a.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "binary"),
    ("a.pdf", b"%PDF-1.7\nstuff", "binary"),
    ("a.txt.gz", gzip.compress(b""), "empty"),
    ("a.gz", b"\x1f\x8b\x08\x00broken", "not readable"),
    ("a.jsonl.gz", gzip.compress(row().encode() * 3)[:40], "breaks off|not readable"),
    ("feed.xml", b"Stocks rose. This is no markup.", "no XML"),
    ("feed.rss", b"Stocks rose. This is no markup.", "no XML"),
    ("a.xml", b"<?xml version='1.0'?><invoice><sum>3</sum></invoice>", "no feed"),
    ("a.csv", b"symbol,close\nACM,3\n", "table"),
    ("a.json", b'{"moves": [1, 2]}', "no 'text'"),
    ("a.json", b'{"moves": [1, 2', "starts like JSON"),
    ("a.json", b"[" * 100_000, "starts like JSON"),
    ("a.jsonl", b"3\n", "not a JSON object"),
    ("a.jsonl", b'{"text": ""}\n', "no 'text'"),
    ("a.txt", b"oil " * (5 * 2**20), "more than 16 MB"),
    ("bomb.txt.gz", gzip.compress(b" oil" * (10 * 2**20), 1), "more than 16 MB"),
    ("a.jsonl", b'{"text": "' + b"oil " * (5 * 2**20) + b'"}', "line 1: longer than 16 MB"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[f"{row[0]}: {row[2]}" for row in BAD])
def test_bad_input_gives_one_clear_line(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    items = read(path)
    assert good(items) == []
    assert len(items) == 1
    shown = ": ".join(part for part in (items[0].locator, items[0].reason) if part)
    assert any(part in shown for part in reason.split("|"))
    assert "\n" not in shown


def test_a_broken_line_costs_only_itself(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{row(id="1")}\n{{"id": "2", "text": \n{row(id="3")}\n')
    items = read(path)
    assert [item.given.id for item in good(items)] == ["1", "3"]
    assert [(item.locator, item.loss) for item in bad(items)] == [("line 2", True)]


def test_a_broken_first_line_costs_only_itself(tmp_path):
    path = tmp_path / "lines"
    path.write_text(f'{{"id": "1", "text": \n{row(id="2")}\n')
    items = read(path)
    assert [item.given.id for item in good(items)] == ["2"]
    assert [item.locator for item in bad(items)] == ["line 1"]


def test_an_overlong_line_costs_only_itself(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f"{row(id='1')}\n{row(id='2', note='x' * 17 * 2**20)}\n{row(id='3')}\n")
    items = read(path)
    assert [item.given.id for item in good(items)] == ["1", "3"]
    assert "longer than" in bad(items)[0].reason


def test_a_bad_file_does_not_stop_the_batch(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(SENTENCE)
    items = read(tmp_path)
    assert [type(item) for item in items] == [Skipped, RawDocument]


def test_a_folder_without_articles(tmp_path):
    assert [item.reason for item in read(tmp_path)] == ["the folder holds no files"]


NAMES = st.sampled_from(["a", "a.txt", "a.html", "a.xml", "a.json", "a.jsonl", "a.gz", "a.opml", "a.warc"])
STARTS = st.sampled_from(
    [
        b"",
        b"<rss",
        b"<urlset>",
        b"<opml>",
        b"{",
        b"[",
        b"WARC/1.0\r\n",
        b"\x1f\x8b\x08",
        b"<html>",
        b"\xff\xfe",
    ]
)


@hypothesis_settings(deadline=None, max_examples=150)
@given(name=NAMES, start=STARTS, rest=st.binary(max_size=200))
def test_any_bytes_under_any_name_are_read_or_refused(tmp_path_factory, name, start, rest):
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(start + rest)
    items = read(path)
    assert items
    assert all(item.source_path == str(path) for item in items)
    assert all("\n" not in item.reason for item in bad(items))


def test_counting(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "b.jsonl").write_text(f"{row()}\n" * 250)
    assert count([str(tmp_path)]) == 251
    assert count([str(tmp_path), "https://a.example/feed"]) is None
    assert count(["-"]) is None
