"""The cue table as compiled patterns: what ties a cause to a price."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from nlp_rotation.config import TABLES


@dataclass(frozen=True, slots=True)
class Cues:
    """Every pattern of ``tables/causes.toml``."""

    #: Any cue before a cause; ``families`` names the family of what it found.
    after: re.Pattern[str]
    #: Any cue after a cause.
    before: re.Pattern[str]
    #: Cue in lower case -> its family (``after.as``, ``before.push``), for each side.
    families: dict[str, str]
    trust: dict[str, float]
    never: re.Pattern[str]
    stops: re.Pattern[str]
    comma_stops: re.Pattern[str]
    openers: re.Pattern[str]
    leads: re.Pattern[str]
    trails: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    still: re.Pattern[str]
    market: re.Pattern[str]
    hedge: re.Pattern[str]
    predicts: re.Pattern[str]
    denied: re.Pattern[str]
    ended: re.Pattern[str]
    said: re.Pattern[str]
    company: re.Pattern[str]
    objects: re.Pattern[str]


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of ``phrases`` as whole words, the longest first."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return r"(?<![\w'’-])(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered) + r")(?![\w-])"


@cache
def cues() -> Cues:
    """Return the built-in cues, read once."""
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))
    sides = {side: table[side] for side in ("after", "before")}
    phrases = {side: [cue for row in rows.values() for cue in row["cues"]] for side, rows in sides.items()}
    families = {
        f"{side} {cue}": f"{side}.{name}"
        for side, rows in sides.items()
        for name, row in rows.items()
        for cue in row["cues"]
    }
    trust = {f"{side}.{name}": row["trust"] for side, rows in sides.items() for name, row in rows.items()}
    bounds, moved = table["bounds"], table["moved"]
    return Cues(
        after=_whole(phrases["after"]),
        before=_whole(phrases["before"]),
        families=families,
        trust=trust,
        never=_whole(table["never"]["cues"]),
        stops=re.compile(rf"[,;:]|\s(?:--|–|—|-)\s|[“”\"]|{any_of(bounds['stops'])}", re.I),
        comma_stops=re.compile(rf"\s*(?:{any_of(bounds['comma_stops'])}|\w+ing\b)", re.I),
        openers=re.compile(rf"[;:,](?=\s)|\s(?:--|–|—|-)\s|[“”\"(]|{any_of(bounds['openers'])}", re.I),
        leads=re.compile(rf"(?:(?:{any_of(bounds['leads'])})[\s,]*)+", re.I),
        trails=re.compile(rf"[\s,]*(?:{any_of(bounds['trails'])})$", re.I),
        up=_whole(moved["up"]),
        down=_whole(moved["down"]),
        still=_whole(moved["still"]),
        market=_whole(table["market"]["words"]),
        **{
            name: _whole(table[name]["cues"])
            for name in ("hedge", "predicts", "denied", "ended", "said", "company", "objects")
        },
    )


def _whole(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(any_of(phrases), re.I)
