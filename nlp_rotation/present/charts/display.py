"""A chart that draws itself: in a notebook by being looked at, into a file by :meth:`DisplayedChart.save`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nlp_rotation.present.charts.model import Chart
from nlp_rotation.present.charts.picture import picture
from nlp_rotation.present.charts.saving import save
from nlp_rotation.present.charts.standalone import notebook_frame


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayedChart(Chart):
    """A :class:`Chart` with the ways to look at it."""

    def _repr_html_(self) -> str:
        return notebook_frame(self)

    def _repr_png_(self) -> bytes:
        return picture(self, "png")

    def save(self, path: str | Path) -> None:
        """Write the chart to a file whose ending says how: ``.png``, ``.svg`` or ``.html``."""
        save(self, path)
