"""Write the golden that holds our scorer to the reference scorer of the annotation contract.

    python tests/evaluate/make_golden.py REFERENCE_SCORER

Extracts the articles in ``seeds/`` and keeps the records (without their moods) beside the figures that the
reference gives them. The records are a frozen input: they need not follow later changes of the extractor.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from nlp_rotation import pipeline
from nlp_rotation.config import Settings
from nlp_rotation.records import encode
from nlp_rotation.types import Record

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent.parent / "seeds"


def main(reference: str) -> None:
    records = HERE / "data" / "seeds.records.jsonl"
    items = pipeline.extract([str(SEEDS)], settings=Settings(sentiment_model="off"))
    trees = [encode(item) for item in items if isinstance(item, Record)]
    for tree in trees:
        tree["source_path"] = Path(tree["source_path"]).name
        tree["sentences"] = []
    records.write_text("".join(json.dumps(tree, ensure_ascii=False) + "\n" for tree in trees), "utf-8")
    command = [sys.executable, reference, str(SEEDS), str(records), "--json"]
    figures = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (HERE / "data" / "seeds.figures.json").write_text(
        json.dumps(json.loads(figures), indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1])
