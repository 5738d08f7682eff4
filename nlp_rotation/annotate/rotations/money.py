"""Constructions of money that moves: "rotated out of X into Y", "fled to Y", "dumped X for Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp_rotation.annotate.rotations.frames import (
    REACH,
    Frame,
    clause_limit,
    clause_start,
    frame_at,
    moves_money,
)
from nlp_rotation.annotate.rotations.sides import OTHER, Side, Sides
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import Span

_HEADS = table()["heads"]
_STRONG = whole_words(_HEADS["strong"])
_MOVEMENT = whole_words(_HEADS["movement"])
_ARRIVAL = whole_words(_HEADS["arrival"])
_DEPARTURE = whole_words(_HEADS["departure"])
_EXCHANGE = whole_words(_HEADS["exchange"] + _HEADS["leaving_off"])
#: These only holders of shares do, so that nobody need be named.
_LEAVING_OFF = whole_words(_HEADS["leaving_off"])
_PREFERENCE = whole_words(_HEADS["preference"])
_NOUN = re.compile(
    rf"(?<![\w-])(?:an?|the|any|this|that|no|of|further|more)\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>{any_of(_HEADS['nouns'])})(?=\s)",
    re.IGNORECASE,
)
_LEFT_BEHIND = whole_words(_HEADS["left_behind"])
_FAINT = whole_words(_HEADS["faint"])
#: "out of favor" leaves nothing.
_OUT = rf"(?<![\w-]){any_of(table()['markers']['out'])}\s(?!(?:favou?r|fashion|vogue)\b)"
_INTO = rf"(?<![\w-]){any_of(table()['markers']['into'])}\s"
_OF = rf"(?<![\w-])of\s(?=[^.;]{{0,80}}?{_INTO})"
_MARKER = re.compile(rf"(?P<out>{_OUT})|(?P<into>{_INTO})", re.IGNORECASE)
#: "the rotation of X into Y"
_NOUN_MARKER = re.compile(rf"(?P<out>{_OUT}|{_OF})|(?P<into>{_INTO})", re.IGNORECASE)
_HUNT_MARKER = re.compile(rf"(?P<out>{_OUT})|(?P<into>{_INTO}|(?<![\w-])(?:for|on)\s)", re.IGNORECASE)
_HUNT = whole_words(_HEADS["hunt"])
_DRIVEN = re.compile(
    rf"(?<![\w-]){any_of(_HEADS['driven'])}\s+(?:\w+\s+){{0,2}}?{any_of(table()['agents']['driven'])}(?![\w-])",
    re.IGNORECASE,
)
_DRAWING = re.compile(
    rf"(?<![\w-]){any_of(_HEADS['drawing'])}(?:\s+back)?\s+(?:\w+\s+)?{any_of(table()['agents']['driven'])}\s+(?:away\s+from|out\s+of|from)\s",
    re.IGNORECASE,
)
_REFUGE = re.compile(rf"(?<![\w-]){any_of(_HEADS['refuge'])}\s+(?:in|of|(?P<out>from))\s", re.IGNORECASE)
_HIDING = re.compile(
    r"\b(?:hid|hides?|hiding|shelter(?:ed|ing)?|parked|parking|(?:take|took|taking)\s+cover)\s+(?:out\s+)?(?:money\s+|cash\s+)?in\s+",
    re.IGNORECASE,
)
_HAVEN_SOUGHT = re.compile(
    r"\b(?:seek|seeks|sought|seeking|look(?:ed|ing)?\s+for|hunt(?:ed|ing)?\s+for|opt(?:ed|ing)?\s+for)\s+(?=(?:\w+\s+)?(?:safe|safety|haven|havens)\b)",
    re.IGNORECASE,
)
_BID = re.compile(
    r"\b(?:safe[- ]haven|haven|safety)\s+(?:bids?|buying|flows|demand)\s+(?:for|into|in)\s+", re.IGNORECASE
)
_THEY = re.compile(r"\b[Tt]hey(?:[’']re|[’']ve|\s+are|\s+have)?\s+(?:been\s+|now\s+|all\s+)?$")
_LEADERSHIP = re.compile(r"((?:[\w’'-]+\s+){1,3})leadership\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_MONEY_FROM = re.compile(
    r"\b(?:money|profits|proceeds|cash|gains|winnings|capital)\s+(?:from|in|out\s+of)\s+((?:[\w’'&-]+\s+){1,5}?)"
    r"(?:(?:is|are|was|were|has|have|being|been|may|might|could|will)\s+){1,3}$",
    re.IGNORECASE,
)
#: "holders of X are turning to Y"
_HOLDERS = re.compile(
    r"\b(?:holders|owners|buyers)\s+of\s+((?:[\w’'&-]+\s+){1,4}?)(?:(?:is|are|were|have|been|may|might|could|will|now)\s+){1,3}$",
    re.IGNORECASE,
)
#: "X led until spring, and leadership has moved to Y"
_FORMER_LEADER = re.compile(
    r"((?:[\w’'&-]+\s+){1,4}?)(?:had\s+)?(?:led|ruled|reigned)\b[^.;]{0,60}?\bleadership\s+(?:[\w]+\s+){0,3}$",
    re.IGNORECASE,
)
#: "cash on the sidelines will come back"
_IDLE = re.compile(r"\b(?:cash|money)\s+on\s+(the\s+sidelines)\s+(?:[\w]+\s+){0,3}$", re.IGNORECASE)
_MONEY_LEFT = re.compile(
    r"\b(?:money|cash|capital|dollars|investors|traders|savers|funds)\s+(?:(?:has|have|is|are|was|were|been|already)\s+){0,3}?"
    r"(?:left|leaving|leaves|quit|quitting|deserted|deserting|abandoned|abandoning|shunned|shunning|avoided|avoiding)\s",
    re.IGNORECASE,
)
_EXITS = re.compile(r"\b(?:for|to|toward|towards)\s+(?:the\s+)?exits?\b", re.IGNORECASE)
_SIDELINES = re.compile(r"\bto\s+(?=the\s+sidelines\b)", re.IGNORECASE)
_STAKES = any_of(_HEADS["stakes"])
_PARING = re.compile(
    rf"(?<![\w-]){any_of(_HEADS['paring'])}\s+(?!its\b|his\b|her\b)(?:their\s+)?(?:(?P<before>[\w’'&-]+(?:\s[\w’'&-]+){{0,3}}?)\s+)?{_STAKES}(?:\s+(?:to|in|of)\s+)?",
    re.IGNORECASE,
)
_FOR = re.compile(r"\s(?:for|in\s+favou?r\s+of|and|to)\s+", re.IGNORECASE)
_TAKING = any_of(_HEADS["buying"] + _HEADS["warming"])
_VERBS_OF_GOING = any_of(_HEADS["arrival"] + _HEADS["movement"] + _HEADS["strong"])
_GOING = rf"{_VERBS_OF_GOING}\s+(?:\w+\s+){{0,2}}?{any_of(table()['markers']['into'])}\s"
_BUYING = re.compile(rf"(?:\w+\s+)?(?:{_TAKING}\s+(?:into\s+)?|{_GOING})", re.IGNORECASE)
_INSTEAD = re.compile(r"\s*(?:for|in\s+favou?r\s+of)\s+", re.IGNORECASE)
_BUYING_HEAD = whole_words(_HEADS["buying"])
_SELLING = whole_words(
    ["sold off", "sold", "sell", "selling", "selling off", "dumped", "dumping", "unloaded", "ditched"]
)
_WANING = whole_words(table()["flows"]["waning"])
_OVER = re.compile(r"\s(?:over|rather\s+than|instead\s+of|to|at\s+the\s+expense\s+of|than)\s+", re.IGNORECASE)


def rotating(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "the rotation out of X into Y", "rotated from X to Y"."""
    for head in _STRONG.finditer(sides.text, sentence.start, sentence.end):
        yield from _from_to(sides, sentence, head, _NOUN_MARKER)


