"""The bond between a percentage and the names that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from nlp_rotation.types import Mention


class Bond(IntEnum):
    """How firmly a percentage is bound to its subject, firmest last."""

    NONE = 0
    CARRIED = 1
    OUT_OF_THE_WAY = 2
    PROXY = 3
    CLAUSE = 4
    BESIDE = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """The names that a percentage is about, and how they were found."""

    bond: Bond
    mentions: tuple[Mention, ...] = ()
    #: Index of the item that names it; -1 where the sentence does not.
    at: int = -1


NOTHING = Subject(Bond.NONE)


@dataclass(frozen=True, slots=True)
class Relative:
    """A move that is told against another: who, which way, and against what."""

    sign: int
    #: Index of the verb that compares.
    at: int
    subject: Subject
    benchmark: Mention
