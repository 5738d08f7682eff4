"""Whom a cause moves, and which way, as rules read its clause."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.drivers.scene import ANY_MARKET, Scene, Told
from nlp_rotation.annotate.drivers.signs import OPPOSITE, sign, sign_around, turns
from nlp_rotation.config import TABLES
from nlp_rotation.types import Direction, Effect, Mention, Span

_MOST = 4
#: How far back an earlier sentence may name the subject.
_BACK = 300
_TURNED = ("after.by", "after.source", "after.regard")
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
#: What may part two names of one list: the ticker of the first, the rest of its legal name, emphasis.
_JOINED = re.compile(
    r"(?:\s+(?:Inc|Corp|Co|Ltd|plc|Group|Holdings)\b\.?)?[\s,*]*(?:\([^)]*\)[\s,*]*)?"
    r"(?:(?:and|or|both|as well as|shares of)\s*)*[\s,*]*",
    re.I,
)
_OWN = re.compile(
    r"\b(?:its|the|their)\s+(?:shares?|stocks?)\b(?!\s+of\b)|\b(?:it|they|the company|the firm)\b|\bshares\b",
    re.I,
)


def told_effects(scene: Scene, told: Told) -> tuple[Effect, ...]:
    """Return whom the cause moves and which way, as rules read the clause."""
    found = rotated(scene, told) or _moved(scene, told, told.clause) or _named(scene, told)
    candidate = told.candidate
    if candidate.family == "after.despite" or candidate.cue in _ENDING:
        found = [Effect(on=effect.on, direction=OPPOSITE[effect.direction]) for effect in found]
    return _lean(tuple(dict.fromkeys(found))[:_MOST], told.category)


def _lean(effects: tuple[Effect, ...], category: str) -> tuple[Effect, ...]:
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


def rotated(scene: Scene, told: Told) -> list[Effect]:
    """Return both sides of the rotation that the clause is about: told in it, or last told before it."""
    text, clause = scene.text, told.clause
    if not _ROTATION.search(text, clause.start, clause.end):
        return []
    near = scene.mentions_in(Span(start=max(0, clause.end - _FAR), end=clause.end))
    named = [m for m in near if m.symbol and m.symbol != ANY_MARKET and not told.holds(m)]
    for one, other in reversed(list(itertools.pairwise(named))):
        if other.start - one.end > _APART or not _HANDS_ON.fullmatch(text, one.end, other.start):
            continue
        if _ROTATION.search(text, max(0, one.start - _APART), other.end):
            return [
                Effect(on=other.symbol or "", direction="up"),
                Effect(on=one.symbol or "", direction="down"),
            ]
    return []


def _moved(scene: Scene, told: Told, span: Span) -> list[Effect]:
    """Return the moves in percent that ``span`` tells of, outside the cause."""
    return [
        Effect(on=scene.market(move.subject, span), direction="up" if move.pct > 0 else "down")
        for move in scene.moves_in(span)
        if move.pct and not told.holds(move)
    ]


def _named(scene: Scene, told: Told) -> list[Effect]:
    direction = _direction(scene.scan, told)
    subjects = _subjects(scene, told)
    if not subjects:
        earlier = Span(start=max(0, told.sentence.start - _BACK), end=told.sentence.start)
        if last := _moved(scene, told, earlier)[-1:]:
            return [Effect(on=last[0].on, direction=direction if direction else last[0].direction)]
        subjects = [m.symbol for m in scene.mentions_in(earlier) if m.symbol][-1:] or [scene.home]
        direction = direction or sign(scene.scan, earlier)
    cause = Span(start=told.candidate.start, end=told.candidate.end)
    direction = direction or sign(scene.scan, cause) or "unclear"
    return [Effect(on=scene.market(on, told.clause), direction=direction) for on in subjects]


def _subjects(scene: Scene, told: Told) -> list[str]:
    """Return whom the clause, else the sentence, names; empty where that stands in an earlier one."""
    clause, candidate = told.clause, told.candidate
    named = [m for m in scene.mentions_in(clause) if not told.holds(m)]
    if named:
        return run_of(scene.text, named)
    if not speaks_of_its_own(scene.text, clause) and scene.scan.any("market", clause.start, clause.end):
        return [ANY_MARKET]
    if candidate.family == "clause":
        head = Span(start=candidate.start, end=min(candidate.end, candidate.start + _HEAD))
        return run_of(scene.text, inside) if (inside := scene.mentions_in(head)) else []
    before = [m for m in scene.mentions_in(told.sentence) if m.end <= candidate.start]
    return run_of(scene.text, before) if before else []


def speaks_of_its_own(text: str, clause: Span) -> bool:
    """Return whether the clause goes on about whom the text was about: "its shares", "they"."""
    return bool(_OWN.search(text, clause.start, clause.end))


def run_of(text: str, named: Sequence[Mention]) -> list[str]:
    """Return the first name and those that are joined to it by commas and "and"."""
    run = [named[0]]
    for mention in named[1:]:
        if not _JOINED.fullmatch(text, run[-1].end, mention.start):
            break
        run.append(mention)
    return list(dict.fromkeys(m.symbol for m in run if m.symbol))


def _direction(scan: Scan, told: Told) -> Direction | None:
    """Return the direction that the cue's verb or the words of price give; None where they are mute."""
    candidate, clause, cue = told.candidate, told.clause, told.candidate.cue
    here = sign(scan, clause)
    verb_first = candidate.family in ("before.push", "before.passing", "before.role")
    if verb_first and turns()["turn"].match(cue):
        rest = sign(scan, Span(start=min(clause.end, candidate.cue_start + len(cue)), end=clause.end))
        return OPPOSITE[rest] if rest else "down"
    if verb_first or candidate.family == "after.by" or (not here and candidate.family in _TURNED):
        if turns()["down"].search(cue):
            return "down"
        if turns()["up"].search(cue):
            return "up"
    return here or sign_around(scan, Span(start=candidate.start, end=candidate.end), told.sentence)
