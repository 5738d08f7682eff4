"""Lists of reasons: items under an announcing sentence, and "factors including A, B and C"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp_rotation.annotate.drivers.bounds import REACH, trim
from nlp_rotation.annotate.drivers.places import Place
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.drivers.splitting import split_causes
from nlp_rotation.types import Span

#: What may stand between "reasons" and the first of them: "factors behind the slump, including ...".
_OPENING = re.compile(
    r"[^.;:!?]{0,60}?(?::\s+(?=\w)|[\s,]+(?:including|such as|like|namely|include|are|were|being)\s+)"
)
#: Where the items of a list within a sentence end.
_CLOSING = re.compile(
    r"[;:!?]\s|[“”\"]|\s(?:--|–|—)\s|\.(?=\s|$)|,\s+(?:he|she|they|which|who|according)\b", re.I
)
_ITEM = re.compile(r",\s+(?:and\s+|or\s+)?(?!\d)|\s+and\s+")
_HEAD = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[a-e]|[ivx]{1,4})[.)]\s+|[•*·–-]\s+)?"
    r"(?:(?:the\s+)?(?:first|second|third|fourth|fifth|final|last)(?:ly)?(?:\s+(?:reason|factor|one))?"
    r"\s*(?:,|:|is that|is|was)\s+)?(?:with|given|because of|because|due to)?\s*",
    re.I,
)
#: What an item goes on to conclude is no part of the cause.
_CONCLUDES = re.compile(
    r",?\s+(?:this|which|that|it)\s+(?:means?|implies|suggests|will|would|should)\b|[;:]|(?<![A-Z])\.\s", re.I
)
_MOST = 12
_LONGEST_ITEM = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A cause out of a list, and the stretch that tells what the list explains."""

    cause: Span
    effect: Span


def listed_causes(place: Place) -> Iterator[Listed]:
    """Yield the causes that a list of reasons gives in this sentence."""
    if place.announced.kind == "reasons":
        for cause in _item_causes(place.scan, place.sentence):
            yield Listed(cause, place.announced.span)
    for named in place.scan.hits["reasons"].within(place.sentence.start, place.sentence.end):
        effect = Span(start=max(place.sentence.start, named.start - REACH), end=named.end)
        for cause in _inline_causes(place.scan, named, place.sentence.end):
            yield Listed(cause, effect)


def _item_causes(scan: Scan, sentence: Span) -> Iterator[Span]:
    """Yield the causes of an item: one, or those that it joins."""
    head = _HEAD.match(scan.text, sentence.start, sentence.end)
    start = head.end() if head else sentence.start
    close = _CONCLUDES.search(scan.text, start, min(sentence.end, start + REACH))
    end = close.start() if close else min(sentence.end, start + REACH)
    for part in split_causes(scan, trim(scan, start, end)):
        if part.end > part.start:
            yield part


def _inline_causes(scan: Scan, named: Span, limit: int) -> Iterator[Span]:
    """Yield the items that follow "reasons including"; none where the words make no list."""
    limit = min(limit, named.end + REACH)
    opening = _OPENING.match(scan.text, named.end, limit)
    if not opening:
        return
    closing = _CLOSING.search(scan.text, opening.end(), limit)
    span = Span(start=opening.end(), end=closing.start() if closing else limit)
    items = [trim(scan, item.start, item.end) for item in _parted(scan.text, span)][:_MOST]
    if len(items) > 1 and all(0 < len(scan.words(i.start, i.end)) <= _LONGEST_ITEM for i in items):
        yield from items


def _parted(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for joint in _ITEM.finditer(text, span.start, span.end):
        yield Span(start=start, end=joint.start())
        start = joint.end()
    yield Span(start=start, end=span.end)
