"""Numbers of price files."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from nlp_rotation.align.dialects.cells import read_numbers
from nlp_rotation.errors import PriceError


@pytest.mark.parametrize(
    ("cell", "value", "why"),
    [
        ("5,686.67", 5686.67, "thousands comma"),
        ("$438.73", 438.73, "currency sign"),
        ("1,234,567", 1234567.0, "two commas"),
        ("5.686,67", 5686.67, "decimal comma with thousands dots"),
        ("12,5", 12.5, "decimal comma"),
        ("1.2M", 1.2e6, "scale of a volume"),
        ("843.5K", 843.5e3, "scale of a volume"),
        (" 3901.06", 3901.06, "space"),
        ("1e-05", 1e-05, "exponent"),
        ("N/A", math.nan, "absent"),
        ("-", math.nan, "absent"),
        ("", math.nan, "absent"),
        ("null", math.nan, "absent"),
    ],
)
def test_reads(cell, value, why):
    found = read_numbers(pd.Series([cell], name="close", dtype="object"), where="f").iloc[0]
    assert found == value or (math.isnan(found) and math.isnan(value)), why


def test_refuses_a_word():
    with pytest.raises(PriceError, match=r"f: close holds 'split', which is no number"):
        read_numbers(pd.Series(["1.0", "split"], name="close", dtype="object"), where="f")
