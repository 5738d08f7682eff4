"""Everything that can go wrong, as one tree.

    RotationError
    ├── UsageError        the caller asked for something impossible (bad option, missing path)
    │   └── CursorError   a cursor points to no page
    ├── NotThereError     what is asked for by name is not in the store
    ├── ConfigError       a settings or taxonomy file is not as it should be
    ├── AcquireError      a source could not be read
    │   └── UnavailableError    a host does not answer now, or asks for patience: later it may
    ├── ParseError        a document was read but holds no article
    ├── AnnotateError     an article could not be annotated
    │   └── ModelError    a model's files are missing, broken or not what they claim to be
    ├── StoreError        the store refused
    │   └── ForeignStoreError    the file exists and is not a store of ours
    └── AlignError        prices or calendars do not allow the computation
        └── PriceError    a price file is not readable as prices

Every error says *what* is wrong, *where*, and *what to do*; its text is one line. In a batch the
composer turns the error of one document into a :class:`nlp_rotation.types.Skipped` and goes on.
"""

from __future__ import annotations


class RotationError(Exception):
    """Root of the tree; catch this to catch everything that the project raises on purpose."""

    #: Exit status of the command line when this error ends a command.
    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        if self.hint:
            line = f"{line}; {self.hint}"
        return " ".join(line.split())


class UsageError(RotationError):
    """The caller asked for something impossible."""

    exit_code = 2


class CursorError(UsageError):
    """A cursor points to no page."""


class NotThereError(RotationError):
    """What is asked for by name is not in the store."""


class ConfigError(RotationError):
    """A settings or taxonomy file is not as it should be."""

    exit_code = 2


class AcquireError(RotationError):
    """A source could not be read."""


class UnavailableError(AcquireError):
    """A host does not answer now, or asks for patience; nothing is wrong with the address."""

    #: Seconds that the host asks to be left alone for; None where it does not say.
    wait: float | None = None


class ParseError(RotationError):
    """A document was read but holds no article."""


class AnnotateError(RotationError):
    """An article could not be annotated."""


class ModelError(AnnotateError):
    """A model's files are missing, broken or not what they claim to be."""


class StoreError(RotationError):
    """The store refused: locked, full, or broken."""


class ForeignStoreError(StoreError):
    """The file exists and is not a store of ours."""


class AlignError(RotationError):
    """Prices or calendars do not allow the computation."""


class PriceError(AlignError):
    """A price file is not readable as prices."""
