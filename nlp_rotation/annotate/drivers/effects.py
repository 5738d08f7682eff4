"""Whom a cause moves, and which way."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cache

from nlp_rotation.annotate.drivers.bounds import REACH
from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.config import TABLES
from nlp_rotation.types import Direction, Effect, Mention, Move, Reading, Span

#: What a price can be told of; persons and firms that only speak are no subjects.
_SPOKEN = frozenset({"person", "firm"})
_MOST = 4
_OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "unclear": "unclear"}
_BREAK = re.compile(r";|\s(?:while|but|whereas|although|though)\s|,\s+(?:and|while|but|with)\s", re.I)
_JOINED = re.compile(r"[\s,]*(?:\([^)]*\)[\s,]*)?(?:(?:and|or|both|as well as|shares of)\s*)*[\s,]*", re.I)
_OWN = re.compile(
    r"\b(?:its|the|their)\s+(?:shares?|stocks?)\b|\b(?:it|they|the company|the firm)\b|\bshares\b", re.I
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What of an article tells whom a clause is about, in order of place."""

    text: str
    mentions: tuple[Mention, ...]
    moves: tuple[Move, ...]
    home: str

    @classmethod
    def of(cls, reading: Reading) -> Scene:
        """Take the subjects and moves out of ``reading``."""
        mentions = tuple(
            sorted((m for m in reading.mentions if m.symbol and m.kind not in _SPOKEN), key=lambda m: m.start)
        )
        moves = tuple(sorted(reading.moves, key=lambda m: m.start))
        return cls(text=reading.text, mentions=mentions, moves=moves, home=_home(mentions, reading))

    def mentions_in(self, span: Span) -> list[Mention]:
        """Return the subjects named within ``span``."""
        at = bisect_left(self.mentions, span.start, key=lambda m: m.start)
        found = []
        while at < len(self.mentions) and self.mentions[at].start < span.end:
            found.append(self.mentions[at])
            at += 1
        return found

    def moves_in(self, span: Span) -> list[Move]:
        """Return the moves within ``span``."""
        at = bisect_left(self.moves, span.start, key=lambda m: m.start)
        found = []
        while at < len(self.moves) and self.moves[at].start < span.end:
            found.append(self.moves[at])
            at += 1
        return found

    def last_before(self, place: int) -> Mention | Move | None:
        """Return what the text was about before ``place``: the subject of a move, else a name."""
        at = bisect_left(self.mentions, place, key=lambda m: m.start)
        names = [
            m for m in self.mentions[max(0, at - 6) : at] if m.kind == "equity" and place - m.start < REACH
        ]
        return names[-1] if names else None


def _home(mentions: tuple[Mention, ...], reading: Reading) -> str:
    """Return the country whose market the article tells of: the one it names most at its head."""
    head = max(reading.title_end, 0) + REACH
    countries = Counter(
        m.symbol for m in mentions if m.kind == "country" and m.start < head and m.symbol is not None
    )
    return countries.most_common(1)[0][0] if countries else "country:US"


@cache
def _turns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))["turns"]
    return {name: re.compile(r"\b(?:" + "|".join(stems) + ")", re.I) for name, stems in table.items()}


def find_effects(scene: Scene, candidate: Candidate, sentence: Span) -> tuple[Effect, ...]:
    """Return whom the cause of ``candidate`` moves and which way, as the clause tells it."""
    clause = _clause(scene.text, candidate)
    moves = [m for m in scene.moves_in(clause) if not _inside(m, candidate)]
    flip = candidate.family == "after.despite"
    if moves:
        found = [Effect(on=m.subject, direction="up" if m.pct > 0 else "down") for m in moves if m.pct]
    else:
        found = [
            Effect(on=on, direction=_direction(scene.text, candidate, clause, sentence))
            for on in _subjects(scene, candidate, clause, sentence)
        ]
    if flip:
        found = [Effect(on=e.on, direction=_OPPOSITE[e.direction]) for e in found]
    return tuple(dict.fromkeys(found))[:_MOST]


def _inside(item: Span, candidate: Candidate) -> bool:
    return candidate.start <= item.start < candidate.end


def _clause(text: str, candidate: Candidate) -> Span:
    """Return the part of the effect side that belongs to the cue: up to the nearest break."""
    side = candidate.effect
    if side.end > candidate.cue_start:
        cut = _BREAK.search(text, side.start, side.end)
        return Span(start=side.start, end=cut.start() if cut else side.end)
    start = side.start
    for cut in _BREAK.finditer(text, side.start, side.end):
        if cues().market.search(text, cut.end(), side.end) or len(text[cut.end() : side.end].split()) > 3:
            start = cut.end()
    return Span(start=start, end=side.end)


def _subjects(scene: Scene, candidate: Candidate, clause: Span, sentence: Span) -> list[str]:
    named = [m for m in scene.mentions_in(clause) if not _inside(m, candidate)]
    if named:
        return _run(scene.text, named)
    if cues().market.search(scene.text, clause.start, clause.end) and not _OWN.search(
        scene.text, clause.start, clause.end
    ):
        return [scene.home]
    others = [m for m in scene.mentions_in(sentence) if m.kind == "equity" and m.end <= candidate.start]
    if others:
        return _run(scene.text, others)
    last = scene.last_before(candidate.start)
    return [last.symbol] if isinstance(last, Mention) and last.symbol else [scene.home]


def _run(text: str, named: list[Mention]) -> list[str]:
    """Return the first name and those that are joined to it by commas and "and"."""
    run = [named[0]]
    for mention in named[1:]:
        if not _JOINED.fullmatch(text, run[-1].end, mention.start):
            break
        run.append(mention)
    return list(dict.fromkeys(m.symbol for m in run if m.symbol))


def _direction(text: str, candidate: Candidate, clause: Span, sentence: Span) -> Direction:
    turns = _turns()
    object_sign = _sign(text, clause)
    cue = candidate.cue
    if candidate.family.startswith("before") or candidate.family in (
        "after.by",
        "after.source",
        "after.regard",
    ):
        if (
            candidate.family != "before.push"
            and object_sign != "unclear"
            and candidate.family != "before.passing"
        ):
            return object_sign
        if turns["turn"].match(cue) and object_sign != "unclear":
            return _OPPOSITE[object_sign]
        if turns["down"].search(cue):
            return "down"
        if turns["up"].search(cue):
            return "up"
    return object_sign if object_sign != "unclear" else _sign(text, sentence)


def _sign(text: str, span: Span) -> Direction:
    """Return the direction of the first word of price in ``span``."""
    up = cues().up.search(text, span.start, span.end)
    down = cues().down.search(text, span.start, span.end)
    if up and (not down or up.start() < down.start()):
        return "up"
    return "down" if down else "unclear"
