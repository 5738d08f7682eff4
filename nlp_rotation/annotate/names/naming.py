"""The name in front of a printed ticker: what the article itself defines, valid for all of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from nlp_rotation.annotate.names import symbols
from nlp_rotation.annotate.names.codes import Code
from nlp_rotation.annotate.names.lexicon import Entry, Lexicon, Trust, companies, markets
from nlp_rotation.annotate.names.listings import common_words, funds
from nlp_rotation.annotate.names.tokens import Token, hangs_on, is_capital, joins, key_of
from nlp_rotation.types import Kind, Mention

#: What may stand between a name and the bracket: stops, emphasis marks, a genitive.
_BETWEEN = re.compile(r"(?:\.|\*|_|['’]s|[\s\"”>]){0,8}")
#: Another listing in front of the code: "Acme (Other OTC: ACMEF - news ) (ACM)".
_SECOND_LISTING = re.compile(r" \((?:[A-Z][\w ]{1,18}): [\w.-]{1,15} - news \) $")
_LONGEST_NAME = 9
#: A code that no table knows counts as a ticker where the talk around it is of shares.
_NEAR = 200
_MARKET_TALK = re.compile(
    r"\*\*|\d%|\b(?:shares?|stocks?|buy points?|moving average|breakouts?|NYSE|Nasdaq|earnings|ETFs?"
    r"|rose|fell|gained|rallied|tumbled)\b",
    re.I,
)
_SMALL = frozenset({"of", "and", "the", "for", "de", "&"})
_FUND_WORDS = frozenset({"etf", "etn", "spdr", "ishares", "proshares", "direxion", "vaneck", "wisdomtree"})
_LEGAL_WORDS = """
    inc incorporated corp corporation co company companies ltd limited plc llc lp nv sa ag se ab group
    holdings holding cos trust as asa spa bhd
"""
LEGAL = frozenset(_LEGAL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Definition:
    """A name that the article ties to a symbol."""

    key: str
    symbol: str
    kind: Kind


def name_codes(
    text: str, tokens: Sequence[Token], codes: Sequence[Code], on: date | None
) -> tuple[list[Mention], list[Definition]]:
    """Return a mention for each printed ticker, name included, and the names that they define."""
    starts = [token.start for token in tokens]
    mentions: list[Mention] = []
    definitions: list[Definition] = []
    for _, group in groupby(codes, key=lambda code: code.outer_start):
        together = list(group)
        name = _name_before(text, tokens, bisect_left(starts, together[0].outer_start) - 1, together[0])
        settled = [(code, *_settle(code, text, tokens, name, on)) for code in together]
        kept = [(code, symbol, kind) for code, symbol, kind in settled if symbol]
        mentions += _mentions(text, tokens, name, kept, len(together))
        if kept:
            definitions += _definitions(text, tokens, name, kept[0][1], kept[0][2])
            definitions += [Definition(key_of(text[c.start : c.end]), s, k) for c, s, k in kept if _usable(c)]
    return mentions, definitions


def _usable(code: Code) -> bool:
    """Tell whether a bare code may stand for its company later on in the article."""
    return code.end - code.start > 1 and code.rule != "reuters" and code.symbol.lstrip("^").isalpha()


def _name_before(text: str, tokens: Sequence[Token], last: int, code: Code) -> range:
    """Return the places of the capitalised words in front of a bracket."""
    last, end = _before_listing(text, tokens, last, code.outer_start)
    if last < 0 or not _BETWEEN.fullmatch(text[tokens[last].end : end]):
        return range(0)
    first = last + 1
    while first > 0 and last - first + 1 < _LONGEST_NAME and _continues(text, tokens, first, last):
        first -= 1
    while first <= last and (tokens[first].base in _SMALL or not _is_proper(text, tokens[first])):
        if text[tokens[first].start : tokens[first].end] in ("The", "A"):
            break
        first += 1
    return range(first, last + 1)


def _before_listing(text: str, tokens: Sequence[Token], last: int, end: int) -> tuple[int, int]:
    """Step over another listing in brackets: return the last word before it and where it begins."""
    listing = _SECOND_LISTING.search(text, max(0, end - 60), end)
    if listing is None:
        return last, end
    while last >= 0 and tokens[last].start >= listing.start():
        last -= 1
    return last, listing.start()


def _continues(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether the word before ``first`` still belongs to the name."""
    word = tokens[first - 1]
    if first > last:
        return _is_proper(text, word)
    if not _is_proper(text, word) and word.base not in _SMALL:
        return False
    gap = text[word.full_end : tokens[first].start]
    return joins(text, word, tokens[first]) or (gap == ", " and tokens[first].base in LEGAL)


def _is_proper(text: str, word: Token) -> bool:
    """Tell a word of a name: a capital somewhere (``iRobot``), or hung on one (``Alarm.com``)."""
    return is_capital(text, word) or hangs_on(text, word) or not text[word.start : word.end].islower()


