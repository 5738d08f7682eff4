"""Measure page reading over saved pages: ``python benchmarks/pages.py FOLDER...``.

A folder holds ``NAME.html.gz`` pages. What is expected stands beside each as ``NAME.md`` (info lines and
content), or as ``PUBLISHER.json`` with one article for each page ``PUBLISHER_date.html.gz``, in order.
``--misses`` prints, for every page that is not right, what was missing and what was too much.
"""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import gzip
import json
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp_rotation.acquire.decode import decode
from nlp_rotation.errors import ParseError
from nlp_rotation.parse.article import parse
from nlp_rotation.types import Article, RawDocument

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The article that a page holds."""

    title: str
    day: dt.date
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one page was read."""

    page: Path
    f1: float
    title: bool
    day: bool
    expected: Expected
    article: Article | None


def main() -> None:
    """Print one line a page and the means of every folder."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="+", type=Path)
    arguments.add_argument("--misses", action="store_true")
    options = arguments.parse_args()
    for folder in options.folders:
        scores = [score(page, expected) for page, expected in pages(folder)]
        for item in scores:
            if options.misses:
                print_misses(item)
        print_means(folder, scores)


def pages(folder: Path) -> Iterator[tuple[Path, Expected]]:
    """Yield every page of ``folder`` with what is expected of it."""
    groups: dict[str, list[Path]] = {}
    for page in sorted(folder.glob("*.html.gz")):
        aside = page.with_name(page.name.removesuffix(".html.gz") + ".md")
        if aside.exists():
            yield page, from_markdown(aside.read_text("utf-8"))
        else:
            groups.setdefault(page.name.split("_")[0], []).append(page)
    for publisher, group in groups.items():
        versions = json.loads((folder / f"{publisher}.json").read_text("utf-8")).values()
        if len(versions) != len(group):
            print(f"{publisher}: {len(group)} pages, {len(versions)} articles", file=sys.stderr)
        yield from zip(group, map(from_json, versions), strict=False)


def from_markdown(text: str) -> Expected:
    """Read an article in Markdown with its info lines."""
    info, _, body = text.partition("## Content")
    field = dict(re.findall(r"\*\*(\w+)\*\*: (.*)", info))
    return Expected(title=field["Headline"], day=dt.date.fromisoformat(field["Published"]), body=plain(body))


def from_json(tree: dict) -> Expected:
    """Read an article of a publisher's list."""
    body = tree["body"]
    parts = [*body["summary"]]
    for section in body["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    day = dt.datetime.fromisoformat(tree["publishing_date"]).date()
    return Expected(title=tree["title"], day=day, body="\n".join(parts))


def plain(markdown: str) -> str:
    """Take the marks out of Markdown, since they are no words of the article."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)


def score(page: Path, expected: Expected) -> Score:
    """Read one page and compare."""
    html = decode(gzip.decompress(page.read_bytes()))
    try:
        article = parse(RawDocument(source_path=str(page), media="html", body=html))
    except ParseError as error:
        print(error, file=sys.stderr)
        return Score(page=page, f1=0.0, title=False, day=False, expected=expected, article=None)
    return Score(
        page=page,
        f1=word_f1(body_of(article), expected.body),
        title=folded(article.title or "") == folded(expected.title),
        day=abs((article.published.date or dt.date.min) - expected.day) <= one_day(article),
        expected=expected,
        article=article,
    )


def one_day(article: Article) -> dt.timedelta:
    """Return how far days may differ: expected days are those of UTC, ours those of the stamp's own zone."""
    at = article.published.at
    moved = at is not None and at.astimezone(dt.UTC).date() != article.published.date
    return dt.timedelta(days=1 if moved else 0)


def body_of(article: Article) -> str:
    """Return the text below the title."""
    return article.text.removeprefix(f"{article.title}\n\n") if article.title else article.text


def word_f1(found: str, expected: str) -> float:
    """Return F1 over the words, each counted as often as it stands."""
    ours, theirs = (Counter(WORD.findall(text.lower())) for text in (found, expected))
    common = sum((ours & theirs).values())
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def folded(text: str) -> str:
    """Fold quotes and blanks, which publishers vary within one page."""
    return " ".join(text.translate(str.maketrans("‘’“”\u00a0", "''\"\" ")).split()).casefold()


def print_misses(item: Score) -> None:
    """Show what differs on one page."""
    if item.f1 >= 0.992 and item.title and item.day:
        return
    print(f"== {item.page.name}  F1 {item.f1:.3f}  title {item.title}  date {item.day}")
    if item.article is None:
        return
    if not item.title:
        print(f"   title: {item.article.title!r}, expected {item.expected.title!r}")
    if not item.day:
        print(f"   date: {item.article.published}, expected {item.expected.day}")
    ours, theirs = (
        [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        for text in (body_of(item.article), item.expected.body)
    )
    for line in difflib.unified_diff(theirs, ours, lineterm="", n=0):
        if not line.startswith(("@@", "---", "+++")):
            print("   " + line[:160])


def print_means(folder: Path, scores: list[Score]) -> None:
    """Print the means of one folder."""
    bodies = [item.f1 for item in scores]
    print(
        f"{folder.name}: {len(scores)} pages, "
        f"body F1 {statistics.mean(bodies):.4f} (lowest {min(bodies):.3f}), "
        f"title {statistics.mean(item.title for item in scores):.3f}, "
        f"date {statistics.mean(item.day for item in scores):.3f}"
    )


if __name__ == "__main__":
    main()
