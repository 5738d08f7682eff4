"""What else of an article belongs to a rotation: its moves, drivers, days and speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from nlp_rotation.annotate.rotations.frames import Frame
from nlp_rotation.annotate.rotations.sides import Side
from nlp_rotation.types import Reading, Span, Window


@dataclass(frozen=True, slots=True)
class Links:
    """The moves, drivers and statements of an article, looked up by place."""

    reading: Reading
    #: Index and span of each move and driver, in order of place.
    move_order: tuple[tuple[int, int], ...]
    driver_order: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, reading: Reading) -> Links:
        """Put what ``reading`` holds in order of place."""
        return cls(
            reading,
            tuple(sorted((move.start, index) for index, move in enumerate(reading.moves))),
            tuple(sorted((driver.start, index) for index, driver in enumerate(reading.drivers))),
        )

    def moves(self, sentence: Span, pair: tuple[Side, Side]) -> tuple[int, ...]:
        """Return the moves of either side in the sentence and its paragraph."""
        around = _paragraph(self.reading.text, sentence)
        return tuple(
            index for index in _within(self.move_order, around) if self.reading.moves[index].subject in pair
        )

    def drivers(self, sentence: Span, pair: tuple[Side, Side]) -> tuple[int, ...]:
        """Return the drivers of the sentence, and those of its paragraph that move either side."""
        own = set(_within(self.driver_order, sentence))
        around = _within(self.driver_order, _paragraph(self.reading.text, sentence))
        return tuple(
            index
            for index in around
            if index in own or any(effect.on in pair for effect in self.reading.drivers[index].effects)
        )

    def window(self, sentence: Span, pair: tuple[Side, Side]) -> Window | None:
        """Return the days of the first move of either side near by that has any."""
        windows = (self.reading.moves[index].window for index in self.moves(sentence, pair))
        return next((window for window in windows if window), None)

    def source(self, frame: Frame) -> tuple[str | None, str | None]:
        """Return speaker and firm of the statement that the rotation stands in; two Nones for the article."""
        statements = self.reading.statements
        index = bisect_right(statements, frame.head, key=lambda item: item.start) - 1
        if index >= 0 and frame.head < statements[index].end:
            return statements[index].speaker, statements[index].firm
        return None, None


def _paragraph(text: str, sentence: Span) -> Span:
    start = text.rfind("\n", max(0, sentence.start - 1500), sentence.start) + 1
    end = text.find("\n", sentence.end, sentence.end + 1500)
    return Span(start=start or max(0, sentence.start - 1500), end=end if end >= 0 else sentence.end + 1500)


def _within(order: tuple[tuple[int, int], ...], span: Span) -> list[int]:
    low = bisect_left(order, (span.start, -1))
    high = bisect_left(order, (span.end, -1))
    return sorted(index for _, index in order[low:high])
