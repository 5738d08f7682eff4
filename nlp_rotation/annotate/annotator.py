"""Articles in, records out: the spaCy pipeline, the sentiment scorer and the versions of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from nlp_rotation.annotate.selection import confident
from nlp_rotation.annotate.sentiment.loading import OFF, load_scorer
from nlp_rotation.annotate.sentiment.memory import Memory
from nlp_rotation.annotate.sentiment.mood import moods
from nlp_rotation.annotate.sentiment.questions import ask
from nlp_rotation.config import TABLES, Settings
from nlp_rotation.hashing import fingerprint
from nlp_rotation.taxonomy import builtin_taxonomy, load_taxonomy
from nlp_rotation.types import Article, Reading, Record
from nlp_rotation.version import VERSION

if TYPE_CHECKING:
    from spacy.language import Language

#: Articles whose sentences share batches of the sentiment model: enough for batches of like length, few
#: enough that the model is at work on some while the next are read.
CHUNK = 16

#: Articles that are read at a time.
READERS = 2

#: The only language that the annotators read.
ENGLISH = "en"


class Annotator:
    """Annotates articles under one choice of settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.scorer = load_scorer(settings.sentiment_model)
        self.taxonomy = load_taxonomy(settings.taxonomy) if settings.taxonomy else builtin_taxonomy()
        self._ask = Memory(settings.sentiment_cache).ask if settings.sentiment_cache else ask

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """All that a record depends on besides its input."""
        return {
            "program": VERSION,
            "taxonomy": self.taxonomy.version,
            "tables": _tables_version(),
            "sentiment": self.scorer.name,
            "min_confidence": f"{self.settings.min_confidence:g}",
        }

    @cached_property
    def _nlp(self) -> Language:
        import spacy

        from nlp_rotation.annotate import components

        nlp = spacy.blank("en")
        # A page may hold a book; the limit guards a parser that is not used here.
        nlp.max_length = 1 << 40
        for name in components.STEPS:
            nlp.add_pipe(name)
        if self.settings.taxonomy:
            nlp.replace_pipe(
                "rotation_drivers", "rotation_drivers", config={"taxonomy": str(self.settings.taxonomy)}
            )
        return nlp

    def annotate(self, articles: Iterable[Article]) -> Iterator[Record]:
        """Yield one record for each article, in order; articles that are not English stay bare."""
        # The model computes outside the interpreter: while it scores a chunk, the next one is read here.
        # The annotators wait for a model of their own, too: two articles at a time keep the interpreter busy.
        with (
            ThreadPoolExecutor(1, thread_name_prefix="moods") as beside,
            ThreadPoolExecutor(READERS, thread_name_prefix="reader") as readers,
        ):
            scoring: Future[list[Record]] | None = None
            for chunk in _chunks(articles):
                readings = list(readers.map(self.read, chunk))
                before, scoring = scoring, beside.submit(self._records, chunk, readings)
                if before:
                    yield from before.result()
            if scoring:
                yield from scoring.result()

    def _records(self, articles: Sequence[Article], readings: Sequence[Reading]) -> list[Record]:
        if self.scorer.name == OFF:
            return [self._record(*pair) for pair in zip(articles, readings, strict=True)]
        scored = moods(readings, self.scorer, self._ask)
        return [
            replace(
                self._record(article, reading),
                sentences=mood.sentences,
                mentions=mood.mentions,
                sentiment=mood.article,
            )
            for article, reading, mood in zip(articles, readings, scored, strict=True)
        ]

    def _record(self, article: Article, reading: Reading) -> Record:
        return Record(
            article=article,
            sentences=reading.sentences,
            mentions=reading.mentions,
            moves=reading.moves,
            drivers=reading.drivers,
            rotations=reading.rotations,
            versions=self.versions,
        )

    def read(self, article: Article) -> Reading:
        """Run the annotators over one article."""
        from spacy.tokens import Doc

        from nlp_rotation.annotate.components import start_reading

        reading = Reading(text=article.text, title_end=len(article.title or ""), published=article.published)
        if article.lang not in (None, ENGLISH):
            return reading
        # The annotators read the plain text: cut into tokens, it would cost a tenth more, and every new
        # word would stay in spaCy's vocabulary for good.
        doc = Doc(self._nlp.vocab)
        start_reading(doc, reading)
        for _, component in self._nlp.pipeline:
            doc = component(doc)
        return confident(doc._.rotation_reading, at_least=self.settings.min_confidence)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    pending = iter(articles)
    while chunk := list(islice(pending, CHUNK)):
        yield chunk


def _tables_version() -> str:
    """Fingerprint of every table that the annotators look words up in."""
    contents = [path.name.encode() + path.read_bytes() for path in sorted(TABLES.glob("*.*"))]
    return fingerprint(b"\0".join(contents))
