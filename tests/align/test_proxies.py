"""What answers for a subject."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.align.proxies import (
    Membership,
    basket_level,
    members_of,
    pair_of,
    pairs,
    proxies_of,
    quotes,
    series_of,
    subjects_near,
    why_none,
)
from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import AlignError

#: Every group and sector that a move or a rotation may be about.
SUBJECTS = [
    "group:small_caps",
    "group:large_caps",
    "group:mega_cap_tech",
    "group:growth",
    "group:value",
    "group:cyclicals",
    "group:defensives",
    "group:dividend",
    "group:meme",
    "group:mid_caps",
    "group:equal_weight",
    "group:world",
    "group:em",
    "group:other",
    "group:laggards",
    "group:bonds",
    "cash",
    "bonds",
    "sector:tech",
    "sector:semis",
    "sector:software",
    "sector:financials",
    "sector:banks",
    "sector:energy",
    "sector:health",
    "sector:biotech",
    "sector:industrials",
    "sector:defense",
    "sector:airlines",
    "sector:autos",
    "sector:materials",
    "sector:miners",
    "sector:utilities",
    "sector:staples",
    "sector:discretionary",
    "sector:retail",
    "sector:real_estate",
    "sector:homebuilders",
    "sector:communications",
    "sector:transport",
    "commodity:oil",
    "commodity:brent",
    "commodity:wti",
    "commodity:gas",
    "commodity:gold",
    "commodity:silver",
    "commodity:copper",
    "commodity:iron_ore",
    "fx:USD",
    "fx:EURUSD",
    "crypto:BTC",
    "country:US",
    "country:JP",
    "country:CN",
    "country:HK",
    "country:GB",
    "country:DE",
    "country:IN",
    "country:AU",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_proxies_or_a_reason(subject):
    assert bool(proxies_of(subject)) != bool(why_none(subject))


@pytest.mark.shared
def test_no_subject_of_the_guidelines_is_forgotten(shared):
    text = (shared / "gold" / "GUIDELINES.md").read_text("utf-8")
    named = set(re.findall(r"`((?:group|sector):[a-z_]+)`", text))
    assert named <= set(SUBJECTS)


def test_dated_proxies():
    (first, second, *_) = proxies_of("group:mega_cap_tech")
    assert first.serves(dt.date(2024, 1, 2), dt.date(2024, 1, 3))
    assert not first.serves(dt.date(2020, 1, 2), dt.date(2020, 1, 3))
    assert second.serves(dt.date(2020, 1, 2), dt.date(2020, 1, 3))
    terms = {
        proxy.symbol: proxy.term for name in ("^RUT", "sector:communications") for proxy in proxies_of(name)
    }
    assert terms["IWM"] == "from 2000-05-26 on"
    assert terms["IYZ"] == "from 2000-05-26 to 2018-09-21"
    assert second.term == "from 2017-01-01 to 2023-04-30"


@pytest.mark.shared
def test_no_fund_stands_in_before_its_first_bar(real):
    dated = {
        proxy.symbol: proxy
        for subject in SUBJECTS
        for proxy in proxies_of(subject)
        if proxy.since > dt.date.min
    }
    for symbol in set(dated) & set(real.symbols):
        assert dated[symbol].since <= real.of(symbol).index[0].date(), symbol


def test_own_prices_come_first(
    made,
):
    import pandas as pd

    days = exchange().between(dt.date(2024, 7, 8), dt.date(2024, 7, 9))
    prices = made(pd.DataFrame({"^RUT": [1.0, 2.0], "IWM": [3.0, 4.0]}, index=days))
    assert [quote.closeness for _, quote in quotes("^RUT", prices)] == ["own", "near"]
    assert series_of("group:small_caps", prices).tolist() == [1.0, 2.0]
    with pytest.raises(AlignError, match=r"sector:energy: no prices answer for it; wanted: XLE"):
        series_of("sector:energy", prices)


def test_basket_counts_members_on_their_days(made):
    import pandas as pd

    days = exchange().between(dt.date(2024, 7, 8), dt.date(2024, 7, 11))
    prices = made(pd.DataFrame({"AAA": [100.0, 110, 121, 121], "BBB": [100.0, 100, 200, 100]}, index=days))
    members = (
        Membership(symbol="AAA", since=dt.date(2024, 7, 1)),
        Membership(symbol="BBB", since=dt.date(2024, 7, 10), until=dt.date(2024, 7, 10)),
    )
    level = basket_level(prices, members)
    # +10 % of A alone; the mean of +10 % and +100 %; A alone again.
    assert level.tolist() == pytest.approx([100, 110, 110 * 1.55, 110 * 1.55])


def test_baskets_and_pairs_of_the_table():
    assert {member.symbol for member in members_of("faang")} == {"META", "AMZN", "AAPL", "NFLX", "GOOGL"}
    assert len(members_of("magnificent_7")) == 7
    assert {"small_large", "equal_cap", "value_growth", "cyclical_defensive"} <= set(pairs())
    assert pair_of("A/B") == ("A", "B")
    for ask in (members_of, pair_of):
        with pytest.raises(AlignError, match="no such"):
            ask("unheard_of")


def test_talk_of_a_group_is_talk_of_its_fund():
    assert {"group:small_caps", "^RUT", "IWM"} <= subjects_near("IWM")
    assert "group:small_caps" not in subjects_near("SPY")


@given(st.text(max_size=40))
def test_any_subject_has_an_answer(subject):
    assert proxies_of(subject) or why_none(subject)
