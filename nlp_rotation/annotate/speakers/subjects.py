"""Who stands before or behind a verb of speech."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nlp_rotation.annotate.speakers.cast import Cast, Voice, find_employer, one_line
from nlp_rotation.annotate.speakers.vocabulary import (
    GROUP,
    ROLE_WORD,
    RUN,
    SPACE,
    any_of,
    speaks_by_trade,
    table,
    words,
)
from nlp_rotation.types import Span

#: The subject of a verb is looked for no farther back than this.
REACH = 300

StandIn = Literal["", "person", "group", "firm"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks, and where the words for it begin and end."""

    start: int
    end: int
    voice: Voice
    #: For "he", "the analysts", "the bank": which kind of earlier speaker is meant; the voice is then empty.
    stand_in: StandIn = ""


_WHO = table()["who"]
_KIND = (
    r"(?:institutional|equity|market|retail|fund|money|portfolio|currency|bond|oil|stock|sell-side|buy-side)"
)
_MANY = (
    rf"(?:(?:[Mm]any|[Ss]ome|[Ss]everal|[Mm]ost|[Oo]ther|[Oo]ne|[Tt]he){SPACE})?(?:{_KIND}{SPACE})?{GROUP}"
)
_PHRASE = rf"(?:[a-z][\w-]*{SPACE}){{0,3}}?"
_THE = rf"(?:the{SPACE})?"
_AT = rf"{SPACE}(?:at|with|from|of|for){SPACE}{_THE}"
_UNDER = rf",?{SPACE}(?:led{SPACE}by|including|headed{SPACE}by){SPACE}"

_STAND_INS: tuple[tuple[StandIn, str], ...] = (
    ("person", rf"[Hh]e|[Ss]he|[Tt]he{SPACE}{_PHRASE}{ROLE_WORD}"),
    (
        "group",
        rf"[Tt]hey(?:[’']re|[’']ve)?|[Tt]he{SPACE}{_PHRASE}{any_of(_WHO['returning'])}",
    ),
    ("firm", rf"(?:[Tt]he|[Ii]ts){SPACE}{_PHRASE}{any_of(_WHO['firm_nouns'])}"),
)
_STAND_IN_BEFORE = [(kind, re.compile(rf"(?<![\w’'])(?:{pattern})$")) for kind, pattern in _STAND_INS]
_STAND_IN_BEHIND = [(kind, re.compile(rf"(?:{pattern})(?!\w)")) for kind, pattern in _STAND_INS]

_FIRMS_GROUP = rf"(?P<firm>{RUN})(?:[’']s?)?{SPACE}{_PHRASE}{GROUP}"
_FIRMS_GROUP_BEFORE = re.compile(rf"{_FIRMS_GROUP}$")
_GROUP_BEFORE = re.compile(rf"(?<![\w’'-])(?P<many>{_MANY})$")
_GROUP_AT_BEFORE = re.compile(rf"(?<![\w-]){_MANY}{_AT}$")
_GROUP_UNDER_BEFORE = re.compile(
    rf"(?:(?P<firm>{RUN})(?:[’']s?)?{SPACE})?{_PHRASE}{GROUP}(?:{_AT}(?P<house>{RUN}))?{_UNDER}$"
)
_PERSON_AT_BEFORE = re.compile(rf"(?P<person>{RUN}(?:{SPACE}and{SPACE}{RUN})?){_AT}$")
#: "Jane Doe, head of the rates team at Acme said", with no second comma.
_APPOSED_BEFORE = re.compile(
    rf"(?P<person>{RUN}),{SPACE}[^,;\"“”]{{0,80}}?\b{ROLE_WORD}\b[^,;\"“”]{{0,60}}?{_AT}$"
)
_PAIR_BEFORE = re.compile(rf"(?P<first>{RUN}){SPACE}and{SPACE}$")

_GROUP_BEHIND = re.compile(rf"(?P<many>{_MANY})(?:{_AT}{_PHRASE}(?P<firm>{RUN}))?(?!\w)")
_FIRMS_GROUP_BEHIND = re.compile(rf"{_THE}{_FIRMS_GROUP}(?:{_UNDER}(?P<person>{RUN}))?(?!\w)")
_SOMEONE_AT = re.compile(rf"(?:an?|one){SPACE}{_PHRASE}{ROLE_WORD}{_AT}{_PHRASE}(?P<firm>{RUN})")
_OF_DESK = rf"(?:{SPACE}(?:of|for)(?:{SPACE}[a-z][\w-]*){{1,8}})?"
_FIRMS_PERSON = re.compile(
    rf"{_THE}(?P<firm>{RUN})(?:[’']s?)?{SPACE}(?:(?:[a-z][\w-]*{SPACE}){{0,6}}?{ROLE_WORD}{_OF_DESK},?{SPACE})?(?P<person>{RUN})"
)
_ROLE_NAME = re.compile(rf"{_THE}(?:[\w.-]+{SPACE}){{0,5}}?{ROLE_WORD},?{SPACE}(?P<person>{RUN})")
_NAME = re.compile(rf"{_THE}(?P<first>{RUN})(?:{SPACE}and{SPACE}(?P<second>{RUN}))?")
_OPENER = re.compile(rf"(?:{any_of(table()['names']['openers'])}){SPACE}")
_BY = re.compile(rf"(?<!\bled)(?<!\bheaded){SPACE}by{SPACE}$")
_CITED_BY = re.compile(rf"{SPACE}(?:cited|quoted|interviewed){SPACE}by{SPACE}(?P<firm>{RUN})")
_POLLED = re.compile(rf"{SPACE}(?:polled|surveyed|tracked)\b")
_IN_APPOSITION = re.compile(rf"\b(?:{ROLE_WORD}|who|at)\b")


