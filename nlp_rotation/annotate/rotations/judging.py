"""Which of the frames are rotations: by trained weights over what a frame says, or by the readers' own rules.

What the strict readers choose stands. The weights, a sum over features (``models/rotation-linear``), say
which of the loose readers are believed beside them, and how sure each rotation is.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp_rotation.annotate.rotations.contrast import speaks_of_rotation
from nlp_rotation.annotate.rotations.frames import Frame, pairs_of
from nlp_rotation.annotate.rotations.sides import HAVENS, OTHER, Pair, Side, Sides
from nlp_rotation.annotate.rotations.status import is_hedged, status_of
from nlp_rotation.annotate.rotations.vocabulary import table, whole_words
from nlp_rotation.config import MODELS
from nlp_rotation.errors import ModelError
from nlp_rotation.hashing import fingerprint
from nlp_rotation.types import Span

FOLDER = MODELS / "rotation-linear"
_HINT = "fetch the models again, or remove the folder to read with the rules alone"
_AGENT = whole_words(table()["agents"]["who"])
_HAVEN = whole_words(table()["stances"]["haven"])
_WORD = re.compile(r"[a-z][a-z'’-]+")
_FIGURE = re.compile(r"\d")
_SUFFIX = re.compile(r"(?:ing|ed|es|s)$")


@dataclass(frozen=True, slots=True)
class RotationModel:
    """Weights of the rotation annotator."""

    #: Feature -> weight; the sum is the log-odds that a pair of sides is a rotation.
    weights: Mapping[str, float]
    #: Pairs with lower log-odds are dropped.
    threshold: float
    version: str
    #: The probability has the log-odds slope x margin above the threshold + offset.
    slope: float = 1.0
    offset: float = 0.0

    def odds(self, features: Iterable[str]) -> float:
        """Return the log-odds that a pair with ``features`` is a rotation."""
        get = self.weights.get
        return get("bias", 0.0) + sum([get(name, 0.0) for name in features])

    def confidence(self, odds: float) -> float:
        """Return the probability that belongs to ``odds``."""
        margin = self.slope * (odds - self.threshold) + self.offset
        return round(1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, margin)))), 3)


def read_model(folder: Path) -> RotationModel:
    """Read the weights in ``folder``.

    :raises ModelError: where the file is missing or not what it claims to be.
    """
    try:
        raw = (folder / "weights.json").read_bytes()
        tree = json.loads(raw)
        scale = tree["calibration"]
        return RotationModel(
            weights=tree["weights"],
            threshold=float(tree["threshold"]),
            version=fingerprint(raw),
            slope=float(scale["slope"]),
            offset=float(scale["offset"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"cannot read the rotation weights: {error}", where=str(folder), hint=_HINT
        ) from error


@cache
def builtin_model() -> RotationModel | None:
    """Return the bundled weights, read once; None where the folder is not there."""
    return read_model(FOLDER) if FOLDER.is_dir() else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A frame with the pairs that are kept of it, each with its log-odds."""

    sentence: Span
    frame: Frame
    pairs: tuple[tuple[Pair, float], ...]

    @property
    def best(self) -> float:
        """The log-odds of its surest pair."""
        return max((odds for _, odds in self.pairs), default=-math.inf)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article as a whole says about its frames."""

    sides: Sides
    title_end: int
    presented: bool
    haven: bool

    @classmethod
    def of(cls, sides: Sides, title_end: int) -> Setting:
        """Look through the text once."""
        text = sides.text
        return cls(sides, title_end, speaks_of_rotation(text), bool(_HAVEN.search(text)))

    def features(self, sentence: Span, frame: Frame, pair: Pair) -> Iterator[str]:
        """Yield what speaks for or against ``pair`` as a rotation."""
        yield from _of_pair(frame, pair, self.sides.home)
        yield from self._of_words(sentence, frame)
        if self.presented:
            yield from ("article.presented", f"article.presented|{frame.reader}")
        if self.haven:
            yield f"article.haven|{frame.reader}"
        if sentence.start < self.title_end:
            yield "title"

    def _of_words(self, sentence: Span, frame: Frame) -> Iterator[str]:
        text = self.sides.text
        agent = _AGENT.search(text, frame.start, frame.end)
        yield f"agent={agent[0].lower() if agent else None}"
        yield f"agent={bool(agent)}|{frame.reader}"
        yield f"status={status_of(text, sentence, frame)}"
        yield f"hedged={is_hedged(text, sentence, frame)}"
        if _FIGURE.search(text, frame.start, frame.end):
            yield "figure"
        yield f"head={_stem(next(iter(_words(text, frame.head, frame.end)), ''))}"


def _words(text: str, start: int, end: int) -> list[str]:
    return _WORD.findall(text[start:end].lower())


def _stem(word: str) -> str:
    return _SUFFIX.sub("", word) if len(word) > 4 else word


def _of_pair(frame: Frame, pair: Pair, home: str) -> Iterator[str]:
    reader, left, right = frame.reader, _kind(pair[0], frame.out_of, home), _kind(pair[1], frame.into, home)
    yield from (f"reader={reader}", f"from={left}", f"to={right}", f"sides={left}>{right}")
    yield from (f"reader={reader}|{left}>{right}", f"from:{pair[0]}", f"to:{pair[1]}")
    yield f"stated={frame.fullness}|{reader}"
    yield f"filled={frame.filled}|{reader}"
    if frame.chosen:
        yield from ("chosen", f"chosen|{reader}", f"chosen|{frame.fullness}", f"chosen|{left}>{right}")
    yield f"many={min(3, len(frame.out_of) * len(frame.into))}"


def _kind(side: Side, named: Sequence[Side], home: str) -> str:
    """Return what sort of thing a side is; "unsaid" where the text gives none."""
    if side is None:
        return "meant" if named else "unsaid"
    if side in (OTHER, home):
        return "other" if side == OTHER else "home"
    if side in HAVENS:
        return side
    return side.partition(":")[0] if ":" in side else "symbol"


def judge(model: RotationModel, setting: Setting, found: Iterable[tuple[Span, Frame]]) -> Iterator[Judged]:
    """Yield what the rules chose, and the surest of what else the weights believe.

    To let the weights drop what the rules chose gained nothing on articles that neither had seen.
    """
    weighed = (_weigh(model, setting, sentence, frame) for sentence, frame in found)
    return iter(surest(item for item in weighed if item.pairs))


def _weigh(model: RotationModel, setting: Setting, sentence: Span, frame: Frame) -> Judged:
    rated = ((pair, model.odds(setting.features(sentence, frame, pair))) for pair in pairs_of(frame))
    return Judged(sentence, frame, tuple(it for it in rated if frame.chosen or it[1] >= model.threshold))


def surest(weighed: Iterable[Judged]) -> list[Judged]:
    """Return what the rules chose, then the surest of those that share words, in order of place."""
    kept: list[Judged] = []
    for item in sorted(weighed, key=lambda j: (not j.frame.chosen, -j.best, j.frame.start, j.frame.end)):
        if all(_apart(item.frame, other.frame) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda j: j.frame.start)


def _apart(one: Frame, other: Frame) -> bool:
    return one.end <= other.start or other.end <= one.start
