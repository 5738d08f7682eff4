"""What a small encoder makes of a stretch of text: how much it looks like a cause, and of which leaf.

The network answers for each token; the answer for a stretch is a sum over its edges and a mean over its
inside, so one pass serves every candidate of a passage. It runs on ONNX Runtime from
``models/driver-encoder``; where that folder is missing, the linear weights judge alone.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_rotation.annotate.drivers.passages import Passage, passages
from nlp_rotation.annotate.encoding import buckets, feeds, open_session, open_tokenizer
from nlp_rotation.config import MODELS
from nlp_rotation.errors import ModelError
from nlp_rotation.types import Span

if TYPE_CHECKING:
    import numpy as np

FOLDER = MODELS / "driver-encoder"
_HINT = "fetch the models again, or remove the folder to do without the encoder"
_ANSWERS = "token_logits"
#: Where the answers of a token stand: for the token before a stretch, its first, its last and the one
#: after it; then the mean over the stretch, first that of being a cause, then one for each leaf.
BEFORE, FIRST, LAST, AFTER, INSIDE = range(5)


@dataclass(frozen=True, slots=True)
class Impression:
    """The answers for the tokens of one passage."""

    passage: Passage
    #: Tokens x answers.
    answers: np.ndarray
    #: Sums of the answers of the inside over the tokens before each.
    sums: np.ndarray

    def cause(self, tokens: range) -> float:
        """Return the log-odds that ``tokens`` are a cause."""
        answers, first, last = self.answers, tokens[0], tokens[-1]
        edges = answers[first - 1, BEFORE] + answers[first, FIRST] + answers[last, LAST]
        return float(edges + answers[last + 1, AFTER] + self._mean(tokens)[0])

    def leaves(self, tokens: range) -> np.ndarray:
        """Return the logit of every leaf for ``tokens``."""
        return self._mean(tokens)[1:]

    def _mean(self, tokens: range) -> np.ndarray:
        mean: np.ndarray = (self.sums[tokens[-1] + 1] - self.sums[tokens[0]]) / len(tokens)
        return mean


@dataclass(frozen=True, slots=True)
class Impressions:
    """The passages of a text that were read, in order of place."""

    leaf_names: Sequence[str] = ()
    read: Sequence[Impression] = ()
    starts: Sequence[int] = field(default=())

    def cause(self, span: Span) -> float:
        """Return the log-odds that ``span`` is a cause; :data:`UNREAD` where no passage holds it."""
        return next((seen.cause(tokens) for seen, tokens in self._at(span)), UNREAD)

    def leaves(self, span: Span) -> dict[str, float]:
        """Return the log-probability of each leaf for ``span``; empty where no passage holds it."""
        import numpy as np

        for seen, tokens in self._at(span):
            logits = seen.leaves(tokens)
            top = logits.max()
            shares = logits - top - np.log(np.exp(logits - top).sum())
            return dict(zip(self.leaf_names, map(float, shares), strict=True))
        return {}

    def _at(self, span: Span) -> Iterator[tuple[Impression, range]]:
        at = bisect_right(self.starts, span.start) - 1
        if at >= 0 and (tokens := self.read[at].passage.tokens(span.start, span.end)):
            yield self.read[at], tokens


#: What a stretch is taken for that the encoder has not read: as likely a cause as not.
UNREAD = 0.0


@dataclass(frozen=True, slots=True)
class JointWeights:
    """How the encoder's answers are weighed against the others."""

    #: Weights of the linear log-odds and of the encoder's, and what is added; the sum is the margin.
    linear: float
    encoder: float
    bias: float
    #: The probability that a candidate is a cause has the log-odds slope x margin + offset.
    slope: float
    offset: float
    #: Points of a leaf for each unit of log-probability.
    leaf_points: float


@dataclass(frozen=True)
class DriverEncoder:
    """The exported network with its tokenizer."""

    folder: Path
    leaves: Sequence[str]
    weights: JointWeights

    def read(self, text: str, title_end: int, sentences: Sequence[Span], wanted: Set[int]) -> Impressions:
        """Read the ``wanted`` sentences (by index) of ``text``."""
        found = list(passages(text, title_end, sentences, wanted, self._tokenize))
        seen = [impression for impression in self._run(found) if impression.passage.starts]
        return Impressions(self.leaves, seen, [item.passage.starts[0] for item in seen])

    def _tokenize(self, texts: list[str]) -> Any:
        return self._tokenizer.encode_batch(texts, add_special_tokens=False)

    def _run(self, found: Sequence[Passage]) -> list[Impression]:
        answers: dict[int, Impression] = {}
        for batch in buckets([len(passage.ids) for passage in found]):
            for index, answer in zip(batch, self._pass([found[i].ids for i in batch]), strict=True):
                answers[index] = _impression(found[index], answer)
        return [answers[index] for index in range(len(found))]

    def _pass(self, batch: list[list[int]]) -> np.ndarray:
        answers: np.ndarray
        (answers,) = self._session.run([_ANSWERS], feeds(self._session, batch))
        return answers

    @cached_property
    def _session(self) -> Any:
        return open_session(self.folder / "model.onnx", hint=_HINT)

    @cached_property
    def _tokenizer(self) -> Any:
        return open_tokenizer(self.folder, hint=_HINT)


def _impression(passage: Passage, answers: np.ndarray) -> Impression:
    import numpy as np

    sums = np.zeros((len(answers) + 1, answers.shape[1] - INSIDE), dtype=np.float64)
    np.cumsum(answers[:, INSIDE:], axis=0, out=sums[1:], dtype=np.float64)
    return Impression(passage, answers, sums)


def read_encoder(folder: Path) -> DriverEncoder:
    """Read what stands beside the network in ``folder``; the network itself is read at the first text.

    :raises ModelError: where the file is missing or not what it claims to be.
    """
    try:
        tree: Mapping[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
        weights = JointWeights(**{name: float(value) for name, value in tree["judge"].items()})
        return DriverEncoder(folder, tuple(tree["leaves"]), weights)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"cannot read the encoder: {error}", where=str(folder), hint=_HINT) from error


@cache
def builtin_encoder() -> DriverEncoder | None:
    """Return the bundled encoder; None where the folder is not there."""
    return read_encoder(FOLDER) if FOLDER.is_dir() else None
