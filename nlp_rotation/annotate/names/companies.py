"""Companies and funds named without a ticker: which words are a name, and which only look like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp_rotation.annotate.names import symbols
from nlp_rotation.annotate.names.lexicon import Lexicon, common_words, companies, descriptions, toml
from nlp_rotation.annotate.names.scan import Hit, scan
from nlp_rotation.annotate.names.tokens import Token, is_capital
from nlp_rotation.types import Mention

_LEGAL_FORM = re.compile(
    r",?[ \n](?:&[ \n])?(?:Inc|Incorporated|Corp|Corporation|Co|Company|Companies|Cos|Ltd|Limited|plc|PLC|Plc|LLC"
    r"|L\.?P|N\.?V|S\.?A|A[GBS]|ASA|SE|SpA|S\.p\.A|KGaA|A/S|Group|Holdings?|INC|CORP|LTD|Bhd|Oyj)(?![\w])\.?"
)
_OFFICE = re.compile(r"[ \n](?:Secretary|Department|Ministry|Minister|Agency|Commission|Administration)\b")
_SENTENCE_END = re.compile(r"[.!?:;•*\n\"“”]|^$")


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit with the end of its legal form and how far the words beside it support it."""

    hit: Hit
    end: int
    #: 2: certainly a company; 1: nothing speaks against it; 0: nothing speaks for it; -1: it is something else.
    support: int


def find_companies(text: str, tokens: Sequence[Token], local: Lexicon, title_end: int) -> list[Mention]:
    """Return mentions of the companies that the article defines itself, and of those in the tables."""
    defined = scan(text, tokens, local)
    taken = {place for hit in defined for place in range(hit.first, hit.last + 1)}
    hits = [
        hit
        for hit in scan(text, tokens, companies())
        if not taken.intersection(range(hit.first, hit.last + 1))
        or hit.last - hit.first > max(1, len(taken.intersection(range(hit.first, hit.last + 1))) - 1)
    ]
    headlines = _headline_places(text, tokens, title_end)
    judged = [_judge(text, tokens, hit, headlines) for hit in hits]
    sure = {item.hit.entry.symbol for item in judged if item.support == 2} | {
        entry.symbol for entry in local.entries.values()
    }
    found = [_mention(text, hit.start, _with_legal_form(text, hit.end), hit, "defined", 0.95) for hit in defined]
    for item in judged:
        if item.support > 0 or (item.support == 0 and item.hit.entry.symbol in sure):
            found.append(_mention(text, item.hit.start, item.end, item.hit, "name", _confidence(item)))
    return found + _described(text, tokens)


def _described(text: str, tokens: Sequence[Token]) -> list[Mention]:
    hits = scan(text, tokens, descriptions())
    return [_mention(text, hit.start, hit.end, hit, "description", 0.85) for hit in hits]


def _mention(text: str, start: int, end: int, hit: Hit, rule: str, confidence: float) -> Mention:
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        symbol=hit.entry.symbol,
        kind=hit.entry.kind,
        rule=rule,
        confidence=confidence,
    )


def _confidence(item: Judged) -> float:
    return {2: 0.95, 1: 0.85, 0: 0.75}[item.support]


def _with_legal_form(text: str, end: int) -> int:
    """Return the end of the name with ``Inc``, ``& Co`` and the like behind it."""
    while match := _LEGAL_FORM.match(text, end):
        end = match.end()
    return end


def _judge(text: str, tokens: Sequence[Token], hit: Hit, headlines: frozenset[int]) -> Judged:
    end = _with_legal_form(text, hit.end)
    end = _with_ticker(text, tokens, hit, end)
    return Judged(hit, end, _support(text, tokens, hit, end, headlines))


def _with_ticker(text: str, tokens: Sequence[Token], hit: Hit, end: int) -> int:
    """Take along the company's own ticker where it stands behind the name without brackets."""
    code = hit.entry.symbol.partition(".")[0]
    if len(code) > 1 and text.startswith(f" {code}", end) and not text[end + 1 + len(code) :][:1].isalnum():
        return end + 1 + len(code)
    return end


def _support(text: str, tokens: Sequence[Token], hit: Hit, end: int, headlines: frozenset[int]) -> int:
    if _OFFICE.match(text, end):
        return -1
    trust = hit.entry.trust
    formal = end > hit.end
    if formal:
        return 2
    if trust == "full":
        return 0
    if trust in ("capital", "exact"):
        return 2 if hit.last > hit.first or hit.first not in headlines else 1
    if _speaks_of_a_company(text, tokens, hit):
        return 2
    if _part_of_a_longer_name(text, tokens, hit, headlines):
        return -1
    if trust == "lone":
        return 1
    return 0 if hit.first in headlines or _begins_sentence(text, tokens[hit.first]) else 1


def _speaks_of_a_company(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Look for "shares of", a trade or a stock market word beside the name."""
    before = [token.base for token in tokens[max(0, hit.first - 2) : hit.first]]
    after = [token.base for token in tokens[hit.last + 1 : hit.last + 3]]
    genitive = tokens[hit.last].full_end > hit.end or text[hit.end : hit.end + 2] in ("'s", "’s")
    if after and after[0] in _context("after_genitive" if genitive else "after"):
        return True
    if before[-2:-1] and before[-2] in _context("before_of") and before[-1] in ("of", "in"):
        return True
    return bool(before) and before[-1] in _context("before") and not is_capital(text, tokens[hit.first - 1])


def _context(which: str) -> frozenset[str]:
    return _CONTEXT.setdefault(which, frozenset(toml("aliases_context.toml")["words"][which]))


_CONTEXT: dict[str, frozenset[str]] = {}


def _part_of_a_longer_name(
    text: str, tokens: Sequence[Token], hit: Hit, headlines: frozenset[int]
) -> bool:
    """Tell whether a capitalised neighbour makes another name of it: "Harrison Ford", "Visa Waiver Program"."""
    if hit.first in headlines:
        return False
    left = tokens[hit.first - 1] if hit.first else None
    right = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    if left and text[left.full_end : hit.start] == " " and _is_name_word(text, left):
        return True
    return bool(right and text[hit.end : right.start] == " " and _is_name_word(text, right))


def _is_name_word(text: str, token: Token) -> bool:
    if not is_capital(text, token) or text[token.start].isdigit():
        return False
    if token.base in _context("titles"):
        return False
    return not (_begins_sentence(text, token) and token.base in common_words() | _context("openers"))


def _begins_sentence(text: str, token: Token) -> bool:
    before = text[max(0, token.start - 3) : token.start].rstrip(" \xa0'‘(")
    return not before or _SENTENCE_END.search(before[-1:]) is not None


def _headline_places(text: str, tokens: Sequence[Token], title_end: int) -> frozenset[int]:
    """Return the places of the words in lines where nearly every word has a capital letter."""
    places: set[int] = set()
    line: list[int] = []
    for place, token in enumerate(tokens):
        if line and "\n" in text[tokens[place - 1].end : token.start]:
            places.update(_if_headline(text, tokens, line))
            line = []
        line.append(place)
    places.update(_if_headline(text, tokens, line))
    return frozenset(places)


def _if_headline(text: str, tokens: Sequence[Token], line: Sequence[int]) -> Iterable[int]:
    words = [tokens[place] for place in line if len(tokens[place].base) > 3]
    if len(line) > 30 or not words:
        return ()
    capital = sum(is_capital(text, word) for word in words)
    return line if capital > 0.7 * len(words) and len(words) > 2 else ()


def own_symbol(name: str) -> str:
    """Return the symbol of a company's name as a whole; empty where no table has it."""
    return symbols.symbol_of_name(name) or ""
