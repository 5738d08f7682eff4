"""Pages become articles. The goldens in ``data`` are invented; ``data/renew.py`` writes them anew."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring, fragment_fromstring

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.article import parse
from nlp_rotation.parse.facts import best_stamp, read_facts
from nlp_rotation.parse.publishers import Rule, rule_for
from nlp_rotation.parse.rendering import render
from nlp_rotation.types import Given, RawDocument

PAGES = sorted(Path(__file__).parent.joinpath("data").glob("*.html"))


def raw(markup, **keys):
    return RawDocument(source_path="page.html", media="html", body=markup, given=Given(**keys))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_golden(page):
    golden = json.loads(page.with_suffix(".json").read_text("utf-8"))
    document = RawDocument(source_path=page.name, media="html", body=page.read_text("utf-8"))
    if "error" in golden:
        with pytest.raises(ParseError, match="no article"):
            parse(document)
        return
    article = parse(document)
    assert article.text.split("\n") == golden["text"]
    assert {key: getattr(article, key) for key in ("title", "source", "author", "url", "lang")} == {
        key: golden[key] for key in ("title", "source", "author", "url", "lang")
    }
    assert (article.published.raw, str(article.published.date)) == (golden["published"], golden["date"])


BODY = (
    "<p>"
    + "</p><p>".join(f"Sentence {n} says that shares of builders rose on that day again." for n in range(9))
    + "</p>"
)


def page(head="", body=BODY):
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>"


#: (head, attribute of the facts, value, reason for the row)
FACTS = [
    (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A &amp; B"}</script>',
        "title",
        "A & B",
        "entity",
    ),
    (
        '<script type="application/ld+json">[{"@type":"ReportageNewsArticle","headline":"A"}]</script>',
        "title",
        "A",
        "a list",
    ),
    (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A\n b"}</script>',
        "title",
        "A b",
        "line end",
    ),
    (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A","x":}</script>',
        "title",
        "A",
        "broken",
    ),
    (
        '<script type="application/ld+json">{"@type":"Organization","name":"O"}</script><title>T</title>',
        "title",
        "T",
        "none",
    ),
    ("<title>Oil up - The Wire</title>", "title", "Oil up", "name of the site behind a dash"),
    ("<title>Oil up | Markets | Wire</title>", "title", "Oil up | Markets", "one part at a time"),
    ('<meta name="author" content="By Ann Lee">', "author", "Ann Lee", "byline word"),
    (
        '<meta property="article:author" content="https://a.example/ann">',
        "author",
        None,
        "an address is no name",
    ),
    ('<meta name="publisher" content="The Wire">', "source", "The Wire", "publisher in a meta tag"),
    ('<link rel="canonical" href="/relative">', "url", None, "an address without host is none"),
    ('<meta property="og:url" content="https://a.example/b">', "url", "https://a.example/b", "OpenGraph"),
    (
        '<meta property="article:published_time" content="2024-07-22T06:44Z">',
        "day",
        "2024-07-22",
        "OpenGraph time",
    ),
    ('<meta name="parsely-pub-date" content="2024-07-22T06:44Z">', "day", "2024-07-22", "Parsely"),
    ('<meta itemprop="datePublished" content="2024-07-22">', "day", "2024-07-22", "microdata"),
    (
        '<meta name="date" content="nonsense"><meta name="dc.date" content="2024-07-22">',
        "day",
        "2024-07-22",
        "first readable",
    ),
    (
        '<link rel="canonical" href="https://a.example/2024/07/22/x">',
        "day",
        "2024-07-22",
        "only the address tells",
    ),
    ('<meta name="date" content="1970-01-01">', "day", "None", "the zero of a clock"),
]


@pytest.mark.parametrize(("head", "what", "value", "why"), FACTS, ids=[row[3] for row in FACTS])
def test_facts_of_a_page(head, what, value, why):
    article = parse(raw(page(head)))
    found = str(article.published.date) if what == "day" else getattr(article, what)
    assert found == value, why


def test_what_the_source_said_stays():
    article = parse(raw(page("<title>Other</title>"), title="Given", published="2024-07-01", basis="feed"))
    assert (article.title, article.published.basis) == ("Given", "feed")


STAMPS = [
    (("2024-07-22T06:44:00", "2024-07-22T06:44:00Z"), "2024-07-22T06:44:00Z", "the one that knows its zone"),
    (("2024-07-22T06:44:00", "2024-07-23T06:44:00Z"), "2024-07-22T06:44:00", "but not of another day"),
    (("soon", "2024-07-22"), "2024-07-22", "the first that can be read"),
    (("soon",), "soon", "the refusal is told later"),
    ((), None, "nothing"),
]


@pytest.mark.parametrize(("raws", "best", "why"), STAMPS)
def test_the_best_of_several_stamps(raws, best, why):
    assert best_stamp(raws) == best, why


def test_update_time_and_kind_are_read():
    facts = read_facts(
        document_fromstring(PAGES[[page.stem for page in PAGES].index("market_wrap")].read_text("utf-8"))
    )
    assert facts.updated == ("2024-07-22T17:10:00+01:00",)
    assert facts.types == ("WebSite", "NewsArticle")


RENDERED = [
    ("<p>A <b>bold</b> word.</p>", "A bold word."),
    ("<p>A</p><p>B</p>", "A\n\nB"),
    ("A<p>B</p>C", "A\n\nB\n\nC"),
    ("<p>A<br>B</p>", "A\nB"),
    ("<p>A<br><br>B</p>", "A\nB"),
    ("<ol><li>A</li><li>B</li></ol>", "1. A\n2. B"),
    ("<p>X:</p><ul><li>A</li><li><p>B</p></li></ul><p>C</p>", "X:\n\n• A\n• B\n\nC"),
    (
        "<table><tr><td>Acme</td><td>+3%</td></tr><tr><td>Bolt</td><td>-1%</td></tr></table>",
        "Acme\t+3%\nBolt\t-1%",
    ),
    ("<p>A</p><script>x</script><style>y</style><nav>z</nav><p>B</p>", "A\n\nB"),
    ("<p>up\n   3\u00a0%</p>", "up 3 %"),
    ("<table><tr><td><p>Acme</p></td><td><div>+3%</div></td></tr></table><p>A</p>", "Acme\t+3%\n\nA"),
    ("<ul><li>A<ol><li>B</li></ol></li></ul>", "• A\n1. B"),
    ("", ""),
]


@pytest.mark.parametrize(("markup", "text"), RENDERED, ids=[row[0][:30] for row in RENDERED])
def test_rendering(markup, text):
    assert render(fragment_fromstring(markup, create_parent="div")) == text


def test_rules_hold_for_subdomains_and_no_further():
    assert rule_for("https://www.bloomberg.com/news/x").headline == "json"
    assert rule_for("https://www.notbloomberg.com/news/x") == Rule()
    assert rule_for(None) == Rule()


def test_a_rule_drops_its_boxes():
    head = '<link rel="canonical" href="https://metro.co.uk/x">'
    article = parse(raw(page(head, f'{BODY}<div class="metro-factbox"><p>{"Box of facts. " * 9}</p></div>')))
    assert "Box of facts" not in article.text


BROKEN = [
    "<",
    "<html>",
    "<html><body></body></html>",
    "<p>",
    "\x00<p>x</p>",
    "<!-- x -->",
    "<html><body><div>Menu</div></body>",
]


NOTICES = [
    "<title>Just a moment...</title><p>Please enable JavaScript and cookies to continue to the site.</p>",
    "<h1>Page not found</h1><p>The page you are looking for does not exist. Try the search instead.</p>",
    "<title>Access denied</title><p>You have no permission to see this document on this server.</p>",
    "<h1>Welcome</h1><p>Hello there</p>",
]


@pytest.mark.parametrize("markup", NOTICES)
def test_a_notice_of_the_server_is_no_article(markup):
    with pytest.raises(ParseError, match="no article"):
        parse(raw(f"<html><body>{markup}</body></html>"))


def test_a_page_of_endless_markup_is_refused_at_once():
    with pytest.raises(ParseError, match="elements on the page"):
        parse(raw("<p>" * 60_000))


def test_an_article_on_cookies_is_one():
    assert "we use cookies" in parse(raw(page(body=f"{BODY}<p>The maker said we use cookies less.</p>"))).text


@pytest.mark.parametrize("markup", BROKEN)
def test_a_page_without_article_says_so(markup):
    with pytest.raises(ParseError) as caught:
        parse(raw(markup))
    assert "page.html" in str(caught.value)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="<>/ap=\"' \n3%", max_size=120))
def test_any_markup_is_an_article_or_a_reason(markup):
    try:
        parse(raw(markup))
    except ParseError:
        return
