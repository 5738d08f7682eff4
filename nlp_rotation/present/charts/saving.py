"""A chart as a file: the ending of its name says which kind."""

from __future__ import annotations

from pathlib import Path

from nlp_rotation.errors import RotationError, UsageError
from nlp_rotation.present.charts.model import Chart
from nlp_rotation.present.charts.picture import picture
from nlp_rotation.present.charts.standalone import page

ENDINGS = (".png", ".svg", ".html")


def check_picture_ending(path: Path) -> None:
    """Refuse a name that stands for no kind of file, before the work begins.

    :raises UsageError: for any other ending.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError("no such kind of picture", where=str(path), hint=f"end it in {', '.join(ENDINGS)}")


def save(chart: Chart, path: str | Path) -> None:
    """Write ``chart`` to ``path``.

    :raises UsageError: for an ending that stands for no kind, or where the extra for pictures is missing.
    """
    path = Path(path)
    check_picture_ending(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_drawn(chart, path.suffix.lower()))
    except OSError as error:
        raise RotationError(f"cannot write the chart ({error.strerror})", where=str(path)) from error


def _drawn(chart: Chart, ending: str) -> bytes:
    if ending == ".html":
        return page(chart).encode()
    return picture(chart, "svg" if ending == ".svg" else "png")
