"""Measure how the time of reading a page grows with it: ``python benchmarks/growth.py``.

Every kind of page is read at one size and at ten times that; a factor far above 10 is a quadratic reader.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.article import parse
from nlp_rotation.types import Media, RawDocument

SMALL, LARGE = 400, 4_000
SENTENCE = "Shares of lenders rose three percent on Tuesday after traders raised their bets on a cut. "


def body(paragraphs: int) -> str:
    return "".join(f"<p>Part {number}: {SENTENCE * 2}</p>" for number in range(paragraphs))


def page(inside: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><h1>Lenders climb</h1>{body(5)}{inside}</body></html>"


def data(source: str, media: str = "application/ld+json") -> str:
    return f"<script type='{media}'>{source}</script>"


KINDS: dict[str, tuple[Media, Callable[[int], str]]] = {
    "paragraphs": ("html", lambda size: page(body(size))),
    "boxes": ("html", lambda size: page("<div><div><p>Part of it.</p></div></div>" * size)),
    "links": ("html", lambda size: page("<li><a href='/1'>Makers of chips slide on orders</a></li>" * size)),
    "table": ("html", lambda size: page(f"<table>{'<tr><td>ABC</td><td>1.5%</td></tr>' * size}</table>")),
    "list": ("html", lambda size: page(f"<ol>{'<li>Lenders rose 3%</li>' * size}</ol>")),
    "one line": ("html", lambda size: page(f"<p>{SENTENCE * size}</p>")),
    "spans": ("html", lambda size: page("<span>a</span>" * size)),
    "nesting": ("html", lambda size: page("<div>" * size)),
    "articles in JSON-LD": ("html", lambda size: page(data('[{"@type":"NewsArticle"}' * size))),
    "broken JSON-LD": ("html", lambda size: page(data("{" + '"headline": "' * size))),
    "body in a script": ("html", lambda size: page(data('{"body":"' + "<p>a<\\/p>" * size + '"}', "x/json"))),
    "nested data": ("html", lambda size: page(data('{"content":[' * size, "x/json"))),
    "lines": ("text", lambda size: f"{SENTENCE}\n" * size),
    "a long line": ("text", lambda size: SENTENCE * size),
    "dates": ("text", lambda size: "On 16 July 2024 oil rose 3%. " * size),
    "stamps": ("text", lambda size: "Oil rose.\n" + "Updated: 16 July 2024 10:00\n" * size),
}


def main() -> None:
    seconds(page(body(5)), "html")  # what is loaded once
    for name, (media, make) in KINDS.items():
        small, large = seconds(make(SMALL), media), seconds(make(LARGE), media)
        print(f"{name:20} {small * 1000:8.1f} ms {large * 1000:8.1f} ms   x {large / max(small, 1e-4):.1f}")


def seconds(markup: str, media: Media) -> float:
    started = time.process_time()
    try:
        parse(RawDocument(source_path="page", media=media, body=markup))
    except ParseError as error:
        print(f"({error})")
    return time.process_time() - started


if __name__ == "__main__":
    main()