def _settle(code: Code, text: str, tokens: Sequence[Token], name: range, on: date | None) -> tuple[str, Kind]:
    """Decide what a code stands for, given the words in front; an empty symbol where it is no ticker."""
    words = text[tokens[name[0]].start : tokens[name[-1]].full_end] if name else ""
    known = _known(text, tokens, name)
    if code.kind == "index":
        return (
            (code.symbol, "index") if code.sure or known is None or known.kind == "index" else ("", "index")
        )
    symbol = symbols.today(code.symbol, on)
    if symbol in funds() or any(tokens[place].base in _FUND_WORDS for place in name):
        return symbol, "etf"
    if known and known.kind == "index":
        return known.symbol, "index"
    if known and not _agrees(code, symbol, known, words):
        return known.symbol, known.kind
    if known or code.sure:
        return symbol, "equity"
    return (symbol, "equity") if _plausible(code, text, tokens, name, words) else ("", "equity")


def _agrees(code: Code, symbol: str, known: Entry, words: str) -> bool:
    """Tell whether the printed ticker may stand against the symbol that the tables give for the name.

    Reuters codes are not Yahoo's symbols: for the same exchange the table knows better. A code of
    another country than the table's is another company of the same name.
    """
    if symbols.same_issuer(symbol, known.symbol) or symbols.belongs(code.symbol, words):
        return True
    return code.foreign and "." not in known.symbol and not known.written


def _known(text: str, tokens: Sequence[Token], name: range) -> Entry | None:
    """Return what the longest tail of the name stands for in the tables."""
    for first in name:
        for last in range(name[-1], first - 1, -1):
            if last < name[-1] and tokens[last + 1].base not in LEGAL:
                break
            key = " ".join(token.full for token in tokens[first:last] if token) + " "
            for form in (tokens[last].full, tokens[last].base):
                found = (key + form).strip()
                entry = companies().entries.get(found) or markets().entries.get(found)
                if entry and entry.kind in ("equity", "index", "etf"):
                    return entry
    return None


def _plausible(code: Code, text: str, tokens: Sequence[Token], name: range, words: str) -> bool:
    """Tell a ticker from an abbreviation: "European Central Bank (ECB)" defines no ticker."""
    if symbols.belongs(code.symbol, words):
        return True
    if not name or code.symbol in symbols.abbreviations():
        return False
    if _spells(code.symbol, [token.base for token in tokens[max(0, name[0] - 3) : name[-1] + 1]]):
        return False
    around = text[max(0, code.outer_start - _NEAR) : code.outer_end + _NEAR]
    return _MARKET_TALK.search(around) is not None


def _spells(code: str, words: Sequence[str]) -> bool:
    """Tell whether the letters of ``code`` are the first letters of words, in order."""
    rest = iter(words)
    return all(any(word.startswith(letter) for word in rest) for letter in code.lower())


def _mentions(
    text: str,
    tokens: Sequence[Token],
    name: range,
    kept: Sequence[tuple[Code, str, Kind]],
    printed: int,
) -> Iterator[Mention]:
    """One ticker makes one mention with its name; of several, the first goes with the name."""
    start = tokens[name[0]].start if name else None
    for place, (code, symbol, kind) in enumerate(kept):
        first, last = code.start, code.end
        if printed == 1:
            first, last = code.outer_start if start is None else start, code.outer_end
        elif place == 0 and start is not None:
            first, last = start, tokens[name[-1]].end
        yield Mention(
            start=first,
            end=last,
            text=text[first:last],
            symbol=symbol,
            kind=kind,
            rule=code.rule,
            confidence=0.98 if code.sure else 0.95,
        )


def _definitions(
    text: str, tokens: Sequence[Token], name: range, symbol: str, kind: Kind
) -> Iterator[Definition]:
    """Yield the name, the name without its legal form, and its first word where that is no common one."""
    words = [tokens[place].full for place in name]
    while words:
        yield Definition(" ".join(words), symbol, kind)
        if words[-1] not in LEGAL:
            break
        words.pop()
    if words and kind == "equity" and len(words[0]) > 3 and words[0] not in common_words():
        owner = companies().entries.get(words[0])
        if owner is None or owner.symbol == symbol:
            yield Definition(words[0], symbol, kind)


def local_lexicon(definitions: Sequence[Definition]) -> Lexicon:
    """Return the names that an article defines, as a lexicon; the first definition holds."""
    entries: dict[str, Entry] = {}
    for definition in definitions:
        printed = definition.key.upper() == definition.symbol.lstrip("^")
        trust: Trust = "exact" if printed else "capital"
        entries.setdefault(definition.key, Entry(definition.symbol, definition.kind, trust))
    return Lexicon(entries)
