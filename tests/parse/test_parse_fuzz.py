"""Whatever a page holds: an article whose parts fit, or a reason from our own tree of errors.

``NLP_ROTATION_FUZZ=20000`` asks for so many examples of each test; without it a run stays short.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp_rotation.errors import ParseError, RotationError
from nlp_rotation.parse.article import parse
from nlp_rotation.parse.dateline import shown_stamps
from nlp_rotation.parse.furniture import without_furniture
from nlp_rotation.parse.publication import days_in_url, find_publication
from nlp_rotation.parse.stamps import find_days, read_stamp
from nlp_rotation.records import decode, encode
from nlp_rotation.types import Article, Given, RawDocument, Record

EXAMPLES = int(os.environ.get("NLP_ROTATION_FUZZ", "40"))
fuzzed = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PROSE = "Shares of lenders rose 3% on Tuesday, 16 July 2024, after traders raised their bets on a cut. "
odd = st.text(alphabet=st.characters(codec=None), max_size=40)
pieces = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='a'>",
        "</div>",
        "<table><tr><td>",
        "</td></tr>",
        "<ol><li>",
        "</ol>",
        "<a href='/x'>",
        "</a>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<script>",
        "</script>",
        "<style>",
        "<svg>",
        "<math>",
        "<time datetime='",
        "'>",
        "<meta property='og:title' content='",
        "<h1>",
        "</h1>",
        "<title>",
        "&amp;",
        "&#xD800;",
        "&#0;",
        "\x00",
        PROSE,
        "<html lang='en'>",
        "<body>",
        "<br>",
        "\u2028",
        "\ufeff",
        "<br/>" * 9,
        "2024-07-16T10:00Z",
        "1. ",
        "• ",
        "12.5%",
    ]
)
markups = st.lists(pieces | odd, max_size=30).map("".join)
#: JSON as pages have it: known names with values of every type.
names = st.sampled_from(
    [
        "@type",
        "@graph",
        "headline",
        "datePublished",
        "dateModified",
        "author",
        "publisher",
        "name",
        "url",
        "description",
        "articleBody",
        "isAccessibleForFree",
        "wordCount",
        "inLanguage",
        "mainEntityOfPage",
        "hasPart",
        "body",
        "content",
        "type",
        "children",
        "value",
        "items",
        "text",
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | odd
    | st.sampled_from(["NewsArticle", "LiveBlogPosting", "2024-07-16", "paragraph", f"<p>{PROSE}</p>" * 3, "False"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5),
    max_leaves=12,
)  # fmt: skip
stamps = st.lists(
    st.sampled_from(
        [
            "Mon",
            "Tuesday",
            ",",
            " ",
            "29",
            "Jul",
            "July",
            "2019",
            "13:55",
            "GMT",
            "+0200",
            "T",
            "Z",
            "/",
            "-",
            ".",
            "07",
            "24",
            "am",
            "p.m.",
            "(EDT)",
            "at",
            "1721100000",
            "99999999999999",
            "31",
            "00",
            "１２",
        ]
    )
    | odd,
    max_size=9,
).map("".join)


def holds_together(article: Article) -> None:
    """Check what every later stage relies on."""
    assert article.text.strip()
    assert not article.title or article.text.startswith(article.title)
    assert "\r" not in article.text
    assert "\x00" not in article.text
    article.text.encode()
    assert article.lang
    assert (article.content == "stub") >= (article.item_kind == "index page")
    record = Record(article=article)
    assert decode(json.loads(json.dumps(encode(record)))) == record


def read(markup: str, **given) -> None:
    with suppress(RotationError):
        holds_together(parse(RawDocument(source_path="page.html", media="html", body=markup, **given)))


@fuzzed
@given(markups)
def test_any_markup(markup):
    read(markup)


@fuzzed
@given(markups, st.sampled_from(["", "entry"]), st.none() | odd, st.none() | stamps)
def test_any_entry(markup, locator, title, published):
    read(
        markup,
        locator=locator,
        given=Given(title=title, published=published, basis="feed", updated=published),
    )


@fuzzed
@given(values, st.sampled_from(["application/ld+json", "application/json", "text/javascript"]), st.booleans())
def test_any_data_on_a_page(data, media, is_broken):
    source = json.dumps(data).replace("</", "<\\/")[: -1 if is_broken else None]
    state = f"window.__STATE__ = {source}" if media == "text/javascript" else source
    body = "".join(f"<p>{PROSE}Part {number}.</p>" for number in range(5))
    read(
        f"<html><head><script type='{media}'>{state}</script></head><body><h1>Lenders climb</h1>{body}</body></html>"
    )


@fuzzed
@given(stamps)
def test_any_stamp_is_read_or_refused(raw):
    with suppress(ParseError):
        stamp = read_stamp(raw)
        assert stamp.days
        assert all(stamp.at(day) is None or stamp.at(day).tzinfo for day in stamp.days)


@fuzzed
@given(
    stamps,
    odd,
    st.none() | st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1), timezones=st.just(dt.UTC)),
)
def test_any_publication_keeps_to_its_bounds(raw, text, fetched_at):
    found = find_publication(Given(published=raw, basis="meta"), text=text, fetched_at=fetched_at)
    assert found.reason
    if found.date and found.not_before and found.not_after:
        assert found.not_before <= found.date <= found.not_after


@fuzzed
@given(
    st.lists(
        st.sampled_from([PROSE, "\n", "Updated: 16 July 2024 10:00\n", "Share\n", "1. Oil 3%\n"]) | odd
    ).map("".join)
)
def test_offsets_hold_in_any_text(text):
    for start, end, days in find_days(text):
        assert 0 <= start < end <= len(text)
        assert days
    shown = shown_stamps(text)
    assert all(stamp.raw in f" {text[stamp.start : stamp.end].strip()}" for stamp in shown)
    kept = without_furniture(text, shown=shown)
    assert set(kept) <= set(text)
    days_in_url(text)


@fuzzed
@given(
    st.lists(st.sampled_from([PROSE, "\n", "date: 2024\n", "title: Oil\n", "\r", "\x0c"]) | odd).map("".join)
)
def test_any_text_file(text):
    with suppress(RotationError):
        holds_together(parse(RawDocument(source_path="a.txt", media="text", body=text)))
