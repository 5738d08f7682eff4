"""The chart that goes into the report of a run: of what the articles of that run speak of most."""

from __future__ import annotations

from dataclasses import dataclass

from nlp_rotation.align.overview import priced_pairs
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import series_of
from nlp_rotation.errors import AlignError
from nlp_rotation.present.charts.build import chart
from nlp_rotation.present.charts.packing import script_hashes
from nlp_rotation.present.charts.standalone import page
from nlp_rotation.present.digest import Digest


@dataclass(frozen=True, slots=True)
class Framed:
    """A chart as a page that another page holds in a frame."""

    title: str
    page: str
    #: What the outer page has to allow, since a frame inside it inherits its policy.
    scripts: tuple[str, ...]


def framed_chart(digest: Digest, store: str, prices: Prices) -> Framed | None:
    """Return the chart of a run over the days of its articles; None where no pair has prices."""
    pair = pair_of_run(digest, prices)
    if pair is None:
        return None
    shown = chart(pair, store=store, prices=prices, since=digest.first_day, until=digest.last_day)
    return Framed(title=shown.title, page=page(shown), scripts=script_hashes())


def pair_of_run(digest: Digest, prices: Prices) -> str | None:
    """Return the most stated rotation whose sides have prices, else the first named pair that has."""
    stated = (
        f"{to}/{from_}"
        for (from_, to), _ in digest.rotation_pairs.most_common()
        if from_ and to and _are_priced(from_, to, prices)
    )
    return next(stated, None) or next(iter(priced_pairs(prices)), None)


def _are_priced(from_: str, to: str, prices: Prices) -> bool:
    try:
        one, other = series_of(from_, prices), series_of(to, prices)
    except AlignError:
        return False
    return not one.rename(None).equals(other.rename(None))
