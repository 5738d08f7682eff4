"""Tickers that are printed as such: ``(FB)``, ``(NYSE: GE)``, ``<JNJ.N>``, ``$TSLA``, ``[AAPL]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp_rotation.annotate.names import symbols
from nlp_rotation.types import Kind

_BRACKET = re.compile(r"\(([^()\n]{1,80})\)|<([^<>\n]{1,20})>|\[([^\[\]\n]{1,20})\]")
#: Page furniture behind a code.
_NOISE = re.compile(r"\s+-\s+(?:news|Get Report|Free Report|Snapshot Report)\s*$", re.I)
_PIECE = re.compile(r"[^,;/&]+")
_VENUE = re.compile(
    r"(?P<venue>[A-Za-z][A-Za-z ]{1,18}?)\s*:\s*(?P<code>\^?[A-Z0-9][A-Z0-9&]{0,11}(?:[.-][A-Z]{1,2})?)"
)
#: Where half the world is traded too, under codes with a figure in them.
_SECOND_VENUES = frozenset(
    {"xetra", "frankfurt", "berlin", "munich", "stuttgart", "hamburg", "dusseldorf", "hanover", "amsterdam"}
)
#: A price in pence behind a bare code: it is a code of London.
_PENCE = re.compile(r"\)?,?\s*\d[\d,]*(?:\.\d+)?p\b")
_SUFFIXED = re.compile(r"(?P<code>[A-Z0-9&]{1,12}[a-z]{0,2}(?:_[a-z]{1,2})?)\.(?P<suffix>[A-Z]{1,3}|NYSE)")
_BLOOMBERG = re.compile(r"(?P<code>[A-Z0-9]{1,6})(?::| )(?P<venue>US|LN|HK|JP|GR|FP|AU)(?: Equity)?")
_INDEX = re.compile(r"[.^][A-Z][A-Z0-9]{1,12}")
_BARE = re.compile(r"\$?(?P<code>[A-Z]{1,5}(?:[.-][AB])?)(?:[:,]?\s*[-+]?\d[\d.,]*%?)?")
_CASHTAG = re.compile(r"(?<![\w$])\$(?P<code>[A-Z]{1,5}(?:\.[AB])?)(?![\w$])")
_LOOSE = re.compile(
    r"(?<![\w.@/-])(?P<code>[A-Z0-9]{2,8}[a-z]?(?:_[a-z])?)\.(?P<suffix>[A-Z]{1,2})(?![\w.]?\w)"
    r"|(?<![\w.])(?P<index>\.[A-Z][A-Z0-9]{1,12})(?!\w)"
)
#: Two-letter countries and the like in front of a full stop are no codes in running text.
_LOOSE_SUFFIXES = frozenset(
    {"N", "O", "OQ", "L", "TO", "HK", "DE", "PA", "AX", "NS", "BO", "SS", "SZ", "KS", "T"}
)


@dataclass(frozen=True, slots=True)
class Code:
    """A ticker as printed."""

    #: The code itself.
    start: int
    end: int
    #: The code with its brackets.
    outer_start: int
    outer_end: int
    symbol: str
    kind: Kind
    #: How it is marked: ``parenthesis``, ``cashtag``, ``reuters``.
    rule: str
    #: The exchange is named, hence it can be nothing but a ticker.
    sure: bool

    @property
    def foreign(self) -> bool:
        """The exchange is named in front, and it is none of the United States."""
        return (
            self.rule == "parenthesis"
            and self.sure
            and "." in self.symbol
            and self.end - self.start > len(self.symbol)
        )


def find_codes(text: str) -> list[Code]:
    """Return the tickers of a text in order of place; those in one pair of brackets share its outer span."""
    found = list(_in_brackets(text))
    taken = {code.start for code in found}
    found += [code for code in (*_cashtags(text), *_loose(text)) if code.start not in taken]
    return sorted(found, key=lambda code: (code.start, code.end))


def _in_brackets(text: str) -> Iterator[Code]:
    for match in _BRACKET.finditer(text):
        index = match.lastindex or 1
        rule = "reuters" if index == 2 else "parenthesis"
        for piece in _pieces(match[index]):
            raw = _NOISE.sub("", piece[0]).strip(" *\t\xa0")
            start = match.start(index) + piece.start() + piece[0].index(raw) if raw else match.start(index)
            read = _read(raw)
            if read:
                symbol, kind, sure = _in_london(text, match.end(), read)
                yield Code(start, start + len(raw), match.start(), match.end(), symbol, kind, rule, sure)


def _in_london(text: str, end: int, read: tuple[str, Kind, bool]) -> tuple[str, Kind, bool]:
    """Read a bare code as one of London where a price in pence stands behind it."""
    symbol, kind, sure = read
    if sure or kind != "equity" or not _PENCE.match(text, end):
        return read
    return symbols.from_suffix(symbol, "L"), kind, True


def _pieces(inside: str) -> list[re.Match[str]]:
    """Split what stands in brackets; with a stroke in it, it is codes throughout or none ("6% Y/Y")."""
    pieces = list(_PIECE.finditer(inside))
    if "/" in inside and not all(_BARE.fullmatch(piece[0].strip(" *\xa0")) for piece in pieces):
        return []
    return pieces


def _read(raw: str) -> tuple[str, Kind, bool] | None:
    """Read one code; None where it is none."""
    if match := _VENUE.fullmatch(raw):
        if not symbols.venue_known(match["venue"].strip()) or _is_second_listing(match):
            return None
        return symbols.from_venue(match["venue"].strip(), match["code"].lstrip("^")), "equity", True
    if _INDEX.fullmatch(raw):
        index = symbols.index_of(raw)
        return (index, "index", True) if index else None
    if (match := _SUFFIXED.fullmatch(raw)) and symbols.suffix_known(match["suffix"]):
        return symbols.from_suffix(match["code"], match["suffix"]), "equity", True
    if match := _BLOOMBERG.fullmatch(raw):
        return symbols.from_venue(match["venue"], match["code"]), "equity", True
    if match := _BARE.fullmatch(raw):
        index = symbols.index_of(match["code"])
        return (index, "index", False) if index else (match["code"], "equity", False)
    return None


def _is_second_listing(match: re.Match[str]) -> bool:
    """Tell a code of a place where the share is only traded too: codes with figures, grey markets."""
    venue = match["venue"].strip().lower()
    return venue == "other otc" or (venue in _SECOND_VENUES and any(c.isdigit() for c in match["code"]))


def _cashtags(text: str) -> Iterator[Code]:
    for match in _CASHTAG.finditer(text):
        index = symbols.index_of(match["code"])
        start, end = match.span()
        kind: Kind = "index" if index else "equity"
        yield Code(start, end, start, end, index or match["code"], kind, "cashtag", True)


def _loose(text: str) -> Iterator[Code]:
    """Reuters codes that lost their brackets: ``Massey Energy Co MEE.N``, ``Nasdaq Composite .IXIC``."""
    for match in _LOOSE.finditer(text):
        start, end = match.span()
        if match["index"]:
            index = symbols.index_of(match["index"])
            if index:
                yield Code(start, end, start, end, index, "index", "reuters", True)
        elif match["suffix"] in _LOOSE_SUFFIXES and not text.startswith(": ", max(0, start - 2)):
            symbol = symbols.from_suffix(match["code"], match["suffix"])
            yield Code(start, end, start, end, symbol, "equity", "reuters", True)
