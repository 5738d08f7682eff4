"""A model with two outputs: logits of the sentence, and of each token in the light of its sentence.

The answer for a mention is the softmax of the mean of its tokens' logits, so that one pass of the
encoder answers for the sentence and for everything that it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nlp_rotation.annotate.encoding import buckets
from nlp_rotation.annotate.sentiment.batches import (
    as_probabilities,
    mean_of_windows,
    softmax,
    windows,
)
from nlp_rotation.annotate.sentiment.onnx import MAX_TOKENS, OnnxScorer
from nlp_rotation.annotate.sentiment.scorer import Place, Scored
from nlp_rotation.types import Probabilities

if TYPE_CHECKING:
    import numpy as np


class OnnxMentionScorer(OnnxScorer):
    """Runs an exported model that answers for sentences and for mentions."""

    def score_mentions(self, texts: Sequence[str], places: Sequence[Sequence[Place]]) -> list[Scored]:
        """Return one answer for each text, with one for each of its places."""
        import numpy as np

        if not texts:
            return []
        encodings = self.tokenizer.encode_batch(list(texts))
        pieces = [windows(encoding.ids, MAX_TOKENS) for encoding in encodings]
        sentences, tokens = self._run_all([window for text in pieces for window in text])
        wholes = mean_of_windows(pieces, sentences, self.order)
        scored, at = [], 0
        for encoding, text, whole, asked in zip(encodings, pieces, wholes, places, strict=True):
            # The special tokens at both ends cover no text and have no row.
            starts = np.array([start for start, _ in encoding.offsets[1:-1]])
            logits = np.concatenate(tokens[at : at + len(text)])
            at += len(text)
            mentions = tuple(self._mention(starts, logits, place, whole) for place in asked)
            scored.append(Scored(whole, mentions))
        return scored

    def _run_all(self, flat: list[list[int]]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the logits of all windows, and for each window those of its own tokens."""
        import numpy as np

        sentences = np.zeros((len(flat), 3))
        tokens: list[np.ndarray] = [np.zeros((0, 3))] * len(flat)
        batches = list(buckets([len(window) for window in flat]))
        answers = self.run([[flat[index] for index in batch] for batch in batches])
        for batch, (sentence_logits, token_logits) in zip(batches, answers, strict=True):
            sentences[batch] = sentence_logits
            for row, index in enumerate(batch):
                tokens[index] = token_logits[row, 1 : len(flat[index]) - 1]
        return sentences, tokens

    def _mention(
        self, starts: np.ndarray, logits: np.ndarray, place: Place, whole: Probabilities
    ) -> Probabilities:
        import numpy as np

        # Tokens stand in order and do not overlap: those of a mention are one stretch.
        first = max(int(np.searchsorted(starts, place[0], "right")) - 1, 0)
        last = int(np.searchsorted(starts, place[1], "left"))
        if first >= last:
            return whole
        row: np.ndarray = softmax(logits[first:last].mean(axis=0, keepdims=True))[0]
        return as_probabilities(row[list(self.order)])
