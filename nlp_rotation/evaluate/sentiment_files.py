"""Files of labelled sentences: ``text@label`` lines, CSV, JSON lines; with or without a named thing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp_rotation.errors import UsageError
from nlp_rotation.evaluate.sentiment import SIDES

_TEXT = ("text", "sentence", "headline", "title")
_LABEL = ("label", "sentiment")
_ENTITY = ("entity", "target")
#: Other words for the three sides; numbers are not read, since every data set counts differently.
_SAME = {"bullish": "positive", "bearish": "negative"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text with its label, or a thing that the text names with the label of that thing."""

    text: str
    label: str
    #: Where the named thing stands in ``text``; None where the label is that of the whole text.
    start: int | None = None
    end: int | None = None


def read_labelled(path: Path) -> list[Labelled]:
    """Read a file by its suffix: ``.json`` and ``.jsonl``, ``.csv`` and ``.tsv``, or ``text@label`` lines.

    :raises UsageError: where the file is missing, empty, or a line has no text or no known label.
    """
    text = _decoded(path)
    readers = {".json": _json_rows, ".jsonl": _json_rows, ".csv": _csv_rows, ".tsv": _csv_rows}
    rows = readers.get(path.suffix.lower(), _at_rows)(text)
    found = [item for line, row in rows for item in _labelled(row, f"{path}:{line}")]
    if not found:
        raise UsageError("holds no labelled sentence", where=str(path))
    return found


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", where=str(path)) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Financial PhraseBank comes in Latin-1.
        return raw.decode("cp1252", errors="replace")


_Rows = Iterator[tuple[int, Mapping[str, Any]]]


def _at_rows(text: str) -> _Rows:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            sentence, _, label = line.rpartition("@")
            yield number, {"text": sentence.strip(), "label": label}


def _csv_rows(text: str) -> _Rows:
    head = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=head.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    for row in rows:
        yield rows.line_num, {(key or "").strip().lower(): value for key, value in row.items()}


def _json_rows(text: str) -> _Rows:
    whole = text.lstrip().startswith("[")
    for number, line in [(1, text)] if whole else enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            tree = json.loads(line)
        except ValueError as error:
            raise UsageError(f"line {number} is not JSON ({error})") from error
        for row in tree if whole else [tree]:
            yield number, row


def _labelled(row: Mapping[str, Any], where: str) -> Iterator[Labelled]:
    """Yield one item for each entity of a row, or one for the row itself where it has none."""
    text = next((row[key] for key in _TEXT if row.get(key)), None)
    if text is None:
        raise UsageError("no text", where=where, hint="columns are text, label and, if wanted, entity")
    text = str(text)
    named = row.get("entities")
    for part in named if isinstance(named, list) and named else [row]:
        label = next((part[key] for key in _LABEL if part.get(key) not in (None, "")), "")
        entity = next((part[key] for key in _ENTITY if part.get(key)), None)
        start, end = _place(text, part, entity)
        yield Labelled(text=text, label=_side(str(label), where), start=start, end=end)


def _place(text: str, part: Mapping[str, Any], entity: str | None) -> tuple[int | None, int | None]:
    if entity is None:
        return None, None
    if isinstance(part.get("start"), int) and isinstance(part.get("end"), int):
        return part["start"], part["end"]
    start = text.lower().find(str(entity).lower())
    # A name that the text does not spell out is what the whole text is about.
    return (start, start + len(str(entity))) if start >= 0 else (None, None)


def _side(label: str, where: str) -> str:
    folded = label.strip().lower()
    side = _SAME.get(folded, folded)
    if side not in SIDES:
        raise UsageError(f"unknown label {label!r}", where=where, hint=f"labels are {', '.join(SIDES)}")
    return side
