"""Which groups a phrase behind "out of" or "into" names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from nlp_rotation.annotate.rotations.vocabulary import (
    TOKEN,
    any_of,
    key_of,
    longest_side,
    named_sides,
    table,
    whole_words,
)
from nlp_rotation.types import Mention, Reading, Span

OTHER = "group:other"
#: A subject, or None for a side that is meant and has no name ("safe havens").
Side = str | None
#: What money leaves and where it goes.
Pair = tuple[Side, Side]
#: Where money goes that flees.
HAVENS = frozenset(
    {"bonds", "cash", "commodity:gold", "fx:USD", "fx:JPYUSD", "fx:CHFUSD", "group:defensives"}
)

#: Groups are read by the table, since beside "into" a modifier is enough.
_GROUPS = frozenset({"group", "sector", "country"})
_VAGUE = table()["vague"]
_MARKET_OF = {symbol: market for market, symbols in table()["home"].items() for symbol in symbols}
#: An article that names more is of the world.
_FEW_MARKETS = 2
#: So much of an article says what it reports on.
_OPENING = 400
_WORLD = re.compile(
    r"\b(?:world|global(?:ly)?)\s+(?:\w+\s+)?(?:markets?|shares|stocks|equit(?:y|ies))\b|\bGLOBAL MARKETS\b",
    re.IGNORECASE,
)
_FELL = re.compile(
    r"\b(?:stocks?|shares|equit(?:y|ies)|markets?)\s+(?:\w+\s+){0,3}?"
    r"(?:fell|fall|slid|slide|tumbled?|plunged?|dropped|sank|slumped?|losses|declined|retreated|sell-?off|rout|weakness|turmoil)\b",
    re.IGNORECASE,
)
_MARKET = whole_words(_VAGUE["market"])
#: These mean the market even behind an adjective ("sliding stock markets").
_WHOLE_MARKET = whole_words(phrase for phrase in _VAGUE["market"] if phrase not in _VAGUE["market_if_plain"])
_NAMES = whole_words(_VAGUE["names"])
_HAVEN = whole_words(_VAGUE["haven"])
_SIZE = whole_words(table()["giants"]["size"])
_FIELD = whole_words(table()["giants"]["field"])
_NOT_SIDES = whole_words(_VAGUE["not_sides"])
#: "259 yen" is a price.
_SUM = re.compile(r"\d\s+(?:yen|dollars?|euros?|pounds?|francs?|yuan|cents?|pence|points)\b", re.IGNORECASE)
_RATINGS = whole_words(_VAGUE["ratings"])
_VERB_FIRST = re.compile(rf"\s*(?:{whole_words(_VAGUE['verbs']).pattern})", re.IGNORECASE)
_JOINT = re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or|&|as\s+well\s+as|along\s+with|plus)\s+|/")
_MEMBERS = re.compile(r",?\s+(?:such\s+as|including|like|notably|especially|particularly)\s+")
#: Words that narrow nothing in front of "stocks".
_PLAIN = re.compile(
    r"\W*(?:(?:the|all|their|u\.?s\.?|american|of|shares?|broader|more|some)\W+)*", re.IGNORECASE
)
#: "oil and gas stocks" are no oil.
_OF_SHARES = re.compile(r"\b(?:stocks|shares|names|groups?|companies|firms|explorers|drillers|sector)\b")
_GOLD_SHARES = re.compile(r"\bgold\s+(?:stocks|shares|miners|names)\b", re.IGNORECASE)
#: "recent winners -- tech and banks --"
_ASIDE = re.compile(r"\s+(?:--|[–—])\s+(?P<members>[^–—;.]{3,90}?)\s*(?:--|[–—])(?=\s)")
#: What is left of a set has no label of its own.
_REST = re.compile(
    r"\W*(?:the\s+)?(?:others?|rest|remaining|remainder|everything\s+else|broader\s+market)\b", re.IGNORECASE
)
#: Words behind "stocks" that make some of them of all.
_NARROWED = re.compile(
    r"\s+(?:that|which|whose|they|tied|linked|seen|considered|deemed|exposed|related|outside)\b"
)
#: A phrase ends with its clause, and before what is said of its last noun.
_END = re.compile(
    r"(?<!(?-i:[A-Z]))\.+(?=\s|$|[\"”])|[;:!?—*]+(?=\s|$|[\"”])|\s[–-]+\s|[\"“”()]"
    r"|,\s+(?:which|who|while|but|with|as(?!\s+well)|after|amid|when|where|sending|pushing|helping"
    rf"|(?!{any_of(table()['lists']['in_ing'])}\b)\w+ing)\b"
    r"|,?\s(?:that|which|who|whose|where|when|while|because|(?<!such\s)as(?!\s+well)|after|amid|before|since|until|unless|if|on|over|during|"
    r"this|last|next|for|at|by|ahead|following|thanks|due|is|are|was|were|has|have|had|will|would|could|may|might|but|so|than|"
    r"despite|given|rather|began|continues?|continued|can|should|helped|helps|pushed|sent|drove|prompted|took|takes|picked|gathered|gained|gains|rose|fell|ran)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Reads sides out of the phrases of one article."""

    text: str
    #: Things with a symbol, in order of place.
    named: tuple[Mention, ...]
    #: The market that "stocks" means in this article.
    home: str

    @classmethod
    def of(cls, reading: Reading) -> Sides:
        """Take what a side can be out of ``reading``."""
        named = sorted((item for item in reading.mentions if item.symbol), key=lambda item: item.start)
        home = "group:world" if _WORLD.search(reading.text, 0, _OPENING) else _home(named)
        return cls(reading.text, tuple(named), home)

    @property
    def market(self) -> str:
        """``home``, or the world where the article reports on the shares of many places."""
        told = {
            _MARKET_OF[item.symbol]
            for item in self.named
            if item.kind == "index" and item.symbol in _MARKET_OF
        }
        many = len(told) > _FEW_MARKETS or _WORLD.search(self.text)
        return "group:world" if many else self.home

    @property
    def shares_fell(self) -> bool:
        """Whether the article tells that shares as a whole fell."""
        return bool(_FELL.search(self.text))

    def phrase(self, start: int, limit: int) -> Span:
        """Return the noun phrase that begins at ``start``, to the end of its clause or ``limit``."""
        end = _END.search(self.text, start, limit)
        return Span(start=start, end=end.start() if end else limit)

    def read(self, phrase: Span) -> tuple[Side, ...]:
        """Return the sides that ``phrase`` names, in order; empty where it names none."""
        words = self.text[phrase.start : phrase.end]
        if _VERB_FIRST.match(words):
            return ()
        members = _MEMBERS.search(words)
        if not members:
            return self._with_aside(phrase, self._joined(phrase))
        head = self._joined(Span(start=phrase.start, end=phrase.start + members.start()))
        if any(side not in (None, OTHER, self.home) for side in head):
            return head
        return self._joined(Span(start=phrase.start + members.end(), end=phrase.end)) or head

    def _with_aside(self, phrase: Span, head: tuple[Side, ...]) -> tuple[Side, ...]:
        """Return the members that dashes enclose behind a set without a name; else ``head``."""
        aside = _ASIDE.match(self.text, phrase.end) if head == (OTHER,) else None
        return (aside and self._joined(Span(start=aside.start(1), end=aside.end(1)))) or head

    def _joined(self, phrase: Span) -> tuple[Side, ...]:
        """Read "banks, energy and small caps" part by part; nameless parts give way to named ones."""
        found: list[Side] = []
        start = phrase.start
        for joint in [*_JOINT.finditer(self.text, phrase.start, phrase.end), None]:
            end = joint.start() if joint else phrase.end
            found += self._single(Span(start=start, end=end))
            start = joint.end() if joint else end
        if "commodity:oil" in found and _OF_SHARES.search(self.text, phrase.start, phrase.end):
            found = ["sector:energy" if side == "commodity:oil" else side for side in found]
        if "commodity:gold" in found and _GOLD_SHARES.search(self.text, phrase.start, phrase.end):
            found = ["sector:miners" if side == "commodity:gold" else side for side in found]
        named = [side for side in dict.fromkeys(found) if side not in (None, OTHER, self.home)]
        if found[:1] == [self.home]:
            return (self.home, *named)
        return tuple(named or found[:1])

    def _single(self, part: Span) -> list[Side]:
        words = self.text[part.start : part.end]
        if _NOT_SIDES.search(words) or _SUM.search(words) or _RATINGS.fullmatch(words.strip()):
            return []
        if _SIZE.search(words) and _FIELD.search(words):
            return ["group:mega_cap_tech"]
        if subject := _longest_name(words):
            return [subject]
        if _REST.match(words):
            return [OTHER]
        if symbols := self._symbols(part):
            return symbols[:1]
        if _HAVEN.search(words):
            return [None]
        plain = _PLAIN.match(words)
        if _MARKET.match(words, plain.end() if plain else 0):
            return [OTHER if _NARROWED.match(self.text, part.end) else self.home]
        if _WHOLE_MARKET.search(words):
            return [self.home]
        return [OTHER] if _NAMES.search(words) else []

    def _symbols(self, part: Span) -> list[Side]:
        index = bisect_left(self.named, part.start, key=lambda item: item.start)
        found: list[Side] = []
        while index < len(self.named) and self.named[index].start < part.end:
            if self.named[index].kind not in _GROUPS:
                found.append(self.named[index].symbol)
            index += 1
        return found


def _longest_name(words: str) -> str | None:
    """Return the subject of the longest name in ``words``, of two as long the last one."""
    tokens = [key_of(token) for token in TOKEN.findall(words)[:24]]
    best, subject = 0, None
    for start in range(len(tokens)):
        for length in range(min(longest_side(), len(tokens) - start), max(best, 1) - 1, -1):
            if name := named_sides().get(tuple(tokens[start : start + length])):
                best, subject = length, name
                break
    return subject


def _home(named: list[Mention]) -> str:
    """Return the market that the article names most, by its indices; the American one where it names none."""
    votes = Counter(
        _MARKET_OF[item.symbol] for item in named if item.kind == "index" and item.symbol in _MARKET_OF
    )
    return votes.most_common(1)[0][0] if votes else "country:US"
