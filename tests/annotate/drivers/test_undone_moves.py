"""Verbs that undo the move which their noun tells of turn the direction of an effect."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.drivers import find_drivers
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Reading


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        pytest.param(
            "Stocks pared earlier gains after inflation data beat forecasts.", "down", id="gains pared"
        ),
        pytest.param("Stocks trimmed losses after inflation data eased.", "up", id="losses trimmed"),
        pytest.param(
            "Stocks gave up an early rally after the Fed raised rates.", "down", id="a rally given up"
        ),
        pytest.param("Stocks extended gains after inflation data eased.", "up", id="nothing undone"),
        pytest.param("Stocks capped the week with gains after inflation data eased.", "up", id="no object"),
        pytest.param(
            "Stocks reduced by one trader rose after inflation data eased.", "up", id="a verb, no noun"
        ),
    ],
)
def test_what_is_undone_goes_the_other_way(text, direction):
    found = find_drivers(Reading(text=text, sentences=find_sentences(text)))
    assert {effect.direction for driver in found for effect in driver.effects} == {direction}
