"""Firms that only speak, and firms that are spoken of: the same names in both parts."""

import pytest

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.speakers.sources import settle_sources
from nlp_rotation.annotate.speakers.statements import find_statements
from nlp_rotation.types import Mention, Reading

NAMES = {
    "GS": ("Goldman Sachs", "Goldman"),
    "JPM": ("JPMorgan Chase", "JPMorgan"),
    "C": ("Citigroup",),
    "ICE": ("New York Stock Exchange",),
    "TRI": ("Reuters",),
    "FDS": ("FactSet",),
    "CME": ("CME Group",),
    "SPGI": ("S&P Global",),
    "META": ("Facebook",),
    "VRTS": ("Virtus",),
    "TSLA": ("Tesla",),
    "EBS.VI": ("Erste Bank",),
}

# Each row: text, the symbol in question, why.
MERE_SOURCES = [
    ("Goldman Sachs strategist Ann Fox said rates weigh.", "GS", "a strategist's house"),
    ("Goldman Sachs stock strategist Ann Fox spoke.", "GS", "the word stock is of the role"),
    ("Rates weigh, said Ann Fox, chief economist at Goldman Sachs in London.", "GS", "a role at the house"),
    ("Rates weigh, said Ann Fox at Goldman Sachs.", "GS", "a name at the house"),
    ("JPMorgan's Ann Fox expects more.", "JPM", "the house's name"),
    ("JPMorgan Chase & Co.'s Ann Fox expects more.", "JPM", "with the rest of its style"),
    ("Analysts at Citigroup raised their targets.", "C", "analysts at"),
    ("Citigroup analysts raised their targets.", "C", "analysts of"),
    ("Rates weigh, according to Citigroup.", "C", "according to"),
    ("The stock was upgraded by JPMorgan.", "JPM", "an upgrade"),
    ("JPMorgan upgraded the stock to overweight.", "JPM", "an upgrade in the active"),
    ("Goldman Sachs cut its rating on the retailer.", "GS", "a rating cut"),
    ("Goldman Sachs wrote in a note that rates weigh.", "GS", "wrote in a note"),
    ("Goldman Sachs warned of a fall. Ann Fox of Goldman agreed.", "GS", "every mention is a source"),
    ("A Reuters poll showed a rise.", "TRI", "a poll"),
    ("The minister told Reuters that talks go on.", "TRI", "told the agency"),
    ("LONDON (Reuters) - Oil rose.", "TRI", "a dateline"),
    ("Economists polled by Reuters expected a rise.", "TRI", "polled by"),
    ("Profit beat estimates compiled by FactSet.", "FDS", "compiled by"),
    ("It missed the FactSet consensus.", "FDS", "a consensus"),
    ("The odds rose, according to CME Group's FedWatch tool.", "CME", "a tool"),
    ("Activity shrank, S&P Global data showed.", "SPGI", "data"),
    ("Decliners led on the New York Stock Exchange.", "ICE", "a place of trading"),
    ("The shares went for $5 on the New York Stock Exchange.", "ICE", "a place, though shares are named"),
    ("The chief wrote in a post on Facebook that he would stay.", "META", "a place of posting"),
    (
        "Rates weigh, said Joe Poe, market strategist at Virtus.",
        "VRTS",
        "a market role makes a source of any firm",
    ),
    ("The chart is new. Source: FactSet", "FDS", "a credit"),
    (
        "Rates stay, an Erste Bank economist said; Erste Bank would change its view.",
        "EBS.VI",
        "a bank by name",
    ),
    ("The miner rose on a Citigroup upgrade.", "C", "an upgrade as a noun"),
    ("Citigroup cut its rating. Citigroup said its sales would shrink.", "C", "the sales of whom it rates"),
    ("A third of investors in a poll JPMorgan published expect a cut.", "JPM", "a poll of its own"),
]
SPOKEN_OF = [
    ("Goldman Sachs shares fell 2%.", "GS", "shares behind"),
    ("Shares of Goldman Sachs fell 2%.", "GS", "shares before"),
    (
        "Goldman Sachs strategist Ann Fox spoke. Goldman Sachs (GS) fell 2%.",
        "GS",
        "one mention of business is enough",
    ),
    ("JPMorgan reported higher profit.", "JPM", "results"),
    ("JPMorgan said its profit rose.", "JPM", "its own news"),
    ("JPMorgan said quarterly revenue rose.", "JPM", "its own figures"),
    ("JPMorgan and Citigroup are due to report next week.", "C", "to report is no report"),
    ("Banks rose, led by Citigroup.", "C", "a member of a list"),
    ("Citigroup climbed after the test.", "C", "a verb of price"),
    ("The fund bought a stake in Goldman Sachs.", "GS", "a stake"),
    ("Tesla Chief Executive Joe Poe said sales would rise.", "TSLA", "a chief executive speaks of his firm"),
    ("Tesla said it will cut prices.", "TSLA", "a firm that does not speak by trade"),
    ("Facebook fell 4%.", "META", "a price"),
    ("FactSet shares jumped on its results.", "FDS", "a data house with shares"),
    ("Erste Bank rose 3%.", "EBS.VI", "a bank whose share moves"),
]


def _settled(text: str) -> tuple[Mention, ...]:
    reading = Reading(text=text, sentences=find_sentences(text), mentions=tuple(_named(text)))
    return settle_sources(
        Reading(
            text=text,
            sentences=reading.sentences,
            mentions=reading.mentions,
            statements=find_statements(reading),
        )
    )


def _named(text: str):
    end = 0
    while end < len(text):
        found = [
            (text.find(name, end), -len(name), name, symbol)
            for symbol, names in NAMES.items()
            for name in names
        ]
        found = sorted(row for row in found if row[0] >= 0)
        if not found:
            return
        start, _, name, symbol = found[0]
        end = start + len(name)
        yield Mention(
            start=start, end=end, text=name, symbol=symbol, kind="equity", rule="name", confidence=1.0
        )


@pytest.mark.parametrize(("text", "symbol", "why"), MERE_SOURCES, ids=[row[2] for row in MERE_SOURCES])
def test_sources_become_firms_without_symbol(text, symbol, why):
    settled = _settled(text)
    assert symbol not in {item.symbol for item in settled}, why
    assert any(item.kind == "firm" for item in settled), why


@pytest.mark.parametrize(("text", "symbol", "why"), SPOKEN_OF, ids=[row[2] for row in SPOKEN_OF])
def test_sources_keep_firms_with_shares_and_business(text, symbol, why):
    assert symbol in {item.symbol for item in _settled(text) if item.kind == "equity"}, why


def test_sources_mark_speakers_by_full_name_and_surname():
    text = '"Rates weigh," said Ann Fox, a strategist at Lune Capital. Fox was alone.'
    found = [(item.text, item.kind, item.rule) for item in _settled(text)]
    assert found == [
        ("Ann Fox", "person", "speaker"),
        ("Lune Capital", "firm", "speaker"),
        ("Fox", "person", "speaker"),
    ]


def test_sources_mark_no_crowd():
    assert _settled("Several analysts said rates weigh.") == ()


def test_sources_never_mark_a_name_twice():
    settled = _settled("Goldman Sachs wrote that rates weigh. Goldman Sachs strategist Ann Fox said so.")
    assert len({(item.start, item.end) for item in settled}) == len(settled)
    assert all(item.text == "Goldman Sachs" or item.kind == "person" for item in settled)
