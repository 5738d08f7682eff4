"""What kind of page a page is. All pages are invented."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument

SENTENCE = "Shares of lenders rose three percent on Tuesday after traders raised their bets on a cut. "


def paragraph(number):
    return (
        f"<p>In part {number} of the session shares of lenders rose {number} percent after traders raised their bets. "
        f"Volume was {number} tenths above the average, and money moved from growth stocks into cheap cyclicals.</p>"
    )


LONG = "".join(map(paragraph, range(1, 12)))
LEAD = f"<p>{SENTENCE * 3}</p>"
TEASERS = "".join(
    f'<article><h3><a href="/n/{n}">Makers of chips number {n} slide on soft orders from abroad</a></h3>'
    f"<p>In part {n} of the session they lost {n} percent.</p></article>"
    for n in range(40)
)
POSTS = "".join(
    f'<article><time datetime="2024-07-16T1{n}:00Z">1{n}:00</time><p>{SENTENCE * 2}</p></article>'
    for n in range(8)
)


def page(
    body,
    *,
    type=None,
    og="article",
    url="https://paper.example/markets/wrap",
    title="Lenders climb",
    **stated,
):
    thing = {"@type": type, "headline": title, "datePublished": "2024-07-16T10:00:00Z", **stated}
    data = f'<script type="application/ld+json">{json.dumps(thing)}</script>' if type else ""
    head = f'<link rel="canonical" href="{url}"><meta property="og:type" content="{og}"><title>{title}</title>{data}'
    return f"<html lang='en'><head>{head}</head><body><h1>{title}</h1>{body}</body></html>"


def read(markup, **given):
    return parse(RawDocument(source_path="page.html", media="html", body=markup, **given))


#: (page, kind, content, reason for the row)
KINDS = [
    (page(LONG, type="NewsArticle"), "article", "full", "an article"),
    (page(LONG), "article", "full", "an article without JSON-LD"),
    (page(LONG, og="website"), "article", "full", "a blog that calls every page a website"),
    (page(LONG, type="LiveBlogPosting"), "live blog", "full", "JSON-LD says so"),
    (page(POSTS, title="Markets: live updates"), "live blog", "full", "the headline says so, posts have times"),
    (page(LONG, title="How to read live updates"), "article", "full", "without posts a headline is a headline"),
    (page(LEAD, type="VideoObject", og="video.other"), "video page", "summary", "a video and its caption"),
    (page(LEAD, url="https://paper.example/video/wrap"), "video page", "summary", "the address says so"),
    (page(LONG, url="https://paper.example/video/wrap"), "article", "full", "a transcript is an article"),
    (page(LEAD, type="NewsArticle", isAccessibleForFree=False), "paywall stub", "summary", "it says that it costs"),
    (page(LEAD, type="NewsArticle", isAccessibleForFree="False"), "paywall stub", "summary", "as text"),
    (page(LONG, type="NewsArticle", isAccessibleForFree=False), "article", "full", "closed, yet all of it is there"),
    (
        page(LONG, type="NewsArticle", isAccessibleForFree=False, wordCount=2000),
        "paywall stub",
        "summary",
        "closed, and much of what it counts is missing",
    ),
    (page(f"{LEAD}<p>Subscribe to read the rest of this article today.</p>"), "paywall stub", "summary", "its words"),
    (page(TEASERS, og="website", url="https://paper.example/markets"), "index page", "stub", "a front"),
    (page(f"{LONG}{TEASERS}", type="NewsArticle"), "article", "full", "links below an article"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "kind", "content", "why"), KINDS, ids=[row[3] for row in KINDS])
def test_kind_and_content_of_a_page(markup, kind, content, why):
    article = read(markup)
    assert (article.item_kind, article.content) == (kind, content), why


def test_a_front_without_a_text_of_its_own_is_refused_as_one():
    links = "".join(
        f'<li><a href="/n/{n}">Makers of chips number {n} slide on orders</a></li>' for n in range(40)
    )
    with pytest.raises(ParseError, match="links to articles"):
        read(page(f"<nav><ul>{links}</ul></nav>", og="website", url="https://paper.example/"))


def test_a_summary_stays_one_whatever_its_page_shows():
    assert read(page(LONG), content="summary").content == "summary"


#: (published, modified, what is read as the update, reason for the row)
UPDATES = [
    ("2024-07-16T10:00:00Z", "2024-07-16T12:30:00Z", "2024-07-16T12:30:00+00:00", "later"),
    ("2024-07-16T10:00:00Z", "2024-07-16T10:00:00Z", None, "the same instant is no change"),
    ("2024-07-16T10:00:00Z", "2024-07-15T10:00:00Z", None, "nothing changes before it is there"),
    ("2024-07-16T10:00:00Z", "last week", None, "unreadable"),
    ("2024-07-16T12:00:00+02:00", "2024-07-16T11:00:00Z", "2024-07-16T11:00:00+00:00", "in another zone"),
]


@pytest.mark.parametrize(
    ("published", "modified", "expected", "why"), UPDATES, ids=[row[3] for row in UPDATES]
)
def test_update_times(published, modified, expected, why):
    article = read(page(LONG, type="NewsArticle", datePublished=published, dateModified=modified))
    assert (article.updated and article.updated.at.isoformat()) == expected, why


def test_a_page_that_states_only_its_change_is_dated_by_it():
    article = read(page(LONG, type="NewsArticle", datePublished="", dateModified="2024-07-16T12:30:00Z"))
    assert article.published.at.isoformat() == "2024-07-16T12:30:00+00:00"
    assert article.updated is None


def test_what_a_page_says_of_itself():
    publisher = {"@type": "Organization", "name": "The Daily Ledger"}
    url = "https://m.paper.example/markets/wrap/?utm_source=mail"
    article = read(page(LONG, type="NewsArticle", publisher=publisher, url=url))
    assert (article.publisher, article.canonical_url) == (
        "The Daily Ledger",
        "https://paper.example/markets/wrap",
    )
    assert article.id == read(page(LONG, url=url)).id, "one page, one id, whatever led to it"


def test_a_short_text_is_in_the_language_that_its_page_states():
    markup = page("<p>Kurse steigen um drei Prozent</p>", title="Banken").replace("lang='en'", "lang='de-AT'")
    assert read(markup).lang == "de"


def test_the_data_of_another_article_do_not_stand_for_the_body():
    other = "".join(
        f"<p>Tractor maker number {n} cut its forecast as farmers bought fewer machines.</p>"
        for n in range(60)
    )
    state = f'<script type="application/json">{json.dumps({"next": {"body": other}})}</script>'
    assert "Tractor" not in read(page(LONG + state)).text


def test_a_caption_that_repeats_a_sentence_is_left_out():
    said = "Only nine of the pairs have turned up so far, dealers in old notes say"
    article = read(page(f"{LONG}<p>{said}</p><p>{SENTENCE}More of it.</p><p>{said}.</p>"))
    assert article.text.count("Only nine") == 1


def test_stamps_beside_the_body_in_the_data_of_a_page():
    story = {"body": LONG, "publishedAt": 1721124000000, "updatedAt": "2024-07-16T12:30:00Z"}
    markup = f'<script type="application/json">{json.dumps({"story": story}).replace("</", "<" + chr(92) + "/")}</script>'
    article = read(page(f"{LEAD}{markup}"))
    assert "part 9 of the session" in article.text
    assert article.published.at.isoformat() == "2024-07-16T10:00:00+00:00"
    assert article.updated.at.isoformat() == "2024-07-16T12:30:00+00:00"
