"""The architecture is its import graph: downwards only, stages blind to each other, no cycles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = "nlp_rotation"
HOME = Path(__file__).resolve().parent.parent / PACKAGE

#: From the bottom up. What stands on one line knows only the lines before it.
FLOORS = [
    {"types", "errors", "hashing", "version"},
    {"addresses", "calendars", "config", "records", "taxonomy", "timeline"},
    {"acquire", "parse", "annotate", "store", "align", "evaluate"},
    {"pipeline"},
    {"present", "train", "refresh"},
    {"__main__"},
]
HEIGHT = {name: height for height, floor in enumerate(FLOORS) for name in floor}
#: Modules of one floor that are a layer of readings of our own data and may use each other.
SOCIABLE = FLOORS[0] | FLOORS[1]
DATA = {"tables", "models", "py.typed", "__pycache__", "__init__"}


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(HOME.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in HOME.rglob("*.py")
    }


MODULES = modules()


def imported_by(name: str) -> Iterator[str]:
    """Yield the modules of ours that ``name`` imports anywhere, also inside functions and for types only."""
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            assert node.module
            targets = [
                full if (full := f"{node.module}.{alias.name}") in MODULES else node.module
                for alias in node.names
            ]
        else:
            continue
        yield from (target for target in targets if target.split(".")[0] == PACKAGE)


def part(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def test_every_part_has_a_floor():
    parts = {path.stem for path in HOME.iterdir()} - {Path(name).stem for name in DATA}
    assert parts <= set(HEIGHT), f"no floor for {sorted(parts - set(HEIGHT))}"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_down(module):
    if module == PACKAGE:
        return
    for target in imported_by(module):
        assert target != PACKAGE, f"{module} imports the package root"
        here, there = part(module), part(target)
        if here == there or ({here, there} <= SOCIABLE and HEIGHT[here] >= HEIGHT[there]):
            continue
        assert HEIGHT[here] > HEIGHT[there], f"{module} may not import {target}"


def test_no_cycles():
    graph = {name: set(imported_by(name)) - {name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_files_stay_small():
    """A file of more than 300 lines is two files; only the dictionary of types is meant to stay one."""
    counted = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: n for name, n in counted.items() if n > 300 and name != f"{PACKAGE}.types"} == {}
