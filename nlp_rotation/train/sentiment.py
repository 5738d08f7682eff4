"""Train, calibrate, export and measure the project's own sentiment model.

    python -m nlp_rotation.train sentiment --plan models/finbert-mini/training.toml \\
        --base DIR --data DIR [--data DIR ...] --out DIR

``--base`` holds all-MiniLM-L6-v2 (config.json, tokenizer.json, model.safetensors), each ``--data`` JSON
lines named as the plan names them. ``--out`` gets checkpoint and log while training runs; started again,
the command goes on where it stopped. At the end it holds the folder that ships; of a plan that names what it
``teaches``, those files with the answers of the trained network, for the ``--data`` of the next plan.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nlp_rotation.errors import UsageError
from nlp_rotation.train.sentiment_data import LABELS, Example, Split, read_examples
from nlp_rotation.train.sentiment_plan import Plan, read_plan

if TYPE_CHECKING:
    from nlp_rotation.train.sentiment_network import SentimentNetwork


def main(arguments: Sequence[str]) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m nlp_rotation.train sentiment", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--plan", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    plan = read_plan(chosen.plan)
    examples = find_examples(plan, chosen.data)
    chosen.out.mkdir(parents=True, exist_ok=True)
    network = fitted(plan, chosen.base, examples, chosen.out)
    finish = teach if plan.teaches else ship
    finish(network, plan, chosen.base, examples, chosen.out)
    shutil.copyfile(chosen.plan, chosen.out / "training.toml")
    return 0


def find_examples(plan: Plan, folders: Sequence[Path]) -> dict[str, list[Example]]:
    """Read the files that the plan names, each from the first folder that has it.

    :raises UsageError: where no folder has one of them.
    """
    found: dict[str, list[Example]] = {}
    learnt = {name for stage in plan.stages for name in stage.data}
    for name in sorted(learnt | {*plan.teaches, *plan.set_aside}):
        path = next((path for folder in folders if (path := folder / f"{name}.jsonl").is_file()), None)
        if path is None:
            where = ", ".join(map(str, folders))
            raise UsageError(f"no {name}.jsonl", where=where, hint="give its folder as --data")
        found[name] = read_examples([path])
    return found


def fitted(plan: Plan, base: Path, examples: dict[str, list[Example]], out: Path) -> SentimentNetwork:
    """Train through the plan, from the checkpoint in ``out`` where there is one."""
    import torch

    from nlp_rotation.train.sentiment_batches import encode, load_tokenizer
    from nlp_rotation.train.sentiment_fit import Run
    from nlp_rotation.train.sentiment_network import SentimentNetwork

    torch.manual_seed(plan.seed)
    network = SentimentNetwork(base)
    tokenizer = load_tokenizer(base)
    run = Run(network, plan, out)
    run.resume()
    train = of_split(examples, "train", plan)
    run.fit({name: encode(tokenizer, rows, trust=plan.trust) for name, rows in train.items()})
    return network


def of_split(examples: dict[str, list[Example]], split: Split, plan: Plan) -> dict[str, list[Example]]:
    """Return the examples of one split; all that the plan sets aside are tests."""

    def belongs(name: str, example: Example) -> bool:
        return split == ("test" if name in plan.set_aside else example.split)

    return {name: [row for row in rows if belongs(name, row)] for name, rows in examples.items()}


def for_calibration(plan: Plan, examples: dict[str, list[Example]]) -> list[Example]:
    """Return the examples that the temperatures are fitted on."""
    held_out = of_split(examples, "dev", plan)
    return [row for name in plan.calibrate for row in held_out[name]]


def teach(
    network: SentimentNetwork, plan: Plan, base: Path, examples: dict[str, list[Example]], out: Path
) -> None:
    """Write the files that the plan teaches, each text with the network's calibrated answers."""
    from nlp_rotation.train.sentiment_batches import load_tokenizer
    from nlp_rotation.train.sentiment_calibrate import temperatures
    from nlp_rotation.train.sentiment_teach import Teacher

    tokenizer = load_tokenizer(base)
    sentence, mention = temperatures(network, tokenizer, for_calibration(plan, examples))
    teacher = Teacher(network, tokenizer, sentence=sentence, mention=mention)
    for name in plan.teaches:
        teacher.write(examples[name], out / f"{name}.jsonl")


def ship(
    network: SentimentNetwork, plan: Plan, base: Path, examples: dict[str, list[Example]], out: Path
) -> None:
    """Write the folder that ships: calibrated int8 weights, tokenizer, config, figures."""
    from nlp_rotation.train.ranges import write_integers, write_reals
    from nlp_rotation.train.sentiment_batches import load_tokenizer
    from nlp_rotation.train.sentiment_calibrate import temperatures
    from nlp_rotation.train.sentiment_export import calibrated_heads
    from nlp_rotation.train.sentiment_figures import held_out_figures

    tokenizer = load_tokenizer(base)
    sentence, mention = temperatures(network, tokenizer, for_calibration(plan, examples))
    whole = out / "fp32" / "model.onnx"
    for folder in (whole.parent, out):
        folder.mkdir(exist_ok=True)
        tokenizer.save(str(folder / "tokenizer.json"))
        write_config(folder, base, sentence=sentence, mention=mention)
    heads = calibrated_heads(network, sentence=sentence, mention=mention)
    write_reals(network.encoder, heads, whole)
    texts = [row.text for rows in of_split(examples, "train", plan).values() for row in rows]
    samples = [tokenizer.encode(text).ids for text in texts]
    write_integers(network.encoder, heads, samples, out / "model.onnx")
    tests = of_split(examples, "test", plan)
    figures = {"int8": held_out_figures(out, tests), "fp32": held_out_figures(whole.parent, tests)}
    (out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def write_config(folder: Path, base: Path, *, sentence: float, mention: float) -> None:
    """Write the config of the hub's format, with the classes and what is special about this model."""
    config = json.loads((base / "config.json").read_text("utf-8"))
    config.pop("_name_or_path", None)
    config |= {
        "architectures": ["BertForSequenceClassification"],
        "id2label": dict(enumerate(LABELS)),
        "label2id": {label: index for index, label in enumerate(LABELS)},
        "outputs": ["logits", "token_logits"],
        "temperatures": {"logits": round(sentence, 4), "token_logits": round(mention, 4)},
    }
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
