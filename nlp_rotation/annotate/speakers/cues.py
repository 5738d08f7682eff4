"""The places where an article hands the word to somebody: "said X", "X wrote", "according to X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp_rotation.annotate.speakers.cast import Cast
from nlp_rotation.annotate.speakers.subjects import REACH, Subject, subject_before, subject_behind
from nlp_rotation.annotate.speakers.vocabulary import (
    DATA_FIRM,
    GROUP,
    MEDIA_FIRM,
    RUN,
    SOURCE_FIRM,
    SPACE,
    any_of,
    table,
    words,
)
from nlp_rotation.types import Sentence

_VERBS = table()["verbs"]
_VERB = re.compile(
    rf"\b(?:(?P<speech>{any_of(_VERBS['speech'])})|(?P<weak>{any_of(_VERBS['weak'])}))(?![\w-])"
)
_PAPER = (
    rf"(?:{any_of(['report', 'note', 'analysis', 'research', 'survey', 'estimates', 'story', 'article'])})"
)
_ACCORDING = re.compile(
    rf"(?:\b(?:[Aa]ccording{SPACE}to|[Aa]s{SPACE}per|[Ii]n{SPACE}the{SPACE}(?:view|opinion){SPACE}of)|(?<![^\n])To)"
    rf"(?:{SPACE}(?:(?:an?|the|its|one){SPACE})?(?:[\w-]+{SPACE}){{0,3}}?{_PAPER}{SPACE}(?:from|by|of|at))?{SPACE}"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_IN_A_NOTE = (
    rf"(?:in|on){SPACE}(?:an?|its|his|her|their|the|one){SPACE}(?:[\w-]+{SPACE}){{0,3}}?"
    rf"(?:note|report|statement|interview|email|e-mail|commentary|call)(?:{SPACE}to{SPACE}clients)?(?:{SPACE}(?:on{SPACE})?{_DAY})?"
)
_WHEN = rf"(?:on{SPACE})?(?:(?:late|early){SPACE})?{_DAY}"
_ASIDES = rf"(?:{any_of(_VERBS['between'])}|\w+ly|{_WHEN}|{_IN_A_NOTE}|by{SPACE}(?:phone|email))"
_ASIDE_BEFORE_VERB = re.compile(rf"(?:,?{SPACE}{_ASIDES})+(?P<comma>,?){SPACE}$|{SPACE}$")
#: "told Acme TV", "told reporters"
_LISTENER = rf"(?:(?:the{SPACE})?{RUN}|reporters|clients|investors|analysts)"
_NOTHING_BEHIND = re.compile(
    rf"(?:{SPACE}{_LISTENER})?(?:,?{SPACE}(?:{_ASIDES}|via{SPACE}\w+|to{SPACE}[A-Z]\w+|on{SPACE}[A-Z]\w+|citing{SPACE}[^.]+))*[\s.\"”]*$"
)
_SUBORDINATE = re.compile(
    r"\b(?:after|as|because|since|when|once|before|until|if)(?:\s+(?:the|its|an?|reports?\s+that))?\s*$", re.I
)
_FIGURE = re.compile(
    rf"{SPACE}(?:an?(?:other|{SPACE}further)?{SPACE})?(?:about{SPACE}|nearly{SPACE}|roughly{SPACE})?[$€£₹]?\d"
)
_DATA = re.compile(
    rf"(?:[’']s?)?(?:{SPACE}[\w-]+){{0,2}}?{SPACE}(?:data|figures|tool|poll|survey|estimates|statistics|numbers)\b",
    re.I,
)
_PARTICIPLE = re.compile(r",\s+(saying|noting|arguing|warning|adding|citing|predicting|pointing\s+to)\b")
_COLON = re.compile(r":(?=\s*[\"“])")
_CONSENSUS = words("verbs", "consensus")
_MOODS = words("verbs", "moods")
_CROWD = re.compile(rf"\b{GROUP}$")
_EXPERTS = re.compile(rf"\b{any_of(table()['who']['experts'])}$", re.I)


@dataclass(frozen=True, slots=True)
class Cue:
    """One handing over of the word."""

    #: From the first word of subject and verb to the last.
    start: int
    end: int
    subject: Subject
    #: The speaker's words may stand before the cue as well as behind it.
    around: bool


def find_cues(masked: str, cast: Cast, sentence: Sentence) -> Iterator[Cue]:
    """Yield the cues of one sentence of ``masked`` (an article with its quotes blotted out) in order."""
    start, end = sentence.start, sentence.end
    found = [cue for read in (_by_verb, _by_source, _by_colon) for cue in read(masked, cast, start, end)]
    # "..., adding that" belongs to whoever has the word already.
    found = found or list(_by_participle(masked, cast, start, end))
    position = start
    for cue in sorted(found, key=lambda cue: (cue.start, cue.end)):
        if cue.start >= position and not cast.in_office(cue.subject.voice):
            position = cue.end
            yield cue


def _by_source(masked: str, cast: Cast, start: int, end: int) -> Iterator[Cue]:
    for match in _ACCORDING.finditer(masked, start, end):
        subject = subject_behind(masked, cast, match.end(), end)
        if subject and not _gives_numbers(masked, subject, end):
            yield Cue(match.start(), subject.end, subject, True)


def _by_participle(masked: str, cast: Cast, start: int, end: int) -> Iterator[Cue]:
    """Read "..., saying that" as the words of the house or person named last before it."""
    for participle in _PARTICIPLE.finditer(masked, start, end):
        for run in cast.runs_back(participle.start(), start):
            name = masked[run.start : run.end]
            voice = cast.voice_of(name)
            if SOURCE_FIRM.match(name) or voice.speaker in cast.employers:
                subject = Subject(participle.start(1), participle.end(), voice)
                yield Cue(participle.start(1), participle.end(), subject, False)
                break


def _by_colon(masked: str, cast: Cast, start: int, end: int) -> Iterator[Cue]:
    """Read "Jane Doe, chief economist, Acme Capital, New York:" before a quote."""
    for colon in _COLON.finditer(masked, start, min(len(masked), end + 4)):
        for run in cast.runs_back(colon.start(), max(start, colon.start() - REACH)):
            name = masked[run.start : run.end]
            # Round-ups print the names of the speakers in capitals.
            voice = cast.voice_of(name.title() if name.isupper() else name)
            if voice.speaker and masked.startswith(",", run.end):
                yield Cue(run.start, colon.start(), Subject(run.start, run.end, voice), False)


def _gives_numbers(masked: str, subject: Subject, end: int) -> bool:
    """Tell whether only a figure has this source: numbers have one too, but nobody says them."""
    firm = subject.voice.firm
    return subject.voice.speaker is None and bool(
        _DATA.match(masked, subject.end, end) or (firm and DATA_FIRM.match(firm))
    )


def _by_verb(masked: str, cast: Cast, start: int, end: int) -> Iterator[Cue]:
    for verb in _VERB.finditer(masked, start, end):
        cue = _subject_first(masked, cast, start, end, verb) or _verb_first(masked, cast, start, end, verb)
        if cue:
            yield cue


def _subject_first(masked: str, cast: Cast, start: int, end: int, verb: re.Match[str]) -> Cue | None:
    floor = max(start, verb.start() - REACH)
    aside = _ASIDE_BEFORE_VERB.search(masked, max(floor, verb.start() - 90), verb.start())
    if not aside:
        return None
    subject = subject_before(masked, cast, floor, aside.start())
    if not subject and aside["comma"]:
        subject = subject_before(masked, cast, floor, aside.start() + 1)
    if not subject or _SUBORDINATE.search(masked, floor, subject.start) or not _speaks(masked, subject, verb):
        return None
    lead = masked[floor : subject.start].rstrip()
    if lead and subject.voice.speaker and verb["speech"] in _MOODS and _CROWD.search(subject.voice.speaker):
        return None
    inserted = lead.endswith(",") and masked.startswith(",", verb.end())
    around = lead.endswith('"') or inserted or bool(lead and _NOTHING_BEHIND.match(masked, verb.end(), end))
    return Cue(subject.start, verb.end(), subject, around)


def _speaks(masked: str, subject: Subject, verb: re.Match[str]) -> bool:
    """Tell whether the subject does the verb as speech, not as business ("Acme added 3%")."""
    if verb["speech"]:
        return True
    if _FIGURE.match(masked, verb.end()):
        return False
    if subject.stand_in or masked.startswith(",", verb.end()):
        return subject.stand_in != "firm" or verb["weak"] not in ("added", "reported")
    voice = subject.voice
    if voice.speaker:
        if _EXPERTS.search(voice.speaker):
            return verb["weak"] not in _CONSENSUS
        return voice.speaker[:1].isupper() and " " in voice.speaker
    firm = voice.firm or ""
    return bool(MEDIA_FIRM.match(firm) if verb["weak"].startswith("report") else SOURCE_FIRM.match(firm))


def _verb_first(masked: str, cast: Cast, start: int, end: int, verb: re.Match[str]) -> Cue | None:
    lead = masked[max(start, verb.start() - 3) : verb.start()].rstrip()
    if not lead.endswith((",", '"', "—", "–", "-")):
        return None
    space = re.compile(SPACE).match(masked, verb.end(), end)
    subject = subject_behind(masked, cast, space.end(), end) if space else None
    return (
        Cue(verb.start(), subject.end, subject, True) if subject and _speaks(masked, subject, verb) else None
    )
