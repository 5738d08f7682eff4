"""Groups, sectors, commodities, currencies, coins and markets; and words that point back."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.types import Reading

SUBJECTS = [
    ("Small caps rallied.", "group:small_caps", "a plural noun"),
    ("Small-cap stocks rallied.", "group:small_caps", "an attribute"),
    ("Mega-cap tech fell.", "group:mega_cap_tech", "size and trade"),
    ("The FAANG stocks fell.", "group:mega_cap_tech", "an acronym"),
    ("The Magnificent Seven fell.", "group:mega_cap_tech", "a nickname"),
    ("Robinhood favorites fell.", "group:meme", "retail favourites, not the broker"),
    ("Growth stocks lagged value stocks.", "group:growth", "style"),
    ("Defensive sectors rose.", "group:defensives", "style"),
    ("Cyclicals rose.", "group:cyclicals", "style"),
    ("Emerging market stocks rose.", "group:em", "a region without a country"),
    ("Global stocks rose.", "group:world", "the world"),
    ("Treasuries rallied.", "group:bonds", "bonds"),
    ("Chip stocks fell.", "sector:semis", "a trade in front of shares"),
    ("Energy shares rose.", "sector:energy", "a trade in front of shares"),
    ("The S&P energy index rose.", "sector:energy", "a sector index with no name of its own"),
    ("The S&P 500 growth index rose.", "group:growth", "a style index with no name of its own"),
    ("Banks rose.", "sector:banks", "a plural noun"),
    ("Homebuilders slid.", "sector:homebuilders", "a plural noun"),
    ("Airlines slid.", "sector:airlines", "a plural noun"),
    ("Health care led.", "sector:health", "two words"),
    ("Gold miners rose.", "sector:miners", "the trade, not the metal"),
    ("Crude oil rose.", "commodity:oil", "oil with no grade"),
    ("U.S. crude rose.", "commodity:wti", "American oil"),
    ("West Texas Intermediate crude rose.", "commodity:wti", "American oil by name"),
    ("Brent futures rose.", "commodity:brent", "North Sea oil"),
    ("Spot gold rose.", "commodity:gold", "the metal"),
    ("Iron ore fell.", "commodity:iron_ore", "two words"),
    ("The dollar index rose.", "fx:USD", "the dollar against many"),
    ("The Bloomberg Dollar Spot Index rose.", "fx:USD", "a dollar index with a name"),
    ("The dollar rose 0.2% against the yen.", "fx:USDJPY", "a pair"),
    ("The euro rose.", "fx:EURUSD", "a currency named first"),
    ("The Japanese yen fell.", "fx:JPYUSD", "a currency named first"),
    ("Sterling fell.", "fx:GBPUSD", "the currency, not a bank"),
    ("Bitcoin fell.", "crypto:BTC", "a coin"),
    ("Ether fell.", "crypto:ETH", "a coin"),
    ("Wall Street rose.", "country:US", "the market as a whole"),
    ("European shares fell.", "country:EU", "a region's market"),
    ("Stocks in Asia fell.", "country:ASIA", "a region behind a preposition"),
    ("Japanese stocks rose.", "country:JP", "a country's market"),
]


@pytest.mark.parametrize(
    ("text", "subject"),
    [pytest.param(text, subject, id=f"{reason}-{subject}") for text, subject, reason in SUBJECTS],
)
def test_market_words(text: str, subject: str) -> None:
    assert subject in {mention.symbol for mention in find_mentions(Reading(text=text))}


NO_SUBJECT = [
    ("Central banks met.", "sector:banks", "not the sector"),
    ("The Bank of England met.", "sector:banks", "an institution"),
    ("Euro zone inflation rose.", "fx:EURUSD", "an area"),
    ("Retail sales rose.", "sector:retail", "a statistic"),
    ("He won a gold medal.", "commodity:gold", "a medal"),
]


@pytest.mark.parametrize(("text", "subject", "reason"), NO_SUBJECT)
def test_words_that_only_look_like_a_subject(text: str, subject: str, reason: str) -> None:
    assert subject not in {mention.symbol for mention in find_mentions(Reading(text=text))}, reason


POINTING = [
    (
        "Netflix reported. The company raised prices.",
        "The company",
        "NFLX",
        "the subject of the sentence before",
    ),
    ("Nvidia slid. The chipmaker fell 3%.", "The chipmaker", "NVDA", "a trade"),
    ("Tesla rallied as the stock rose 5%.", "the stock", "TSLA", "within the sentence"),
    ("The S&P 500 fell. The index lost 1%.", "The index", "^GSPC", "an index"),
    (
        "The FTSE 100 fell, with the blue-chip index down 1%.",
        "the blue-chip index",
        "^FTSE",
        "the nearest that fits",
    ),
    (
        "The Dow rose and the S&P 500 fell; the blue-chip index set a record.",
        "the blue-chip index",
        "^DJI",
        "fits",
    ),
]


@pytest.mark.parametrize(("text", "words", "symbol", "reason"), POINTING)
def test_words_that_point_back(text: str, words: str, symbol: str, reason: str) -> None:
    found = [m for m in find_mentions(Reading(text=text)) if m.rule == "coreference"]
    assert [(m.text, m.symbol) for m in found] == [(words, symbol)], reason


def test_a_firm_that_only_speaks_is_not_the_stock() -> None:
    text = "Tesla slid. UBS analysts cut their target on the stock."
    assert [m.symbol for m in find_mentions(Reading(text=text)) if m.rule == "coreference"] == ["TSLA"]
