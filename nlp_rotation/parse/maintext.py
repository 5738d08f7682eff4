"""The body of the article on a page: from markup, from the page's data, or as its publisher's rule says."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from typing import Any

from nlp_rotation.parse.facts import PageFacts, fold
from nlp_rotation.parse.pagestate import StateArticle
from nlp_rotation.parse.publishers import Rule
from nlp_rotation.parse.rendering import render

#: Data that a page carries counts as its body only if it has this much more than the markup shows.
#: Below that the markup wins: it has the paragraphs in place, the data often only running text.
_MORE = 1.25
#: Of the runs of four words that a page shows its data must hold this share to be the same article's; a page
#: that shows fewer runs than this shows no article.
_SAME, _FEWEST_RUNS = 0.6, 40
#: Lines that both readings must share before one is trusted to mark the ends of the other.
_ANCHORS = 3
_SHORTEST_SUMMARY = 40
#: Shorter lines may be said twice: rows of tables, refrains, "Yes."
_FEWEST_REPEATED = 8
#: Posts of other people inside an article, and captions.
_PRUNED = (
    "//blockquote[contains(@class,'twitter-tweet') or contains(@class,'instagram-media')]",
    "//blockquote[contains(@class,'tiktok-embed')]",
    "//figcaption",
)
_MACHINERY = ("script", "style", "svg", "noscript", "iframe", "template", "link", "meta", "button", "nav")
_WORD = re.compile(r"\w+")


def main_text(tree: Any, facts: PageFacts, rule: Rule, state: StateArticle) -> str:
    """Return the body of the page ``tree``; empty where there is none."""
    others = [render(_ruled(_fragment(state.body), rule))] if state.body else []
    tree = _ruled(tree, rule)
    if not rule.body and not rule.drop:
        # JSON-LD also holds what a rule takes out, so it counts only where there is none.
        others.append(facts.body)
    shown = render(tree) if rule.body else _by_markup(tree)
    for other in others:
        if _has_more(other, shown) and _tells_the_same(other, shown):
            shown = other
    lines = _said_once(_without_headline(shown.split("\n"), facts))
    return "\n".join([*_standfirst(tree, facts, shown), *lines]).strip()


def _by_markup(tree: Any) -> str:
    """Read the markup strictly, to learn where the article begins and ends, and mildly, for all between.

    On the pages measured the strict reading loses paragraphs in the middle, the mild one adds
    what stands before and behind the article.
    """
    lean = _without_machinery(tree)
    strict = _extract(deepcopy(lean), strictly=True).split("\n")
    mild = _extract(lean, strictly=False).split("\n")
    common = {line for line in strict if line} & set(mild)
    places = [place for place, line in enumerate(mild) if line in common]
    if len(places) < _ANCHORS:
        return "\n".join(strict)
    return "\n".join(mild[places[0] : places[-1] + 1])


def _without_machinery(tree: Any) -> Any:
    """Return a copy of the page without what no article stands in: a third of the time goes with it."""
    from lxml import etree

    lean = deepcopy(tree)
    etree.strip_elements(lean, *_MACHINERY, with_tail=False)
    return lean


def _extract(tree: Any, *, strictly: bool) -> str:
    """Read the main text; ``tree`` is used up.

    Only the strict reading is compared with those of other extractors: that costs a fifth of the time,
    and of the mild one nothing counts but what lies inside the strict one.
    """
    from trafilatura import bare_extraction

    # It warns of every page without an article; that is told once, by the error that comes of it.
    logging.getLogger("trafilatura").setLevel(logging.ERROR)

    found = bare_extraction(
        tree,
        favor_precision=strictly,
        fast=not strictly,
        include_comments=False,
        prune_xpath=list(_PRUNED),
    )
    return render(found.body) if found is not None and not isinstance(found, dict) else ""


def _standfirst(tree: Any, facts: PageFacts, shown: str) -> list[str]:
    """Return the summary above the body, if the page shows it to its readers and ``shown`` lacks it."""
    summary = fold(facts.summary)
    if len(summary) < _SHORTEST_SUMMARY or summary in fold(shown[: 4 * len(summary) + 400]):
        return []
    return [facts.summary, ""] if _is_below_headline(tree, summary, facts) else []


def _is_below_headline(tree: Any, summary: str, facts: PageFacts) -> bool:
    """Tell whether ``summary`` stands below the headline: above it stands what a site says of itself."""
    headlines = {fold(headline) for headline in facts.headlines.values()}
    below = False
    for item in tree.iter("h1", "p", "h2", "h3", "div", "span"):
        if item.tag == "h1":
            below = below or fold(item.text_content()) in headlines
        elif below and len(item) < 4 and fold(item.text_content()) == summary:
            return True
    return False


def _without_headline(lines: list[str], facts: PageFacts) -> list[str]:
    """Drop the headline from the head of the body, since the article carries it already."""
    headlines = {fold(headline) for headline in facts.headlines.values()}
    return lines[1:] if lines and fold(lines[0]) in headlines else lines


def _said_once(lines: list[str]) -> list[str]:
    """Drop paragraphs that stand there before: captions and pulled quotations repeat sentences."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for line in lines:
        words = tuple(_WORD.findall(line.lower()))
        if len(words) < _FEWEST_REPEATED or words not in seen:
            kept.append(line)
        seen.add(words)
    return kept


def _has_more(text: str, shown: str) -> bool:
    return len(_WORD.findall(text)) > _MORE * len(_WORD.findall(shown))


def _tells_the_same(text: str, shown: str) -> bool:
    """Tell whether ``text`` holds most of what the page shows, so that it is no other article.

    Pages carry the data of the articles that follow when a reader scrolls on. On the pages measured the
    right data hold 0.97 of what is shown, and the data of another article next to nothing.
    """
    runs = _runs(shown)
    return len(runs) < _FEWEST_RUNS or len(runs & _runs(text)) > _SAME * len(runs)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


def _fragment(markup: str) -> Any:
    from lxml.html import fragment_fromstring

    return fragment_fromstring(markup, create_parent="div")


def _ruled(tree: Any, rule: Rule) -> Any:
    """Return the page with the rule applied: what it drops taken out, what it names kept alone."""
    if not rule.body and not rule.drop:
        return tree
    from bs4 import BeautifulSoup
    from lxml.html import document_fromstring, tostring

    soup = BeautifulSoup(tostring(tree, encoding="unicode"), "lxml")
    for selector in rule.drop:
        for item in soup.select(selector):
            item.decompose()
    parts = [item for selector in rule.body for item in soup.select(selector)]
    markup = f"<html><body>{''.join(map(str, parts))}</body></html>" if parts else str(soup)
    return document_fromstring(markup)
