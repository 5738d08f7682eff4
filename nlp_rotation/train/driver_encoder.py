"""``python -m nlp_rotation.train encoder``: the small encoder that judges causes beside the linear weights.

    python -m nlp_rotation.train encoder --plan models/driver-encoder/training.toml --base DIR \\
        --gold DIR [DIR ...] [--own DIR ...] --out DIR (--held DIR [DIR ...] --linear DIR | --joint FILE)

``--base`` holds all-MiniLM-L6-v2 (config.json, tokenizer.json, model.safetensors). With ``--held`` the
network is measured on articles that it has not seen, and weighed there against the linear weights of
``--linear``, which have not seen them either; ``--joint`` takes those weights from the config.json of
such a run. The weights that ship come in two terms: one that has not seen the measuring articles, and, with
``--start`` at the state.pt of the first, a short one with them.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from nlp_rotation.annotate.drivers.encoder import DriverEncoder, JointWeights
from nlp_rotation.annotate.drivers.judging import Judge
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.model import read_model
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.train.driver_calls import Call, as_rows, curve, reliability, scale_of
from nlp_rotation.train.driver_joint import Sheet, fit_joint, joint_calls, leaves_right, read_sheets

#: The trained network itself, for ``--start``; it does not ship.
_STATE = "state.pt"
_EVEN = JointWeights(1.0, 1.0, 0.0, 1.0, 0.0, 0.0)


def main(arguments: list[str]) -> int:
    """Train, export, and weigh against the linear weights."""
    given = _parser().parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    leaves = sorted(builtin_taxonomy().ids)
    _train(given, leaves)
    encoder = DriverEncoder(given.out, leaves, _EVEN)
    if given.joint:
        weights = json.loads(given.joint.read_text("utf-8"))["judge"]
    else:
        judge = Judge(lexicon(builtin_taxonomy()), read_model(given.linear))
        paths = [path for folder in given.held for path in sorted(folder.glob("*.txt"))]
        sheets = read_sheets(paths, judge, encoder)
        weights = asdict(fit_joint(sheets, judge, encoder))
        _write(given.out / "figures.json", figures(sheets, judge, encoder))
    _write(given.out / "config.json", {"leaves": leaves, "judge": weights})
    return 0


def _train(given: argparse.Namespace, leaves: Sequence[str]) -> None:
    import tokenizers
    import torch

    from nlp_rotation.train.driver_export import kept_heads
    from nlp_rotation.train.driver_lessons import School
    from nlp_rotation.train.driver_network import DriverNetwork
    from nlp_rotation.train.driver_term import read_plan, teach
    from nlp_rotation.train.ranges import write_integers

    plan = read_plan(given.plan)
    tokenizer = tokenizers.Tokenizer.from_file(str(given.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenize = partial(tokenizer.encode_batch, add_special_tokens=False)
    school = School(lexicon(builtin_taxonomy()), leaves, tokenize)
    lessons = [*school.lessons(given.gold), *school.lessons(given.own, weight=plan.own_weight)]
    network = DriverNetwork(given.base, len(leaves), frozen=plan.frozen, dropout=plan.dropout)
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    teach(network, lessons, plan, given.out / "log.jsonl")
    torch.save(network.state_dict(), given.out / _STATE)
    samples = [lesson.passage.ids for lesson in lessons]
    write_integers(network.encoder, kept_heads(network), samples, given.out / "model.onnx")
    tokenizer.save(str(given.out / "tokenizer.json"))
    shutil.copyfile(given.plan, given.out / "training.toml")


def figures(sheets: Sequence[Sheet], judge: Judge, encoder: DriverEncoder) -> dict[str, Any]:
    """Return what each judge and both together reach on the held articles; half by half for both."""
    wanted = sum(sheet.wanted for sheet in sheets)
    both = fit_joint(sheets, judge, encoder)
    judges = {
        "linear": JointWeights(1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
        "encoder": JointWeights(0.0, 1.0, 0.0, 1.0, 0.0, 0.0),
        "both": both,
    }
    found: dict[str, Any] = {"articles": len(sheets), "causes": wanted}
    for name, weights in judges.items():
        calls = joint_calls(sheets, weights)
        best = max(curve(calls, wanted), key=lambda point: point.f1)
        found[name] = as_rows([best])[0]
    found["crossed"] = [_crossed(sheets[side::2], sheets[1 - side :: 2], judge, encoder) for side in range(2)]
    calls = joint_calls(sheets, both)
    found["curve"] = as_rows(curve(calls, wanted)[::5])
    found["reliability"] = reliability(calls, scale_of(calls, wanted))
    found["leaves"] = {str(share): leaves_right(sheets, judge, encoder, share) for share in (0.0, 0.2, 0.4)}
    return found


def _crossed(
    fitted: Sequence[Sheet], seen: Sequence[Sheet], judge: Judge, encoder: DriverEncoder
) -> dict[str, float]:
    """Return the figures on one half with the weights fitted on the other."""
    calls: list[Call] = joint_calls(seen, fit_joint(fitted, judge, encoder))
    wanted = sum(sheet.wanted for sheet in seen)
    return as_rows([point for point in curve(calls, wanted) if not point.threshold])[0]


def _write(path: Path, tree: dict[str, Any]) -> None:
    path.write_text(json.dumps(tree, indent=1) + "\n", "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlp_rotation.train encoder", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of NAME.txt + NAME.json")
    parser.add_argument("--own", type=Path, nargs="*", default=[], help="the same, of our own writing")
    parser.add_argument("--start", type=Path, help="state.pt of an earlier run to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", type=Path, nargs="*", default=[], help="the same, only to measure on")
    parser.add_argument("--linear", type=Path, help="folder of linear weights that have not seen --held")
    parser.add_argument("--joint", type=Path, help="config.json with the weights of both judges")
    return parser
