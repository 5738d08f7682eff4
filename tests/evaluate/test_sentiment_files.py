"""Labelled texts are read from the forms in which they are published."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.errors import UsageError
from nlp_rotation.evaluate.sentiment_files import Labelled, read_labelled

ACME = Labelled(text="Acme rose.", label="positive")


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


FILES = [
    ("a.txt", "Acme rose.@positive\n"),
    # The last @ parts text and label.
    ("a.txt", "Acme rose.@positive"),
    ("a.csv", "text,label\nAcme rose.,Positive\n"),
    ("a.csv", "Sentence;Sentiment\nAcme rose.;bullish\n"),
    ("a.tsv", "label\ttext\npositive\tAcme rose.\n"),
    ("a.jsonl", '{"text": "Acme rose.", "label": "positive"}\n\n'),
    ("a.json", '[{"sentence": "Acme rose.", "label": "POSITIVE"}]'),
    # An empty list of things named leaves the label of the text.
    ("a.jsonl", '{"text": "Acme rose.", "label": "positive", "entities": []}'),
    ("a.csv", b"\xef\xbb\xbftext,label\nAcme rose.,positive\n"),
]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_forms(tmp_path, name, content):
    assert read_labelled(written(tmp_path, name, content)) == [ACME]


def test_an_address_in_the_text_is_no_separator(tmp_path):
    (item,) = read_labelled(written(tmp_path, "a.txt", "Write to ir@acme.example for more@neutral\n"))
    assert item == Labelled(text="Write to ir@acme.example for more", label="neutral")


def test_latin_1_is_read(tmp_path):
    (item,) = read_labelled(written(tmp_path, "a.txt", "Sales in Malmö rose.@positive".encode("latin-1")))
    assert item.text == "Sales in Malmö rose."


ENTITIES = [
    # By name: the first place counts, in any case.
    ({"text": "Acme rose as Bolt fell.", "entity": "bolt", "label": "negative"}, (13, 17)),
    # By place, where one is given.
    (
        {"text": "Bolt says Bolt fell.", "entity": "Bolt", "start": 10, "end": 14, "label": "negative"},
        (10, 14),
    ),
    # Not spelt out: the whole text speaks of it.
    ({"text": "The lender fell.", "entity": "Bolt", "label": "negative"}, (None, None)),
]


@pytest.mark.parametrize(("row", "place"), ENTITIES)
def test_a_named_thing_is_found(tmp_path, row, place):
    (item,) = read_labelled(written(tmp_path, "a.jsonl", json.dumps(row)))
    assert (item.start, item.end) == place


def test_a_list_of_entities_gives_an_item_each(tmp_path):
    row = {
        "text": "Acme rose as Bolt fell.",
        "label": "mixed",
        "entities": [{"entity": "Acme", "label": "positive"}, {"entity": "Bolt", "label": "negative"}],
    }
    items = read_labelled(written(tmp_path, "a.jsonl", json.dumps(row)))
    assert [(item.start, item.label) for item in items] == [(0, "positive"), (13, "negative")]


BROKEN = [
    ("a.txt", "Acme rose.@up\n", "unknown label 'up'"),
    ("a.txt", "no separator here\n", "no text"),
    ("a.csv", "body,label\nAcme,positive\n", "no text"),
    ("a.jsonl", "{broken", "not JSON"),
    ("a.txt", "", "no labelled sentence"),
    # Every data set numbers its classes in another order.
    ("a.csv", "text,label\nAcme rose.,2\n", "unknown label"),
]


@pytest.mark.parametrize(("name", "content", "told"), BROKEN)
def test_what_cannot_be_read_is_told(tmp_path, name, content, told):
    with pytest.raises(UsageError, match=told):
        read_labelled(written(tmp_path, name, content))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"none\.csv"):
        read_labelled(tmp_path / "none.csv")
