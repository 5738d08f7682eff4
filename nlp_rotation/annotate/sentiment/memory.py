"""What a model has answered before, kept in a file: a second run reads it instead of asking again.

An answer depends on the sentence, on where in it a mention stands, on the weights (whose fingerprint is part
of a scorer's name) and on this program. All four make its key, so that a file never goes stale, may be shared
by runs with other taxonomies or tables, and may be deleted at any time. Only hashes and numbers
stand in it, no text.
"""

from __future__ import annotations

import logging
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from nlp_rotation.annotate.sentiment.questions import Answers, ask
from nlp_rotation.annotate.sentiment.scorer import Place, Scorer
from nlp_rotation.hashing import content_id
from nlp_rotation.types import Probabilities
from nlp_rotation.version import VERSION

log = logging.getLogger(__name__)

Question = tuple[str, Place | None]

#: Keys in one query; SQLite takes at most 999 variables on old builds.
_KEYS = 500
#: Seconds to wait while another process writes.
_PATIENCE = 10.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, scores BLOB NOT NULL) WITHOUT ROWID"


class Memory:
    """A file of answers. What goes wrong with it costs time, never a run: the model is asked instead."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = _opened(str(path))
        except sqlite3.Error as error:
            log.warning("%s: not a file to keep answers in (%s); none are kept", path, error)
            self._file = _opened(":memory:")

    def ask(self, questions: Iterable[Question], scorer: Scorer) -> Answers:
        """Answer as :func:`questions.ask` does, through the model only where the file has no answer."""
        asked = dict.fromkeys(questions)
        keys = {question: _key(question, scorer.name) for question in asked}
        try:
            kept = self._recall(list(keys.values()))
        except sqlite3.Error as error:
            log.warning("%s: answers kept there are not readable (%s); the model is asked", self._path, error)
            kept = {}
        known = {question: kept[key] for question, key in keys.items() if key in kept}
        # One pass answers for a sentence and all that it names: what lacks one of them is asked whole.
        lacking = {text for text, place in asked if (text, place) not in known}
        fresh = ask((question for question in asked if question[0] in lacking), scorer)
        self._keep({keys[question]: answer for question, answer in fresh.items() if question not in known})
        return {**known, **fresh}

    def _recall(self, keys: Sequence[str]) -> dict[str, Probabilities]:
        found: dict[str, Probabilities] = {}
        for some in _portions(keys):
            marks = ",".join("?" * len(some))
            rows = self._file.execute(f"SELECT key, scores FROM answer WHERE key IN ({marks})", some)
            found |= {key: _unpacked(scores) for key, scores in rows}
        return found

    def _keep(self, answers: Mapping[str, Probabilities]) -> None:
        rows = [(key, _packed(answer)) for key, answer in answers.items()]
        try:
            with self._file:
                self._file.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            log.warning("%s: answers are not kept (%s)", self._path, error)


def _opened(path: str) -> sqlite3.Connection:
    # One thread at a time uses it, though not the one that opened it.
    file = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
    file.execute("PRAGMA journal_mode = WAL")
    # A lost answer is asked for again: no need to wait for the disk.
    file.execute("PRAGMA synchronous = OFF")
    file.execute(_SCHEMA)
    return file


def _key(question: Question, model: str) -> str:
    text, place = question
    return content_id(VERSION, model, text, "" if place is None else f"{place[0]}-{place[1]}")


def _packed(answer: Probabilities) -> bytes:
    return array("d", (answer.positive, answer.neutral, answer.negative)).tobytes()


def _unpacked(scores: bytes) -> Probabilities:
    positive, neutral, negative = array("d", scores)
    return Probabilities(positive=positive, neutral=neutral, negative=negative)


def _portions(keys: Sequence[str]) -> Iterator[list[str]]:
    pending = iter(keys)
    while some := list(islice(pending, _KEYS)):
        yield some
