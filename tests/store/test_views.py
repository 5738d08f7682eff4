"""The views are part of the interface: docs/store.md names every column, and its SQL runs on both kinds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from record_factories import NEWER, NEXT_RUN, RUN, record

from nlp_rotation.store.questions import Question

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")
VIEWS = ["articles", "stories", "mentions", "moves", "drivers", "effects", "rotations", "sentiment"]
WITH_EVIDENCE = ["mentions", "moves", "drivers", "rotations"]
EXAMPLES = re.findall(r"```sql\n(.*?)```", PAGE, flags=re.DOTALL)


def documented(heading: str) -> set[str]:
    """The names in the first column of the first table below a line that holds ``heading``."""
    table = PAGE.split(heading, 1)[1].split("|---|---|\n", 1)[1].split("\n\n", 1)[0]
    cells = (line.split("|")[1] for line in table.splitlines())
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def columns(store, view):
    return {column[0] for column in store.connection.execute(f"SELECT * FROM {view} LIMIT 0").description}


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_is_documented_and_every_documented_column_is_there(store, view):
    expected = documented("Columns of every view") | documented(f"### `{view}`")
    if view in WITH_EVIDENCE:
        expected |= documented("the evidence:")
    assert columns(store, view) == columns(store, f"{view}_history") == expected


@pytest.mark.parametrize("sql", EXAMPLES)
def test_the_examples_run_and_find_something(store, sql):
    store.add([record(at="2024-07-16T10:00-04:00")], extracted_at=RUN)
    assert list(store.select(Question(sql.rstrip().rstrip(";"))))


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_holds_the_current_edition_and_its_history_all(store, view):
    store.add([record()], extracted_at=RUN)
    store.add([record(versions=NEWER)], extracted_at=NEXT_RUN)

    def editions(name):
        return {edition for (edition,) in store.select(Question(f"SELECT edition FROM {name}"))}

    assert len(editions(view)) == 1
    assert len(editions(f"{view}_history")) == 2


def test_sentiment_is_there_for_articles_sentences_and_mentions(store):
    store.add([record()], extracted_at=RUN)
    found = list(store.select(Question("SELECT scope, symbol, score FROM sentiment ORDER BY scope, symbol")))
    assert found == [
        ("article", None, 0.25),
        ("mention", "sector:banks", 0.25),
        ("mention", "sector:semis", 0.25),
        ("sentence", None, 0.25),
        ("sentence", None, 0.25),
    ]
