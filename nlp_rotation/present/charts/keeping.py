"""Charts that were drawn a moment ago: the next reader of the same store has them at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from nlp_rotation.present.charts.build import Ask, outline
from nlp_rotation.present.charts.model import Chart
from nlp_rotation.present.charts.payload import outline_of
from nlp_rotation.store.reading import SqlReader

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.store.protocol import Store

#: One of 100,000 drivers takes about 15 MB.
_MOST = 8


@dataclass(frozen=True, slots=True)
class Outline:
    """A chart without claims and words, and the same as the page reads it."""

    chart: Chart
    payload: Mapping[str, Any]
    #: Held so that no other prices can come to stand at the same place in memory.
    prices: Prices | None


class Kept:
    """The last few outlines, each good for as long as the state of its store lasts."""

    def __init__(self) -> None:
        self._drawing = threading.Lock()
        self._outlines: OrderedDict[tuple[str, str, int, Ask], Outline] = OrderedDict()

    def outline(self, ask: Ask, store: Store, prices: Prices | None) -> Outline:
        """Return the outline that :func:`nlp_rotation.present.charts.build.outline` gives."""
        key = (cast(SqlReader, store).where, store.state(), id(prices), ask)
        if kept := self._outlines.get(key):
            return kept
        # One at a time: drawing keeps the interpreter busy, so that two at once would both be late, and
        # whoever waits for the same chart gets it as soon as the first one does.
        with self._drawing:
            if key not in self._outlines:
                chart = outline(ask, store, prices)
                self._outlines[key] = Outline(chart, outline_of(chart), prices)
                while len(self._outlines) > _MOST:
                    self._outlines.popitem(last=False)
            return self._outlines[key]
