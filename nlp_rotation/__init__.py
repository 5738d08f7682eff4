"""News-driven signals for rotations in equity markets.

The public names are loaded on first use, so that importing the package costs nothing.
Nothing inside the package imports this module.
"""

from importlib import import_module
from typing import Any

from nlp_rotation.version import VERSION as __version__

_HOMES = {
    "chart": "nlp_rotation.present.charts.build",
    "extract": "nlp_rotation.pipeline",
    "run": "nlp_rotation.pipeline",
    "watch": "nlp_rotation.pipeline",
    "open_store": "nlp_rotation.present.queries.opening",
    "Settings": "nlp_rotation.config",
    "Record": "nlp_rotation.types",
    "RotationError": "nlp_rotation.errors",
}

__all__ = [
    "Record",
    "RotationError",
    "Settings",
    "__version__",
    "chart",
    "extract",
    "open_store",
    "run",
    "watch",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'nlp_rotation' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
