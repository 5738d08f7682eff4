"""The page as one file with its data inside: styles and scripts in line, each allowed by its hash alone."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from nlp_rotation.present.charts.bundle import bundled

#: The page as it is served: ``index.html`` and what it links to.
HOME = Path(__file__).resolve().parent.parent / "page"

_VENDORED = "vendor/lightweight-charts/lightweight-charts.standalone.production.js"
#: Lines of ``index.html`` that a packed page has others for.
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:"
_STYLE = '<link rel="stylesheet" href="static/page.css">'
#: Tells a browser early which modules it will need; a packed page has them inside.
_PRELOADS = re.compile(r'<link rel="modulepreload" href="static/js/[\w-]+\.js">\n')
_SCRIPTS = (
    f'<script src="static/{_VENDORED}"></script>\n<script type="module" src="static/js/main.js"></script>'
)


def packed_page(data: str) -> str:
    """Return the page as one file that holds its data.

    :param data: JSON in which no ``<`` stands.
    """
    head, foot = _frame()
    return f'{head}<script type="application/json" id="chart-data">{data}</script>\n{foot}'


@cache
def script_hashes() -> tuple[str, ...]:
    """Return what a policy has to name so that the scripts of a packed page run."""
    return tuple(map(_hash, _scripts()))


@cache
def _scripts() -> tuple[str, ...]:
    return _text(_VENDORED), bundled(HOME / "js")


@cache
def _frame() -> tuple[str, str]:
    """Return what stands before the data and what stands after them."""
    style, scripts, hashes = _text("page.css"), _scripts(), " ".join(script_hashes())
    policy = f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; img-src data:"
    page = _replaced(_PRELOADS.sub("", _text("index.html")), _POLICY, policy)
    page = _replaced(page, _STYLE, f"<style>{style}</style>")
    head, scripts_line, foot = page.partition(_SCRIPTS)
    if not scripts_line:
        raise ValueError("index.html no longer holds the scripts as they are packed")
    return head, "\n".join(f"<script>{script}</script>" for script in scripts) + foot


def _replaced(page: str, old: str, new: str) -> str:
    if page.count(old) != 1:
        raise ValueError(f"index.html no longer holds {old!r} once")
    return page.replace(old, new)


def _text(name: str) -> str:
    return (HOME / name).read_text("utf-8")


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
