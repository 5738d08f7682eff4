"""From the name that a user gives to a scorer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nlp_rotation.annotate.sentiment.hub import TransformersScorer
from nlp_rotation.annotate.sentiment.lexicon import LexiconScorer
from nlp_rotation.annotate.sentiment.onnx import OnnxScorer
from nlp_rotation.annotate.sentiment.scorer import Scorer
from nlp_rotation.config import MODELS
from nlp_rotation.errors import ModelError
from nlp_rotation.types import Probabilities

#: Switches sentiment off: every triple of the record is null.
OFF = "off"


class NoScorer:
    """Sentiment switched off."""

    name = OFF

    def score(self, texts: Sequence[str]) -> list[Probabilities]:
        """Never called: the annotator asks for the name first."""
        raise ModelError("sentiment is switched off")


def load_scorer(name: str | None) -> Scorer:
    """Return the scorer called ``name``; weights are read at the first sentence, not here.

    ``None`` or ``lexicon`` is the word list, ``off`` none at all; a folder with ``model.onnx`` runs on
    ONNX Runtime, any other folder or hub id through transformers. A bundled model goes by the name of
    its folder under ``models/``.
    """
    if name is None or name == "lexicon":
        return LexiconScorer()
    if name == OFF:
        return NoScorer()
    for folder in (Path(name), MODELS / name):
        if folder.is_dir():
            return OnnxScorer(folder) if list(folder.glob("**/*.onnx")) else TransformersScorer(str(folder))
    return TransformersScorer(name)
