"""Which exchange a subject follows."""

from __future__ import annotations

import pytest

from nlp_rotation.calendars.exchanges import calendar_of, codes
from nlp_rotation.calendars.timetable import FOLDER, file_of


@pytest.mark.parametrize(
    ("subject", "code", "why"),
    [
        ("NVDA", "XNYS", "no suffix: New York"),
        ("BRK.B", "XNYS", "the class of a share is no exchange"),
        ("0700.HK", "XHKG", "a suffix"),
        ("SAP.DE", "XETR", "a suffix"),
        ("^FTSE", "XLON", "an index that is listed"),
        ("^J203.JO", "XJSE", "an index with a suffix"),
        ("^RUT", "XNYS", "an index that is not"),
        ("INDEX:FTSE 250", "XLON", "how it begins"),
        ("INDEX:FTSE China A50", "XSHG", "listed: not by how it begins"),
        ("INDEX:Russell 1000", "XNYS", "how it begins"),
        ("country:JP", "XTKS", "the market of a country"),
        ("country:US", "XNYS", "the market at home"),
        ("commodity:oil", "XNYS", "a price that New York's papers give by its days"),
        ("fx:USD", "24/5", "currencies have weekends and no holidays"),
        ("EURUSD=X", "24/5", "the same under a vendor's symbol"),
        ("crypto:BTC", "24/7", "coins never rest"),
        ("BTC-USD", "24/7", "the same under a vendor's symbol"),
        ("BF-USDX", "XNYS", "an ending must stand at the end"),
        ("INDEX:A.DE", "XNYS", "the dot of a name is no suffix"),
    ],
)
def test_calendar_of(subject, code, why):
    assert calendar_of(subject) == code, why


def test_every_exchange_has_a_table_and_no_table_is_idle():
    assert {file_of(code) for code in codes()} == set(FOLDER.glob("*.toml"))
