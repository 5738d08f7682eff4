"""``python -m nlp_rotation.train extraction``: weights of the driver annotator, and their figures."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.model import FOLDER
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.train.driver_calls import as_rows, curve, figures_at, reliability, scale_of
from nlp_rotation.train.driver_clusters import find_clusters, write_clusters
from nlp_rotation.train.driver_fit import Plan, calls_on, fit, out_of_fold, write_weights
from nlp_rotation.train.driver_gold import read_examples

#: What an article of our own writing counts against a real one: at 1 the figures on real articles fell
#: (dev, out of fold: any 0.52, group 0.43), at 0.25 they hardly do (0.54, 0.43), against 0.55, 0.44 without.
_OWN_WEIGHT = 0.25


def main(arguments: list[str]) -> int:
    """Fit on the gold folders given, after measuring on articles held back, or left out in turn."""
    given = _parser().parse_args(arguments)
    if given.news:
        write_clusters(find_clusters(given.news), given.out)
    path = given.out / "clusters.json"
    clusters = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    known = {word: (pair[0], pair[1]) for word, pair in clusters.items()}
    words = lexicon(builtin_taxonomy())
    examples = read_examples(given.gold, words, known)
    own = read_examples(given.own, words, known, weight=_OWN_WEIGHT)
    beside = [*read_examples(given.beside, words, known), *own]
    held = read_examples(given.held, words, known)
    plan, taught = Plan(seed=given.seed), [*examples, *beside]
    calls = calls_on(held, taught, plan) if held else out_of_fold(examples, beside, plan)
    measured = held or examples
    wanted = sum(len(example.categories) for example in measured)
    scale = scale_of(calls, wanted)
    figures = {
        "articles": {"measured": len(measured), "taught": len(taught)},
        "causes": {"measured": wanted, "taught": sum(len(example.categories) for example in taught)},
        "chosen": asdict(figures_at(calls, wanted, scale.threshold)),
        "curve": as_rows(curve(calls, wanted)[::5]),
        "reliability": reliability(calls, scale),
    }
    sys.stdout.write(f"{write_weights(fit(taught, plan, scale), given.out)}\n")
    (given.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlp_rotation.train extraction", description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of NAME.txt + NAME.json")
    parser.add_argument("--own", type=Path, nargs="*", default=[], help="the same, of our own writing")
    parser.add_argument(
        "--beside", type=Path, nargs="*", default=[], help="the same: fitted on, not measured"
    )
    parser.add_argument(
        "--held",
        type=Path,
        nargs="*",
        default=[],
        help="the same: measured on instead of --gold",
    )
    parser.add_argument("--news", type=Path, nargs="*", help="gzipped JSON lines: make the word classes anew")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the weights")
    parser.add_argument("--seed", type=int, default=7)
    return parser
