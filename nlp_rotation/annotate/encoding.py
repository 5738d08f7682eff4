"""What every exported encoder needs on its way into and out of ONNX Runtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_rotation.errors import ModelError

if TYPE_CHECKING:
    import numpy as np

#: Token ids of the texts that share a pass.
Batch = list[list[int]]

#: Tokens in one pass of an encoder: past this the activations of a small network leave
#: a core's own cache, and it slows down.
ROOM = 512


def open_session(weights: Path, *, hint: str | None = None) -> Any:
    """Return a session of ONNX Runtime on one core: the operators of a small network are too short to share.

    :raises ModelError: where the file is no ONNX model.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a zoo of types of its own
        raise ModelError(f"not an ONNX model ({error})", where=str(weights), hint=hint) from error


def open_tokenizer(folder: Path, *, hint: str | None = None) -> Any:
    """Return the tokenizer of ``folder``, without padding and without a cut.

    :raises ModelError: where there is none.
    """
    import tokenizers

    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError("no readable tokenizer.json", where=str(folder), hint=hint) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def buckets(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the indexes of texts in batches of one length each, so that nothing is padded.

    A batch takes as many as there is room for, and one where even that is too long. Small batches
    cost little: 32 tokens alone take 1.3 times as long as among 512.

    >>> list(buckets([300, 20, 20, 600]))
    [[1, 2], [0], [3]]
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: (lengths[index], index)):
        length = lengths[index]
        if batch and (lengths[batch[-1]] != length or (len(batch) + 1) * length > ROOM):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def feeds(session: Any, batch: Batch) -> dict[str, np.ndarray]:
    """Return what ``session`` asks for about a ``batch`` of token ids, all texts of one length."""
    import numpy as np

    ids = np.array(batch, dtype=np.int64)
    known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    asked = (node.name for node in session.get_inputs())
    return {name: known[name] for name in asked if name in known}
