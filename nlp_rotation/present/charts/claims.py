"""Stated moves and rotations about the sides of a chart, held against prices, with their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp_rotation.align.claims import check_moves
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.rotation_claims import check_rotations
from nlp_rotation.present.charts.model import CheckedClaim
from nlp_rotation.present.charts.quotes import web_address
from nlp_rotation.present.digest import Sentences
from nlp_rotation.store.protocol import Store
from nlp_rotation.store.rows import Query
from nlp_rotation.types import Record, Window

#: Articles looked into, the newest first: each is read whole and its claims are checked one by one.
MOST_ARTICLES = 200


def claims_of(
    store: Store, prices: Prices, query: Query, *, subjects: frozenset[str], sessions: Sequence[str]
) -> tuple[CheckedClaim, ...]:
    """Return the claims about ``subjects`` in the articles that ``query`` lets through, the newest first."""
    places = {day: place for place, day in enumerate(sessions)}
    found = []
    for article in _articles(store, query, subjects):
        record = store.record(article, as_of=query.as_of, recorded_as_of=query.recorded_as_of)
        found += [*_moves(record, prices, subjects, places), *_rotations(record, prices, subjects, places)]
    return tuple(found)


def _articles(store: Store, query: Query, subjects: frozenset[str]) -> list[str]:
    """Return the newest articles that state a move of one of ``subjects``, or a rotation."""
    days: dict[str, str] = {}
    for row in store.moves(query):
        if row.subject in subjects:
            days.setdefault(row.origin.article_id, str(row.origin.day or ""))
            if len(days) >= MOST_ARTICLES:
                break
    for turn in store.rotations(query):
        if {turn.from_, turn.to} & subjects:
            days.setdefault(turn.origin.article_id, str(turn.origin.day or ""))
            if len(days) >= 2 * MOST_ARTICLES:
                break
    return sorted(days, key=lambda article: days[article], reverse=True)[:MOST_ARTICLES]


def _moves(
    record: Record, prices: Prices, subjects: frozenset[str], places: dict[str, int]
) -> Iterator[CheckedClaim]:
    for claim in check_moves(record, prices):
        if claim.subject in subjects:
            move = record.moves[claim.move]
            yield CheckedClaim(
                kind="move",
                subject=claim.subject,
                stated=claim.stated,
                computed=claim.computed,
                verdict=claim.verdict,
                reason=claim.reason,
                session=_session(claim.window, places),
                words=move.text,
                sentence=Sentences(record).cite(move, move.start).sentence,
                **_origin(record),
            )


def _rotations(
    record: Record, prices: Prices, subjects: frozenset[str], places: dict[str, int]
) -> Iterator[CheckedClaim]:
    for claim in check_rotations(record, prices):
        if {claim.from_, claim.to} & subjects:
            turn = record.rotations[claim.rotation]
            yield CheckedClaim(
                kind="rotation",
                subject=f"{claim.from_ or 'unsaid'} → {claim.to or 'unsaid'}",
                stated=None,
                computed=claim.relative,
                verdict=claim.verdict,
                reason=claim.reason,
                session=_session(claim.window, places),
                words=turn.text,
                sentence=Sentences(record).cite(turn, turn.start).sentence,
                **_origin(record),
            )


def _session(window: Window | None, places: dict[str, int]) -> int | None:
    return places.get(window.end.isoformat()) if window and window.end else None


def _origin(record: Record) -> dict[str, str | None]:
    article = record.article
    published = article.published.at or article.published.date
    return {
        "title": article.title,
        "source": article.source,
        "url": web_address(article.url),
        "published": published.isoformat() if published else None,
    }
