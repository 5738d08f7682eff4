"""Where a cause may stand: a sentence, the words of price around it, and what announced it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.types import Reading, Span

#: ``reasons``: an item of a list of reasons; ``asked``: a question after the cause stands before;
#: ``alarm``: evidence may follow a warning.
Setting = Literal["", "reasons", "asked", "alarm"]

#: For how many sentences a question or a warning is still in the reader's mind.
_LASTING = 3
#: The head of a text that is counted over, and the head that is taken for its title.
_MUCH = 40_000
_TITLE = 120
_NOWHERE = Span(start=0, end=0)
_NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-e]|[ivx]{1,4})[.)]|[•*·–-])\s*", re.I)
_ORDINAL = re.compile(
    r"\s*(?:the\s+)?(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth|finally|lastly|last)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Announced:
    """What an earlier sentence announces, and that sentence."""

    kind: Setting = ""
    span: Span = _NOWHERE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate stands: its sentence, and what the text tells around it."""

    scan: Scan
    title_end: int
    sentence: Span
    index: int
    #: Words of price in the sentence and in the one before it.
    spoken: tuple[str, ...] = ()
    spoken_before: tuple[str, ...] = ()
    #: Features of the text as a whole: how much it is about prices.
    whole: tuple[str, ...] = ()
    announced: Announced = Announced()


def places(reading: Reading, scan: Scan) -> Iterator[Place]:
    """Yield each sentence with what is read around it."""
    whole = text_features(scan)
    before: tuple[str, ...] = ()
    announced, left, numbered = Announced(), 0, False
    for index, sentence in enumerate(reading.sentences):
        spoken = scan.price_words(sentence.start, sentence.end)
        number = _NUMBER.match(scan.text, sentence.start, sentence.end)
        bare = bool(number and number.end() == sentence.end)
        if announced.kind == "reasons" and not (bare or number or numbered or _is_item(scan.text, sentence)):
            announced = Announced()
        own = announced if left > 0 or announced.kind == "reasons" else Announced()
        yield Place(scan, reading.title_end, sentence, index, spoken, before, whole, own)
        left -= 1
        numbered = bare
        if kind := _announces(scan, sentence):
            announced, left = Announced(kind, sentence), _LASTING
        if not bare:
            before = spoken


def _is_item(text: str, sentence: Span) -> bool:
    return bool(_ORDINAL.match(text, sentence.start, sentence.end))


def _announces(scan: Scan, sentence: Span) -> Setting:
    last = scan.text[sentence.start : sentence.end].rstrip("”\"'’ \n")[-1:]
    named = any(scan.any(table, sentence.start, sentence.end) for table in ("reasons", "listing"))
    if last == ":" and named:
        return "reasons"
    if last == "?" and scan.any("asked", sentence.start, sentence.end):
        return "asked"
    return "alarm" if scan.any("alarm", sentence.start, sentence.end) else ""


def text_features(scan: Scan) -> tuple[str, ...]:
    """Return what tells a market report from other texts: its length and how often it speaks of prices."""
    counts = {
        kind: sum(1 for _ in scan.hits[kind].within(0, _MUCH)) for kind in ("up", "down", "percent", "market")
    }
    length = max(1, len(scan.words(0, _MUCH)))
    moves = scan.any("up", 0, _TITLE) or scan.any("down", 0, _TITLE)
    return (
        f"text.length={min(length // 250, 6)}",
        f"text.percent={min(200 * counts['percent'] // length, 6)}",
        f"text.market={min(40 * counts['market'] // length, 6)}",
        f"text.moved={min(40 * (counts['up'] + counts['down']) // length, 6)}",
        f"text.title={scan.any('market', 0, _TITLE)}.{moves}",
    )
