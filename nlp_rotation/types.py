"""Every value that one stage hands to the next, each field explained where it is declared.

All types are frozen. Offsets are half-open and count characters of the article's own ``text``;
``text[item.start:item.end] == item.text`` holds for every extracted item. A *subject* is what a
move or an effect is about: a symbol (``NVDA``, ``^RUT``, ``0700.HK``) or a typed name
(``group:small_caps``, ``sector:banks``, ``commodity:oil``, ``fx:USD``, ``crypto:BTC``, ``country:JP``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Content = Literal["full", "summary", "stub"]
Precision = Literal["second", "minute", "day", "unknown"]
Basis = Literal["header", "meta", "feed", "url", "text", "unknown"]
Kind = Literal[
    "equity", "index", "etf", "group", "sector", "commodity", "fx", "crypto", "country", "person", "firm"
]
MoveStatus = Literal["reported", "forecast", "conditional"]
RotationStatus = Literal["reported", "forecast", "conditional", "denied"]
Relation = Literal["explains", "predicts", "condition", "ended", "denied"]
Direction = Literal["up", "down", "unclear"]
Media = Literal["text", "html"]
ItemKind = Literal["article", "live blog", "video page", "paywall stub", "index page"]


# --- acquire -> parse -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the source itself says of a document, unchecked; empty where it says nothing."""

    id: str | None = None
    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    #: The time stamp as written, letter by letter.
    published: str | None = None
    #: Where ``published`` was read.
    basis: Basis = "unknown"
    #: The time stamp of the last change as written, where the source tells it apart.
    updated: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One document as it came from its source."""

    #: Path, URL or ``-`` as the user gave it; for a line or an entry, that of its container.
    source_path: str
    #: Where exactly inside the source (``line 17``, an entry's id); empty for the whole of it.
    locator: str = ""
    media: Media
    body: str
    given: Given = field(default_factory=Given)
    content: Content = "full"
    #: When a remote source was fetched; never set for a local file.
    fetched_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """An input that gave no record, and why. Nothing is dropped without one of these."""

    source_path: str
    locator: str = ""
    stage: Literal["acquire", "parse", "annotate", "store"]
    reason: str
    #: False for what was never meant to be read (annotation beside a text), True for a loss.
    loss: bool = True


# --- acquire <-> store: what is kept between two readings of a source ------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source that is read again and again: how it went the last time, and when it is due."""

    #: Path or address, as the user or a list of feeds names it.
    source: str
    attempted_at: dt.datetime | None = None
    #: When it was last read to its end, be it to learn that nothing is new.
    succeeded_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    #: Items of the last attempt: articles written, articles that the store held, inputs lost.
    new: int = 0
    known: int = 0
    failed: int = 0
    #: Articles written in all attempts together.
    written: int = 0
    #: Attempts in a row that failed; 0 after a success.
    failures: int = 0
    #: Why the last attempt failed, or the first of its items; empty where all went well.
    reason: str = ""
    #: What the server said of the version that was read to its end (RFC 9110, validators).
    etag: str | None = None
    last_modified: str | None = None
    #: Where the source has moved for good.
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenEntry:
    """An entry of a source that has been dealt with, or whose page is still owed."""

    entry: str
    #: Identity of what the entry said: title, address, stamp, text.
    digest: str
    #: How often its page could not be had; 0 once the entry is done with.
    tries: int = 0


