"""The answer to *why*: what it holds, and how it reads on a terminal, in a log, to an assistant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp_rotation.present.queries.asking import Item
from nlp_rotation.present.tables import shorten

if TYPE_CHECKING:
    from nlp_rotation.present.queries.leads import Lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One category of cause, with the words that give it."""

    category: str
    #: Weight of all its articles, and of those that push ``over`` up less those that push it down.
    weight: float
    net: float
    articles: int
    #: The heaviest statements as rows of ``drivers``: quote, sentence, source, url, times, confidence.
    quotes: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer: what prices show, and what was said of it."""

    pair: str
    over: str
    under: str
    since: dt.date | None
    until: dt.date | None
    #: What prices show over these days; None where ``note`` says why not.
    lead: Lead | None
    note: str
    #: Causes given for what had happened, and for what was to come; the heaviest first.
    explains: tuple[Cause, ...]
    predicts: tuple[Cause, ...]
    #: Statements that were weighed.
    statements: int

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def headline(answer: Why) -> str:
    """Return what prices show, in one line."""
    lead = answer.lead
    if lead is None:
        return f"{answer.over} against {answer.under}: {answer.note}"
    return (
        f"{answer.over} less {answer.under}: {lead.points:+.2f} points from the close of {lead.first} "
        f"to that of {lead.last}; percentile {lead.percentile:.1%} of all spans of {lead.days} "
        f"session{'s' if lead.days > 1 else ''} since {lead.history}"
    )


def pushes(answer: Why, net: float) -> str:
    """Return which side a cause pushes."""
    if net == 0:
        return "either way"
    return f"for {answer.over if net > 0 else answer.under}"


def _lines(answer: Why) -> Iterator[str]:
    yield headline(answer)
    for title, causes in (("Explains", answer.explains), ("Predicts", answer.predicts)):
        yield f"{title}: {'nothing' if not causes else ''}".rstrip()
        for place, cause in enumerate(causes, 1):
            yield from _cause(answer, place, cause)


def _cause(answer: Why, place: int, cause: Cause) -> Iterator[str]:
    articles = f"{cause.articles} article{'s' if cause.articles != 1 else ''}"
    yield f"{place}. {cause.category}, {pushes(answer, cause.net)} (weight {cause.weight:.2f}, {articles})"
    for item in cause.quotes:
        yield f"   “{shorten(item['sentence'] or item['quote'], 200)}”"
        yield f"   {cited(item)}"


def cited(item: Item) -> str:
    """Return who said it, where, when, and how sure we are that it was read rightly."""
    who = ", ".join(part for part in (item["speaker"], item["firm"]) if part)
    when = item["published_at"] or item["day"] or "undated"
    parts = [who, item["source"] or item["title"] or item["article_id"], when, item["url"]]
    hedged = "hedged" if item["hedged"] else ""
    sure = "" if item["confidence"] is None else f"confidence {item['confidence']:.2f}"
    return " · ".join(part for part in (*parts, hedged, sure) if part)
