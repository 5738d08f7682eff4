"""Stories in a lake: the neighbours of a batch are read at once, and its places decided in memory.

What is decided travels in the rows of the newcomers, so that no file that is there has to change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from nlp_rotation.store.flatten import Row
from nlp_rotation.store.questions import Question
from nlp_rotation.store.sqlite_stories import FACTS, LINK, NO_DAY, day_number, day_of, days_around
from nlp_rotation.store.stories import Link, Order, Telling, order_of, place, telling_of

Select = Callable[[Question], Iterable[tuple[Any, ...]]]


def add_stories(firsts: Sequence[Row], select: Select) -> None:
    """Find the stories of the articles whose first editions these are, and write them into the rows."""
    newcomers = [(row, telling_of(row, row["text"])) for row in firsts]
    keyed = [(row, telling, telling.keys()) for row, telling in newcomers]
    desk = _Desk()
    desk.fetch([key for _, _, keys in keyed for key in keys], [row["day"] for row in firsts], select)
    for row, telling, keys in keyed:
        links = place(telling, keys, desk)
        desk.take_in(telling, keys, links)
        row["story_link"] = [asdict(link) for link in links]
        row["story_key"] = [{"key": key, "day": day_number(row["day"])} for key in dict.fromkeys(keys)]


class _Desk:
    """A shelf (:class:`nlp_rotation.store.stories.Shelf`) of what matters for one batch."""

    def __init__(self) -> None:
        self._by_key: defaultdict[int, dict[str, Telling]] = defaultdict(dict)
        self._links: dict[str, Link] = {}
        self._orders: dict[str, Order] = {}

    def fetch(self, keys: list[int], days: list[str | None], select: Select) -> None:
        """Lay out the tellings that share a key with the batch, and all of their stories."""
        found = list(select(_editions_with(keys, days))) if keys else []
        if not found:
            return
        by_edition = defaultdict(list)
        for edition, key in found:
            by_edition[edition].append(key)
        for edition, *facts, text in select(_tellings(list(by_edition))):
            telling = telling_of(dict(zip(FACTS, facts, strict=True)), text)
            for key in by_edition[edition]:
                self._by_key[key][telling.article_id] = telling
            self._orders[telling.article_id] = telling.order
        for *link, knowable_at in select(_links_of(list(self._orders))):
            self._links[link[0]] = Link(**dict(zip(LINK, link, strict=True)))
            self._orders[link[0]] = order_of(knowable_at, link[0])

    def take_in(self, telling: Telling, keys: list[int], links: list[Link]) -> None:
        """Lay an article of the batch beside the others."""
        self._orders[telling.article_id] = telling.order
        for key in keys:
            self._by_key[key][telling.article_id] = telling
        self._links.update({link.article_id: link for link in links})

    def neighbours(self, newcomer: Telling, keys: list[int]) -> Iterator[Telling]:
        """Yield the tellings that share a key."""
        found = {name: telling for key in keys for name, telling in self._by_key[key].items()}
        yield from found.values()

    def link(self, article_id: str) -> Link:
        """Return the place of an article; one of an earlier program stands alone."""
        return self._links.get(article_id) or Link(article_id=article_id, story_id=article_id)

    def order(self, article_id: str) -> Order:
        """Return the order of an article."""
        return self._orders[article_id]

    def followers(self, article_id: str) -> list[Link]:
        """Return the places of the articles whose precursor this is."""
        return [link for link in self._links.values() if link.precursor == article_id]


def _editions_with(keys: list[int], days: list[str | None]) -> Question:
    """Editions under one of the keys, each with the key, in the months around the days."""
    months = sorted({_month(number) for day in days for number in days_around(day)})
    return Question(
        "SELECT edition, key FROM (SELECT edition, unnest(story_key, recursive := true) FROM record "
        f"WHERE month IN ({', '.join(months)})) WHERE key IN (SELECT unnest(?::BIGINT[]))",
        (keys,),
    )


def _month(number: int) -> str:
    """Return the name of the folder of a day, as SQL."""
    return "'undated'" if number == NO_DAY else f"'{day_of(number).isoformat()[:7]}'"


def _tellings(editions: list[int]) -> Question:
    columns = ", ".join(FACTS)
    return Question(
        f"SELECT edition, {columns}, text FROM record WHERE edition IN (SELECT unnest(?::BIGINT[]))",
        (editions,),
    )


def _links_of(articles: list[str]) -> Question:
    """The places of all articles in the stories of these articles, with their first known instants."""
    columns = ", ".join(f"l.{name}" for name in LINK)
    theirs = "SELECT story_id FROM story_link WHERE latest AND article_id IN (SELECT unnest(?::VARCHAR[]))"
    return Question(
        f"SELECT {columns}, arg_min(e.knowable_at, e.edition) FROM story_link l "
        "JOIN (SELECT article_id, edition, knowable_at FROM record) e ON e.article_id = l.article_id "
        f"WHERE l.latest AND l.story_id IN ({theirs}) GROUP BY ALL",
        (articles,),
    )
