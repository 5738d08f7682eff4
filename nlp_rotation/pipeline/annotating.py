"""Articles become records, a chunk at a time; a chunk that fails is taken apart to find the culprit."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from nlp_rotation.errors import ModelError
from nlp_rotation.pipeline.document import machine_trouble
from nlp_rotation.types import Article, Record, Skipped

if TYPE_CHECKING:
    from nlp_rotation.annotate.annotator import Annotator

log = logging.getLogger(__name__)

#: Articles annotated and written together: enough to fill batches, few enough to lose little by a crash.
CHUNK = 32

Item = TypeVar("Item")


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield ``items`` in lists of :data:`CHUNK`."""
    pending = iter(items)
    while chunk := list(islice(pending, CHUNK)):
        yield chunk


def annotated(chunk: Sequence[Article | Skipped], annotator: Annotator) -> Iterator[Record | Skipped]:
    """Annotate the articles of a chunk together; where that fails, one by one, to find the culprit."""
    wanted = [item for item in chunk if isinstance(item, Article)]
    try:
        done: Iterator[Record | Skipped] = iter(list(annotator.annotate(wanted)))
    except ModelError:
        raise
    except OSError as error:
        raise machine_trouble(error) from error
    except Exception:
        log.debug("a chunk failed, trying its articles one by one", exc_info=True)
        done = (_annotated_alone(article, annotator) for article in wanted)
    for item in chunk:
        yield item if isinstance(item, Skipped) else next(done)


def language_note(article: Article) -> Iterator[Skipped]:
    """List a text that was kept and not extracted because nobody here reads its language."""
    from nlp_rotation.annotate.annotator import ENGLISH

    if article.lang not in (None, ENGLISH):
        yield Skipped(
            source_path=article.source_path or "",
            locator=article.id,
            stage="annotate",
            reason=f"language is {article.lang}: kept, not extracted",
        )


def _annotated_alone(article: Article, annotator: Annotator) -> Record | Skipped:
    try:
        return next(annotator.annotate([article]))
    except Exception as error:
        log.debug("annotation failed on %s", article.id, exc_info=True)
        return Skipped(
            source_path=article.source_path or "",
            locator=article.id,
            stage="annotate",
            reason=f"the annotators failed ({type(error).__name__}: {error})",
        )
