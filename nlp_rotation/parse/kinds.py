"""What kind of page a page is, and how much of an article it holds.

==============  =========================================================================================
live blog       JSON-LD calls it so, or headline or address do and its markup has dated posts
video page      JSON-LD or OpenGraph name a video and no article, or the address says so; with little text
paywall stub    the page says that the rest costs, and the text is short or breaks off
index page      a list of links to articles: its types, its address, or most of its words are links
article         everything else
==============  =========================================================================================

A page that names an article in JSON-LD is never an index page: section fronts do not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from nlp_rotation.config import TABLES
from nlp_rotation.parse.facts import PageFacts
from nlp_rotation.types import Content, ItemKind

#: A text that tells its story has more words; leads in front of a paywall and captions of videos have fewer.
_LEAD_WORDS = 200
#: Of an article whose length the page states, a stub shows less than this share.
_STUB_SHARE = 0.6
#: A live blog has posts with times of their own.
_FEWEST_POSTS = 4
#: On fronts most words stand inside links; in articles a tenth does.
_INDEX_LINK_SHARE = 0.6
_FEWEST_TEASERS = 12
#: The words of a link that names an article, and not a section.
_TEASER_WORDS = 4
_BROKEN_OFF = re.compile(r"(?:\.\.\.|…)\W*$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """The table of one kind."""

    types: frozenset[str] = frozenset()
    paths: frozenset[str] = frozenset()
    headings: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    tiers: frozenset[str] = frozenset()


def kind_of(tree: Any, facts: PageFacts, body: str) -> ItemKind:
    """Return what kind of page the page ``tree`` with the main text ``body`` is."""
    if _is_live(tree, facts):
        return "live blog"
    if _is_video(facts, body):
        return "video page"
    if _is_index(tree, facts, body):
        return "index page"
    if _is_stub(facts, body):
        return "paywall stub"
    return "article"


def content_of(kind: ItemKind, body: str) -> Content:
    """Return how much of an article a page of this kind gives."""
    words = len(_WORD.findall(body))
    if not words or kind == "index page":
        return "stub"
    shortened = kind == "paywall stub" or (kind == "video page" and words < _LEAD_WORDS)
    return "summary" if shortened else "full"


def _is_live(tree: Any, facts: PageFacts) -> bool:
    signs = _signs()["live"]
    if signs.types & set(facts.types):
        return True
    headline = " ".join(facts.headlines.values()).lower()
    named = any(phrase in headline for phrase in signs.headings) or _has_step(facts.url, signs)
    return named and sum(1 for _ in tree.iter("time")) >= _FEWEST_POSTS


def _is_video(facts: PageFacts, body: str) -> bool:
    if len(_WORD.findall(body)) >= _LEAD_WORDS:
        return False
    signs = _signs()["video"]
    of_type = bool(signs.types & set(facts.types)) or facts.opengraph.startswith("video")
    return (of_type and not facts.is_article) or _has_step(facts.url, signs)


def _is_stub(facts: PageFacts, body: str) -> bool:
    signs = _signs()["paywall"]
    words = len(_WORD.findall(body))
    if facts.words and facts.closed:
        return words < _STUB_SHARE * facts.words
    if words >= _LEAD_WORDS:
        return False
    folded = body.lower().replace("’", "'")
    says_so = facts.closed or facts.tier in signs.tiers or any(phrase in folded for phrase in signs.phrases)
    return says_so or bool(facts.tier and _BROKEN_OFF.search(body))


def _is_index(tree: Any, facts: PageFacts, body: str) -> bool:
    if facts.is_article:
        return False
    signs = _signs()["index"]
    named = bool(signs.types & set(facts.types)) or _has_step(facts.url, signs) or _is_front(facts.url)
    named = named or facts.opengraph == "website"
    linked, teasers = _links(tree)
    return named and teasers >= _FEWEST_TEASERS and linked > _INDEX_LINK_SHARE * len(_WORD.findall(body))


def _links(tree: Any) -> tuple[int, int]:
    """Return the words inside links, and how many links are worded like headlines."""
    lengths = [len(_WORD.findall(link.text_content())) for link in tree.iter("a")]
    teasers = [length for length in lengths if length >= _TEASER_WORDS]
    return sum(teasers), len(teasers)


def _has_step(url: str | None, signs: Signs) -> bool:
    return any(step in signs.paths for step in _steps(url))


def _is_front(url: str | None) -> bool:
    return url is not None and len(_steps(url)) <= 1


def _steps(url: str | None) -> list[str]:
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return []
    return [step for step in path.lower().split("/") if step]


@cache
def _signs() -> Mapping[str, Signs]:
    table = tomllib.loads((TABLES / "page_kinds.toml").read_text("utf-8"))
    return {kind: _folded(entries) for kind, entries in table.items()}


def _folded(entries: Mapping[str, list[str]]) -> Signs:
    lists = {name: entries.get(name, []) for name in ("paths", "headings", "phrases", "tiers")}
    folded = {name: [phrase.lower() for phrase in phrases] for name, phrases in lists.items()}
    return Signs(
        types=frozenset(entries.get("types", [])),
        paths=frozenset(folded["paths"]),
        headings=tuple(folded["headings"]),
        phrases=tuple(folded["phrases"]),
        tiers=frozenset(folded["tiers"]),
    )
