"""The walk-through of docs/ runs from top to bottom, offline, and what it shows came out of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).resolve().parents[3] / "docs" / "july_2024.ipynb"


@pytest.mark.filterwarnings("ignore")  # of the kernel's own libraries
def test_the_walk_through_runs():
    nbformat = pytest.importorskip("nbformat", reason="no notebooks: pip install '.[test]'")
    nbclient = pytest.importorskip("nbclient", reason="no notebooks: pip install '.[test]'")
    pytest.importorskip("ipykernel", reason="no kernel: pip install '.[test]'")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    shown = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    assert any("image/png" in output.get("data", {}) for outputs in shown for output in outputs)
    nbclient.NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    ).execute()
    verdicts = next(cell for cell in notebook.cells if "value_counts" in cell.source and cell.outputs)
    told = verdicts.outputs[0].data["text/plain"]
    confirmed = next(int(line.split()[-1]) for line in told.splitlines() if line.startswith("confirmed"))
    assert confirmed >= 45, "the articles were written with the figures of these days"


def test_it_holds_no_path_of_the_machine_that_ran_it():
    text = NOTEBOOK.read_text("utf-8")
    assert "/tmp/" not in text
    assert str(NOTEBOOK.parents[1]) not in text
