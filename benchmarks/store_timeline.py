"""How long a timeline takes over many stored drivers.

    python benchmarks/store_timeline.py [--drivers 1000000] [--store FOLDER] [--back-end sqlite|lake]

Fills a store through its own ``add`` with made-up articles (ten years, 80 categories, 60 subjects, 20
sources; five drivers each), then asks the questions that a page asks. The best of three is printed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nlp_rotation
from nlp_rotation.store.counting import Counting
from nlp_rotation.store.opening import open_store
from nlp_rotation.types import Article, Driver, Effect, Publication, Record, Sentence

if TYPE_CHECKING:
    import pandas as pd

DRIVERS_EACH = 5
FIRST_DAY = dt.date(2015, 1, 1)
DAYS = 3650
CATEGORIES = [f"group{n // 8}.leaf{n}" for n in range(80)]
SUBJECTS = ["^GSPC", *(f"SYM{n}" for n in range(59))]
TEXT = "Shares of everything rose 1% because somebody said so. " * 40

AS_OF = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
QUESTIONS = {
    "all drivers together": Counting(per="all"),
    "every group": Counting(per="group"),
    "every group, as of 2020": Counting(per="group", filters={"as_of": AS_OF}),
    "one group": Counting(filters={"category": "group3"}),
    "one category": Counting(filters={"category": "group3.leaf30"}),
    "one category, as of 2020": Counting(filters={"category": "group3.leaf30", "as_of": AS_OF}),
    "one busy subject by group": Counting(per="group", filters={"subject": ("^GSPC",)}),
    "one busy subject by group, as of 2020": Counting(
        per="group", filters={"subject": ("^GSPC",), "as_of": AS_OF}
    ),
    "one subject, every category": Counting(filters={"subject": ("SYM7",)}),
    "one source by group": Counting(per="group", filters={"source": "source 7"}),
    "one year, every category": Counting(
        filters={"since": dt.date(2020, 1, 1), "until": dt.date(2020, 12, 31)}
    ),
    "everything, every category": Counting(),
    "everything, every category, as of 2020": Counting(filters={"as_of": AS_OF}),
    "counted anew: what predicts, one year": Counting(
        filters={"relation": "predicts", "since": dt.date(2020, 1, 1), "until": dt.date(2020, 12, 31)}
    ),
    "counted anew: as recorded then, one category": Counting(
        filters={"category": "group3.leaf30", "recorded_as_of": dt.datetime(2040, 1, 1, tzinfo=dt.UTC)}
    ),
}
PAGES: dict[str, dict[str, Any]] = {
    "the newest": {},
    "a busy subject": {"subject": "^GSPC"},
    "a busy subject, as of 2020": {"subject": "^GSPC", "as_of": AS_OF},
    "a busy subject, as recorded then": {"subject": "^GSPC", "recorded_as_of": "2040-01-01"},
    "a subject": {"subject": "SYM7"},
    "one category, as recorded then": {"category": "group3.leaf30", "recorded_as_of": "2040-01-01"},
    "as of 2020": {"as_of": AS_OF},
}


def records(articles: int) -> Iterator[Record]:
    """Articles in the order of time, the same ones in every run."""
    dice = random.Random(7)
    for n in range(articles):
        day = FIRST_DAY + dt.timedelta(days=n * DAYS // articles)
        yield Record(
            article=Article(
                id=f"article-{n}",
                source_path=None,
                source=f"Source {dice.randrange(20)}",
                published=Publication(date=day, precision="day", basis="header"),
                text=TEXT,
            ),
            sentences=(Sentence(start=0, end=54),),
            drivers=tuple(driver(dice, rank) for rank in range(1, DRIVERS_EACH + 1)),
            versions={"program": "0"},
        )


def driver(dice: random.Random, rank: int) -> Driver:
    subject = "^GSPC" if dice.random() < 0.25 else dice.choice(SUBJECTS)
    return Driver(
        start=33,
        end=53,
        text=TEXT[33:53],
        category=dice.choice(CATEGORIES),
        effects=(Effect(on=subject, direction=dice.choice(["up", "down"])),),
        rank=rank,
    )


def fill(path: Path, drivers: int) -> None:
    started = time.perf_counter()
    with open_store(path) as store:
        added = store.add(records(drivers // DRIVERS_EACH), extracted_at=dt.datetime.now(dt.UTC))
    seconds = time.perf_counter() - started
    size = sum(file.stat().st_size for file in [path, *path.rglob("*")] if file.is_file()) / 1e6
    print(
        f"wrote {added.written} articles in {seconds:.1f} s ({added.written / seconds:.0f}/s), {size:.0f} MB"
    )


def ask(path: Path) -> None:
    with nlp_rotation.open_store(path) as store:
        for name, asked in QUESTIONS.items():
            time_it(name, partial(store.timeline, per=asked.per, **asked.filters))
        for name, filters in PAGES.items():
            time_it(f"page of 50: {name}", partial(store.drivers, limit=50, **filters))


def time_it(name: str, question: Callable[[], pd.DataFrame]) -> None:
    """Print the best of five: by the clock, and of the processor alone, which neighbours slow down less."""
    wall, own, rows = float("inf"), float("inf"), 0
    for _ in range(5):
        started, spent = time.perf_counter(), time.process_time()
        rows = len(question())
        wall, own = min(wall, time.perf_counter() - started), min(own, time.process_time() - spent)
    print(f"{wall:7.3f} s, processor {own:7.3f} s  {name} ({rows} rows)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time timelines over many stored drivers.")
    parser.add_argument("--drivers", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="keep the store here and use it again")
    parser.add_argument("--back-end", choices=["sqlite", "lake"], default="sqlite")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = "bench.db" if given.back_end == "sqlite" else "bench.lake"
        path = given.store or Path(folder) / name
        if not path.exists():
            fill(path, given.drivers)
        ask(path)


if __name__ == "__main__":
    main()
