"""What the words beside a name say: that it is a company, or a part of some other name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from nlp_rotation.annotate.names.listings import common_words, toml
from nlp_rotation.annotate.names.scan import Hit
from nlp_rotation.annotate.names.tokens import Token, is_capital

_SENTENCE_END = '.!?:;•*\n"“”|>'
_APPOSITION = re.compile(r"(?:,| \()\s?(?:a|an|the|another|which|whose|one of|now|also)\b")
_OFFICE = re.compile(r"[ \n](?:Secretary|Department|Ministry|Minister|Agency|Commission|Administration)\b")
_LIST_GAP = re.compile(r",? (?:and|or|&)? ?|,\n|, ")
#: A listing in brackets, though it be one that says nothing of the symbol: "(Xetra: 858266 - news )".
_LISTING_BEHIND = re.compile(r" ?\((?:[A-Z][\w ]{1,18}): ?[\w.&-]{1,15}(?: - news)? ?\)")
#: A move right behind a name: ", up 2.5%", "(-1.2%)", "gained 3 per cent".
_MOVE_BEHIND = re.compile(
    r"(?:,? |, ?\n)\(?(?:(?:was|were|is|also|up|down|rose|fell|gained|lost|added|shed|by|at"
    r"|rising|falling|climbing) ){0,3}"
    r"[+-]?\d[\d.,]*[ -]?(?:%|per ?cent|pct)"
)
#: "J. Ford", "Mrs. Ford", "Gov. Ford": a longer word ends a sentence before the name.
_LONGEST_TITLE = 3
#: A headline is short; a longer line of capitals is a list of names or a notice.
_LONGEST_HEADLINE = 30
_HEADLINE_SHARE = 0.7


@cache
def words(which: str) -> frozenset[str]:
    """Return a row of ``aliases_context.toml``."""
    return frozenset(toml("aliases_context.toml")["words"][which])


def is_office(text: str, end: int) -> bool:
    """Tell whether an office of state stands behind the name: "U.S. Energy Secretary"."""
    return _OFFICE.match(text, end) is not None


def is_town(text: str, end: int) -> bool:
    """Tell whether a state stands behind the name, which is then a town's."""
    return _state_behind().match(text, end) is not None


@cache
def _state_behind() -> re.Pattern[str]:
    states = "|".join(
        re.escape(state).replace(r"\ ", r"[ \n]") for state in toml("aliases_context.toml")["words"]["states"]
    )
    return re.compile(rf",[ \n](?:{states})\b")


def has_listing_behind(text: str, end: int) -> bool:
    """Tell whether a listing in brackets stands behind the name."""
    return _LISTING_BEHIND.match(text, end) is not None


def speaks_of_a_company(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Look for "shares of", a trade or a stock market word beside the name, within its line."""
    begins = begins_sentence(text, tokens[hit.first])
    if _APPOSITION.match(text, hit.end) or _MOVE_BEHIND.match(text, hit.end):
        return True
    after = _word_after(text, tokens, hit)
    genitive = text[hit.end : hit.end + 2] in ("'s", "’s") or text[hit.end - 2 : hit.end] in ("'s", "’s")
    if after in words("after_genitive" if genitive else "after"):
        return True
    if not begins and after in words("after_inside"):
        return True
    before = [token.base for token in tokens[max(0, hit.first - 2) : hit.first]]
    if len(before) == 2 and before[0] in words("before_of") and before[1] in ("of", "in"):
        return True
    return bool(before) and before[-1] in words("before") and not is_capital(text, tokens[hit.first - 1])


def speaks_of_shares(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Look for the share itself, or for a move of it, beside a name that is an ordinary word."""
    if _MOVE_BEHIND.match(text, hit.end):
        return True
    after = _word_after(text, tokens, hit)
    if after == "shares" or (after in words("share_words") and not begins_sentence(text, tokens[hit.first])):
        return True
    before = [token.base for token in tokens[max(0, hit.first - 2) : hit.first]]
    return len(before) == 2 and before[0] in ("shares", "stock", "stake") and before[1] in ("of", "in")


def _word_after(text: str, tokens: Sequence[Token], hit: Hit) -> str:
    if hit.last + 1 >= len(tokens):
        return ""
    right = tokens[hit.last + 1]
    gap = text[hit.end : right.start]
    return right.base if gap in (" ", "'s ", "’s ", "' ", "’ ") else ""


def in_a_list(text: str, hit: Hit, others: Iterable[Hit]) -> bool:
    """Tell whether a sure company is the neighbour in an enumeration."""
    for other in others:
        if 0 <= hit.start - other.end < 8 and _LIST_GAP.fullmatch(text[other.end : hit.start]):
            return True
        if 0 <= other.start - hit.end < 8 and _LIST_GAP.fullmatch(text[hit.end : other.start]):
            return True
    return False


def has_other_name_beside(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Tell whether a capitalised neighbour makes another name of it: "Harrison Ford", "Visa Waiver"."""
    return is_surname(text, tokens, hit) or _goes_on(text, tokens, hit)


def is_surname(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Tell whether a capitalised word stands in front: a first name, or the head of a longer name."""
    if not hit.first:
        return False
    left = tokens[hit.first - 1]
    gap = text[left.full_end : hit.start]
    if gap == ". " and left.end - left.start > _LONGEST_TITLE:
        return False
    return gap in (" ", " & ", ". ") and _is_name_word(text, left)


def _goes_on(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    if hit.last + 1 >= len(tokens):
        return False
    right = tokens[hit.last + 1]
    return text[hit.end : right.start] in (" ", " & ", "-") and _is_name_word(text, right)


def _is_name_word(text: str, token: Token) -> bool:
    if not text[token.start].isupper() or token.base in words("titles"):
        return False
    return not (
        begins_sentence(text, token) and token.base in common_words() | words("openers") | words("before")
    )


def begins_sentence(text: str, token: Token) -> bool:
    """Tell whether a word is the first of its sentence or line."""
    before = text[max(0, token.start - 4) : token.start].rstrip(" \xa0'‘(_")
    return not before or before[-1] in _SENTENCE_END


def headline_places(text: str, tokens: Sequence[Token]) -> frozenset[int]:
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
    long_words = [tokens[place] for place in line if len(tokens[place].base) > 3]
    if len(line) > _LONGEST_HEADLINE or len(long_words) < 3:
        return ()
    capital = sum(is_capital(text, word) for word in long_words)
    return line if capital > _HEADLINE_SHARE * len(long_words) else ()
