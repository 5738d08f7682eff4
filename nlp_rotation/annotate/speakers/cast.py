"""The persons and firms that an article brings on stage, by their full names as first given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from nlp_rotation.annotate.speakers.vocabulary import (
    ROLE,
    ROLE_IN_RUN,
    RUN,
    RUN_PATTERN,
    SPACE,
    any_of,
    is_firm,
    is_person,
    words,
)
from nlp_rotation.types import Span

#: How far behind a name its role and employer may stand.
APPOSITION = 240
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Gov|Sen|Rep)\.?\s+")
_OFFICE = re.compile(rf"(?:\b|^)(?:U\.S\.\s|US\s)?{any_of(words('who', 'offices'))}(?!\w)")
_DESCRIPTION = rf"(?:the{SPACE}|[\w.-]+-based{SPACE})?(?:[a-z][a-z-]*{SPACE}){{0,3}}?"
_EMPLOYER = re.compile(rf"\b(?:at|for|with|from|founded|owns|runs){SPACE}{_DESCRIPTION}(?P<firm>{RUN})")
_EMPLOYER_OF = re.compile(rf"\bof{SPACE}{_DESCRIPTION}(?P<firm>{RUN})")
_EMPLOYER_BARE = re.compile(rf"{ROLE.pattern},?{SPACE}(?P<firm>{RUN})")
_EMPLOYER_FIRST = re.compile(rf"(?:the{SPACE})?(?P<firm>{RUN})(?:[’']s?)?{SPACE}")
_DIRECT_EMPLOYER = re.compile(rf"{SPACE}(?:at|of|with|from|for){SPACE}(?P<firm>{RUN})")
_ROLE_BEFORE = re.compile(
    rf"(?P<firm>{RUN})(?:[’']s?)?(?:{SPACE}[a-z][a-z-]*){{0,6}}?{SPACE}{ROLE.pattern}(?:{SPACE}(?:named|called))?,?\s+$"
)
_POSSESSOR = re.compile(rf"(?P<firm>{RUN})[’']s?{SPACE}(?:[a-z][a-z-]*{SPACE}){{0,2}}$")
#: An apposition ends where somebody speaks, where a quote begins, or with the clause.
_APPOSITION_END = re.compile(
    r"[\"“”;:]|\b(?:said|says|told|wrote|stated|added|noted|tells|writes)\b|(?<=[a-z0-9)])\.\s+[A-Z]|\n\s*\n"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may speak: a person, a firm, or a person for a firm."""

    speaker: str | None = None
    firm: str | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is on stage, and how they are called for short."""

    runs: tuple[Span, ...]
    text: str
    #: Full name by surname, as first given.
    surnames: dict[str, str] = field(default_factory=dict)
    #: Employer by full name.
    employers: dict[str, str] = field(default_factory=dict)
    #: Full name of a firm by its first words and by its initials.
    firms: dict[str, str] = field(default_factory=dict)
    #: Persons in office: what they say is itself the news.
    officials: set[str] = field(default_factory=set)

    def voice_of(self, run: str) -> Voice:
        """Return who a run of capitals is when it speaks."""
        employer, person = split_run(_TITLE.sub("", run))
        full = self.full_name(one_line(person)) if person else None
        if full:
            return Voice(full, self.employers.get(full) or _clean_firm(employer or ""))
        return Voice(firm=self.full_firm(one_line(run)))

    def full_name(self, name: str) -> str | None:
        """Return the full name of the person called ``name``; None where it is no person."""
        if name in self.surnames:
            return self.surnames[name]
        return name if is_person(name) else None

    def full_firm(self, name: str) -> str:
        """Return the full name of the firm called ``name``: "Acme" or "AC" for "Acme Capital"."""
        return self.firms.get(name.removeprefix("The "), name)

    def in_office(self, voice: Voice) -> bool:
        """Tell whether ``voice`` is a politician's or a central banker's."""
        name = voice.speaker or ""
        return name in self.officials or name.split(" ")[-1] in words("who", "officials")

    def group_voice(self, firm: str) -> Voice:
        """Return the voice of people who speak for ``firm`` without a name of their own."""
        return Voice(firm=self.full_firm(one_line(split_run(firm)[0] or firm)))

    def person_for(self, name: str, firm: str | None) -> Voice:
        """Return the voice of the person called ``name`` who is said to speak for ``firm``."""
        voice = self.voice_of(name)
        return Voice(voice.speaker, voice.firm or (one_line(firm) if firm else None))

    def pair_voice(self, first: str, second: str) -> Voice:
        """Return the voice of two people who speak together; of two firms, the first."""
        one, other = self.voice_of(first), self.voice_of(second)
        if one.speaker and other.speaker:
            return Voice(f"{one.speaker} and {other.speaker}", one.firm or other.firm)
        return one

    def run_before(self, position: int) -> Span | None:
        """Return the last run of capitals that ends at or before ``position``."""
        index = bisect_right(self.runs, position, key=lambda run: run.end) - 1
        return self.runs[index] if index >= 0 else None

    def runs_back(self, position: int, floor: int) -> Iterator[Span]:
        """Yield the runs between ``floor`` and ``position``, the nearest to ``position`` first."""
        run = self.run_before(position)
        while run and run.start >= floor:
            yield run
            run = self.run_before(run.start)


def one_line(name: str) -> str:
    """Return a name without the line breaks of a wrapped text."""
    return " ".join(name.split())


def split_run(run: str) -> tuple[str | None, str | None]:
    """Split a run of capitals into employer and person; either may be missing.

    "Tesla Chief Executive Elon Musk" gives both, "Jane Doe" the person, "Doe Capital" neither.
    """
    roles = list(ROLE_IN_RUN.finditer(run))
    if roles:
        return run[: roles[0].start()].strip() or None, run[roles[-1].end() :].strip() or None
    return None, None if is_firm(run) else run


def read_cast(masked: str) -> Cast:
    """Return the persons whom ``masked`` (an article with its quotes blotted out) names in full."""
    runs = tuple(Span(start=match.start(), end=match.end()) for match in RUN_PATTERN.finditer(masked))
    cast = Cast(runs, masked)
    for run in runs:
        for person, firm in _introduced(masked, run):
            cast.surnames.setdefault(person.split()[-1], person)
            if _is_office(one_line(masked[run.start : run.end]), firm):
                cast.officials.add(person)
            if firm:
                cast.employers.setdefault(person, firm)
                _add_firm(cast.firms, firm)
        _add_firm(cast.firms, one_line(masked[run.start : run.end]))
    return cast


def _is_office(run: str, firm: str | None) -> bool:
    """Tell whether a name with its title ("Governor Jane Doe") or its employer is that of an office."""
    return bool(_OFFICE.search(firm) if firm else _OFFICE.match(run))


def _add_firm(firms: dict[str, str], name: str) -> None:
    """Enter a firm under the short forms that a text may use later."""
    parts = name.removeprefix("The ").split()
    if not 2 <= len(parts) <= 6 or not is_firm(name):
        return
    initials = "".join(part[0] for part in parts if part[0].isupper())
    for short in [*(" ".join(parts[:count]) for count in range(1, len(parts) + 1)), initials]:
        firms.setdefault(short, name)


def _introduced(text: str, run: Span) -> Iterator[tuple[str, str | None]]:
    employer, person = split_run(_TITLE.sub("", text[run.start : run.end]))
    if person and is_person(person):
        yield one_line(person), _clean_firm(employer or "") or find_employer(text, run)


def find_employer(text: str, run: Span) -> str | None:
    """Return the firm for which the person named at ``run`` works, as the text beside the name tells it."""
    lead = text[max(0, run.start - APPOSITION // 2) : run.start]
    if before := _ROLE_BEFORE.search(lead) or _POSSESSOR.search(lead):
        return _clean_firm(before["firm"])
    behind = text[run.end : run.end + APPOSITION]
    if direct := _DIRECT_EMPLOYER.match(behind):
        return _clean_firm(direct["firm"])
    if not behind.startswith(","):
        return None
    end = _APPOSITION_END.search(behind)
    return _employer_in(behind[1 : end.start() if end else None])


def _employer_in(apposition: str) -> str | None:
    """Return the employer that an apposition such as ", chief analyst at Acme Capital in Leeds," names."""
    if not ROLE.search(apposition) and not re.match(r"\s*(?:who|a|an|the)\b", apposition):
        return None
    for pattern in (_EMPLOYER, _EMPLOYER_OF, _EMPLOYER_BARE):
        for match in pattern.finditer(apposition):
            if firm := _clean_firm(match["firm"]):
                return firm
    first = _EMPLOYER_FIRST.match(apposition.lstrip())
    return _clean_firm(first["firm"]) if first else None


def _clean_firm(run: str) -> str | None:
    """Return the employer's name without the role that a run may hold; None for a region or a desk."""
    role = ROLE_IN_RUN.search(run)
    firm = one_line(run[: role.start()] if role else run)
    excluded = words("names", "not_employers") | words("names", "not_persons")
    return firm if firm and firm not in excluded else None
