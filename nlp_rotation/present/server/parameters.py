"""Parameters of a request: what there is, within which limits, and how it is read.

The same description checks a request and stands in the OpenAPI document, so that neither promises what
the other does not keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlp_rotation.errors import UsageError
from nlp_rotation.present.queries.reading import LONGEST_TEXT, MOST_SUBJECTS
from nlp_rotation.store.catalogue import Filter, filters

#: Text with something to see in it, and without the character that ends strings in C.
_WORDS = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
_DEEPEST = 4000

Given = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a query."""

    name: str
    about: str
    #: JSON schema of its value.
    schema: Mapping[str, Any] = field(default_factory=dict)
    required: bool = False
    many: bool = False
    #: Whether it is handed to the store as a filter.
    filters: bool = False


def of_filters(known: Iterable[Filter]) -> tuple[Parameter, ...]:
    """Return the parameters for the filters of a view."""
    return tuple(of_filter(item) for item in known)


def of_filter(known: Filter | str) -> Parameter:
    """Return the parameter for one filter."""
    item = filters()[known] if isinstance(known, str) else known
    schema = _schema(item)
    if item.many:
        schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_SUBJECTS}
    return Parameter(name=item.name, about=item.about, schema=schema, many=item.many, filters=True)


def _schema(known: Filter) -> dict[str, Any]:
    if known.name == "pair":
        return pair_schema()
    if known.choices:
        return {"type": "string", "enum": list(known.choices)}
    if known.kind == "day":
        return {"type": "string", "format": "date", "minLength": 10, "maxLength": 10}
    if known.kind == "instant":
        return {"type": "string", "format": "date-time", "maxLength": 40}
    if known.kind == "number":
        return {"type": "number", "minimum": known.least, "maximum": known.most}
    return words_schema()


def words_schema(longest: int = LONGEST_TEXT) -> dict[str, Any]:
    """Return the schema of a text that is not empty."""
    return {"type": "string", "minLength": 1, "maxLength": longest, "pattern": _WORDS}


def pair_schema() -> dict[str, Any]:
    """Return the schema of two sides; named pairs by their names."""
    return {"type": "string", "maxLength": LONGEST_TEXT, "pattern": r"^[^\s/\u0000]+/[^\s/\u0000]+$"}


def limit(most: int, usual: int) -> Parameter:
    """Return the parameter for the number of rows."""
    return Parameter(
        name="limit",
        about="Rows of one page at most.",
        schema={"type": "integer", "minimum": 1, "maximum": most, "default": usual},
    )


def cursor() -> Parameter:
    """Return the parameter for the place of a page."""
    return Parameter(
        name="cursor",
        about="Where the page begins: `next` of the page before.",
        schema={"type": "string", "minLength": 1, "maxLength": _DEEPEST, "pattern": "^[A-Za-z0-9_-]+$"},
    )


def read(known: Sequence[Parameter], query: Sequence[tuple[str, str]]) -> Given:
    """Return the values of a query by name, as text or, where the schema says so, as whole numbers.

    :raises UsageError: for a parameter that is not known, given twice, missing, or out of its limits.
    """
    many = {item.name for item in known if item.many}
    whole = {item.name for item in known if item.schema.get("type") == "integer"}
    given: Given = {}
    for name, value in query:
        if name in many:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise UsageError("it is given twice", where=name[:60], hint="give it once")
        else:
            given[name] = _whole(value) if name in whole else value
    return check(known, given)


def check(known: Sequence[Parameter], given: Mapping[str, Any]) -> Given:
    """Return values that are known and within their limits, with those that stand for what is not given.

    :raises UsageError: for a parameter that is not known, missing, or out of its limits.
    """
    allowed = {item.name: item for item in known}
    for name, value in given.items():
        if name not in allowed:
            raise UsageError("no such parameter", where=name[:60], hint=f"one of {', '.join(allowed)}")
        _check(allowed[name], value)
    for item in known:
        if item.required and item.name not in given:
            raise UsageError("it is missing", where=item.name, hint=item.about)
    return {item.name: item.schema["default"] for item in known if "default" in item.schema} | dict(given)


def _check(known: Parameter, value: Any) -> None:
    """Look at numbers, choices and lengths; what a text means is read with the filters."""
    schema = known.schema
    if schema.get("type") == "integer":
        least, most = schema["minimum"], schema["maximum"]
        if type(value) is not int or not least <= value <= most:
            hint = f"a whole number from {least} to {most}"
            raise UsageError(f"{str(value)[:40]!r} is no value", where=known.name, hint=hint)
    elif "enum" in schema and value not in schema["enum"]:
        hint = f"one of {', '.join(schema['enum'])}"
        raise UsageError(f"{str(value)[:40]!r} is no value", where=known.name, hint=hint)
    elif isinstance(value, str):
        least, most = schema.get("minLength", 0), schema.get("maxLength", LONGEST_TEXT)
        if not least <= len(value) <= most or "\0" in value:
            raise UsageError(f"it needs {least} to {most} characters, none of them NUL", where=known.name)


def _whole(value: str) -> int | str:
    """Return the number that is written there, or what is written where it is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else value
