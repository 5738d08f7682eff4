"""Every subject that a cause may move, with what speaks for and against it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nlp_rotation.annotate.drivers.effect_rules import run_of, speaks_of_its_own
from nlp_rotation.annotate.drivers.scene import ANY_MARKET, Scene, Told
from nlp_rotation.types import Effect, Mention, Span

#: What is said of a subject: the places where it stands, and whether a move is told of it there.
Facts = dict[str, set[str]]
#: The places, nearest first: a subject belongs to the first of its own.
_PLACES = ("clause", "before", "after", "cause", "earlier", "title", "home")
#: How far back an earlier sentence may name the subject, and how far on the next one.
_BACK = 300
_ON = 120
#: So many of those named in earlier sentences, in the title and behind are looked at.
_EARLIER, _MOVED, _TITLED, _LATER = 5, 3, 3, 2
#: A verb of price is told of the name before it within so many characters.
_TOLD = 45
#: A name this near the start of a cause is its subject.
_HEAD = 12
_YIELDS = re.compile(r"\b(?:yields?|treasur(?:y|ies|ys)|bonds?|gilts?|bunds?)\b", re.I)
_WORLD = re.compile(r"\b(?:global|world|worldwide)\b", re.I)


def subject_traits(scene: Scene, told: Told, ruled: Sequence[Effect]) -> dict[str, set[str]]:
    """Return every subject near the cause of ``told`` with its traits; ``ruled`` is what rules chose."""
    facts = _facts(scene, told)
    for effect in ruled:
        facts[effect.on].add("ruled")
    home = scene.market(ANY_MARKET, told.clause)
    context = _context(scene, told, facts, len(ruled))
    return {
        subject: _traits(subject, kind_of(subject, home), said, context)
        | _standing(scene, subject, kind_of(subject, home))
        for subject, said in facts.items()
    }


def _standing(scene: Scene, subject: str, kind: str) -> set[str]:
    """Return what the article as a whole says of ``subject``."""
    return {f"count={min(scene.counts.get(subject, 0), 6)}|{kind}", f"most={subject == scene.most}"}


def kind_of(subject: str, home: str) -> str:
    """Return what sort of thing a subject is: the market at home, a share, an index, a group and so on."""
    if subject == home:
        return "home"
    if ":" in subject:
        return subject.partition(":")[0]
    return "index" if subject.startswith("^") else "share"


def _traits(subject: str, kind: str, said: set[str], context: Iterable[str]) -> set[str]:
    place = next((place for place in _PLACES if place in said), "none")
    rule = f"ruled={'ruled' in said}"
    traits = {*said, *(f"{kind}|{fact}" for fact in said), f"{kind}|{place}|{rule}"}
    traits.add(f"{kind}|" + "+".join(name for name in _PLACES if name in said))
    for pivot in (kind, place, rule, f"{kind}|{place}"):
        traits.add(pivot)
        traits.update(f"{pivot}|{about}" for about in context)
    if kind not in ("share", "home"):
        traits.add(f"on={subject}")
    return traits


def _context(scene: Scene, told: Told, facts: Facts, ruled: int) -> tuple[str, ...]:
    """Return what is the same for every subject: the cause's kind, and how many others stand around."""
    own = speaks_of_its_own(scene.text, told.clause)
    beside = sum(not said.isdisjoint(("clause", "before", "after")) for said in facts.values())
    return (
        f"category={told.category}",
        f"group={told.group}",
        f"family={told.candidate.family}",
        f"own={own}",
        f"clause has {min(3, sum('clause' in said for said in facts.values()))}",
        f"sentence has {min(4, beside)}",
        f"rules have {ruled}",
    )


def _facts(scene: Scene, told: Told) -> Facts:
    facts: Facts = defaultdict(set)
    for subject, fact in (*_in_sentence(scene, told), *_moving(scene, told), *_around(scene, told)):
        facts[scene.market(subject, told.clause)].add(fact)
    home, clause = scene.market(ANY_MARKET, told.clause), told.clause
    facts[home].add("home")
    if scene.scan.any("market", clause.start, clause.end):
        facts[home].add("market told")
    for subject, words in (("group:bonds", _YIELDS), ("group:world", _WORLD)):
        if words.search(scene.text, clause.start, clause.end):
            facts[subject].add("words in clause")
        elif words.search(scene.text, told.sentence.start, told.sentence.end):
            facts[subject].add("words in sentence")
    return facts


def _in_sentence(scene: Scene, told: Told) -> Iterator[tuple[str, str]]:
    """Yield the subjects of the sentence, each with where it stands and its number there."""
    named = list(scene.mentions_in(told.sentence))
    by_place: Mapping[str, list[Mention]] = defaultdict(list)
    for mention in named:
        by_place[_place(told, mention)].append(mention)
    run = set(run_of(scene.text, by_place["clause"])) if by_place["clause"] else set()
    for place, mentions in by_place.items():
        for number, mention in enumerate(mentions):
            subject = mention.symbol or ""
            yield subject, place
            yield subject, f"{place} {min(number, 3)} of {min(len(mentions), 4)}"
            if place == "clause" and subject in run:
                yield subject, "run"
            if place == "cause" and mention.start - told.candidate.start < _HEAD:
                yield subject, "head of cause"
            if mention.rule == "coreference":
                yield subject, "referred to"
    for mention, following in zip(named, [*named[1:], None], strict=False):
        end = min(following.start if following else told.sentence.end, mention.end + _TOLD)
        if scene.scan.any("up", mention.end, end) or scene.scan.any("down", mention.end, end):
            yield mention.symbol or "", "price told"


def _place(told: Told, mention: Mention) -> str:
    if told.holds(mention):
        return "cause"
    if told.clause.start <= mention.start < told.clause.end:
        return "clause"
    return "before" if mention.start < told.candidate.start else "after"


def _moving(scene: Scene, told: Told) -> Iterator[tuple[str, str]]:
    for move in scene.moves_in(told.sentence):
        inside = told.clause.start <= move.start < told.clause.end
        yield move.subject, "moves in cause" if told.holds(move) else f"moves in clause={inside}"


def _around(scene: Scene, told: Told) -> Iterator[tuple[str, str]]:
    """Yield the subjects of what stands before and behind the sentence, and of the title."""
    sentence = told.sentence
    before = Span(start=max(0, sentence.start - _BACK), end=sentence.start)
    behind = Span(start=sentence.end, end=sentence.end + _ON)
    for number, mention in enumerate(reversed(scene.mentions_in(before)[-_EARLIER:])):
        yield mention.symbol or "", "earlier"
        yield mention.symbol or "", f"earlier {min(number, 3)}"
    for number, move in enumerate(reversed(scene.moves_in(before)[-_MOVED:])):
        yield move.subject, f"moves earlier {number}"
    for number, mention in enumerate(scene.mentions_in(Span(start=0, end=scene.title_end))[:_TITLED]):
        yield mention.symbol or "", "title"
        yield mention.symbol or "", f"title {number}"
    for number, mention in enumerate(scene.mentions_in(behind)[:_LATER]):
        yield mention.symbol or "", f"later {number}"
