"""One document becomes an article or the reason why it does not: the same here and in a worker."""

from __future__ import annotations

import logging

from nlp_rotation.errors import RotationError
from nlp_rotation.types import Article, RawDocument, Skipped

log = logging.getLogger(__name__)


def parse_here(document: RawDocument) -> Article | Skipped:
    """Parse in this process; what goes wrong with the document is a value.

    :raises RotationError: where it is the machine that fails, which the next document would not escape.
    """
    from nlp_rotation.parse.article import parse

    try:
        return parse(document)
    except RotationError as error:
        return lost(document, error.what)
    except OSError as error:
        raise machine_trouble(error) from error
    except Exception as error:  # a parser's own bug must not end the batch
        log.debug("parser failed on %s", document.source_path, exc_info=True)
        return lost(document, f"the parser failed ({type(error).__name__}: {error})")


def lost(document: RawDocument, reason: str) -> Skipped:
    """Return the note of a document that gave no article."""
    return Skipped(source_path=document.source_path, locator=document.locator, stage="parse", reason=reason)


def machine_trouble(error: OSError) -> RotationError:
    """Return what to say of a full disk and its like: no document is to blame, and none must be given up."""
    hint = "what was written before is intact: make room and run again"
    return RotationError(f"the machine fails ({error.strerror or error})", hint=hint)
