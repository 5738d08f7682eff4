"""Whom a cause moves, and which way."""

from __future__ import annotations

import itertools
import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from nlp_rotation.annotate.drivers.bounds import REACH
from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.cues import any_of
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.config import TABLES
from nlp_rotation.types import Direction, Effect, Mention, Move, Reading, Span

#: What a price can be told of; persons and firms that only speak are no subjects.
_SPOKEN = frozenset({"person", "firm"})
_MOST = 4
#: What the names annotator gives for "stocks"; the words beside them tell whose.
_ANY_MARKET = "country:US"
#: How far back an earlier sentence may name the subject.
_BACK = 300
_PAST = re.compile(
    r"(?:\w+ed|rose|fell|sank|slid|shed|lost|fallen|risen|dove|leapt|sunk|shot up|sold off)$", re.I
)
_TURNED = ("after.by", "after.source", "after.regard")
#: How far before a noun of price the verb that undoes it begins, and what may stand between the two.
_UNDOING = 45
_JOINS_NOUN = re.compile(r"[\w-]*\s+(?:(?!(?:by|after|as|with|on)\b)[\w.'’-]+\s+){0,3}", re.I)
_NOUN = re.compile(
    r"(?:gains|losses|advances?|declines?|rall(?:y|ies)|slides?|drops?|falls?|slumps?|sell-?offs?|rebounds?|rises?)\b",
    re.I,
)
#: A clause that stands before the subject of its sentence.
_FRONTED = re.compile(
    r"[\s“\"]*(?:given|after|as|with|amid|following|because(?: of)?|due to|despite|on)\b[^,;]{3,200},\s", re.I
)
#: The subject of a clause stands within so many characters.
_HEAD = 60
#: What ends the move that the clause tells of.
_ENDING = frozenset({"until", "unless"})
_ROTATION = re.compile(r"\b(?:rotat\w+|role reversal|shift(?:ed|ing|s)? (?:out of|away from|from))\b", re.I)
_HANDS_ON = re.compile(
    r"[\s,]*(?:\w+\s+){0,2}?(?:to|into|toward|towards|in favou?r of)\s+(?:[\w-]+\s+){0,3}", re.I
)
#: How far back a rotation may be told, and how far apart its sides stand.
_FAR = 1200
_APART = 60
_OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "unclear": "unclear"}
_BREAK = re.compile(r";|\s(?:while|but|whereas|although|though)\s|,\s+(?:and|while|but|with)\s", re.I)
_JOINED = re.compile(r"[\s,]*(?:\([^)]*\)[\s,]*)?(?:(?:and|or|both|as well as|shares of)\s*)*[\s,]*", re.I)
_OWN = re.compile(
    r"\b(?:its|the|their)\s+(?:shares?|stocks?)\b(?!\s+of\b)|\b(?:it|they|the company|the firm)\b|\bshares\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What of an article tells whom a clause is about, in order of place."""

    scan: Scan
    mentions: tuple[Mention, ...]
    moves: tuple[Move, ...]
    #: The market that "stocks" without more means here.
    home: str

    @classmethod
    def of(cls, reading: Reading, scan: Scan) -> Scene:
        """Take the subjects and moves out of ``reading``."""
        named = (
            m for m in reading.mentions if m.symbol and m.kind not in _SPOKEN and not _of_others(m, scan)
        )
        return cls(
            scan=scan,
            mentions=tuple(sorted(named, key=lambda m: m.start)),
            moves=tuple(sorted(reading.moves, key=lambda m: m.start)),
            home=_home(reading.text[: reading.title_end + REACH]),
        )

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.scan.text

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """Return the subjects named within ``span``."""
        first = bisect_left(self.mentions, span.start, key=lambda m: m.start)
        last = bisect_left(self.mentions, span.end, key=lambda m: m.start)
        return self.mentions[first:last]

    def moves_in(self, span: Span) -> Sequence[Move]:
        """Return the moves within ``span``."""
        first = bisect_left(self.moves, span.start, key=lambda m: m.start)
        last = bisect_left(self.moves, span.end, key=lambda m: m.start)
        return self.moves[first:last]

    def market(self, symbol: str, clause: Span) -> str:
        """Return whose market is meant where the names only say "stocks"."""
        if symbol != _ANY_MARKET:
            return symbol
        return _place_in(self.text[clause.start : clause.end]) or self.home


def _of_others(mention: Mention, scan: Scan) -> bool:
    """Return whether "the shares" goes on "of ..." and so is no word for the firm told before."""
    return mention.text.lower() == "the shares" and scan.text.startswith(" of ", mention.end)


def _home(head: str) -> str:
    """Return the country whose market the head of an article speaks of most; the US where it is mute."""
    counts = {home: len(pattern.findall(head)) for home, pattern in _homes().items()}
    best = max(counts, key=lambda home: counts[home])
    return best if counts[best] > counts[_ANY_MARKET] else _ANY_MARKET


def _place_in(text: str) -> str:
    found = [(match.start(), home) for home, pattern in _homes().items() if (match := pattern.search(text))]
    return min(found)[1] if found else ""


@cache
def _homes() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))["homes"]
    return {home: re.compile(any_of(words), re.I) for home, words in table.items()}


