"""Full text search, with the filters of articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nlp_rotation.present.queries.asking import Answer
from nlp_rotation.present.queries.reading import read_filters
from nlp_rotation.store.catalogue import answers
from nlp_rotation.store.words import excerpt, phrases

if TYPE_CHECKING:
    from nlp_rotation.store.protocol import Store

SHOWN = answers()["search"]


def search(store: Store, words: str, given: Mapping[str, Any], *, limit: int) -> Answer:
    """Return the articles that hold all the words, the best first.

    :raises UsageError: where ``words`` holds no letter and no digit.
    """
    wanted = phrases(words)
    found = store.find(wanted, read_filters(SHOWN.filters, given), limit=limit)
    rows = [(*row[:-2], excerpt(row[-2], wanted), row[-1]) for row in found]
    return Answer(SHOWN.columns, rows)
