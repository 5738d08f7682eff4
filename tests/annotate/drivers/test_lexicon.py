"""The words of the taxonomy speak for the leaf that a reader would pick."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.words import stem, stems
from nlp_rotation.taxonomy import Leaf, Taxonomy, builtin_taxonomy

WORDS = lexicon(builtin_taxonomy())

LEAVES = [
    ("hopes that the Fed will cut interest rates", "monetary.rate_cut", "a cut by name"),
    ("fears of another rate hike", "monetary.rate_hike", "a hike by name"),
    ("rates staying higher for longer", "monetary.rate_hold", "held high"),
    ("remarks by Powell", "monetary.fed_speak", "a speaker of the bank"),
    ("the end of quantitative easing", "monetary.balance_sheet", "purchases"),
    ("a surprise move by the Bank of Japan", "monetary.foreign_central_bank", "another bank"),
    ("a strong GDP reading", "macro.growth", "output"),
    ("hot inflation", "macro.inflation", "prices of consumers"),
    ("a weak jobs report", "macro.labor", "jobs"),
    ("slower retail sales", "macro.consumer", "what households spend"),
    ("falling home sales", "macro.housing", "homes"),
    ("a drop in the ISM index", "macro.manufacturing", "factories"),
    ("recession fears", "macro.recession", "a recession by name"),
    ("rising Treasury yields", "macro.yields", "yields themselves"),
    ("stress in the credit markets", "macro.credit", "credit"),
    ("a stronger dollar", "macro.dollar", "the currency"),
    ("talks over a stimulus package", "fiscal.spending", "public money"),
    ("a larger defense budget", "fiscal.defense_budget", "arms"),
    ("a cut in the corporate tax", "fiscal.taxes", "taxes"),
    ("the fight over the debt ceiling", "fiscal.deficit", "the ceiling"),
    ("new tariffs on steel imports", "trade.tariffs", "tariffs"),
    ("progress in the trade talks", "trade.deal", "talks"),
    ("fresh export controls on chips", "trade.sanctions", "controls"),
    ("an antitrust case", "regulation.antitrust", "competition law"),
    ("the plan to cap drug prices", "regulation.health", "drug prices"),
    ("the outcome of the election", "politics.election", "an election"),
    ("the Brexit vote", "politics.uncertainty", "a vote like Brexit"),
    ("a missile attack", "geopolitics.conflict", "an attack"),
    ("word of a ceasefire", "geopolitics.easing", "a truce"),
    ("quarterly earnings that beat estimates", "company.results", "figures"),
    ("a weak outlook for the full-year", "company.guidance", "its own view"),
    ("a drop in iPhone demand", "company.operations", "demand"),
    ("a downgrade to underweight", "company.analyst", "a rating"),
    ("the FDA approval of its drug", "company.product", "an approval"),
    ("a takeover bid", "company.deal", "a bid"),
    ("a share buyback", "company.capital", "a buyback"),
    ("the CEO stepping down", "company.management", "the boss"),
    ("a lawsuit over patents", "company.legal", "a suit"),
    ("a report by a short seller", "company.short_report", "an attack"),
    ("plans for layoffs", "company.restructuring", "jobs cut by a firm"),
    ("crude falling below $70 a barrel", "commodities.oil", "crude"),
    ("higher natural gas prices", "commodities.gas_power", "gas"),
    ("a slump in copper prices", "commodities.metals", "metals"),
    ("a poor wheat harvest", "commodities.agriculture", "grain"),
    ("tax-loss selling", "flows.tax_selling", "tax"),
    ("portfolio rebalancing by pension funds", "flows.rebalancing", "portfolios"),
    ("its inclusion in the index", "flows.index_inclusion", "an entrant"),
    ("profit-taking", "flows.profit_taking", "profits"),
    ("bargain hunting", "flows.dip_buying", "bargains"),
    ("a short squeeze", "flows.short_covering", "shorts"),
    ("heavy ETF outflows", "flows.fund_flows", "funds"),
    ("quadruple witching", "flows.expiry", "expiry"),
    ("a crowd of retail traders on Reddit", "flows.retail", "the crowd"),
    ("stretched valuations", "valuation.stretched", "dear"),
    ("talk of an AI bubble", "valuation.bubble", "a bubble by name"),
    ("the narrowing of the growth premium", "valuation.premium_narrowing", "the gap closing"),
    ("record margin debt", "positioning.leverage", "borrowed money"),
    ("narrow breadth", "positioning.crowding", "breadth"),
    ("a flight to safe-haven assets", "positioning.sentiment", "fear"),
    ("a break below its 200-day moving average", "positioning.technical", "a chart"),
    ("demand for artificial intelligence", "theme.ai", "the trade by name"),
    ("a surge in Covid-19 cases", "theme.pandemic", "disease"),
    ("a hurricane in the Gulf", "theme.weather", "weather"),
    ("no clear reason", "none.no_explanation", "said to be unknown"),
]


@pytest.mark.parametrize(("cause", "leaf", "reason"), LEAVES)
def test_leaf_of_a_cause(cause, leaf, reason):
    points = WORDS.points(stems(cause))
    assert max(sorted(points), key=lambda name: points[name]) == leaf, reason


def test_three_dots_allow_three_words_between():
    taxonomy = Taxonomy(
        leaves=(Leaf("a.b", "x", (("cut ... rates", 3.0),)),), bbds=(("a", "A"),), version="1"
    )
    words = lexicon(taxonomy)
    assert words.points(stems("cut its key policy rates"))
    assert words.points(stems("cut rates"))
    assert not words.points(stems("cut what it thought were its rates"))


def test_a_phrase_counts_once_and_a_longer_one_more():
    taxonomy = Taxonomy(
        leaves=(Leaf("a.b", "x", (("tide", 3.0),)), Leaf("a.c", "x", (("high tide", 3.0),))),
        bbds=(("a", "A"),),
        version="2",
    )
    points = lexicon(taxonomy).points(stems("high tide after high tide"))
    assert points["a.b"] == 3.0
    assert points["a.c"] > points["a.b"]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("tariff", "tariffs", "plural"),
        ("cut", "cutting", "doubled letter"),
        ("ease", "easing", "silent e"),
        ("rally", "rallies", "y and ies"),
        ("Fed", "Fed's", "possessive"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other, reason):
    assert stem(one) == stem(other), reason
