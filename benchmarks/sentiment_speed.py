"""Speed and memory of the shipped sentiment model against a 12-layer BERT through transformers.

    python benchmarks/sentiment_speed.py [--sentences 400] [--slow 40]

The BERT has the size of FinBERT (768 wide, 110 million weights) with random weights, which cost the same.
Each candidate runs in a process of its own, on all cores that it may use, over the same sentences of
``corpus/sentiment/written.jsonl``; one run each. The slow candidate reads fewer of them.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BATCH = 16


def texts(number: int) -> list[str]:
    path = ROOT / "corpus" / "sentiment" / "written.jsonl"
    lines = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    # Every third or so: the file is sorted by label.
    step = max(len(lines) // number, 1)
    return (lines[::step] * (number // len(lines) + 2))[:number]


def bert_pipeline(batch: int) -> Callable[[Sequence[str]], object]:
    import transformers

    transformers.logging.set_verbosity_error()
    config = transformers.BertConfig(num_labels=3)
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(ROOT / "models" / "finbert-mini" / "tokenizer.json"),
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
    )
    network = transformers.BertForSequenceClassification(config).eval()
    run = transformers.pipeline("text-classification", model=network, tokenizer=tokenizer, top_k=None)
    if batch == 1:
        return lambda items: [run(item) for item in items]
    return lambda items: run(list(items), batch_size=batch)


def ours(batch: int) -> Callable[[Sequence[str]], object]:
    from nlp_rotation.annotate.sentiment.loading import load_scorer

    scorer = load_scorer("finbert-mini")
    if batch == 1:
        return lambda items: [scorer.score([item]) for item in items]
    return scorer.score


CANDIDATES = {
    "BERT-base, one by one": (bert_pipeline, 1, True),
    "BERT-base, batches": (bert_pipeline, BATCH, True),
    "finbert-mini, one by one": (ours, 1, False),
    "finbert-mini, batches": (ours, BATCH, False),
}


def measure(name: str, number: int) -> dict[str, float]:
    make, batch, _ = CANDIDATES[name]
    run = make(batch)
    run(texts(BATCH))
    items = texts(number)
    began, busy = time.perf_counter(), time.process_time()
    run(items)
    wall, cpu = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"per_second": number / wall, "cpu_ms": cpu / number * 1000, "peak_mib": peak}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--slow", type=int, default=40, help="sentences for the 12-layer BERT")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only:
        number = chosen.slow if CANDIDATES[chosen.only][2] else chosen.sentences
        print(json.dumps(measure(chosen.only, number)))
        return
    print(f"{'':26}{'sentences/s':>12}{'CPU ms each':>13}{'peak MiB':>10}")
    for name in CANDIDATES:
        command = [sys.executable, __file__, "--only", name]
        command += ["--sentences", str(chosen.sentences), "--slow", str(chosen.slow)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        row = json.loads(done.stdout.splitlines()[-1])
        print(f"{name:26}{row['per_second']:12.1f}{row['cpu_ms']:13.2f}{row['peak_mib']:10.0f}")


if __name__ == "__main__":
    main()
