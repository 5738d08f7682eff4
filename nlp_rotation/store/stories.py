"""One story told by many articles: the wire's own, its copies in other papers, its updates.

Each article has at most one *precursor*: the earliest article before it that it resembles. Following
precursors leads to the original, whose id names the story. An article is

==========  =============================================================================================
original    where it has no precursor
update      where it resembles an earlier article of its own outlet, or of its own page, in other words
copy        where it resembles only articles of other outlets, or one word for word
==========  =============================================================================================

A precursor is never an article that was knowable later, so what is said of an article at the moment at
which it became knowable holds ever after: leaving out all later articles changes nothing. Nor does the
order in which articles arrive: one that arrives late takes its place, and those after it are decided anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from nlp_rotation.addresses import outlet_of, page_key
from nlp_rotation.store.flatten import Row
from nlp_rotation.store.rows import Role
from nlp_rotation.store.sketch import band_keys, page_hash, runs_of, words_of

#: Tuned by hand on 14,300 articles of ten outlets and eight aggregators; figures in docs/store.md.
_ALIKE = 0.5
#: A copy that was cut short lies within the longer text, though they share few of all runs.
_PART_ALIKE, _WITHIN = 0.3, 0.8
#: Pages that are all furniture share it, not their news: the text must speak of what the other's title says.
_TITLE_SPOKEN_OF = 0.6
#: Columns and forms that come every week read alike and are other stories.
WINDOW_DAYS = 7
#: Sorts behind every instant: what has no known time comes last, and precedes nothing that has.
_NEVER = "~"
_SHORTEST_TITLE_WORD = 3
_COMMON = frozenset(
    word
    for words in (
        ("after", "and", "are", "but", "for", "from", "has", "have", "into", "its", "more", "new", "not"),
        ("over", "said", "says", "than", "that", "the", "this", "was", "were", "will", "with", "you"),
    )
    for word in words
)

Order = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One article as far as it matters to which story it belongs."""

    article_id: str
    knowable_at: str | None
    #: Day of publication, ``YYYY-MM-DD``.
    day: str | None
    outlet: str
    page: str
    title: frozenset[str]
    words: frozenset[str]
    runs: frozenset[int]

    @property
    def order(self) -> Order:
        """By when it was knowable; of two at one instant the smaller id comes first."""
        return order_of(self.knowable_at, self.article_id)

    def keys(self) -> list[int]:
        """Return the keys under which a store finds tellings that may be of the same story."""
        return [*band_keys(self.runs), *([page_hash(self.page)] if self.page else [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The place of one article in its story."""

    article_id: str
    story_id: str
    role: Role = "original"
    precursor: str | None = None
    #: The largest share of runs of words that it has in common with an earlier article.
    likeness: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """That one article resembles an earlier one."""

    earlier: Telling
    later: Telling
    likeness: float


class Shelf(Protocol):
    """What a store knows of the stories that it holds."""

    def neighbours(self, newcomer: Telling, keys: list[int]) -> Iterable[Telling]:
        """Yield the tellings that share a key with ``newcomer``, published within the window."""
        ...

    def link(self, article_id: str) -> Link:
        """Return the place of an article that is stored."""
        ...

    def order(self, article_id: str) -> Order:
        """Return the order of an article that is stored."""
        ...

    def followers(self, article_id: str) -> Iterable[Link]:
        """Yield the places of the articles whose precursor this is."""
        ...


def order_of(knowable_at: str | None, article_id: str) -> Order:
    """Return by what the articles of a story are put in order."""
    return (knowable_at or _NEVER, article_id)


def telling_of(edition: Row, text: str) -> Telling:
    """Return what matters of an edition with its text."""
    title, address = edition["title"] or "", edition["canonical_url"] or edition["url"] or ""
    body = text.removeprefix(title)
    page = page_key(address)
    return Telling(
        article_id=edition["article_id"],
        knowable_at=edition["knowable_at"],
        day=edition["day"],
        outlet=(edition["source"] or outlet_of(address)).strip().casefold(),
        # The front of a site shows another text every hour.
        page=page if ("/" in page or "?" in page) and edition["item_kind"] != "index page" else "",
        title=frozenset(word for word in words_of(title) if _says_something(word)),
        words=frozenset(words_of(text)),
        runs=runs_of(body),
    )


def place(newcomer: Telling, keys: list[int], shelf: Shelf) -> list[Link]:
    """Return the place of ``newcomer``, then those of the stored articles that its arrival changes."""
    ties = [tie for other in shelf.neighbours(newcomer, keys) for tie in tie_between(newcomer, other)]
    drawn = _Drawing(newcomer, shelf)
    for tie in ties:
        drawn.take_in(tie)
    drawn.name_stories()
    return list(drawn.links.values())


def tie_between(one: Telling, other: Telling) -> list[Tie]:
    """Return the tie between two tellings; none where they tell different stories."""
    if one.article_id == other.article_id or not _near(one.day, other.day):
        return []
    shared = len(one.runs & other.runs)
    likeness = shared / (len(one.runs | other.runs) or 1)
    within = shared / (min(len(one.runs), len(other.runs)) or 1)
    alike = likeness >= _ALIKE or (likeness >= _PART_ALIKE and within >= _WITHIN)
    if (alike and _speak_of_each_other(one, other)) or (one.page and one.page == other.page):
        earlier, later = sorted((one, other), key=lambda telling: telling.order)
        return [Tie(earlier=earlier, later=later, likeness=likeness)]
    return []


class _Drawing:
    """The links that one newcomer draws, over those that stand."""

    def __init__(self, newcomer: Telling, shelf: Shelf) -> None:
        self._newcomer, self._shelf = newcomer, shelf
        self.links = {newcomer.article_id: Link(article_id=newcomer.article_id, story_id=newcomer.article_id)}

    def take_in(self, tie: Tie) -> None:
        """Let the later of the two follow the earlier one, unless it follows one still earlier."""
        link = self._link(tie.later.article_id)
        likeness = max(link.likeness or 0.0, tie.likeness)
        update = link.role == "update" or _is_update(tie)
        role: Role = "update" if update and likeness < 1.0 else "copy"
        precursor = link.precursor
        if precursor is None or tie.earlier.order < self._order(precursor):
            precursor = tie.earlier.article_id
        self.links[link.article_id] = replace(link, role=role, precursor=precursor, likeness=likeness)

    def name_stories(self) -> None:
        """Carry the names of stories from precursors to those that follow, as far as they change."""
        pending = list(self.links)
        while pending:
            link = self._link(pending.pop())
            story = self._story_of(link)
            followers = self._shelf.followers(link.article_id) if story != link.story_id else ()
            self.links[link.article_id] = replace(link, story_id=story)
            pending += [follower.article_id for follower in followers]

    def _story_of(self, link: Link) -> str:
        while link.precursor is not None:
            link = self._link(link.precursor)
        return link.article_id

    def _link(self, article_id: str) -> Link:
        return self.links.get(article_id) or self._shelf.link(article_id)

    def _order(self, article_id: str) -> Order:
        known = self._newcomer.article_id == article_id
        return self._newcomer.order if known else self._shelf.order(article_id)


def _is_update(tie: Tie) -> bool:
    one, other = tie.earlier, tie.later
    if one.outlet and other.outlet:
        return one.outlet == other.outlet
    return bool(one.page) and one.page == other.page


def _speak_of_each_other(one: Telling, other: Telling) -> bool:
    return min(_spoken_of(one.title, other), _spoken_of(other.title, one)) >= _TITLE_SPOKEN_OF


def _spoken_of(title: frozenset[str], telling: Telling) -> float:
    return len(title & telling.words) / len(title) if title else 1.0


def _says_something(word: str) -> bool:
    return len(word) >= _SHORTEST_TITLE_WORD and word not in _COMMON


def _near(one: str | None, other: str | None) -> bool:
    """Tell whether two days of publication are near; what has none stays with its like."""
    if one is None or other is None:
        return one is other
    return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days) <= WINDOW_DAYS
