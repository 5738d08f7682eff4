"""Find the percentage moves of the text and bind each to its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp_rotation.annotate.moves.bonds import Bond, Subject
from nlp_rotation.annotate.moves.crosses import against_others
from nlp_rotation.annotate.moves.items import Item, read_items
from nlp_rotation.annotate.moves.quantities import Quantity
from nlp_rotation.annotate.moves.salience import Salience, first_words
from nlp_rotation.annotate.moves.signs import UNSIGNED, How, Sign, find_sign, heading_sign
from nlp_rotation.annotate.moves.status import is_intraday, move_status
from nlp_rotation.annotate.moves.subjects import find_relative, find_subject
from nlp_rotation.annotate.moves.vocabulary import Role
from nlp_rotation.types import Mention, Move, Reading, Sentence

#: How sure a binding is, by its bond; the share of right ones on gold/train, rounded.
_CONFIDENCE = {
    Bond.CARRIED: 0.4,
    Bond.OUT_OF_THE_WAY: 0.5,
    Bond.PROXY: 0.8,
    Bond.CLAUSE: 0.9,
    Bond.BESIDE: 0.95,
}


_ONE_OF = re.compile(r"\A(?:[Tt]he )?[a-z]+['’]s\s|\bstock\Z")
#: A return without a subject of its own is that of what moved before it in the sentence.
_AVERAGES = frozenset({"return", "returns"})


@dataclass(frozen=True, slots=True)
class _Bound:
    """A percentage of the sentence with its sign and its subject."""

    at: int
    sign: Sign
    subject: Subject
    benchmark: Mention | None = None


def find_moves(reading: Reading) -> tuple[Move, ...]:
    """Return every stated price move, one for each subject, in the order of the text."""
    found: list[Move] = []
    salience = Salience(shares=first_words(reading.mentions))
    for sentence, mentions in _with_mentions(reading):
        items = read_items(reading.text, sentence, mentions)
        bound = _bind(items, salience)
        for entry in bound:
            found += _moves_of(reading.text, items, entry)
        # A quote set in beside a name ("Acme ACM, -0.69%") does not make it the subject of the talk.
        told = [entry.subject for entry in bound if entry.sign.how is not How.WRITTEN]
        salience = salience.after(items, told)
    return tuple(found)


def _with_mentions(reading: Reading) -> Iterator[tuple[Sentence, list[Mention]]]:
    """Yield each sentence with the priced names inside it."""
    mentions = [
        m for m in reading.mentions if m.symbol and m.kind not in ("person", "firm") and not _is_one_of(m)
    ]
    at = 0
    for sentence in reading.sentences:
        inside = []
        while at < len(mentions) and mentions[at].end <= sentence.end:
            if mentions[at].end > sentence.start:
                inside.append(_clipped(mentions[at], sentence))
            at += 1
        yield sentence, inside


def _is_one_of(mention: Mention) -> bool:
    """Tell whether a name of a sector means one member of it: "the bank's shares", "the auto stock"."""
    return mention.kind == "sector" and bool(_ONE_OF.search(mention.text))


def _clipped(mention: Mention, sentence: Sentence) -> Mention:
    """A name that begins in the line before, with the last number of a table's row, begins in this one."""
    return mention if mention.start >= sentence.start else replace(mention, start=sentence.start)


def _bind(items: Sequence[Item], salience: Salience) -> list[_Bound]:
    bound: list[_Bound] = []
    carried = heading_sign(items)
    for at, item in enumerate(items):
        if Role.QUANTITY not in item.roles:
            continue
        relative = find_relative(items, at, salience)
        if relative:
            sign = Sign(How.BEFORE, relative.sign, relative.at)
            bound.append(_Bound(at, sign, relative.subject, relative.benchmark))
            continue
        sign = find_sign(items, at, carried)
        carried = sign
        if sign.how is How.NONE:
            continue
        subject = _in_list(items, at, bound) if sign.how is How.GAPPED else Subject(Bond.NONE)
        if subject.bond is Bond.NONE:
            subject = find_subject(items, at, sign, salience)
        if subject.bond is Bond.NONE and bound and items[sign.at].text in _AVERAGES:
            subject = Subject(Bond.CARRIED, bound[-1].subject.mentions, bound[-1].subject.at)
        if subject.bond is not Bond.NONE:
            bound.append(_Bound(at, sign, against_others(items, at, subject)))
        else:
            carried = UNSIGNED
    return _distribute(items, bound)


def _in_list(items: Sequence[Item], at: int, bound: Sequence[_Bound]) -> Subject:
    """The subject of the percentage before, where both stand in one list ("rose 2%, 3% and 4%")."""
    if bound and _is_list(items, bound[-1].at, at):
        return bound[-1].subject
    return Subject(Bond.NONE)


def _is_list(items: Sequence[Item], first: int, second: int) -> bool:
    between = items[first + 1 : second]
    return len(between) <= 3 and all(item.roles & Role.COMMA or item.text == "and" for item in between)


def _distribute(items: Sequence[Item], bound: Sequence[_Bound]) -> list[_Bound]:
    """Give each percentage of a list its own name: "A, B and C fell 1%, 2% and 3%, respectively"."""
    done: list[_Bound] = []
    at = 0
    while at < len(bound):
        end = at + 1
        while (
            end < len(bound)
            and bound[end].subject == bound[at].subject
            and _is_list(items, bound[end - 1].at, bound[end].at)
        ):
            end += 1
        run = bound[at:end]
        names = bound[at].subject.mentions
        if len(run) > 1 and len(names) == len(run):
            run = [
                _Bound(entry.at, entry.sign, Subject(entry.subject.bond, (name,), entry.subject.at))
                for entry, name in zip(run, names, strict=True)
            ]
        done += run
        at = end
    return done


def _moves_of(text: str, items: Sequence[Item], bound: _Bound) -> Iterator[Move]:
    quantity = items[bound.at].quantity
    assert quantity is not None
    start, end = _quote(items, bound)
    low, high = _range(quantity, bound.sign)
    for mention in bound.subject.mentions:
        yield Move(
            start=start,
            end=end,
            text=text[start:end],
            subject=mention.symbol or "",
            subject_start=mention.start,
            subject_end=mention.end,
            pct=quantity.value * bound.sign.value,
            range=(low, high) if low != high else None,
            approx=quantity.approx,
            relative_to=bound.benchmark.symbol if bound.benchmark else None,
            intraday=is_intraday(items, bound.at, bound.sign),
            status=move_status(items, bound.at, bound.sign),
            confidence=_CONFIDENCE[bound.subject.bond],
        )


def _range(quantity: Quantity, sign: Sign) -> tuple[float, float]:
    """The signed bounds; of a move without direction, both sides of nought."""
    if sign.how is How.UNDIRECTED:
        return -quantity.high, quantity.high
    low, high = sorted((quantity.low * sign.value, quantity.high * sign.value))
    return low, high


def _quote(items: Sequence[Item], bound: _Bound) -> tuple[int, int]:
    """The stretch with the number and, where it is beside it, its verb or noun."""
    quantity = items[bound.at].quantity
    assert quantity is not None
    start, end = quantity.quote_start, quantity.number_end
    if bound.sign.how in (How.BEFORE, How.UNDIRECTED) and bound.at - bound.sign.at <= 2:
        start = items[bound.sign.at].start
    elif bound.sign.how in (How.NOUN_AFTER, How.PARTICLE_AFTER):
        end = items[bound.sign.at].end
    return start, end
