"""How fast articles become records, and in how much memory.

    python benchmarks/throughput.py ARTICLES [--take 200] [--sentiment-model NAME]

ARTICLES is anything that ``nlp-rotation extract`` reads. One warm-up article is not counted. The time by
stage comes from the same run; peak memory is that of the whole process.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import replace
from itertools import islice

from nlp_rotation import pipeline
from nlp_rotation.annotate.annotator import Annotator
from nlp_rotation.annotate.components import STEPS
from nlp_rotation.annotate.sentiment.loading import OFF
from nlp_rotation.annotate.sentiment.mood import moods
from nlp_rotation.config import Settings
from nlp_rotation.types import Article, Reading


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles")
    parser.add_argument("--take", type=int, default=200)
    parser.add_argument("--sentiment-model", default=None)
    options = parser.parse_args()

    settings = Settings(sentiment_model=options.sentiment_model)
    read = (
        item for item in pipeline.articles([options.articles], settings=settings) if isinstance(item, Article)
    )
    start = time.perf_counter()
    taken = list(islice(read, options.take))
    print(
        f"{len(taken)} articles, {sum(len(a.text.split()) for a in taken) / len(taken):.0f} words on average"
    )
    report("read and parse", time.perf_counter() - start, len(taken))

    annotator = Annotator(settings)
    start = time.perf_counter()
    list(annotator.annotate(taken[:1]))
    print(f"{'first article, cold':24} {time.perf_counter() - start:8.2f} s")

    start = time.perf_counter()
    list(annotator.annotate(taken))
    whole = time.perf_counter() - start
    report("annotate, all", whole, len(taken))
    by_step(taken, annotator)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':24} {peak:8.0f} MB")


def by_step(articles: list[Article], annotator: Annotator) -> None:
    """Run the annotators one after the other over all articles, each timed alone."""
    readings = [Reading(text=a.text, title_end=len(a.title or ""), published=a.published) for a in articles]
    for name, step in STEPS.items():
        start = time.perf_counter()
        readings = [step(reading) for reading in readings]
        report(f"  {name}", time.perf_counter() - start, len(articles))
    if annotator.scorer.name != OFF:
        start = time.perf_counter()
        for at in range(0, len(readings), 32):
            moods([replace(reading) for reading in readings[at : at + 32]], annotator.scorer)
        report("  sentiment", time.perf_counter() - start, len(articles))


def report(label: str, seconds: float, articles: int) -> None:
    """Print one line: seconds, milliseconds an article, articles a second."""
    print(
        f"{label:24} {seconds:8.2f} s {1000 * seconds / articles:8.1f} ms each {articles / seconds:8.1f} /s"
    )


if __name__ == "__main__":
    main()
