"""The cue grammar offers the cause: on the right side of the cue, cut at the clause, split where joined."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.places import places
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.taxonomy import builtin_taxonomy
from nlp_rotation.types import Reading, Sentence

WORDS = lexicon(builtin_taxonomy())


def read(text):
    return Reading(text=text, sentences=(Sentence(start=0, end=len(text)),))


def offers(text):
    return {
        (c.family, text[c.start : c.end])
        for place in places(read(text), Scan.of(text, WORDS))
        for c in find_candidates(place)
    }


AFTER = [
    (
        "Maple Corp fell 4% after its revenue missed forecasts",
        "after.following",
        "its revenue missed forecasts",
        "after",
    ),
    (
        "Shares slid following a profit warning",
        "after.following",
        "a profit warning",
        "following as a preposition",
    ),
    ("Stocks rose as bond yields eased", "after.as", "bond yields eased", "as with a clause"),
    ("The index slipped amid fears of a trade war", "after.amid", "fears of a trade war", "amid"),
    ("Gold climbed due to a weaker dollar", "after.because", "a weaker dollar", "due to"),
    (
        "Gold climbed because the dollar weakened",
        "after.because",
        "the dollar weakened",
        "because with a clause",
    ),
    ("Banks rallied on the back of higher rates", "after.because", "higher rates", "four words of cue"),
    ("Miners jumped thanks to firmer copper prices", "after.because", "firmer copper prices", "thanks to"),
    ("Airlines sank in the wake of a fuel spike", "after.because", "a fuel spike", "in the wake of"),
    ("Retailers gained on hopes of a rate cut", "after.on", "hopes of a rate cut", "on with a noun of mood"),
    ("Chip names, lifted by strong orders, led", "after.by", "strong orders", "a participle with by"),
    ("The fund was weighed down by soaring yields", "after.by", "soaring yields", "a phrasal verb with by"),
    ("Utilities fell, hurt by rising rates", "after.by", "rising rates", "hurt by"),
    (
        "Stocks idled while traders awaited the jobs report",
        "after.regard",
        "the jobs report",
        "what investors wait for",
    ),
    (
        "Investors shrugged off weak factory data",
        "after.despite",
        "weak factory data",
        "an effect that failed",
    ),
    ("Oil rose despite a jump in inventories", "after.despite", "a jump in inventories", "despite"),
    ("Stocks would drop if talks collapse", "after.if", "talks collapse", "a condition"),
    ("Shares fell ahead of the central bank meeting", "after.ahead", "the central bank meeting", "ahead of"),
    ("Lenders got a boost from rising yields", "after.source", "rising yields", "a noun of push with from"),
    ("Stocks fell on concerns about slowing demand", "after.source", "slowing demand", "a noun of worry"),
    (
        "After the bank cut its outlook, its stock sank",
        "after.following",
        "the bank cut its outlook",
        "the cue opens",
    ),
    ("Given the high valuations, growth names slid", "after.amid", "the high valuations", "a fronted noun"),
    (
        "Stocks fell on worries about tariffs, while oil rose",
        "after.on",
        "worries about tariffs",
        "cut at while",
    ),
    (
        "Stocks fell after weak data, sending yields lower",
        "after.following",
        "weak data",
        "cut at a participle",
    ),
    ("Stocks fell after weak data even as oil rose", "after.following", "weak data", "cut at even as"),
    ("Stocks fell as yields rose; oil gained", "after.as", "yields rose", "cut at a semicolon"),
    ("Stocks fell as yields rose -- a fifth day", "after.as", "yields rose", "cut at a dash"),
    ('"Stocks fell as yields rose," she said', "after.as", "yields rose", "cut at the end of a quotation"),
]


@pytest.mark.parametrize(("text", "family", "cause", "reason"), AFTER)
def test_cause_after_its_cue(text, family, cause, reason):
    assert (family, cause) in offers(text), reason


BEFORE = [
    ("Weak guidance sent the shares lower", "before.push", "Weak guidance", "sent with an adverb of price"),
    ("A strong dollar weighed on exporters' stocks", "before.push", "A strong dollar", "weighed on"),
    ("Hopes of a truce boosted stocks", "before.push", "Hopes of a truce", "boosted"),
    ("Merger talk lifted the shares", "before.push", "Merger talk", "lifted"),
    ("Solid payrolls helped the market", "before.push", "Solid payrolls", "helped"),
    ("Rising costs have hurt the stock", "before.push", "Rising costs", "an auxiliary is no cause"),
    ("Tariff threats also dragged on shares", "before.push", "Tariff threats", "an adverb is no cause"),
    ("Bargain hunting limited the losses", "before.push", "Bargain hunting", "a verb that turns the loss"),
    ("But a late rebound in oil pushed stocks up", "before.push", "a late rebound in oil", "but is no cause"),
    (
        "The dollar slipped, lifting gold shares",
        "before.passing",
        "The dollar slipped",
        "a participle after a clause",
    ),
    ("Its profit halved, sending the stock down 9%", "before.passing", "Its profit halved", "sending"),
]


@pytest.mark.parametrize(("text", "family", "cause", "reason"), BEFORE)
def test_cause_before_its_verb(text, family, cause, reason):
    assert (family, cause) in offers(text), reason


@pytest.mark.parametrize(
    ("text", "cause", "reason"),
    [
        ("The Fed-fueled gains did not last", "Fed-fueled", "an agent before its participle"),
        ("A post-earnings slump hit the stock", "post-earnings", "a time that is a cause"),
        ("An AI-led rally faded", "AI-led", "led"),
    ],
)
def test_cause_inside_a_compound(text, cause, reason):
    assert ("compound", cause) in offers(text), reason


@pytest.mark.parametrize(
    ("text", "parts", "reason"),
    [
        (
            "Stocks rose on strong earnings and hopes of a trade deal",
            {"strong earnings", "hopes of a trade deal"},
            "two leaves",
        ),
        (
            "Stocks fell on tariffs, higher bond yields and weak payrolls",
            {"tariffs", "higher bond yields", "weak payrolls"},
            "a list of three",
        ),
        (
            "Gold rose on a weaker dollar as well as war in the region",
            {"a weaker dollar", "war in the region"},
            "as well as",
        ),
    ],
)
def test_joined_causes_are_offered_one_by_one(text, parts, reason):
    assert parts <= {cause for _, cause in offers(text)}, reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Shares fell on Tuesday", "a day is no cause"),
        ("Shares fell after the bell", "an hour is no cause"),
        ("Shares lost as much as 5%", "an extent is no cause"),
        ("Shares fell on Wall Street", "a place is no cause"),
        ("Shares rose as expected", "an aside is no cause"),
    ],
)
def test_uses_of_a_cue_that_give_no_cause(text, reason):
    assert not {offer for offer in offers(text) if offer[0] in ("after.on", "after.following", "after.as")}, (
        reason
    )


def test_a_verb_that_moves_no_market_offers_nothing():
    assert not {
        o for o in offers("The teacher helped her pupils with their homework") if o[0].startswith("before")
    }


def test_a_sentence_far_from_any_price_offers_nothing():
    assert not offers("The school closed because of a storm")