def subject_before(masked: str, cast: Cast, floor: int, end: int) -> Subject | None:
    """Return who stands right before ``end`` as the subject of a verb there; None where nobody does."""
    stretch = masked[floor:end]
    for kind, pattern in _STAND_IN_BEFORE:
        if match := pattern.search(stretch):
            return Subject(floor + match.start(), end, Voice(), kind)
    if (match := _FIRMS_GROUP_BEFORE.search(stretch)) and match["firm"] not in words("names", "not_persons"):
        return Subject(floor + match.start(), end, cast.group_voice(match["firm"]))
    if match := _GROUP_BEFORE.search(stretch):
        return Subject(floor + match.start("many"), end, Voice(speaker=one_line(match["many"])))
    if stretch.endswith(","):
        return _with_apposition(masked, cast, floor, end)
    run = cast.run_before(end)
    return _named(masked, cast, floor, run) if run and run.end == end and run.start >= floor else None


def _with_apposition(masked: str, cast: Cast, floor: int, end: int) -> Subject | None:
    """Read "Jane Doe, chief economist at Acme Capital," from its last comma backwards."""
    for run in cast.runs_back(end, floor):
        apposition = masked[run.end : end]
        if apposition.startswith(",") and len(apposition) > 1 and _IN_APPOSITION.search(apposition):
            subject = _named(masked, cast, floor, run)
            if subject and subject.voice.speaker:
                return Subject(subject.start, end, subject.voice)
    return None


def _named(masked: str, cast: Cast, floor: int, run: Span) -> Subject | None:
    lead, name = masked[floor : run.start], masked[run.start : run.end]
    # "polled by Acme": the firm only asks.
    if _BY.search(lead):
        return None
    if match := _PERSON_AT_BEFORE.search(lead):
        first, _, second = _without_opener(match["person"]).partition(" and ")
        person = cast.pair_voice(first, second.strip()) if second else cast.voice_of(first)
        if person.speaker:
            return Subject(floor + match.start(), run.end, Voice(person.speaker, one_line(name)))
    if (match := _APPOSED_BEFORE.search(lead)) and (voice := cast.voice_of(match["person"])).speaker:
        return Subject(floor + match.start(), run.end, Voice(voice.speaker, voice.firm or one_line(name)))
    if match := _GROUP_AT_BEFORE.search(lead):
        return Subject(floor + match.start(), run.end, cast.group_voice(name))
    if match := _GROUP_UNDER_BEFORE.search(lead):
        house = match["firm"] or match["house"]
        return Subject(floor + match.start(), run.end, cast.person_for(name, house))
    if match := _PAIR_BEFORE.search(lead):
        return Subject(floor + match.start(), run.end, cast.pair_voice(match["first"], name))
    bare = _without_opener(name)
    voice = cast.voice_of(bare)
    return Subject(run.end - len(bare), run.end, voice) if _has_views(bare, voice) else None


def _has_views(name: str, voice: Voice) -> bool:
    """Tell whether a name alone may speak: a person, or a firm that does so by trade."""
    return name not in words("names", "not_persons") and bool(
        voice.speaker or speaks_by_trade(voice.firm or "")
    )


def _without_opener(name: str) -> str:
    opener = _OPENER.match(name)
    return name[opener.end() :] if opener else name


def subject_behind(masked: str, cast: Cast, start: int, ceiling: int) -> Subject | None:
    """Return who is named at ``start``, right behind a verb or "according to"; None where nobody is."""
    for kind, pattern in _STAND_IN_BEHIND:
        if match := pattern.match(masked, start, ceiling):
            if named := _ROLE_NAME.match(masked, start, ceiling):
                return Subject(start, named.end(), cast.voice_of(named["person"]))
            return Subject(start, match.end(), Voice(), kind)
    if match := _FIRMS_GROUP_BEHIND.match(masked, start, ceiling):
        voice = (
            cast.person_for(match["person"], match["firm"])
            if match["person"]
            else cast.group_voice(match["firm"])
        )
        return Subject(start, match.end(), voice)
    if (match := _GROUP_BEHIND.match(masked, start, ceiling)) and not _POLLED.match(
        masked, match.end(), ceiling
    ):
        cited = _CITED_BY.match(masked, match.end(), ceiling)
        firm = match["firm"] or (cited["firm"] if cited else None)
        voice = cast.group_voice(firm) if firm else Voice(speaker=one_line(match["many"]))
        return Subject(start, match.end(), voice)
    if match := _SOMEONE_AT.match(masked, start, ceiling):
        return Subject(start, match.end(), cast.group_voice(match["firm"]))
    return _name_behind(masked, cast, start, ceiling)


def _name_behind(masked: str, cast: Cast, start: int, ceiling: int) -> Subject | None:
    for pattern in (_FIRMS_PERSON, _ROLE_NAME):
        match = pattern.match(masked, start, ceiling)
        if match and cast.voice_of(match["person"]).speaker:
            return Subject(
                start, match.end(), cast.person_for(match["person"], match.groupdict().get("firm"))
            )
    match = _NAME.match(masked, start, ceiling)
    if not match or not _has_views(match["first"], cast.voice_of(match["first"])):
        return None
    if match["second"] and cast.voice_of(match["second"]).speaker:
        voice = cast.pair_voice(match["first"], match["second"])
        return Subject(start, match.end(), voice)
    voice = cast.voice_of(match["first"])
    if voice.speaker and not voice.firm:
        voice = Voice(
            voice.speaker, find_employer(masked, Span(start=match.start("first"), end=match.end("first")))
        )
    return Subject(start, match.end("first"), voice)
