"""Measure stories: ``python benchmarks/stories.py speed [ARTICLES]`` or ``... found FILE.jsonl[.gz]...``.

``speed`` fills a store with the keys of a million invented articles and times how long the story of one
more takes to be found. ``found`` adds the articles of JSON lines (id, title, source, published, url, text)
to a new store and prints how many stories they tell, and a sample of pairs to judge by hand.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nlp_rotation.addresses import canonical
from nlp_rotation.parse.publication import find_publication
from nlp_rotation.store.opening import open_store
from nlp_rotation.store.protocol import Store
from nlp_rotation.store.questions import Question
from nlp_rotation.store.sketch import band_keys, runs_of
from nlp_rotation.types import Article, Given, Record

DAYS = 3_650
FIRST = dt.date(2014, 1, 1)
WORDS = [f"w{number}" for number in range(20_000)]
PAIRS = (
    "SELECT s.likeness, s.role, s.source, s.day, s.title, p.source, p.day, p.title "
    "FROM stories s JOIN stories p ON p.article_id = s.precursor ORDER BY s.article_id"
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    commands = arguments.add_subparsers(dest="command", required=True)
    commands.add_parser("speed").add_argument("articles", nargs="?", type=int, default=1_000_000)
    found = commands.add_parser("found")
    found.add_argument("files", nargs="+", type=Path)
    found.add_argument("--sample", type=int, default=50)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stories.db"
        if options.command == "speed":
            measure_speed(path, options.articles)
        else:
            show_found(path, options.files, options.sample)


def measure_speed(path: Path, articles: int) -> None:
    """Time sketches, and the writing of articles beside ``articles`` others."""
    chance = random.Random(7)
    texts = [" ".join(chance.choices(WORDS, k=500)) for _ in range(200)]
    band_keys(runs_of(texts[0]))  # numpy is loaded once
    started = time.perf_counter()
    for text in texts:
        band_keys(runs_of(text))
    print(f"sketch of 500 words: {(time.perf_counter() - started) / len(texts) * 1000:.2f} ms")
    newcomers = [
        record(f"new{number}", text, FIRST + dt.timedelta(DAYS)) for number, text in enumerate(texts)
    ]
    with open_store(path) as store:
        time_adding(store, newcomers[:100], "beside none")
        fill(store.connection, articles, chance)
        time_adding(store, newcomers[100:], f"beside {articles:,}")
    print(f"file: {path.stat().st_size / 1e6:,.0f} MB")


def time_adding(store: Store, records: list[Record], place: str) -> None:
    spent = []
    for item in records:
        started = time.perf_counter()
        store.add([item], extracted_at=dt.datetime.now(dt.UTC))
        spent.append(time.perf_counter() - started)
    print(
        f"one article {place}: median {statistics.median(spent) * 1000:.2f} ms, "
        f"worst {max(spent) * 1000:.1f} ms"
    )


def fill(connection: sqlite3.Connection, articles: int, chance: random.Random) -> None:
    """Enter the keys of invented articles, spread over ten years in the order of time."""
    started = time.perf_counter()
    last = connection.execute("SELECT max(edition) FROM edition").fetchone()[0]
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    keys = (
        (16_071 + number * DAYS // articles, chance.getrandbits(63), last + 1 + number)
        for number in range(articles)
        for _ in range(25)
    )
    connection.executemany("INSERT INTO story_key VALUES (?, ?, ?)", keys)
    connection.execute("COMMIT")
    print(f"filled in {time.perf_counter() - started:.0f} s")


def record(id: str, text: str, day: dt.date) -> Record:
    published = find_publication(Given(published=f"{day}T10:00:00Z", basis="header"), text="")
    return Record(article=Article(id=id, source_path=None, source="Wire", published=published, text=text))


def show_found(path: Path, files: list[Path], sample: int) -> None:
    """Print what stories the articles of ``files`` tell."""
    with open_store(path) as store:
        started = time.perf_counter()
        added = store.add(articles(files), extracted_at=dt.datetime.now(dt.UTC))
        print(f"{added.written} articles in {time.perf_counter() - started:.0f} s")
        pairs = list(store.select(Question(PAIRS)))
        ways = Counter(
            (role, "one outlet" if ours == theirs else "two outlets")
            for _, role, ours, _, _, theirs, *_ in pairs
        )
        print(f"{len(pairs)} with a precursor: {dict(ways)}")
        for pair in random.Random(1).sample(pairs, min(sample, len(pairs))):
            print("{:.2f} {} | {} {} {}\n{:>16} | {} {}".format(*pair[:5], "", *pair[5:7]), pair[7])


def articles(files: list[Path]) -> Iterator[Record]:
    """Yield the articles of JSON lines; those that stand there on several days are articles of their own."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open() as lines:
            for number, line in enumerate(lines):
                tree = json.loads(line)
                stamp = Given(published=tree.get("published"), basis="header")
                text = "\n\n".join(part for part in (tree.get("title"), tree["text"]) if part)
                url = tree.get("url")
                yield Record(
                    article=Article(
                        id=f"{file.stem} {number}",
                        source_path=str(file),
                        title=tree.get("title"),
                        source=tree.get("source"),
                        url=url,
                        canonical_url=canonical(url) if url else None,
                        published=find_publication(stamp, text=""),
                        text=text,
                    )
                )


if __name__ == "__main__":
    main()
