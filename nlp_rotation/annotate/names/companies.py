"""Companies and funds named without a ticker: which words are a name, and which only look like one."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from nlp_rotation.annotate.names import evidence, symbols
from nlp_rotation.annotate.names.home import find_home_hits, with_home
from nlp_rotation.annotate.names.lexicon import Entry, Lexicon, companies, descriptions
from nlp_rotation.annotate.names.listings import ambiguous, deaths, funds, merged_names
from nlp_rotation.annotate.names.scan import Hit, scan
from nlp_rotation.annotate.names.tokens import Token
from nlp_rotation.types import Kind, Mention

_LEGAL_FORM = re.compile(
    r",?[ \n](?:&[ \n])?(?:Inc|Incorporated|Corp|Corporation|Co|Company|Companies|Cos|Ltd|Limited|plc|PLC|Plc"
    r"|LLC"
    r"|L\.?P|N\.?V|S\.?A|A[GBS]|ASA|SE|SpA|S\.p\.A|KGaA|A/S|Group|Holdings?|INC|CORP|LTD|Bhd|Oyj)(?![\w-])\.?"
)
#: How long after its last day a company is still talked of as a share.
_AFTERLIFE = timedelta(days=120)

CERTAIN, LIKELY, OPEN, REFUTED = 2, 1, 0, -1
_CONFIDENCE = {CERTAIN: 0.95, LIKELY: 0.85, OPEN: 0.75}


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit with the end of its legal form and how far the words beside it support it."""

    hit: Hit
    end: int
    support: int


def find_companies(text: str, tokens: Sequence[Token], local: Lexicon, on: date | None) -> list[Mention]:
    """Return mentions of the companies that the article defines itself, and of those in the tables."""
    defined = scan(text, tokens, local)
    known = with_home(scan(text, tokens, companies()), find_home_hits(text, tokens))
    hits = [_as_of(hit, tokens, on) for hit in _beside(known, defined)]
    hits = [hit for hit in hits if _alive(hit, on)]
    judged = _judge_all(text, tokens, hits)
    sure = {item.hit.entry.symbol for item in judged if item.support == CERTAIN}
    sure |= {entry.symbol for entry in local.entries.values()}
    found = [_mention(text, hit, _with_legal_form(text, hit.end), "defined", 0.95) for hit in defined]
    for item in judged:
        if item.support > OPEN or (item.support == OPEN and item.hit.entry.symbol in sure):
            found.append(_mention(text, item.hit, item.end, "name", _CONFIDENCE[item.support]))
    described = scan(text, tokens, descriptions())
    found += [_mention(text, hit, hit.end, "description", 0.85) for hit in described]
    return found + _bare_tickers(text, tokens, {mention.symbol for mention in found})


def _bare_tickers(text: str, tokens: Sequence[Token], named: Set[str | None]) -> list[Mention]:
    """Find tickers without any mark: of a company that the article names, or in front of "stock"."""
    found = []
    for place, token in enumerate(tokens):
        word = text[token.start : token.end]
        if not symbols.is_bare_ticker(word):
            continue
        after = tokens[place + 1].base if place + 1 < len(tokens) else ""
        before = [other.base for other in tokens[max(0, place - 2) : place]]
        talk = after in evidence.words("ticker_after") or before == ["shares", "of"]
        if (word in named and len(word) > 2) or talk:
            kind: Kind = "etf" if word in funds() else "equity"
            hit = Hit(place, place, token.start, token.end, Entry(word, kind, "exact"))
            found.append(_mention(text, hit, token.end, "ticker", 0.8))
    return found


def _beside(hits: Sequence[Hit], defined: Sequence[Hit]) -> list[Hit]:
    """Drop hits of the tables where the article's own definition covers at least as many words."""
    length = {place: hit.last - hit.first for hit in defined for place in range(hit.first, hit.last + 1)}
    return [
        hit
        for hit in hits
        if all(length.get(place, -1) < hit.last - hit.first for place in range(hit.first, hit.last + 1))
    ]


def _as_of(hit: Hit, tokens: Sequence[Token], on: date | None) -> Hit:
    """Read the name of a merged company as that company while it was there."""
    old = merged_names().get(" ".join(token.base for token in tokens[hit.first : hit.last + 1]))
    if old is None or on is None or on > old.until:
        return hit
    return hit._replace(entry=Entry(old.today, "equity", hit.entry.trust, hit.entry.written))


def _alive(hit: Hit, on: date | None) -> bool:
    """Tell whether the company could still be traded when the article appeared."""
    last_day = deaths().get(hit.entry.symbol)
    return last_day is None or on is None or on <= last_day + _AFTERLIFE


