"""The words of ``tables/speakers.toml`` and the shapes of names, ready for matching."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from nlp_rotation.config import TABLES

_UPPER = "A-ZÀ-ÖØ-ÞČĆĐĞİŁŚŞŠŻŽ"
#: White space inside a sentence: a wrapped line is still the sentence, an empty line ends it.
SPACE = r"(?:[^\S\n]+\n?[^\S\n]*|\n[^\S\n]*)"
_ABBREVIATION = rf"(?:Co|Inc|Corp|Ltd|Cos|Bros|St|Jr|Sr|Mr|Mrs|Ms|Dr|[{_UPPER}](?:\.[{_UPPER}])*)\."
#: One capitalised word; a possessive 's stays outside, an abbreviation keeps its dot.
WORD = rf"\d{{0,2}}(?:{_ABBREVIATION}|[{_UPPER}][\w-]*(?:(?:[’'](?!s\b)|[.*\\/&]+)\w+)*)(?!\w)"


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """Return the vocabulary of speakers as it stands in its table."""
    tree: dict[str, Any] = tomllib.loads((TABLES / "speakers.toml").read_text("utf-8"))
    return tree


def words(section: str, key: str) -> frozenset[str]:
    """Return one list of the table as a set."""
    return frozenset(table()[section][key])


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches one of ``phrases``, the longest that fits."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", SPACE) for phrase in ordered) + ")"


def _run() -> str:
    particle = any_of(table()["names"]["particles"])
    joint = rf"{SPACE}(?:(?:&|\+|{particle}){SPACE}(?=\d{{0,2}}[{_UPPER}]))?"
    heads = "|".join(rf"(?<={head})" for head in table()["names"]["heads"])
    of = rf"(?:{heads}){SPACE}(?:of|for){SPACE}(?:the{SPACE})?"
    partners = rf",{SPACE}(?=[{_UPPER}]\w+{SPACE}&)"
    return rf"{WORD}(?:(?:{of}|{partners}|{joint}){WORD}){{0,9}}"


#: A run of capitalised words: a person, a firm, a place, or several of them in a row.
RUN = _run()
RUN_PATTERN = re.compile(RUN)

#: A role, as a pattern without borders.
ROLE_WORD = any_of(
    table()["who"]["roles"] + [role.title() for role in table()["who"]["roles"]] + ["CEO", "CIO", "CFO"]
)
#: People who speak in a crowd, as a pattern without borders.
GROUP = any_of(
    [*table()["who"]["collectives"], "team", *(word.capitalize() for word in table()["who"]["collectives"])]
)
#: A person's role, in the singular.
ROLE = re.compile(rf"\b{ROLE_WORD}\b")
#: A capitalised role inside a run splits it: employer before, person after.
ROLE_IN_RUN = re.compile(
    rf"(?:^|{SPACE})(?:(?:Vice|Chief|Co-Chief|Deputy|Senior|Managing|Executive|Prime|Former|Financial|Investment|Operating|"
    rf"Economic|Chair|Fed){SPACE})*(?:{ROLE_WORD}|Treasury{SPACE}Secretary)(?:{SPACE}|$)"
)

_SPEAKING = table()["firms"]["houses"] + table()["firms"]["media"] + table()["firms"]["data"]
#: A firm that the table knows as a source, whole or as the head of a longer name.
SOURCE_FIRM = re.compile(rf"(?:The{SPACE})?{any_of(_SPEAKING)}(?!\w)", re.IGNORECASE)
#: Of these, the ones that bring news.
MEDIA_FIRM = re.compile(rf"(?:The{SPACE})?{any_of(table()['firms']['media'])}(?!\w)")
#: Of these, the ones that give numbers; and any name that ends like a table of numbers.
DATA_FIRM = re.compile(
    rf"(?:The{SPACE})?{any_of(table()['firms']['data'])}(?!\w)|.*\b{any_of(table()['names']['number_words'])}$",
    re.DOTALL,
)

_NOT_PERSONS = words("names", "not_persons")
_FIRM_WORDS = words("names", "firm_words")
_HOUSE_WORDS = words("names", "house_words")
#: "London-based" opens a sentence like a first name.
_COMPOUND = re.compile(r"-[a-z]")
_PERSON_WORD = re.compile(
    rf"(?:[{_UPPER}][’'a-zà-öø-ÿćčđğıłńřśşšźżž-]|[{_UPPER}]{{1,2}}$|[{_UPPER}]\.|[{_UPPER}][a-z]?[{_UPPER}][a-z])"
)


def is_person(run: str) -> bool:
    """Tell whether a run of capitals has the shape of a person's full name."""
    parts = run.split()
    if not 2 <= len(parts) <= 5 or SOURCE_FIRM.match(run):
        return False
    if any(part in _NOT_PERSONS or part in _FIRM_WORDS or _COMPOUND.search(part) for part in parts):
        return False
    proper = [part for part in parts if part not in table()["names"]["particles"]]
    return len(proper) >= 2 and len(proper[-1]) > 1 and all(_PERSON_WORD.match(part) for part in proper)


def is_firm(run: str) -> bool:
    """Tell whether a run of capitals is plainly a firm or an institution."""
    return bool(SOURCE_FIRM.match(run)) or any(part in _FIRM_WORDS for part in run.split())


def speaks_by_trade(firm: str) -> bool:
    """Tell whether a firm is a house, a paper or an office, whose words are views and not its own news."""
    return bool(SOURCE_FIRM.match(firm)) or any(part in _HOUSE_WORDS for part in firm.split())
