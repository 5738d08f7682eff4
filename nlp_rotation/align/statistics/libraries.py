"""The statistics libraries of the extra ``stats``, imported when a test needs them: they take seconds."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from nlp_rotation.errors import AlignError


def library(name: str) -> Any:
    """Return the module ``name`` of statsmodels, scipy or arch.

    :raises AlignError: where it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise AlignError(
            f"this test needs {name.partition('.')[0]}", hint="pip install 'nlp-rotation[stats]'"
        ) from None
