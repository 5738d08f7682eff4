"""The column tables of docs/store.md are those of ``tables/views.toml``, word for word.

python tests/test_views_in_docs.py      # write them anew
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp_rotation.config import TABLES
from nlp_rotation.store.catalogue import answers, views

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- views: begin -->\n", "<!-- views: end -->\n"
CLIENT_NAMES = ("articles", "mentions", "moves", "drivers", "rotations", "sentiment", "claims", "signals")


def table(head: str, columns: list) -> Iterator[str]:
    yield f"| {head} | kind | what it holds |\n|---|---|---|\n"
    for name, kind, about in columns:
        yield f"| `{name}` | {kind} | {about} |\n"
    yield "\n"


def sections() -> Iterator[str]:
    told = tomllib.loads((TABLES / "views.toml").read_text("utf-8"))
    yield "Columns of every view but `signals`:\n\n"
    yield from table("column", told["parts"]["origin"])
    yield "Columns of `mentions`, `moves`, `drivers`, `rotations` and `claims`, the evidence:\n\n"
    yield from table("column", told["parts"]["evidence"])
    for name, entry in told["views"].items():
        yield f"### `{name}`\n\n{entry['about']}\n\n"
        own = [
            column
            for item in entry["columns"]
            for column in (told["parts"][item] if isinstance(item, str) else [item])
        ]
        yield from table("column", own)
        yield f"Filters: {', '.join(f'`{known}`' for known in entry['filters'])}.\n\n"


def written() -> str:
    text = (ROOT / "docs" / "store.md").read_text("utf-8")
    return text[text.index(BEGIN) + len(BEGIN) : text.index(END)]


def test_the_docs_show_the_views_as_they_are():
    assert written() == "\n" + "".join(sections())


def test_the_eight_names_are_views():
    assert set(CLIENT_NAMES) <= set(views())


@pytest.mark.parametrize("name", [*views(), *answers()])
def test_every_filter_is_documented(name):
    text = (ROOT / "docs" / "query.md").read_text("utf-8")
    for known in {**views(), **answers()}[name].filters:
        assert f"| `{known.name}` |" in text


if __name__ == "__main__":
    page = ROOT / "docs" / "store.md"
    text = page.read_text("utf-8")
    page.write_text(
        text[: text.index(BEGIN) + len(BEGIN)] + "\n" + "".join(sections()) + text[text.index(END) :], "utf-8"
    )
