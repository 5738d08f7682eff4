"""Our modules as one script, for a page that is opened from disk, where a browser loads no modules.

This is no general bundler. It holds because of three habits, which it checks: named imports alone, from
beside the module; ``export`` before a declaration; no name declared at the top of two modules.
"""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)", re.M)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.M)


def bundled(folder: Path) -> str:
    """Return every module of ``folder`` as one script, each after those that it imports.

    :raises ValueError: where a module does not keep the habits.
    """
    modules = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.js"))}
    order = TopologicalSorter({name: _IMPORT.findall(text) for name, text in modules.items()}).static_order()
    owners: dict[str, str] = {}
    for name, text in modules.items():
        for declared in _DECLARED.findall(text):
            if owners.setdefault(declared, name) != name:
                raise ValueError(f"{declared} is declared in {owners[declared]} and in {name}")
    return '"use strict";(() => {\n' + "\n".join(_plain(name, modules[name]) for name in order) + "})();\n"


def _plain(name: str, text: str) -> str:
    plain = _EXPORT.sub("", _IMPORT.sub("", text))
    if re.search(r"^(?:import|export)\b", plain, re.M) or "</" in plain:
        raise ValueError(f"{name} cannot be packed: it imports or exports in another way, or holds '</'")
    return plain
