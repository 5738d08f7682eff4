"""The data of a chart, frozen: what every rendering draws and nothing that only one of them needs.

One time axis, ``Chart.sessions``, carries everything: values of lines stand in step with it, and drivers,
claims and markers point into it. Drivers are columns, since there may be a hundred thousand of them; the
words behind them are :class:`Quote` and are read for a few.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp_rotation.types import Effect, Relation, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: How a cause is put, in the order of the codes in :attr:`Drivers.relation`.
RELATIONS: tuple[Relation, ...] = ("explains", "predicts", "condition", "ended", "denied")


def side_name(side: str) -> str:
    """Return what people call a symbol or a typed subject.

    >>> side_name("group:small_caps"), side_name("IWM"), side_name("basket.faang")
    ('small caps', 'IWM', 'faang')
    """
    kind, mark, name = side.partition("." if side.startswith("basket.") else ":")
    return name.replace("_", " ") if mark and kind.islower() else side


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series over the sessions of the chart."""

    name: str
    #: ``relative``: percent by which the first side has outrun the second since the first session;
    #: ``change``: percent since the first session; ``price``: as quoted.
    unit: str
    #: One value a session; None where there is no bar.
    values: tuple[float | None, ...]
    #: What the numbers are, in one sentence.
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """Drivers as columns in step, sorted by session, then edition and place in the article."""

    #: Place in :attr:`Chart.sessions` of the session that the article tells of.
    session: NDArray[np.int32]
    #: Place in :attr:`Chart.categories`.
    category: NDArray[np.int32]
    #: Place in :data:`RELATIONS`.
    relation: NDArray[np.int32]
    hedged: NDArray[np.bool_]
    #: In [0, 1].
    confidence: NDArray[np.float64]
    #: Place in :attr:`Chart.sources`.
    source: NDArray[np.int32]
    #: 1 where the driver speaks for the first side against the second, -1 for the contrary, else 0.
    lean: NDArray[np.int32]
    #: Whether it has an effect on either side.
    about: NDArray[np.bool_]
    #: Together with ``n`` the key of its quote.
    edition: NDArray[np.int64]
    n: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.session)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words behind one driver, in their paragraph."""

    edition: int
    n: int
    category: str
    relation: str
    hedged: bool
    speaker: str | None
    firm: str | None
    effects: tuple[Effect, ...]
    confidence: float
    #: The paragraph that the quote begins in, and the half-open span of the quote inside it.
    paragraph: str
    start: int
    end: int
    title: str | None
    source: str | None
    #: None also where the address is none that a browser should follow.
    url: str | None
    #: ISO 8601: an instant, or a day where no more is known; None where nothing is.
    published: str | None

    @property
    def words(self) -> str:
        """The quote itself."""
        return self.paragraph[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A stated move or rotation about a side of the chart, held against the prices."""

    #: ``move`` or ``rotation``.
    kind: str
    #: The subject of a move; ``A → B`` of a rotation.
    subject: str
    #: Signed, in percent; None for a rotation.
    stated: float | None
    #: In percent; for a rotation, in percentage points between the sides.
    computed: float | None
    verdict: Verdict
    reason: str
    #: Place in :attr:`Chart.sessions` of the last session of the window; None where it lies outside.
    session: int | None
    words: str
    sentence: str
    title: str | None
    source: str | None
    url: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TailPoint:
    """Where a series stood on the rotation graph on one session."""

    session: dt.date
    strength: float
    momentum: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """The way of one series over the rotation graph, the latest point last."""

    symbol: str
    #: ``leading``, ``weakening``, ``lagging`` or ``improving``: where the last point lies.
    quadrant: str
    #: Whether it is a side of the chart's pair rather than its company.
    side: bool
    points: tuple[TailPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A pair, or one series, with what was said about it: see the module."""

    #: As asked: ``IWM/SPY``, a named pair, or one symbol.
    pair: str
    over: str
    #: Empty where the chart is of one series.
    under: str
    as_of: dt.datetime | None = None
    #: ISO days, ascending.
    sessions: tuple[str, ...] = ()
    #: The main line first; empty without prices.
    lines: tuple[Line, ...] = ()
    #: ``group.leaf``, sorted; every category that the drivers name.
    categories: tuple[str, ...] = ()
    #: Every outlet that the drivers name; an empty name for articles that name none.
    sources: tuple[str, ...] = ()
    drivers: Drivers
    #: Drivers left out because nothing tells the day of their article.
    undated: int = 0
    tails: tuple[Tail, ...] = ()
    claims: tuple[CheckedClaim, ...] = ()
    #: The words behind the most telling drivers.
    quotes: tuple[Quote, ...] = ()
    #: What a reader of the chart has to know: what is missing, and why.
    notes: tuple[str, ...] = ()
    #: Other pairs that the prices allow.
    choices: tuple[str, ...] = field(default=())

    @property
    def title(self) -> str:
        """The heading of the chart."""
        return f"{self.over_name} against {self.under_name}" if self.under else self.over_name

    @property
    def over_name(self) -> str:
        """What people call the first side."""
        return side_name(self.over)

    @property
    def under_name(self) -> str:
        """What people call the second side; empty where there is none."""
        return side_name(self.under)
