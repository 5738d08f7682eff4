"""Charts that were drawn a moment ago: the next reader of the same store has them at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from nlp_rotation.present.charts.build import Ask, outline
from nlp_rotation.present.charts.model import Chart

if TYPE_CHECKING:
    from nlp_rotation.align.prices import Prices
    from nlp_rotation.store.protocol import Store

#: A chart of 100,000 drivers takes about 5 MB.
_MOST = 8


class Kept:
    """The last few outlines, each good for as long as the state of its store lasts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._charts: OrderedDict[tuple[str, int, Ask], Chart] = OrderedDict()

    def outline(self, ask: Ask, store: Store, prices: Prices | None) -> Chart:
        """Return the outline that :func:`nlp_rotation.present.charts.build.outline` gives."""
        key = (store.state(), id(prices), ask)
        with self._lock:
            if key in self._charts:
                self._charts.move_to_end(key)
                return self._charts[key]
        # Two readers at once may both draw it; that costs less than keeping one of them waiting.
        drawn = outline(ask, store, prices)
        with self._lock:
            self._charts[key] = drawn
            while len(self._charts) > _MOST:
                self._charts.popitem(last=False)
        return drawn