@cache
def _turns() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))["turns"]
    return {name: re.compile(r"\b(?:" + "|".join(stems) + ")", re.I) for name, stems in table.items()}


def find_effects(scene: Scene, candidate: Candidate, sentence: Span) -> tuple[Effect, ...]:
    """Return whom the cause of ``candidate`` moves and which way, as the clause tells it."""
    clause = _clause(scene.scan, candidate, sentence)
    found = (
        _rotated(scene, candidate, clause)
        or _moved(scene, candidate, clause)
        or _named(scene, candidate, clause, sentence)
    )
    if candidate.family == "after.despite" or candidate.cue in _ENDING:
        found = [Effect(on=effect.on, direction=_OPPOSITE[effect.direction]) for effect in found]
    return tuple(dict.fromkeys(found))[:_MOST]


def lean(effects: tuple[Effect, ...], category: str) -> tuple[Effect, ...]:
    """Return ``effects`` with the direction that the category leans to where the text gives none."""
    direction = _leans().get(category)
    if direction is None:
        return effects
    return tuple(replace(e, direction=direction) if e.direction == "unclear" else e for e in effects)


@cache
def _leans() -> dict[str, Direction]:
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))["leans"]
    sides: tuple[Direction, ...] = ("up", "down")
    return {category: side for side in sides for category in table[side]}


def _rotated(scene: Scene, candidate: Candidate, clause: Span) -> list[Effect]:
    """Return both sides of the rotation that the clause is about: told in it, or last told before it."""
    text = scene.text
    if not _ROTATION.search(text, clause.start, clause.end):
        return []
    told = scene.mentions_in(Span(start=max(0, clause.end - _FAR), end=clause.end))
    named = [m for m in told if m.symbol and m.symbol != _ANY_MARKET and not _inside(m, candidate)]
    for one, other in reversed(list(itertools.pairwise(named))):
        if other.start - one.end > _APART or not _HANDS_ON.fullmatch(text, one.end, other.start):
            continue
        if _ROTATION.search(text, max(0, one.start - _APART), other.end):
            return [
                Effect(on=other.symbol or "", direction="up"),
                Effect(on=one.symbol or "", direction="down"),
            ]
    return []


def _moved(scene: Scene, candidate: Candidate, span: Span) -> list[Effect]:
    """Return the moves in percent that ``span`` tells of, outside the cause."""
    return [
        Effect(on=scene.market(move.subject, span), direction="up" if move.pct > 0 else "down")
        for move in scene.moves_in(span)
        if move.pct and not _inside(move, candidate)
    ]


def _named(scene: Scene, candidate: Candidate, clause: Span, sentence: Span) -> list[Effect]:
    direction = _direction(scene.scan, candidate, clause, sentence)
    subjects = _subjects(scene, candidate, clause, sentence)
    if not subjects:
        earlier = Span(start=max(0, sentence.start - _BACK), end=sentence.start)
        if told := _moved(scene, candidate, earlier)[-1:]:
            return [Effect(on=told[0].on, direction=direction if direction else told[0].direction)]
        subjects = [m.symbol for m in scene.mentions_in(earlier) if m.symbol][-1:] or [scene.home]
        direction = direction or _sign(scene.scan, earlier)
    direction = direction or _sign(scene.scan, Span(start=candidate.start, end=candidate.end)) or "unclear"
    return [Effect(on=scene.market(on, clause), direction=direction) for on in subjects]


