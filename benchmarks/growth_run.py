"""How time and memory of a whole run grow with its input.

    python benchmarks/growth_run.py ARTICLES.jsonl[.gz] [--sizes 1000 2000 4000] [--store run.db]
        [--sentiment-model NAME]

Each size is the first so many articles, read in a process of its own from JSON lines to the store and to
the digest that ``nlp-rotation run`` prints; where the file holds fewer, it is read again under other names.
A factor is what a size costs against the one before it. Memory is the peak of the whole process.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

WARM = 3


def lines(path: Path) -> Iterator[str]:
    """Yield articles without end; those of a later round are other articles than those of the first."""
    unpack = gzip.open if path.suffix == ".gz" else open
    for turn in itertools.count():
        with unpack(path, "rt", encoding="utf-8") as rows:
            for row in rows:
                article = json.loads(row)
                if turn:
                    article["id"] = f"{article.get('id', '')}-{turn}"
                    article["text"] += f"\n\nEdition {turn}."
                yield json.dumps(article) + "\n"


def measure(source: Path, size: int, store: str, model: str | None) -> dict[str, float]:
    from nlp_rotation import pipeline
    from nlp_rotation.config import Settings
    from nlp_rotation.present.digest import Digest
    from nlp_rotation.types import Skipped

    settings, digest = Settings(sentiment_model=model), Digest()
    with tempfile.TemporaryDirectory() as folder:
        news, warm = Path(folder, "news.jsonl"), Path(folder, "warm.jsonl")
        with news.open("w", encoding="utf-8") as file:
            file.writelines(itertools.islice(lines(source), size))
        warm.write_text("".join(itertools.islice(lines(source), WARM)), "utf-8")
        list(pipeline.run([str(warm)], store=Path(folder, "warm.db"), settings=settings))
        wall, work = time.perf_counter(), time.process_time()
        for item in pipeline.run([str(news)], store=Path(folder, store), settings=settings):
            if not isinstance(item, Skipped):
                digest.add(item)
        wall, work = time.perf_counter() - wall, time.process_time() - work
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"articles": digest.articles, "wall": wall, "work": work, "peak": peak}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 4000])
    parser.add_argument("--store", default="run.db", help="run.db, or run.lake for Parquet")
    parser.add_argument("--sentiment-model", default=None)
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps(measure(chosen.source, chosen.only, chosen.store, chosen.sentiment_model)))
        return
    print(f"{'articles':>10}{'wall s':>10}{'cpu s':>10}{'peak MiB':>10}{'x cpu':>8}{'x peak':>8}")
    before: dict[str, float] = {}
    for size in chosen.sizes:
        command = [sys.executable, __file__, *sys.argv[1:], "--only", str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        row = json.loads(done.stdout.splitlines()[-1])
        factors = "".join(f"{row[key] / before[key]:8.2f}" for key in ("work", "peak") if before)
        print(
            f"{row['articles']:10d}{row['wall']:10.1f}{row['work']:10.1f}{row['peak']:10.0f}{factors}",
            flush=True,
        )
        before = row


if __name__ == "__main__":
    main()
