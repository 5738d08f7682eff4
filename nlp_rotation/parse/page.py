"""A page becomes the text of its article and what the page states of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.facts import PageFacts, best_stamp, read_facts
from nlp_rotation.parse.furniture import wall_in
from nlp_rotation.parse.kinds import kind_of
from nlp_rotation.parse.maintext import main_text
from nlp_rotation.parse.pagestate import article_in_state
from nlp_rotation.parse.publishers import Rule, rule_for
from nlp_rotation.parse.rendering import render
from nlp_rotation.types import Given, ItemKind

#: Headlines in the order of trust, where the publisher's rule names none.
_HEADLINES = ("meta", "json", "heading", "window")
_HEAD = 4_000
#: Extraction slows down with the square of it; the largest page measured has 3,100.
_MOST_ELEMENTS = 50_000
#: The shortest flash says who moved and by how much.
_FEWEST_WORDS = 4
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as its page gives it."""

    given: Given
    facts: PageFacts
    kind: ItemKind
    body: str


def read_page(markup: str, given: Given, *, where: str) -> Page:
    """Return the article on a page; what the source said of it before stays.

    :raises ParseError: where the page is no markup or holds no article.
    """
    tree = _tree(markup, where)
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise ParseError(f"more than {_MOST_ELEMENTS} elements on the page", where=where)
    state = article_in_state(tree)
    facts = read_facts(tree, state)
    rule = rule_for(given.url or facts.url)
    body = main_text(tree, facts, rule, state)
    kind = kind_of(tree, facts, body)
    if len(body.split()) < _FEWEST_WORDS:
        what = "a list of links to articles, and " if kind == "index page" else ""
        raise ParseError(f"{what}no article on the page", where=where)
    if wall := wall_in(f"{_headline(facts, rule)} {body}"):
        raise ParseError(f"a notice and no article on the page ({wall!r})", where=where)
    return Page(given=_given(given, facts, rule), facts=facts, kind=kind, body=body)


def is_whole_page(markup: str) -> bool:
    """Tell a page from a piece of one, such as the text of an entry in a feed."""
    return bool(re.search(r"<(?:html|body|head|!doctype)\b", markup[:_HEAD], re.I))


def read_fragment(markup: str, *, where: str) -> str:
    """Return the text of a piece of a page, all of which belongs to the article."""
    return render(_tree(f"<div>{markup}</div>", where)) if markup.strip() else ""


def _tree(markup: str, where: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # The parser gets bytes with a known encoding, since it refuses text that declares one itself.
    source = _CONTROLS.sub("", markup).encode("utf-8", "replace")
    # Comments go, since a sentence is cut short where one stands inside it.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError("not readable as a page", where=where) from error


def _given(given: Given, facts: PageFacts, rule: Rule) -> Given:
    updated = given.updated or best_stamp(facts.updated)
    published = given.published or best_stamp(facts.published) or updated
    return replace(
        given,
        title=given.title or _headline(facts, rule),
        source=given.source or facts.publisher,
        author=given.author or facts.author,
        url=given.url or facts.url,
        published=published,
        basis=given.basis if given.published else "meta" if published else "unknown",
        updated=updated,
    )


def _headline(facts: PageFacts, rule: Rule) -> str | None:
    order = (rule.headline, *_HEADLINES)
    return next((facts.headlines[place] for place in order if place in facts.headlines), None)