def _judge_all(text: str, tokens: Sequence[Token], hits: Sequence[Hit]) -> list[Judged]:
    """Judge each hit by itself, then the doubtful ones by their namesakes and neighbours."""
    headlines = evidence.headline_places(text, tokens)
    judged = [_judge(text, tokens, hit, headlines) for hit in hits]
    surnames = {
        tokens[item.hit.first].base
        for item in judged
        if item.support == REFUTED
        and item.hit.first == item.hit.last
        and evidence.is_surname(text, tokens, item.hit)
    }
    judged = [
        Judged(item.hit, item.end, OPEN) if _is_namesake(tokens, item, surnames) else item for item in judged
    ]
    return [_by_neighbours(text, judged, place) for place in range(len(judged))]


def _is_namesake(tokens: Sequence[Token], item: Judged, surnames: set[str]) -> bool:
    """Tell whether the article has a person of this name, and nothing but the name speaks for a company."""
    doubtful = item.hit.entry.trust in ("weak", "full", "lone") and item.support > OPEN
    return doubtful and item.end == item.hit.end and tokens[item.hit.first].base in surnames


def _by_neighbours(text: str, judged: Sequence[Judged], place: int) -> Judged:
    """Count an open hit as certain where it stands in a list of companies."""
    item = judged[place]
    if item.support not in (OPEN, LIKELY) or item.hit.entry.trust == "full":
        return item
    beside = [other.hit for other in judged[max(0, place - 1) : place + 2] if _is_firm_ground(other)]
    return Judged(item.hit, item.end, CERTAIN) if evidence.in_a_list(text, item.hit, beside) else item


def _is_firm_ground(item: Judged) -> bool:
    return item.support == CERTAIN or (
        item.support == LIKELY and item.hit.entry.trust in ("capital", "exact")
    )


def _judge(text: str, tokens: Sequence[Token], hit: Hit, headlines: frozenset[int]) -> Judged:
    end = _with_ticker(text, hit, _with_legal_form(text, hit.end))
    return Judged(hit, end, _support(text, tokens, hit, end, headlines))


def _with_legal_form(text: str, end: int) -> int:
    """Return the end of the name with ``Inc``, ``& Co`` and the like behind it."""
    while match := _LEGAL_FORM.match(text, end):
        end = match.end()
    return end


def _with_ticker(text: str, hit: Hit, end: int) -> int:
    """Take along the company's own ticker where it stands behind the name without brackets."""
    code = hit.entry.symbol.partition(".")[0]
    if len(code) > 1 and text.startswith(f" {code}", end) and not text[end + 1 + len(code) :][:1].isalnum():
        return end + 1 + len(code)
    return end


def _support(text: str, tokens: Sequence[Token], hit: Hit, end: int, headlines: frozenset[int]) -> int:
    if evidence.is_office(text, end) or (
        end == hit.end and (_is_platform(tokens, hit, text) or evidence.is_town(text, end))
    ):
        return REFUTED
    if evidence.has_listing_behind(text, end):
        return CERTAIN
    trust = hit.entry.trust
    headline = hit.first in headlines
    if trust in ("capital", "exact"):
        return CERTAIN if hit.last > hit.first or end > hit.end or not headline else LIKELY
    if not headline and evidence.is_surname(text, tokens, hit):
        return REFUTED
    if end > hit.end:
        return CERTAIN
    if trust == "full":
        return CERTAIN if not headline and evidence.speaks_of_shares(text, tokens, hit) else OPEN
    if not headline and evidence.has_other_name_beside(text, tokens, hit):
        return REFUTED
    if evidence.speaks_of_a_company(text, tokens, hit):
        return CERTAIN
    if trust == "lone":
        return LIKELY
    if trust == "home":
        return OPEN
    return OPEN if headline or evidence.begins_sentence(text, tokens[hit.first]) else LIKELY


def _is_platform(tokens: Sequence[Token], hit: Hit, text: str) -> bool:
    """Tell whether a network is only the place where somebody writes: "follow us on Twitter"."""
    if hit.first != hit.last or tokens[hit.first].base not in ambiguous("platforms") or hit.first < 1:
        return False
    before = [token.base for token in tokens[max(0, hit.first - 2) : hit.first]]
    return (
        before[-1] in ("on", "via", "through", "itunes", "podcasts")
        or before == ["known", "as"]
        or "@" in text[hit.end : hit.end + 3]
    )


def _mention(text: str, hit: Hit, end: int, rule: str, confidence: float) -> Mention:
    return Mention(
        start=hit.start,
        end=end,
        text=text[hit.start : end],
        symbol=hit.entry.symbol,
        kind=hit.entry.kind,
        rule=rule,
        confidence=confidence,
    )
