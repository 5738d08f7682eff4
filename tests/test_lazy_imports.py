"""Heavy packages are loaded by the commands that need them and by nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = (
    "spacy", "pandas", "numpy", "transformers", "torch", "onnxruntime", "tokenizers", "trafilatura", "feedparser",
    "exchange_calendars", "duckdb", "pyarrow", "matplotlib", "httpx2", "jinja2", "ahocorasick", "bs4", "lxml",
)  # fmt: skip


def loaded_after(code: str) -> set[str]:
    script = f"import sys, json\n{code}\nprint(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import nlp_rotation",
        "import nlp_rotation; nlp_rotation.Settings",
        "import nlp_rotation.present.cli",
        "import nlp_rotation.pipeline",
        "import nlp_rotation.acquire.sources",
        "import nlp_rotation.store.opening",
    ],
)
def test_light_modules_load_nothing_heavy(code):
    assert loaded_after(code) == set()


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["extract", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments):
    code = (
        "from nlp_rotation.present.cli import app\n"
        "try:\n"
        f"    app({arguments!r})\n"
        "except SystemExit:\n"
        "    pass"
    )
    assert loaded_after(code) == set()


def test_extraction_needs_no_model_runtime():
    code = (
        "from nlp_rotation.annotate.annotator import Annotator\n"
        "from nlp_rotation.config import Settings\n"
        "from nlp_rotation.types import Article, Publication\n"
        "article = Article(id='a', source_path=None, text='Apple (AAPL) fell 2%.', published=Publication())\n"
        "list(Annotator(Settings(sentiment_model='off')).annotate([article]))"
    )
    # spaCy's own machine-learning library imports torch where it finds it, so torch is not in this list.
    assert loaded_after(code) & {"transformers", "onnxruntime", "tokenizers"} == set()


@pytest.mark.parametrize(
    "code",
    [
        "import datetime as dt\n"
        "from nlp_rotation.calendars.exchanges import codes\n"
        "from nlp_rotation.calendars.sessions import Sessions\n"
        "[Sessions(code).before(dt.date(2024, 7, 17)) for code in codes()]",
        "from nlp_rotation.align.sessions import exchange_of\n"
        "[exchange_of(symbol) for symbol in ('SPY', '7203.T', '0700.HK')]",
    ],
    ids=["windows", "prices"],
)
def test_sessions_come_from_tables(code):
    assert "exchange_calendars" not in loaded_after(code)
