"""Time stamps that an article itself shows: on a line of their own near its head or foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.stamps import read_stamp

#: A stamp stands among the first or the last lines; in between, a line with a date is part of the report.
_HEAD_LINES, _FOOT_LINES = 12, 6
_LONGEST_LINE = 90

_LABEL = re.compile(
    r"\s*(?P<label>(?:first |last |originally )?(?:published|posted|updated|modified|date|time)(?: on| at)?)?"
    r"\s*[:|-]?\s+",
    re.I,
)
#: A label and an ISO date that run straight into the first sentence.
_RUN_IN = re.compile(
    r"\s*(?:date|published|posted)(?: on)?\s*[:|-]?\s*(?P<stamp>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?)?)(?![\d:])\s*",
    re.I,
)
_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A stamp in the text, and the stretch to cut so that no trace of it is left."""

    raw: str
    start: int
    end: int
    updated: bool = False


def shown_stamps(text: str) -> tuple[Shown, ...]:
    """Return the stamps that ``text`` shows, those of a publication before those of an update."""
    run_in = _RUN_IN.match(text)
    if run_in and _is_stamp(run_in["stamp"]):
        return (Shown(raw=run_in["stamp"], start=0, end=run_in.end()),)
    shown = [found for start, end in _edge_lines(text) if (found := _shown(text, start, end))]
    return tuple(sorted(shown, key=lambda item: item.updated))


def _edge_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines, without blank ones, at the head and at the foot."""
    head = _some_lines(text[: _HEAD_LINES * 400], 0)[:_HEAD_LINES]
    seen = {start for start, _ in head}
    yield from head
    foot_at = max(0, text.rfind("\n", 0, max(0, len(text) - _FOOT_LINES * 400)) + 1)
    foot = _some_lines(text[foot_at:], foot_at)[-_FOOT_LINES:]
    yield from (line for line in foot if line[0] not in seen)


def _some_lines(text: str, offset: int) -> list[tuple[int, int]]:
    return [
        (offset + line.start(), offset + line.end())
        for line in _LINE.finditer(text)
        if line[0].strip() and line.end() - line.start() <= _LONGEST_LINE
    ]


def _shown(text: str, start: int, end: int) -> Shown | None:
    line = f" {text[start:end].strip()}"
    label = _LABEL.match(line)
    raw = line[label.end() :] if label else line
    if not any(letter.isdigit() for letter in raw) or not _is_stamp(raw):
        return None
    updated = bool(label and label["label"] and re.search("updated|modified", label["label"], re.I))
    return Shown(raw=raw.strip(), start=start, end=end, updated=updated)


def _is_stamp(raw: str) -> bool:
    try:
        read_stamp(raw)
    except ParseError:
        return False
    return True
