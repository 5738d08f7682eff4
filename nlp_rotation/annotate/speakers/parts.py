"""What a firm does where a text names it: give its word, or have shares and business."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum

from nlp_rotation.annotate.speakers.vocabulary import GROUP, ROLE_WORD, SOURCE_FIRM, any_of, table
from nlp_rotation.types import Mention, Reading, Span

#: Signs of what a firm does in the text stand within so many characters of its name.
BESIDE = 110


class Part(Enum):
    """What a firm does in one place of a text."""

    SOURCE = "gives its word or its numbers"
    RATER = "rates the shares of others"
    OWN_NEWS = "tells of itself, as it seems"
    BUSINESS = "has shares, results or customers"
    UNCLEAR = "is just named"


_WORDS = table()["sources"]
_MARKET_ROLE = any_of(table()["who"]["market_roles"])
_EXPERTS = r"(?:analysts?|strategists?|economists?)"
_SPEECH = any_of([*table()["verbs"]["speech"], *table()["verbs"]["weak"]])
_PHRASE = r"(?:[\w.&-]+\s+){0,5}?"
_GAP = r"[^.;:\"“”]{0,80}?"
#: The rest of a firm's style and a ticker in brackets belong to the name before it.
_TICKER = r"\.?(?:\s+(?:&\s+Co\.?|Inc\.?|Corp\.?|Ltd\.?|AG|PLC|plc|Group))?(?:\s*\([^()]{1,24}\))?"
_POSSESSIVE = rf"{_TICKER}\s?(?:[’']s?)?\s+"

_SHARES_BEHIND = re.compile(rf"{_POSSESSIVE}(?:\w+\s+){{0,2}}?{any_of(_WORDS['business'])}\b")
_SHARES_BEFORE = re.compile(
    rf"\b{any_of(_WORDS['business_of'])}\s+(?:of|in|at|from|with|by)\s+(?:the\s+)?"
    r"(?:(?-i:[A-Z])[\w&.-]*\s+(?:(?-i:[A-Z])[\w&.-]*\s+){0,3}and\s+)?$",
    re.I,
)
_BUSINESS = re.compile(rf"\b{any_of(_WORDS['business'])}\b|\d\s?%|\bper\s?cent")

#: These make a source of any firm.
_EXPERT_BEHIND = re.compile(rf"{_POSSESSIVE}{_PHRASE}(?:{_MARKET_ROLE}|{_EXPERTS})\b")
_EXPERT_BEFORE = re.compile(rf"\b(?:{_MARKET_ROLE}|{_EXPERTS})\b{_GAP}\b(?:at|with|for|from|of)\s+{_PHRASE}$")
_PASSIVE_BEFORE = re.compile(
    rf"\b[Aa]ccording\s+to\s+{_PHRASE}$|\b{any_of(_WORDS['passive'])}\s+(?:\w+\s+)?(?:by|at|from)\s+(?:the\s+)?$"
)
_EXCHANGE = re.compile(r"NYSE|NASDAQ|Cboe|.*Exchange", re.DOTALL)
_PLACE_BEFORE = re.compile(r"\b(?:[Oo]n|[Aa]t)\s+(?:both\s+)?(?:the\s+)?$")
_POSTING_BEFORE = re.compile(rf"\b{any_of(_WORDS['posting'])}\b[^.;]{{0,40}}\bon\s+(?:the\s+)?$")

#: These make a source only of a house whose trade it is to be quoted.
_HOUSE_ROLE_BEHIND = re.compile(
    rf"{_POSSESSIVE}{_PHRASE}(?:{ROLE_WORD}|{GROUP}|(?<!to\s){any_of(_WORDS['numbers'])})\b"
)
_HOUSE_PERSON_BEHIND = re.compile(rf"{_TICKER}[’']s?\s+[A-Z][\w.’'-]+(?:\s+[A-Z][\w’'-]+)?\b")
_RATING_BEHIND = re.compile(rf"{_TICKER}\s+(?:\w+\s+){{0,2}}?{any_of(_WORDS['rating_verbs'])}\b")
_HOUSE_VERB_BEHIND = re.compile(
    rf"{_TICKER},?\s+(?:\w+\s+){{0,2}}?(?:{_SPEECH}|published|polled|surveyed|(?:up|down)grades?\b)\b"
)
#: A house that tells of itself is in the news, not a source of it.
_OWN_NEWS_BEHIND = re.compile(
    rf"{_TICKER}\s+(?:\w+\s+)?(?:said|says|reported|reports|added|told)\s+(?:that\s+)?(?:\S+\s+){{0,4}}?"
    rf"(?:its|it[’'](?:s|ll|d)|it\s+(?:will|would|may|might|could|is|was|plans|has|had)|{any_of(_WORDS['own_news'])})\b"
)
_HOUSE_ROLE_BEFORE = re.compile(
    rf"\b(?:{ROLE_WORD}|{GROUP})\b{_GAP}\b(?:at|with|for|from|of|by)\s+{_PHRASE}$|\b(?:told|tells)\s+$"
    rf"|\b{ROLE_WORD},?\s+$",
    re.IGNORECASE,
)
_HOUSE_PERSON_BEFORE = re.compile(
    r"\b[A-Z][\w’'-]+\s+(?:[A-Z]\.\s+)?[A-Z][\w’'-]+\s+(?:at|of|with|from)\s+(?:the\s+)?$"
)
_HOUSE_NUMBERS_BEFORE = re.compile(
    rf"\b{any_of(_WORDS['numbers'])}\b[^.;\"“”]{{0,30}}?\b(?:from|by|with|on|in|at)\s+(?:the\s+)?$"
)
_HOUSE_CREDIT_BEFORE = re.compile(
    r"\((?:[A-Z]\w+\s+)?$|\b(?:[Ss]ource|[Pp]hoto|[Ii]mage|[Cc]hart|[Cc]redit|[Vv]ia)\s*[:/]?\s*(?:by\s+)?$"
    r"|\b(?:citing|cited)\s+(?:the\s+)?$"
)
#: A name that tells that its bearer lives by views and money.
_HOUSE_NAME = re.compile(
    r"\b(?:Bank|Banca|Banco|Securities|Capital|Asset\s+Management|Brokers?|Broking|Wealth|Markets)\b"
)
_SOURCE_BEFORE = (_EXPERT_BEFORE, _PASSIVE_BEFORE, _POSTING_BEFORE)
_HOUSE_BEFORE = (_HOUSE_ROLE_BEFORE, _HOUSE_PERSON_BEFORE, _HOUSE_NUMBERS_BEFORE, _HOUSE_CREDIT_BEFORE)
_HOUSE_BEHIND = (_HOUSE_ROLE_BEHIND, _HOUSE_PERSON_BEHIND, _HOUSE_VERB_BEHIND)


def part_of(reading: Reading, item: Mention) -> Part:
    """Return what the firm of ``item`` does there."""
    sentence = _sentence_of(reading, item)
    before = reading.text[max(sentence.start, item.start - BESIDE) : item.start]
    behind = reading.text[item.end : min(sentence.end, item.end + BESIDE)]
    if _is_venue(item, before) or _EXPERT_BEHIND.match(behind):
        return Part.SOURCE
    if _RATING_BEHIND.match(behind):
        return Part.RATER
    if _OWN_NEWS_BEHIND.match(behind):
        return Part.OWN_NEWS
    if _SHARES_BEFORE.search(before) or _SHARES_BEHIND.match(behind):
        return Part.BUSINESS
    if any(sign.search(before) for sign in _SOURCE_BEFORE):
        return Part.SOURCE
    if not SOURCE_FIRM.match(item.text) and not _HOUSE_NAME.search(item.text):
        return Part.BUSINESS
    if any(sign.search(before) for sign in _HOUSE_BEFORE) or any(
        sign.match(behind) for sign in _HOUSE_BEHIND
    ):
        return Part.SOURCE
    return Part.BUSINESS if _BUSINESS.search(reading.text, sentence.start, sentence.end) else Part.UNCLEAR


def _is_venue(item: Mention, before: str) -> bool:
    """Tell whether an exchange is named as the place where shares are dealt in."""
    return bool(_EXCHANGE.match(item.text) and _PLACE_BEFORE.search(before))


def _sentence_of(reading: Reading, item: Mention) -> Span:
    """Return the sentence of ``item``; of a very long one, or where none is known, what stands around it."""
    index = bisect_right(reading.sentences, item.start, key=lambda sentence: sentence.start) - 1
    start, end = max(0, item.start - 2 * BESIDE), item.end + 2 * BESIDE
    if index < 0:
        return Span(start=start, end=end)
    found = reading.sentences[index]
    return Span(start=max(start, found.start), end=max(item.end, min(end, found.end)))
