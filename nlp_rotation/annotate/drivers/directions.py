"""What tells which way a cause moves one subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp_rotation.annotate.drivers.scene import ANY_MARKET, Scene, Told
from nlp_rotation.annotate.drivers.signs import sign, sign_around
from nlp_rotation.annotate.drivers.subjects import kind_of
from nlp_rotation.types import Effect, Move, Span

#: How far back an earlier move of the subject may be told, and how far behind its name a verb.
_BACK = 300
_TOLD = 60
#: Whose moves stand for those of the market as a whole.
_MARKET = frozenset({"^GSPC", "^DJI", "^IXIC"})
#: From this share of rises on an article tells of a rise.
_MOSTLY = 0.65


def direction_traits(scene: Scene, told: Told, subject: str, ruled: Sequence[Effect]) -> set[str]:
    """Return what speaks for a rise or a fall of ``subject``; ``ruled`` is what rules chose."""
    kind = kind_of(subject, scene.market(ANY_MARKET, told.clause))
    facts = set(_facts(scene, told, subject, kind, ruled))
    traits = {*facts, *_context(told, kind)}
    traits.update(f"{fact}|{about}" for fact in facts for about in _context(told, kind))
    if kind != "share":
        traits.update(f"on={subject}|{fact}" for fact in facts)
    candidate, clause = told.candidate, told.clause
    traits.update(f"in:{word}" for word in scene.scan.words(candidate.start, candidate.end))
    traits.update(f"effect:{word}" for word in scene.scan.words(clause.start, clause.end))
    return traits


def _context(told: Told, kind: str) -> tuple[str, ...]:
    candidate = told.candidate
    return (
        f"category={told.category}",
        f"family={candidate.family}",
        f"cue={candidate.cue}",
        f"relation={told.relation}",
        f"kind={kind}",
    )


def _facts(scene: Scene, told: Told, subject: str, kind: str, ruled: Sequence[Effect]) -> Iterator[str]:
    cause, scan = Span(start=told.candidate.start, end=told.candidate.end), scene.scan
    clause, within = sign(scan, told.clause), sign(scan, cause)
    by_rule = {effect.on: effect.direction for effect in ruled}
    yield f"ruled={by_rule.get(subject)}"
    yield f"first ruled={ruled[0].direction if ruled else None}"
    yield f"clause={clause}"
    yield f"cause={within}"
    yield f"clause={clause} cause={within}"
    yield f"around={sign_around(scan, cause, told.sentence)}"
    yield f"behind its name={_behind_name(scene, told, subject)}"
    yield f"article={_tendency(scene, subject, kind)}"
    for name, span in (("moves", told.sentence), ("moved", _before(told.sentence))):
        moves = _moves_of(scene, told, subject, span)
        if moves:
            yield f"{name}={'up' if moves[-1].pct > 0 else 'down'}"


def _before(sentence: Span) -> Span:
    return Span(start=max(0, sentence.start - _BACK), end=sentence.start)


def _moves_of(scene: Scene, told: Told, subject: str, span: Span) -> list[Move]:
    moves = scene.moves_in(span)
    return [move for move in moves if move.pct and scene.market(move.subject, told.clause) == subject]


def _behind_name(scene: Scene, told: Told, subject: str) -> str | None:
    """Return the direction told behind the first name of ``subject`` in the sentence."""
    for mention in scene.mentions_in(told.sentence):
        if scene.market(mention.symbol or "", told.clause) == subject:
            end = min(told.sentence.end, mention.end + _TOLD)
            return sign(scene.scan, Span(start=mention.end, end=end))
    return None


def _tendency(scene: Scene, subject: str, kind: str) -> str:
    """Return which way the moves of ``subject`` go over the whole article."""
    wanted = (subject, *sorted(_MARKET)) if kind == "home" else (subject,)
    total = sum(scene.told_moves.get(one, 0) for one in wanted)
    if not total:
        return "mute"
    share = sum(scene.rises.get(one, 0) for one in wanted) / total
    return "up" if share > _MOSTLY else "down" if share < 1 - _MOSTLY else "mixed"
