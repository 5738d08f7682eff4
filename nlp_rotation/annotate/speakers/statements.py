"""Find who says what: stretches of text with their speaker and firm."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nlp_rotation.annotate.speakers.cast import Cast, Voice, one_line, read_cast
from nlp_rotation.annotate.speakers.cues import Cue, find_cues
from nlp_rotation.annotate.speakers.quotes import find_quotes, mask_quotes
from nlp_rotation.types import Reading, Sentence, Span, Statement

#: How far back a pronoun may reach for a person who has not spoken yet.
PRONOUN_REACH = 400
_NOBODY = Voice()
_SPACE = re.compile(r"\s*")
_LIST_ITEM = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[-•*–·])\s+[^\n]+")


def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """Return the stretches of ``reading`` that somebody says, in order and without overlaps.

    A speaker or firm stands by the full name that the article first gives; a crowd ("analysts") by its word.
    """
    quotes = find_quotes(reading.text)
    masked = mask_quotes(reading.text, quotes)
    cast = read_cast(masked)
    cues = [(sentence, cue) for sentence in reading.sentences for cue in find_cues(masked, cast, sentence)]
    page = _Page(reading.text, quotes, tuple(sentence for sentence, _ in cues))
    spoken = [page.statement(sentence, cue, voice) for sentence, cue, voice in _with_voices(cues, cast)]
    return tuple(_without_overlaps(spoken))


def _with_voices(cues: Iterable[tuple[Sentence, Cue]], cast: Cast) -> Iterator[tuple[Sentence, Cue, Voice]]:
    """Yield every cue with its speaker, "he" and "the bank" led back to whom they stand for."""
    last: dict[str, Voice] = {}
    for sentence, cue in cues:
        kind = cue.subject.stand_in
        voice = last.get(kind, _NOBODY) if kind else cue.subject.voice
        if kind == "person" and voice == _NOBODY:
            voice = _person_before(cast, cue.start)
        if kind == "group" and voice == _NOBODY:
            voice = _crowd(cast, cue)
        if voice != _NOBODY:
            last["group" if _is_crowd(voice) else "person"] = voice
            last["group"] = voice
            if voice.firm:
                last["firm"] = Voice(firm=voice.firm)
            yield sentence, cue, voice


def _crowd(cast: Cast, cue: Cue) -> Voice:
    """Return "the analysts" as their own speakers, where nobody came before for whom they stand."""
    words = one_line(cast.text[cue.subject.start : cue.subject.end])
    return _NOBODY if words.lower().startswith("they") else Voice(speaker=words)


def _is_crowd(voice: Voice) -> bool:
    return voice.speaker is None or " and " in voice.speaker or voice.speaker.islower()


def _person_before(cast: Cast, position: int) -> Voice:
    """Return the person named last before ``position``, for a pronoun before anybody has spoken."""
    for run in cast.runs_back(position, max(0, position - PRONOUN_REACH)):
        voice = cast.voice_of(cast.text[run.start : run.end])
        if voice.speaker:
            return voice
    return _NOBODY


@dataclass(frozen=True, slots=True)
class _Page:
    """The article as a page of quotes, some of them claimed by a cue in their own sentence."""

    text: str
    quotes: tuple[Span, ...]
    #: The sentences that hold a cue.
    cued: tuple[Sentence, ...]

    def statement(self, sentence: Sentence, cue: Cue, voice: Voice) -> Statement:
        """Return the stretch that ``cue`` gives to ``voice``."""
        start = sentence.start if cue.around else cue.start
        quote = self._quote_at(start)
        return Statement(
            start=quote.start if quote and quote.end > start else start,
            end=self._end_of_list(self._end_of_quotes(sentence.end)),
            speaker=voice.speaker,
            firm=voice.firm,
        )

    def _quote_at(self, position: int) -> Span | None:
        """Return the last quote that starts at or before ``position``."""
        index = bisect_right(self.quotes, position, key=lambda quote: quote.start) - 1
        return self.quotes[index] if index >= 0 else None

    def _end_of_quotes(self, position: int) -> int:
        """Return where the words end that go on from ``position`` in quotes with no speaker of their own."""
        while True:
            quote = self._quote_at(_past_space(self.text, position))
            if not quote or quote.end <= position:
                return position
            if quote.start >= position and self._is_claimed(quote):
                return position
            position = quote.end

    def _is_claimed(self, quote: Span) -> bool:
        index = bisect_right(self.cued, quote.start, key=lambda sentence: sentence.end)
        return index < len(self.cued) and self.cued[index].start < quote.end

    def _end_of_list(self, position: int) -> int:
        """Return where the numbered reasons end that a colon before ``position`` announces."""
        if self.text[position - 1 : position] != ":":
            return position
        while item := _LIST_ITEM.match(self.text, position):
            position = item.end()
        return position


def _past_space(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _without_overlaps(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements in order; where one begins inside another, the inner one has the rest."""
    ordered = sorted(statements, key=lambda item: (item.start, item.end))
    for index, item in enumerate(ordered):
        border = ordered[index + 1].start if index + 1 < len(ordered) else item.end
        if item.start < min(border, item.end):
            yield replace(item, end=min(border, item.end))
