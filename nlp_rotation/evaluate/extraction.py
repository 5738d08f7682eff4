"""Score extraction records against gold: one function for each sort of item.

The figures are those of the annotation contract: F1 for tickers, moves, drivers (span; span and group;
span and leaf), effects, hedges, speakers and rotations; macro F1 for relations; shares for windows,
guessed dates, status, publication dates and false moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp_rotation.evaluate.gold import (
    GoldArticle,
    Place,
    place_of_quote,
    place_of_span,
    read_gold,
    shared_length,
)
from nlp_rotation.evaluate.tally import Figure, Item, Pairing, Tally, pair_up

F1_KEYS = (
    "tickers", "moves", "drivers_any", "drivers_group", "drivers_leaf", "effects", "hedged", "speaker",
    "rotations",
)  # fmt: skip
SHARE_KEYS = ("windows", "guessed_dates", "status", "published", "false_moves")
#: Shares where less is better.
LOWER_IS_BETTER = frozenset({"guessed_dates", "false_moves"})

_TRADED = ("equity", "index", "etf")
#: Two cause spans are the same cause from this overlap over union on.
_SAME_CAUSE = 0.3


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """One item that the prediction got wrong."""

    article: str
    kind: str
    item: str


@dataclass(slots=True)
class Score:
    """The result of one evaluation."""

    tally: Tally = field(default_factory=Tally)
    misses: list[Miss] = field(default_factory=list)

    def figures(self) -> dict[str, Figure]:
        """Return every figure by name, in the order of the contract."""
        figures = {key: self.tally.f1(key) for key in F1_KEYS}
        figures["relation"] = self.tally.macro_relations()
        return figures | {key: self.tally.share(key) for key in SHARE_KEYS}


def score_extraction(gold: Path, records: Mapping[str, Mapping[str, Any]]) -> Score:
    """Score the records of a folder of gold; an article without a record counts as all missed.

    :param records: record trees by article, as ``predictions.by_article`` gives them.
    """
    score = Score()
    for article in read_gold(gold):
        _Scoring(article, records.get(article.stem, {}), score).all()
    return score


class _Scoring:
    """One article held against its record."""

    def __init__(self, gold: GoldArticle, record: Mapping[str, Any], score: Score) -> None:
        self.gold = gold
        self.record = record
        self.tally = score.tally
        self.misses = score.misses

    def all(self) -> None:
        self.tickers()
        self.published()
        self.moves()
        self.drivers()
        self.rotations()

    def _miss(self, kind: str, item: str) -> None:
        self.misses.append(Miss(self.gold.id, kind, item))

    def _items(self, kind: str) -> list[Item]:
        return list(self.record.get(kind, []))

    def _gold_places(self, items: Sequence[Item]) -> list[Place | None]:
        return [place_of_quote(self.gold.folded, item) for item in items]

    def _places(self, items: Sequence[Item]) -> list[Place | None]:
        text = self.record.get("text", "")
        return [place_of_span(self.gold.folded, text, item) for item in items]

    def tickers(self) -> None:
        named = {item["symbol"] for item in self.gold.items("tickers")}
        found = {
            item["symbol"]
            for item in self._items("mentions")
            if item.get("symbol") and item.get("kind") in _TRADED
        }
        self.tally.add("tickers", hits=len(named & found), predicted=len(found), gold=len(named))
        for symbol in sorted(named - found):
            self._miss("ticker missed", symbol)
        for symbol in sorted(found - named):
            self._miss("ticker wrong", symbol)

    def published(self) -> None:
        said = (self.record.get("published") or {}).get("date")
        right = said == self.gold.tree["published"].get("date")
        self.tally.add("published", hits=int(right), gold=1)
        if not right:
            self._miss("published wrong", str(said))

    def moves(self) -> None:
        gold, found = self.gold.items("moves"), self._items("moves")
        gold_places, places = self._gold_places(gold), self._places(found)

        def fit(g: int, p: int) -> float:
            return _same_move(gold[g], found[p]) and 1 + _shared(gold_places[g], places[p])

        pairing = pair_up(gold, found, fit)
        self.tally.add("moves", hits=len(pairing.pairs), predicted=len(found), gold=len(gold))
        self._note(
            "move",
            pairing,
            [_told_move(item, "quote") for item in gold],
            [_told_move(i, "text") for i in found],
        )
        for g, p in pairing.pairs:
            right = gold[g]["status"] == found[p].get("status", "reported")
            self.tally.add("status", hits=int(right), gold=1)
            self._window(gold[g], found[p])
        self._false_moves([places[p] for p in pairing.wrong])

    def _window(self, gold: Item, found: Item) -> None:
        wanted, given = gold.get("window") or {}, found.get("window") or {}
        for side in ("start", "end"):
            if not wanted.get(side):
                self.tally.add("guessed_dates", hits=int(bool(given.get(side))), gold=1)
        if wanted.get("start") and wanted.get("end"):
            right = all(given.get(side) == wanted[side] for side in ("start", "end"))
            self.tally.add("windows", hits=int(right), gold=1)
            if not right:
                told = f"{gold['subject']} {gold['pct']:+g} gold {wanted['start']}..{wanted['end']}"
                self._miss("window wrong", f"{told} got {given.get('start')}..{given.get('end')}")

    def _false_moves(self, wrong: Sequence[Place | None]) -> None:
        for item in self.gold.items("not_moves"):
            place = place_of_quote(self.gold.folded, item)
            covered = any(_shared(place, other) for other in wrong)
            self.tally.add("false_moves", hits=int(covered), gold=1)

    def drivers(self) -> None:
        gold, found = self.gold.items("drivers"), self._items("drivers")
        gold_places, places = self._gold_places(gold), self._places(found)

        def fit(g: int, p: int) -> float:
            shared = _cause_overlap(gold_places[g], places[p])
            return shared and shared + (_group(gold[g]) == _group(found[p])) + _same_leaf(gold[g], found[p])

        pairing = pair_up(gold, found, fit)
        groups = sum(_group(gold[g]) == _group(found[p]) for g, p in pairing.pairs)
        leaves = sum(_same_leaf(gold[g], found[p]) for g, p in pairing.pairs)
        for key, hits in (("any", len(pairing.pairs)), ("group", groups), ("leaf", leaves)):
            self.tally.add(f"drivers_{key}", hits=hits, predicted=len(found), gold=len(gold))
        self._note(
            "driver",
            pairing,
            [f"{item['category']} | {item['quote']}" for item in gold],
            [f"{item.get('category')} | {item.get('text')}" for item in found],
        )
        for g, p in pairing.pairs:
            self._matched_driver(gold[g], found[p])

    def _matched_driver(self, gold: Item, found: Item) -> None:
        if not _same_leaf(gold, found):
            told = f"gold {gold['category']} got {found.get('category')} | {gold['quote']}"
            self._miss("driver category", told)
        wanted, given = _effects(gold), _effects(found)
        self.tally.add("effects", hits=len(wanted & given), predicted=len(given), gold=len(wanted))
        hedges = bool(gold.get("hedged")), bool(found.get("hedged"))
        self.tally.add("hedged", hits=int(all(hedges)), predicted=int(hedges[1]), gold=int(hedges[0]))
        self.tally.relations[gold.get("relation"), found.get("relation")] += 1
        said, heard = _source(gold), _source(found)
        right = bool(said and heard) and (said in heard or heard in said)
        self.tally.add("speaker", hits=int(right), predicted=int(bool(heard)), gold=int(bool(said)))

    def rotations(self) -> None:
        gold, found = self.gold.items("rotations"), self._items("rotations")
        gold_places, places = self._gold_places(gold), self._places(found)

        def fit(g: int, p: int) -> float:
            sides = all(gold[g].get(side) in (None, found[p].get(side)) for side in ("from", "to"))
            return _shared(gold_places[g], places[p]) if sides else 0

        pairing = pair_up(gold, found, fit)
        self.tally.add("rotations", hits=len(pairing.pairs), predicted=len(found), gold=len(gold))
        self._note(
            "rotation",
            pairing,
            [f"{item.get('from')} -> {item.get('to')} | {item['quote']}" for item in gold],
            [f"{item.get('from')} -> {item.get('to')} | {item.get('text')}" for item in found],
        )

    def _note(self, kind: str, pairing: Pairing, gold: Sequence[str], found: Sequence[str]) -> None:
        for g in pairing.missed:
            self._miss(f"{kind} missed", gold[g])
        for p in pairing.wrong:
            self._miss(f"{kind} wrong", found[p])


def _shared(one: Place | None, other: Place | None) -> int:
    return shared_length(one, other) if one and other else 0


def _same_move(gold: Item, found: Item) -> bool:
    """Same subject, and a percentage within 0.05 or, for a large one, 2 % of its size."""
    if found.get("subject") != gold["subject"] or found.get("pct") is None:
        return False
    return bool(abs(gold["pct"] - found["pct"]) <= max(0.05, 0.02 * abs(gold["pct"])))


def _told_move(item: Item, words: str) -> str:
    pct = item.get("pct")
    return f"{item.get('subject')} {'?' if pct is None else format(pct, '+g')} | {item.get(words)}"


def _cause_overlap(gold: Place | None, found: Place | None) -> float:
    """Return the shared length where overlap over union reaches the bar, else 0."""
    if not gold or not found:
        return 0
    shared = shared_length(gold, found)
    union = gold[1] - gold[0] + found[1] - found[0] - shared
    return shared / union if shared >= _SAME_CAUSE * union else 0


def _group(item: Item) -> str:
    return str(item.get("category") or "").split(".")[0]


def _same_leaf(gold: Item, found: Item) -> bool:
    return bool(gold["category"] == found.get("category"))


def _effects(item: Item) -> set[tuple[str | None, str | None]]:
    return {(effect.get("on"), effect.get("direction")) for effect in item.get("effects", [])}


def _source(item: Item) -> str:
    return str(item.get("speaker") or item.get("firm") or "").lower()
