"""The error tree is drawn in its module, and every error is one line that says what, where, what to do."""

from __future__ import annotations

import pytest

from nlp_rotation import errors
from nlp_rotation.errors import RotationError


def tree(kind=RotationError):
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


@pytest.mark.parametrize("kind", list(tree()))
def test_every_error_is_drawn_and_documented(kind):
    assert kind.__name__ in errors.__doc__
    assert kind.__doc__
    assert kind.exit_code in (1, 2)


@pytest.mark.parametrize("kind", list(tree()))
def test_text_is_one_line_with_all_three_parts(kind):
    error = kind("the thing\nis broken", where="file.txt", hint="mend it")
    assert str(error) == "file.txt: the thing is broken; mend it"
    assert (error.what, error.where, error.hint) == ("the thing\nis broken", "file.txt", "mend it")


def test_place_and_hint_may_be_missing():
    assert str(RotationError("broken")) == "broken"
