"""From the name that a user gives to a scorer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nlp_rotation.annotate.sentiment.hub import HubScorer
from nlp_rotation.annotate.sentiment.labels import answers_for_mentions
from nlp_rotation.annotate.sentiment.onnx import OnnxScorer
from nlp_rotation.annotate.sentiment.onnx_mentions import OnnxMentionScorer
from nlp_rotation.annotate.sentiment.scorer import Scorer
from nlp_rotation.config import MODELS
from nlp_rotation.errors import ModelError
from nlp_rotation.types import Probabilities

#: The project's own model, which travels inside the package.
DEFAULT = "finbert-mini"

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

    ``None`` is the project's own model, ``off`` none at all; a folder with ONNX weights runs on
    ONNX Runtime, any other folder or hub id through transformers. A bundled model goes by the name of
    its folder under ``models/``.
    """
    if name == OFF:
        return NoScorer()
    name = name or DEFAULT
    for folder in (Path(name), MODELS / name):
        if folder.is_dir():
            return _from_folder(folder)
    return HubScorer(name)


def _from_folder(folder: Path) -> Scorer:
    if not list(folder.glob("**/*.onnx")):
        return HubScorer(str(folder))
    return OnnxMentionScorer(folder) if answers_for_mentions(folder) else OnnxScorer(folder)