def _inside(item: Span, candidate: Candidate) -> bool:
    return candidate.start <= item.start < candidate.end


def _clause(scan: Scan, candidate: Candidate, sentence: Span) -> Span:
    """Return the part of the effect side that belongs to the cue: up to the nearest break."""
    side, text = candidate.effect, scan.text
    if side.end <= sentence.start:
        return side
    if fronted := _FRONTED.match(text, side.start, side.end):
        side = Span(start=fronted.end(), end=side.end)
    if side.end > candidate.cue_start:
        cut = _BREAK.search(text, side.start, side.end)
        return Span(start=side.start, end=cut.start() if cut else side.end)
    start = side.start
    for cut in _BREAK.finditer(text, side.start, side.end):
        if scan.any("market", cut.end(), side.end) or len(text[cut.end() : side.end].split()) > 3:
            start = cut.end()
    return Span(start=start, end=side.end)


def _subjects(scene: Scene, candidate: Candidate, clause: Span, sentence: Span) -> list[str]:
    """Return whom the clause, else the sentence, names; empty where that stands in an earlier one."""
    named = [m for m in scene.mentions_in(clause) if not _inside(m, candidate)]
    if named:
        return _run(scene.text, named)
    own = _OWN.search(scene.text, clause.start, clause.end)
    if not own and scene.scan.any("market", clause.start, clause.end):
        return [_ANY_MARKET]
    if candidate.family == "clause":
        head = Span(start=candidate.start, end=min(candidate.end, candidate.start + _HEAD))
        return _run(scene.text, list(inside)) if (inside := scene.mentions_in(head)) else []
    before = [m for m in scene.mentions_in(sentence) if m.end <= candidate.start]
    return _run(scene.text, before) if before else []


def _run(text: str, named: list[Mention]) -> list[str]:
    """Return the first name and those that are joined to it by commas and "and"."""
    run = [named[0]]
    for mention in named[1:]:
        if not _JOINED.fullmatch(text, run[-1].end, mention.start):
            break
        run.append(mention)
    return list(dict.fromkeys(m.symbol for m in run if m.symbol))


def _direction(scan: Scan, candidate: Candidate, clause: Span, sentence: Span) -> Direction | None:
    """Return the direction that the cue's verb or the words of price give; None where they are mute."""
    turns, cue = _turns(), candidate.cue
    told = _sign(scan, clause)
    verb_first = candidate.family in ("before.push", "before.passing", "before.role")
    if verb_first and turns["turn"].match(cue):
        rest = _sign(scan, Span(start=min(clause.end, candidate.cue_start + len(cue)), end=clause.end))
        return _OPPOSITE[rest] if rest else "down"
    if verb_first or candidate.family == "after.by" or (not told and candidate.family in _TURNED):
        if turns["down"].search(cue):
            return "down"
        if turns["up"].search(cue):
            return "up"
    return told or _around(scan, candidate, sentence)


def _around(scan: Scan, candidate: Candidate, sentence: Span) -> Direction | None:
    """Return the direction that the sentence gives outside the cause."""
    return _sign(scan, Span(start=sentence.start, end=candidate.start)) or _sign(
        scan, Span(start=candidate.end, end=sentence.end)
    )


def _sign(scan: Scan, span: Span) -> Direction | None:
    """Return the direction of the first past verb of price in ``span``, else of its first word of price."""
    if span.start >= span.end:
        return None
    found: list[tuple[bool, int, Direction]] = []
    sides: tuple[Direction, ...] = ("up", "down")
    for direction in sides:
        for hit in scan.hits[direction].within(span.start, min(span.end, span.start + REACH)):
            past = bool(_PAST.match(scan.text, hit.start, hit.end))
            if past and _turns()["undo"].match(scan.text, hit.start):
                continue
            undone = bool(_NOUN.match(scan.text, hit.start)) and _is_undone(scan.text, span.start, hit.start)
            found.append((not past, hit.start, _OPPOSITE[direction] if undone else direction))
    return min(found)[2] if found else None


def _is_undone(text: str, floor: int, noun: int) -> bool:
    """Return whether the verb before a noun of price undoes its move: "pared earlier gains"."""
    before = text[max(floor, noun - _UNDOING) : noun]
    return any(_JOINS_NOUN.fullmatch(before, verb.end()) for verb in _turns()["undo"].finditer(before))
