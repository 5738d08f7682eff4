"""How long the page takes to show many drivers, in a real browser, over the program's own server.

    python benchmarks/page.py [--drivers 100000] [--store FILE] [--browser /usr/bin/chromium]

Fills a store through its own ``add`` with made-up articles of ten years (five drivers each, the built-in
taxonomy, 20 outlets), makes prices of both sides, serves them, and opens the page. A reader's time is that
from the request to the frame after line, pins and lanes of all drivers are drawn; for the first reader the
server reads prices and store. A change of a filter is from the change to the frame after it is drawn.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nlp_rotation.store.opening import open_store
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.types import Article, Driver, Effect, Publication, Record, Sentence

EACH = 5
FIRST_DAY, DAYS = dt.date(2015, 1, 5), 3600
SUBJECTS = [
    "^GSPC",
    "^RUT",
    "group:small_caps",
    "SPY",
    "group:mega_cap_tech",
    *(f"SYM{n}" for n in range(40)),
]
CAUSE = "a softer reading of something that nobody had expected"
WORDS = [f"{start}{end}" for start in "bcdfgklmnprstv" for end in ("ando", "eris", "ilt", "orm", "usca")]
PORT = 8431
#: What is changed, and to what, in the order of the page.
CHANGES = {
    "confidence": "#sure=60",
    "predicts": "#relation=predicts",
    "about the pair": "#scope=pair",
    "two groups": "#groups=macro,monetary",
    "one year": "#from=2019-01-01&to=2019-12-31",
    "one outlet": "#source=Source+7",
    "nothing": "#",
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--drivers", type=int, default=100_000)
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    parser.add_argument("--shots", type=Path, default=None, help="Folder for a screenshot of each theme.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or Path(folder) / "many.db"
        if not store.exists():
            with open_store(store) as opened:
                opened.add(records(options.drivers // EACH), extracted_at=dt.datetime.now(dt.UTC))
        prices = Path(folder) / "prices.csv"
        write_prices(prices)
        server = served(store, prices)
        try:
            measure(options.browser, options.shots)
        finally:
            server.terminate()
            server.wait()


def records(articles: int) -> Iterator[Record]:
    """Articles in the order of time, the same ones in every run."""
    dice = random.Random(7)
    categories = builtin_taxonomy().ids
    for n in range(articles):
        day = FIRST_DAY + dt.timedelta(days=n * DAYS // articles)
        text = f"Small caps rose 2% on {CAUSE}.\n\n{' '.join(dice.choices(WORDS, k=120))}."
        yield Record(
            article=Article(
                id=f"article-{n}",
                source_path=None,
                title=f"Story {n}",
                source=f"Source {dice.randrange(20)}",
                url=f"https://news.example/{n}",
                published=Publication(date=day, precision="day", basis="header"),
                text=text,
            ),
            sentences=(Sentence(start=0, end=len(text)),),
            drivers=tuple(driver(dice, categories, rank) for rank in range(1, EACH + 1)),
            versions={"program": "0"},
        )


def driver(dice: random.Random, categories: tuple[str, ...], rank: int) -> Driver:
    start = len("Small caps rose 2% on ")
    effect = Effect(on=dice.choice(SUBJECTS), direction=dice.choice(("up", "down", "unclear")))
    return Driver(
        start=start,
        end=start + len(CAUSE),
        text=CAUSE,
        category=categories[int(dice.paretovariate(0.6)) % len(categories)],
        effects=(effect,),
        relation=dice.choice(("explains", "explains", "explains", "predicts", "condition", "ended")),
        hedged=dice.random() < 0.2,
        rank=rank,
        confidence=round(dice.uniform(0.3, 1), 3),
    )


def write_prices(path: Path) -> None:
    """Write two random walks under the names of the two sides."""
    dice, level = random.Random(11), {"IWM": 120.0, "SPY": 200.0}
    lines = ["date,symbol,close"]
    for n in range(DAYS):
        day = FIRST_DAY + dt.timedelta(days=n)
        if day.weekday() < 5:
            for symbol in level:
                level[symbol] *= 1 + dice.gauss(0.0003, 0.01)
                lines.append(f"{day},{symbol},{level[symbol]:.2f}")
    path.write_text("\n".join(lines) + "\n")


def served(store: Path, prices: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "nlp_rotation", "serve", "--port", str(PORT)]
    process = subprocess.Popen([*command, "--store", str(store), "--prices", str(prices)])
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz").read()
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def measure(browser: str, shots: Path | None) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver_of:
        opened = driver_of.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name in ("first reader", "next reader", "again", "again"):
            page = opened.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"http://127.0.0.1:{PORT}/")
            page.wait_for_selector("body[data-state=ready]", timeout=60_000)
            drawn, paint = (mark(page, told) for told in ("drawn", "first-contentful-paint"))
            print(f"{name:<16}{drawn:8.0f} ms   first paint of anything {paint:.0f} ms")
        page.wait_for_selector("body[data-claims=ready]", timeout=60_000)
        for name, fragment in CHANGES.items():
            print(f"{name:<16}{changed(page, fragment):8.0f} ms   {page.inner_text('#summary')}")
        if shots:
            page.screenshot(path=shots / "crowded.png", full_page=True)
        opened.close()


def mark(page: Any, name: str) -> float:
    """Return the milliseconds from the request to a mark of the page."""
    page.wait_for_timeout(1500)
    return float(page.evaluate("name => performance.getEntriesByName(name)[0].startTime", name))


def changed(page: Any, fragment: str) -> float:
    """Return the milliseconds from a change of the state to the frame after the one that draws it."""
    script = """fragment => new Promise(done => {
      const start = performance.now();
      const drawn = () => done(performance.now() - start);
      const frames = () => requestAnimationFrame(() => requestAnimationFrame(drawn));
      addEventListener("hashchange", frames, { once: true });
      location.hash = fragment;
    })"""
    return float(page.evaluate(script, fragment))


if __name__ == "__main__":
    main()
