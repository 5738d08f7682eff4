"""Figures of an exported model on the held-out texts of each source, through the program's own runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nlp_rotation.annotate.sentiment.onnx_mentions import OnnxMentionScorer
from nlp_rotation.evaluate.sentiment import measure
from nlp_rotation.train.sentiment_data import LABELS, Example
from nlp_rotation.types import Probabilities


def held_out_figures(folder: Path, sources: Mapping[str, Sequence[Example]]) -> dict[str, Any]:
    """Return the figures of the model in ``folder`` for each source: of its texts, and of its mentions."""
    scorer = OnnxMentionScorer(folder)
    labelled = {
        name: [example for example in examples if example.label is not None or example.targets]
        for name, examples in sources.items()
    }
    return {name: _figures(scorer, examples) for name, examples in labelled.items() if examples}


def _figures(scorer: OnnxMentionScorer, examples: Sequence[Example]) -> dict[str, Any]:
    places = [[(target.start, target.end) for target in example.targets] for example in examples]
    scored = scorer.score_mentions([example.text for example in examples], places)
    texts = [(LABELS[item.label], one.whole) for item, one in zip(examples, scored, strict=True)
             if item.label is not None]  # fmt: skip
    mentions = [
        (LABELS[target.label], answer)
        for item, one in zip(examples, scored, strict=True)
        for target, answer in zip(item.targets, one.mentions, strict=True)
    ]
    several = [
        (LABELS[target.label], answer)
        for item, one in zip(examples, scored, strict=True)
        if len({target.label for target in item.targets}) > 1
        for target, answer in zip(item.targets, one.mentions, strict=True)
    ]
    named = {"texts": texts, "mentions": mentions, "mentions that differ within their text": several}
    return {name: _tree(scorer.name, pairs) for name, pairs in named.items() if pairs}


def _tree(model: str, pairs: Sequence[tuple[str, Probabilities]]) -> dict[str, Any]:
    return measure(model, [label for label, _ in pairs], [answer for _, answer in pairs]).as_tree()
