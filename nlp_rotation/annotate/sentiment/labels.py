"""Which output of a model means what: read from the model's own config, never assumed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nlp_rotation.errors import ModelError

_SIDES = ("positive", "neutral", "negative")


def label_order(folder: Path) -> tuple[int, int, int]:
    """Return the indexes of positive, neutral and negative in the outputs of the model in ``folder``.

    :raises ModelError: where ``config.json`` is missing or does not name the three classes.
    """
    return order_of(_config(folder).get("id2label") or {}, where=str(folder / "config.json"))


def answers_for_mentions(folder: Path) -> bool:
    """Tell whether the config promises a second output, ``token_logits``."""
    return "token_logits" in _config(folder).get("outputs", ())


def _config(folder: Path) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            "no readable config.json", where=str(folder), hint="a model folder needs config.json"
        ) from error
    return config


def order_of(id2label: dict[str | int, str], *, where: str) -> tuple[int, int, int]:
    """Return the indexes of positive, neutral and negative in ``id2label``.

    >>> order_of({0: "Neutral", 1: "Positive", 2: "Negative"}, where="config")
    (1, 0, 2)
    """
    found = {name.strip().lower(): int(index) for index, name in id2label.items()}
    if set(found) != set(_SIDES):
        raise ModelError(
            f"labels are {sorted(found)}, not positive, neutral and negative",
            where=where,
            hint="write the classes into id2label of config.json",
        )
    return found["positive"], found["neutral"], found["negative"]