# --- parse -> annotate ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When an article was published, as far as it can be known, and how it is known."""

    #: Time-zone-aware instant; None where only the day, or nothing, is known.
    at: dt.datetime | None = None
    #: The day in the zone that the stamp was written in; None where it cannot be known.
    date: dt.date | None = None
    precision: Precision = "unknown"
    basis: Basis = "unknown"
    #: The string that was read.
    raw: str | None = None
    #: The publication lies in the closed interval [not_before, not_after]; None where unbounded.
    not_before: dt.date | None = None
    not_after: dt.date | None = None
    #: One sentence: how the date was found, or why there is none.
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A cleaned article: what the annotators read."""

    id: str
    source_path: str | None
    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    lang: str | None = None
    published: Publication
    #: Title where one is given, an empty line, the body: without the furniture of the page.
    text: str
    content: Content = "full"
    #: What the page calls its publisher; ``source`` may be the name of the feed that led there.
    publisher: str | None = None
    #: The address freed of what does not tell pages apart (:func:`nlp_rotation.addresses.canonical`).
    canonical_url: str | None = None
    item_kind: ItemKind = "article"
    #: When the text was last changed, where that was later than its publication.
    updated: Publication | None = None


# --- annotate -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Probabilities:
    """Three probabilities that sum to 1, as an investor in the thing would read the text."""

    positive: float
    neutral: float
    negative: float

    @property
    def score(self) -> float:
        """Positive minus negative, in [-1, 1]."""
        return self.positive - self.negative


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Span):
    """One sentence, headline or list item."""

    sentiment: Probabilities | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Span):
    """A place where the text names something: tradable, a group, a person or a firm that speaks."""

    text: str
    #: Today's symbol or the typed name (``group:growth``); None for persons and unlisted firms.
    symbol: str | None
    kind: Kind
    #: Which rule found it (``cashtag``, ``parenthesis``, ``name``, ``index``, ``coreference``, ...).
    rule: str
    confidence: float
    sentiment: Probabilities | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Span):
    """A stretch of text that somebody says: words in the mouth of a speaker or a firm."""

    speaker: str | None
    firm: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that a move covers: from the close of ``start`` to the close of ``end``."""

    #: The words that fix the window; None where the window was carried over without any.
    text: str | None
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Span):
    """A change of price in percent, bound to its subject."""

    text: str
    subject: str
    subject_start: int
    subject_end: int
    #: Signed, in percent.
    pct: float
    range: tuple[float, float] | None = None
    approx: bool = False
    intraday: bool = False
    relative_to: str | None = None
    status: MoveStatus = "reported"
    window: Window | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a driver moves, and which way."""

    on: str
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver(Span):
    """A cause that the text gives for a move or a rotation."""

    text: str
    #: ``group.leaf`` of the taxonomy.
    category: str
    effects: tuple[Effect, ...] = ()
    relation: Relation = "explains"
    hedged: bool = False
    #: 1-based order of weight in the article.
    rank: int = 1
    speaker: str | None = None
    firm: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation(Span):
    """A statement that money or leadership moves from one group to another."""

    text: str
    from_: str | None
    to: str | None
    status: RotationStatus = "reported"
    hedged: bool = False
    window: Window | None = None
    #: Indexes into the record's drivers and moves.
    drivers: tuple[int, ...] = ()
    moves: tuple[int, ...] = ()
    speaker: str | None = None
    firm: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article while it is being annotated: every annotator reads it and adds one field.

    Annotators are pure functions ``Reading -> tuple[...]``; the composer of the stage puts the
    result in with :func:`dataclasses.replace`, in the order of the fields.
    """

    text: str
    #: Length of the title at the head of ``text``; 0 where none is given.
    title_end: int = 0
    published: Publication = field(default_factory=Publication)
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    moves: tuple[Move, ...] = ()
    drivers: tuple[Driver, ...] = ()
    rotations: tuple[Rotation, ...] = ()


# --- annotate -> store, present -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSentiment:
    """Sentiment of a whole article, with the model that gave it."""

    positive: float
    neutral: float
    negative: float
    score: float
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An article with all that was extracted from it: one line of ``extract --format jsonl``."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    moves: tuple[Move, ...] = ()
    drivers: tuple[Driver, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    sentiment: ArticleSentiment | None = None
    #: Versions of the program, the taxonomy, the tables and every model: what the record depends on.
    versions: Mapping[str, str] = field(default_factory=dict)


# --- align -> present -----------------------------------------------------------------------------

Verdict = Literal["confirmed", "direction only", "contradicted", "cannot tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One stated move held against the prices."""

    article_id: str
    #: Index into the record's moves.
    move: int
    subject: str
    #: What the text states, signed, in percent.
    stated: float
    #: What the prices say over the same window, in percent; None where they cannot tell.
    computed: float | None
    #: How far apart the two may be, in percentage points, by the wording and the rounding.
    tolerance: float
    verdict: Verdict
    #: One sentence: why the verdict is what it is.
    reason: str
    #: The window near the stated one that would confirm it; None where none does or none is needed.
    nearest: Window | None = None
    #: The sessions that were compared; None where it did not come to that.
    window: Window | None = None
    #: The symbol or basket whose prices were used; None where none were.
    priced_by: str | None = None