def moving(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "investors shifted from X to Y", "money is flowing out of X"."""
    for head in _MOVEMENT.finditer(sides.text, sentence.start, sentence.end):
        if moves_money(sides, sentence, head):
            for frame in _from_to(sides, sentence, head, _MARKER):
                yield frame if frame.out_of else replace(frame, out_of=_owner(sides, sentence, head))


def faintly_moving(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "money went from X to Y": verbs of every day, which need both sides, and both named."""
    for head in _FAINT.finditer(sides.text, sentence.start, sentence.end):
        if moves_money(sides, sentence, head):
            for frame in _from_to(sides, sentence, head, _MARKER):
                whole = frame if frame.out_of else replace(frame, out_of=_owner(sides, sentence, head))
                if whole.fullness == 2 and {None, sides.home}.isdisjoint(whole.out_of):
                    yield whole


def shifts(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "the shift from X to Y", "a retreat from X", whoever moves; countries alone may be of trade."""
    for head in _NOUN.finditer(sides.text, sentence.start, sentence.end):
        for frame in _from_to(sides, sentence, head, _MARKER):
            of_shares = {*frame.out_of, *frame.into} - {None, OTHER, sides.home}
            both = frame.fullness == 2 and any(_is_group(side) for side in of_shares)
            left = not frame.into and (
                _LEFT_BEHIND.fullmatch(head["noun"]) or sides.text.startswith(" out of", head.end())
            )
            if both or (left and all(map(_is_group, frame.out_of))):
                yield frame


def _is_group(side: Side) -> bool:
    return side not in (None, OTHER) and str(side).startswith(("group:", "sector:", "bonds"))


def _owner(sides: Sides, sentence: Span, head: re.Match[str]) -> tuple[Side, ...]:
    """Return whose leadership or money it is that moves: "tech leadership", "profits from tech"."""
    for owner in (_LEADERSHIP, _MONEY_FROM, _HOLDERS, _FORMER_LEADER, _IDLE):
        match = owner.search(sides.text, max(sentence.start, head.start() - REACH), head.start())
        if match and (owned := sides.read(Span(start=match.start(1), end=match.end(1)))):
            return owned
    return ()


def arriving(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "investors flocked to X", "fear drove investors into X"."""
    heads = _ARRIVAL.finditer(sides.text, sentence.start, sentence.end)
    going = [head for head in heads if moves_money(sides, sentence, head) or _they(sides, head)]
    for head in [*going, *_DRIVEN.finditer(sides.text, sentence.start, sentence.end)]:
        markers = _HUNT_MARKER if _HUNT.fullmatch(head[0]) else _MARKER
        for frame in _from_to(sides, sentence, head, markers):
            if frame.into:
                yield frame


def _they(sides: Sides, head: re.Match[str]) -> bool:
    """Tell whether "they" do it: of flocking and piling in, that is enough."""
    return bool(_THEY.search(sides.text, max(0, head.start() - 24), head.start()))


def drawing(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X drew money away from Y"."""
    for head in _DRAWING.finditer(sides.text, sentence.start, sentence.end):
        left = sides.phrase(head.end(), clause_limit(sides.text, sentence, head.end()))
        frame = frame_at(sides, sentence, head, left, _before(sides, sentence, head))
        if frame.fullness == 2:
            yield frame


def sheltering(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "sought refuge in X", "a safe-haven bid for X", "to the sidelines"."""
    for pattern in (_REFUGE, _HIDING, _HAVEN_SOUGHT, _BID, _SIDELINES):
        for head in pattern.finditer(sides.text, sentence.start, sentence.end):
            phrase = sides.phrase(head.end(), clause_limit(sides.text, sentence, head.end()))
            if pattern is not _BID and not moves_money(sides, sentence, head):
                continue
            if (pattern is _REFUGE and head["out"]) or _wanes(sides, sentence, head):
                yield frame_at(sides, sentence, head, phrase, None)
            else:
                yield frame_at(sides, sentence, head, None, phrase)


def _wanes(sides: Sides, sentence: Span, head: re.Match[str]) -> bool:
    """Tell whether the haven is wanted less: "reduced safe-haven demand for X"."""
    before = sides.text[max(sentence.start, head.start() - 24) : head.start()]
    return bool(_WANING.search(before))


def leaving(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "a flight from X", "investors fled X", "holders of X headed for the exits"."""
    for head in _DEPARTURE.finditer(sides.text, sentence.start, sentence.end):
        frames = list(_from_to(sides, sentence, head, _MARKER))
        yield from frames
        if not frames and moves_money(sides, sentence, head):
            left = sides.phrase(head.end(), sentence.end)
            instead = _INSTEAD.match(sides.text, left.end, sentence.end)
            into = sides.phrase(instead.end(), sentence.end) if instead else None
            yield frame_at(sides, sentence, head, left, into)
        if not frames and head[0].lower() in ("flight", "exodus"):
            yield frame_at(sides, sentence, head, _before(sides, sentence, head), None)
    for head in _MONEY_LEFT.finditer(sides.text, sentence.start, sentence.end):
        frame = frame_at(sides, sentence, head, sides.phrase(head.end(), sentence.end), None)
        if frame.out_of and all(map(_is_group, frame.out_of)):
            yield frame
    for head in _EXITS.finditer(sides.text, sentence.start, sentence.end):
        if moves_money(sides, sentence, head):
            yield frame_at(sides, sentence, head, _before(sides, sentence, head), None)


def paring(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "funds pared exposure to X", "investors scaled back X holdings"."""
    for head in _PARING.finditer(sides.text, sentence.start, sentence.end):
        if moves_money(sides, sentence, head):
            behind = sides.phrase(head.end(), clause_limit(sides.text, sentence, head.end()))
            before = Span(start=head.start("before"), end=head.end("before")) if head["before"] else behind
            yield frame_at(sides, sentence, head, before, None)


def _from_to(sides: Sides, sentence: Span, head: re.Match[str], markers: re.Pattern[str]) -> Iterator[Frame]:
    """Yield the frame of the sides that stand behind ``head`` under their markers, in either order."""
    limit = clause_limit(sides.text, sentence, head.end())
    marks = list(markers.finditer(sides.text, head.end() - 1, limit))
    phrases: dict[str, Span] = {}
    for index, mark in enumerate(marks):
        kind = "out" if mark["out"] else "into"
        if kind in phrases or mark.start() - head.end() > REACH:
            continue
        following = next((later.start() for later in marks[index + 1 :]), limit)
        phrase = sides.phrase(mark.end(), following)
        if sides.read(phrase):
            phrases[kind] = phrase
    if phrases:
        yield frame_at(sides, sentence, head, phrases.get("out"), phrases.get("into"))


def exchanging(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "dumped X for Y", "sold X and bought Y"."""
    for head in _EXCHANGE.finditer(sides.text, sentence.start, sentence.end):
        limit = clause_limit(sides.text, sentence, head.end())
        given = sides.phrase(head.end(), limit)
        for link in _FOR.finditer(sides.text, head.end(), limit):
            buying = _BUYING.match(sides.text, link.end(), limit)
            if link.start() > given.end or (link[0].strip() in ("and", "to") and not buying):
                continue
            given = Span(start=head.end(), end=link.start())
            taken = sides.phrase(buying.end() if buying else link.end(), limit)
            frame = frame_at(sides, sentence, head, given, taken)
            of_groups = not buying and all(map(_is_group, (*frame.out_of, *frame.into)))
            spoken_of = _LEAVING_OFF.fullmatch(head[0]) or moves_money(sides, sentence, head)
            if frame.fullness == 2 and (spoken_of or of_groups):
                yield frame
            break


def trading_places(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "investors bought X and sold Y"."""
    buying = _BUYING_HEAD.search(sides.text, sentence.start, sentence.end)
    selling = _SELLING.search(sides.text, buying.end(), sentence.end) if buying else None
    if buying and selling and moves_money(sides, sentence, buying):
        taken = sides.phrase(buying.end(), selling.start())
        left = sides.phrase(selling.end(), sentence.end)
        if sides.read(taken) and sides.read(left):
            frame = frame_at(sides, sentence, buying, left, taken)
            if frame.says_something:
                yield frame


def preferring(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "investors favored X over Y", "favoring X"."""
    for head in _PREFERENCE.finditer(sides.text, sentence.start, sentence.end):
        if not moves_money(sides, sentence, head):
            continue
        limit = min(sentence.end, head.end() + REACH)
        taken = sides.phrase(head.end(), limit)
        over = _OVER.search(sides.text, head.end(), limit)
        if over and over.start() <= taken.end:
            taken, left = Span(start=head.end(), end=over.start()), sides.phrase(over.end(), sentence.end)
            if sides.read(left) and sides.read(taken):
                yield frame_at(sides, sentence, head, left, taken)
        elif head[0].lower() in ("favoring", "favouring"):
            yield frame_at(sides, sentence, head, None, taken)


def _before(sides: Sides, sentence: Span, head: re.Match[str]) -> Span:
    return Span(start=clause_start(sides.text, sentence, head.start()), end=head.start())
