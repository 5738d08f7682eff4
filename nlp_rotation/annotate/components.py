"""The annotators as spaCy components that fit into any English pipeline.

``nlp.add_pipe("rotation_tickers")`` works wherever the package is installed. Each component reads
``doc._.rotation_reading`` (made from the plain text where nobody has set it), adds its own field and
passes the document on; a component whose forerunners are missing runs them first.

========================  ==========================================================================
``doc._.`` field          holds
========================  ==========================================================================
rotation_reading          the :class:`nlp_rotation.types.Reading` itself; set it beforehand to give
                          a title length or a publication date
rotation_sentences        tuple of Sentence
rotation_mentions         tuple of Mention: tickers, names, indices, groups, persons, firms
rotation_statements       tuple of Statement: who says which stretch
rotation_moves            tuple of Move, with windows once ``rotation_windows`` has run
rotation_drivers          tuple of Driver
rotation_rotations        tuple of Rotation
========================  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from nlp_rotation.annotate.drivers.drivers import find_drivers
from nlp_rotation.annotate.moves.moves import find_moves
from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.annotate.rotations.rotations import find_rotations
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.speakers.sources import settle_sources
from nlp_rotation.annotate.speakers.statements import find_statements
from nlp_rotation.annotate.windows.windows import resolve_windows
from nlp_rotation.taxonomy import Taxonomy, load_taxonomy
from nlp_rotation.types import Reading

Step = Callable[[Reading], Reading]


def _sentences(reading: Reading) -> Reading:
    return replace(reading, sentences=find_sentences(reading.text))


def _tickers(reading: Reading) -> Reading:
    return replace(reading, mentions=find_mentions(reading))


def _speakers(reading: Reading) -> Reading:
    spoken = replace(reading, statements=find_statements(reading))
    return replace(spoken, mentions=settle_sources(spoken))


def _moves(reading: Reading) -> Reading:
    return replace(reading, moves=find_moves(reading))


def _windows(reading: Reading) -> Reading:
    return replace(reading, moves=resolve_windows(reading))


def _drivers(reading: Reading) -> Reading:
    return replace(reading, drivers=find_drivers(reading))


def _drivers_of(taxonomy: Taxonomy) -> Step:
    """Return the step that finds the causes of a user's own taxonomy."""

    def step(reading: Reading) -> Reading:
        return replace(reading, drivers=find_drivers(reading, taxonomy=taxonomy))

    return step


def _rotations(reading: Reading) -> Reading:
    return replace(reading, rotations=find_rotations(reading))


#: The components in the order in which they run; each needs all those before it.
STEPS: dict[str, Step] = {
    "rotation_sentences": _sentences,
    "rotation_tickers": _tickers,
    "rotation_speakers": _speakers,
    "rotation_moves": _moves,
    "rotation_windows": _windows,
    "rotation_drivers": _drivers,
    "rotation_rotations": _rotations,
}

FIELDS = ("sentences", "mentions", "statements", "moves", "drivers", "rotations")


def start_reading(doc: Doc, reading: Reading) -> None:
    """Give ``doc`` the reading to begin with: its text, title length and publication date."""
    doc._.rotation_reading = reading
    doc.user_data["rotation_steps"] = ()


class Annotator:
    """A spaCy component that brings the reading of a document up to one step."""

    def __init__(self, name: str, own_steps: Mapping[str, Step] | None = None) -> None:
        names = list(STEPS)
        self.upto = names[: names.index(name) + 1]
        self.steps = STEPS | dict(own_steps or {})

    def __call__(self, doc: Doc) -> Doc:
        """Run the steps that have not run yet, up to this component's own."""
        if doc._.rotation_reading is None:
            start_reading(doc, Reading(text=doc.text))
        done = doc.user_data.get("rotation_steps", ())
        for name in self.upto:
            if name not in done:
                doc._.rotation_reading = self.steps[name](doc._.rotation_reading)
                done = (*done, name)
        doc.user_data["rotation_steps"] = done
        return doc


def _declare_fields() -> None:
    if not Doc.has_extension("rotation_reading"):
        Doc.set_extension("rotation_reading", default=None)
    for field in FIELDS:
        if not Doc.has_extension(f"rotation_{field}"):
            Doc.set_extension(f"rotation_{field}", getter=_field_reader(field))


def _field_reader(field: str) -> Callable[[Doc], object]:
    def read(doc: Doc) -> object:
        reading = doc._.rotation_reading
        return getattr(reading, field) if reading else ()

    return read


_declare_fields()


@Language.factory("rotation_sentences")
def make_sentences(nlp: Language, name: str) -> Annotator:
    """Sentences, headlines and list items."""
    return Annotator("rotation_sentences")


@Language.factory("rotation_tickers")
def make_tickers(nlp: Language, name: str) -> Annotator:
    """Tickers, company names, indices, funds, groups, sectors and countries."""
    return Annotator("rotation_tickers")


@Language.factory("rotation_speakers")
def make_speakers(nlp: Language, name: str) -> Annotator:
    """Speakers and their firms; firms that only speak are told from those spoken of."""
    return Annotator("rotation_speakers")


@Language.factory("rotation_moves")
def make_moves(nlp: Language, name: str) -> Annotator:
    """Percentage moves bound to their subject, sign and status."""
    return Annotator("rotation_moves")


@Language.factory("rotation_windows")
def make_windows(nlp: Language, name: str) -> Annotator:
    """The sessions that each move covers."""
    return Annotator("rotation_windows")


@Language.factory("rotation_drivers", default_config={"taxonomy": None})
def make_drivers(nlp: Language, name: str, taxonomy: str | None) -> Annotator:
    """Stated causes with category, effects, relation, hedge; ``taxonomy`` names a file of your own."""
    if taxonomy is None:
        return Annotator("rotation_drivers")
    own = _drivers_of(load_taxonomy(Path(taxonomy)))
    return Annotator("rotation_drivers", {"rotation_drivers": own})


@Language.factory("rotation_rotations")
def make_rotations(nlp: Language, name: str) -> Annotator:
    """Rotations from one group to another."""
    return Annotator("rotation_rotations")
