"""Constructions that tell of a rotation, one row each: text, sides, status; and look-alikes that tell of none."""

import pytest

from nlp_rotation.annotate.rotations.rotations import find_rotations
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Reading, Rotation

TECH, MEGA, SMALL, VALUE, GROWTH = (
    "sector:tech",
    "group:mega_cap_tech",
    "group:small_caps",
    "group:value",
    "group:growth",
)
BANKS, ENERGY, BONDS, GOLD, CASH, US = (
    "sector:banks",
    "sector:energy",
    "bonds",
    "commodity:gold",
    "cash",
    "country:US",
)
CYC, DEF, LAG, OTHER, EM = "group:cyclicals", "group:defensives", "group:laggards", "group:other", "group:em"
UTIL, STAPLES, HEALTH, INDUSTRIALS = (
    "sector:utilities",
    "sector:staples",
    "sector:health",
    "sector:industrials",
)

# Each row: text, the rotations as (from, to), the status of all of them, and why the row stands here.
ROTATIONS = [
    # the verb "rotate" and its noun
    (
        "Investors rotated out of growth and into value.",
        [(GROWTH, VALUE)],
        "reported",
        "both sides, out of ... into",
    ),
    ("Money is rotating from megacaps to small caps.", [(MEGA, SMALL)], "reported", "from ... to"),
    (
        "Funds rotated into banks from technology shares.",
        [(TECH, BANKS)],
        "reported",
        "the destination first",
    ),
    ("The rotation into cyclicals gathered pace.", [(None, CYC)], "reported", "noun with one side"),
    (
        "The rotation out of software picked up on Tuesday.",
        [("sector:software", None)],
        "reported",
        "noun with the other side",
    ),
    (
        "A rotation of tech giants into smaller companies took hold.",
        [(MEGA, SMALL)],
        "reported",
        "of ... into",
    ),
    ("The growth-to-value rotation ran on.", [(GROWTH, VALUE)], "reported", "compound before the noun"),
    ("It was a classic tech-to-energy shift.", [(TECH, ENERGY)], "reported", "compound before another noun"),
    (
        "Rotating from Big Tech toward industrials has paid off.",
        [(MEGA, INDUSTRIALS)],
        "reported",
        "gerund as a subject",
    ),
    (
        "Traders rotated away from chipmakers and toward utilities.",
        [("sector:semis", UTIL)],
        "reported",
        "away from ... toward",
    ),
    # other verbs of movement, with investors or money
    ("Investors shifted from stocks to bonds.", [(US, BONDS)], "reported", "the whole market is a side"),
    ("Fund managers switched out of utilities into banks.", [(UTIL, BANKS)], "reported", "switch"),
    ("Hedge funds moved out of consumer staples and into energy.", [(STAPLES, ENERGY)], "reported", "move"),
    ("Capital migrated from emerging markets to U.S. bonds.", [(EM, BONDS)], "reported", "migrate"),
    ("Money flowed out of tech and into health care.", [(TECH, HEALTH)], "reported", "flow"),
    ("Money is flowing into small caps.", [(None, SMALL)], "reported", "one side only"),
    ("Money has been leaving big tech for smaller companies.", [(MEGA, SMALL)], "reported", "leave ... for"),
    (
        "Asset managers reallocated cash from bonds to equities.",
        [(BONDS, US)],
        "reported",
        "what is moved stands between",
    ),
    (
        "Investors pulled money out of tech and put it to work elsewhere.",
        [(TECH, None)],
        "reported",
        "pull money out of",
    ),
    ("Traders pivoted from AI names to cheaper corners of the market.", [(TECH, VALUE)], "reported", "pivot"),
    # arrivals
    ("Investors piled into gold.", [(None, GOLD)], "reported", "pile into"),
    ("Cash poured into money market funds.", [(None, CASH)], "reported", "pour into"),
    ("Traders flocked to defensive stocks.", [(None, DEF)], "reported", "flock to"),
    (
        "They are crowding into value shares.",
        [(None, VALUE)],
        "reported",
        "they, of crowding in, are investors",
    ),
    (
        "Investors rushed into energy shares and miners.",
        [(None, ENERGY), (None, "sector:miners")],
        "reported",
        "two destinations",
    ),
    ("Buyers sought shelter in utilities.", [(None, UTIL)], "reported", "shelter in"),
    ("Investors took refuge in consumer staples.", [(None, STAPLES)], "reported", "refuge in"),
    ("Worries about growth drove investors into bonds.", [(None, BONDS)], "reported", "a fear drives them"),
    ("Traders moved to the sidelines.", [(US, CASH)], "reported", "the sidelines are cash"),
    (
        "The selloff sent money scurrying to the safety of Treasuries.",
        [(None, BONDS)],
        "reported",
        "the safety of X is X",
    ),
    ("Investors gravitated toward dividend payers.", [(None, "group:dividend")], "reported", "gravitate"),
    # departures
    ("Investors fled tech shares.", [(TECH, None)], "reported", "what is fled follows at once"),
    ("Investors fled tech for utilities.", [(TECH, UTIL)], "reported", "fled ... for"),
    (
        "Investors fled to gold as stocks tumbled.",
        [(US, GOLD)],
        "reported",
        "fled to a haven; shares fall in the article",
    ),
    ("Stocks tumbled as investors fled to gold.", [(US, GOLD)], "reported", "what falls is what is left"),
    ("The flight from emerging markets sped up.", [(EM, None)], "reported", "flight from"),
    ("An exodus from regional banks began.", [(BANKS, None)], "reported", "exodus from"),
    (
        "Holders of insurers headed for the exits, and traders followed.",
        [("sector:financials", None)],
        "reported",
        "the exits",
    ),
    ("Traders bailed out of crypto-free energy shares.", [(ENERGY, None)], "reported", "bail out of"),
    # exchanges
    ("Investors dumped tech for banks.", [(TECH, BANKS)], "reported", "dump ... for"),
    (
        "Traders sold chipmakers and bought utilities.",
        [("sector:semis", UTIL)],
        "reported",
        "sold ... and bought",
    ),
    (
        "Hedge funds ditched growth stocks in favor of value.",
        [(GROWTH, VALUE)],
        "reported",
        "ditch ... in favor of",
    ),
    ("Investors are swapping megacaps for small caps.", [(MEGA, SMALL)], "reported", "swap ... for"),
    (
        "Fund managers bought energy while they sold health care.",
        [(HEALTH, ENERGY)],
        "reported",
        "bought ... sold",
    ),
    ("Investors favored value over growth.", [(GROWTH, VALUE)], "reported", "favor ... over"),
    ("Buyers preferred defensive names to cyclicals.", [(CYC, DEF)], "reported", "prefer ... to"),
    ("Funds pared exposure to emerging markets.", [(EM, None)], "reported", "pare exposure to"),
    ("Investors scaled back energy holdings.", [(ENERGY, None)], "reported", "scale back X holdings"),
    # leadership
    ("Megacap leadership passed to small caps.", [(MEGA, SMALL)], "reported", "leadership passes to"),
    (
        "Market leadership shifted from technology to financials.",
        [(TECH, "sector:financials")],
        "reported",
        "leadership shifts",
    ),
    ("Growth stocks gave way to value stocks.", [(GROWTH, VALUE)], "reported", "give way to"),
    ("Big Tech handed the baton to banks.", [(MEGA, BANKS)], "reported", "the baton"),
    ("Small caps took over from megacaps.", [(MEGA, SMALL)], "reported", "take over from needs no leaders"),
    ("Banks replaced tech as the market's leaders.", [(TECH, BANKS)], "reported", "replace ... as leaders"),
    ("Industrials are taking the lead.", [(None, INDUSTRIALS)], "reported", "take the lead"),
    ("Utilities have fallen out of favor.", [(UTIL, None)], "reported", "out of favor"),
    ("Small caps are playing catch-up.", [(None, SMALL)], "reported", "catch-up"),
    ("The rally broadened beyond megacaps.", [(MEGA, None)], "reported", "broaden beyond"),
    ("Gains spread from tech to industrials.", [(TECH, INDUSTRIALS)], "reported", "gains spread"),
    ("The rally is broadening to smaller stocks.", [(None, SMALL)], "reported", "broaden to"),
    # contrasts, where the article speaks of a rotation
    (
        "Talk of a rotation grew. Tech stocks fell while small caps rose.",
        [(TECH, SMALL)],
        "reported",
        "contrast",
    ),
    (
        "A rotation is on. Banks rallied but software slumped.",
        [("sector:software", BANKS)],
        "reported",
        "the riser first",
    ),
    # what stands in for a side
    (
        "Small caps rallied while megacaps fell. This rotation surprised many.",
        [(MEGA, SMALL), (MEGA, SMALL)],
        "reported",
        "this rotation",
    ),
    (
        "Energy lagged. Tech soared. Now the roles are reversed.",
        [(TECH, ENERGY)],
        "reported",
        "roles reversed turns round what was told",
    ),
    (
        "Tech stocks sank and energy soared. What a role reversal!",
        [(TECH, ENERGY), (TECH, ENERGY)],
        "reported",
        "role reversal sums up what was told",
    ),
    # status
    ("Investors will rotate out of tech into banks.", [(TECH, BANKS)], "forecast", "will"),
    (
        "The rotation into value will continue.",
        [(None, VALUE)],
        "forecast",
        "the verb stands behind the noun",
    ),
    ("Money is expected to flow into small caps.", [(None, SMALL)], "forecast", "expected to"),
    ("Investors are likely to shift from growth to value.", [(GROWTH, VALUE)], "forecast", "likely to"),
    ("Money could rotate into energy.", [(None, ENERGY)], "forecast", "could, of what may come"),
    (
        "Some money may have moved from tech to banks.",
        [(TECH, BANKS)],
        "reported",
        "may have, of what has happened",
    ),
    (
        "If rates fall, investors would shift from cash to small caps.",
        [(CASH, SMALL)],
        "conditional",
        "if ... would",
    ),
    (
        "Unless earnings disappoint, investors will not rotate into staples.",
        [(None, STAPLES)],
        "denied",
        "a denial under a condition",
    ),
    ("Investors are not rotating out of tech.", [(TECH, None)], "denied", "not"),
    ("There is no sign of a rotation into value.", [(None, VALUE)], "denied", "no sign of"),
    ("Investors haven't moved out of megacaps.", [(MEGA, None)], "denied", "n't"),
    # sides
    (
        "Investors shifted into safe havens such as gold and bonds.",
        [(None, GOLD), (None, BONDS)],
        "reported",
        "members of a nameless set",
    ),
    (
        "Traders rotated into cyclicals such as banks and energy.",
        [(None, CYC)],
        "reported",
        "the set has a name",
    ),
    (
        "Money moved into energy, financial and industrial shares.",
        [(None, ENERGY), (None, "sector:financials"), (None, INDUSTRIALS)],
        "reported",
        "a list of modifiers",
    ),
    (
        "Investors rotated from megacaps into stocks that missed last year's gains.",
        [(MEGA, OTHER)],
        "reported",
        "a set with no label",
    ),
    ("Investors shifted into laggards.", [(None, LAG)], "reported", "laggards"),
    ("Traders flocked to safe-haven assets.", [(None, None)], "reported", "safety without a name"),
    # two steps, nouns, tokens and echoes
    (
        "Money left tech; utilities were the main beneficiary.",
        [(TECH, UTIL)],
        "reported",
        "who gains is told behind",
    ),
    ("Tech's pain has been energy's gain.", [(TECH, ENERGY)], "reported", "one loses what the other wins"),
    (
        "Investors took money out of banks and put it to work in utilities.",
        [(BANKS, UTIL)],
        "reported",
        "two steps of one hand",
    ),
    (
        "People who had spent the winter hiding in staples went shopping for banks.",
        [(STAPLES, BANKS)],
        "reported",
        "where the money was before",
    ),
    (
        "Growth stocks are being sold to fund purchases of value names.",
        [(GROWTH, VALUE)],
        "reported",
        "a passive sale for a purchase",
    ),
    (
        "Hedge funds cut their bets on tech to a low while adding to health care.",
        [(TECH, HEALTH)],
        "reported",
        "a stake between verb and side",
    ),
    ("Banks out, utilities in.", [(BANKS, UTIL)], "reported", "no verb at all"),
    ("Out went banks, in came utilities.", [(BANKS, UTIL)], "reported", "the same, turned round"),
    (
        "The bank predicts a handoff from cyclicals to defensives.",
        [(CYC, DEF)],
        "forecast",
        "a noun, nobody moves",
    ),
    ("The retreat from defensives began in May.", [(DEF, None)], "reported", "a noun of leaving"),
    (
        "Small caps snatched the crown from the Nasdaq giants.",
        [(MEGA, SMALL)],
        "reported",
        "a token of leadership; giants of a field",
    ),
    (
        "Investors moved from growth to value. That shift has further to run.",
        [(GROWTH, VALUE), (GROWTH, VALUE)],
        "reported",
        "an echo keeps the sides",
    ),
    (
        "Money flowed out of banks and into oil.",
        [(BANKS, ENERGY)],
        "reported",
        "oil beside a sector is its shares",
    ),
    (
        "Holders of energy shares are turning to utilities.",
        [(ENERGY, UTIL)],
        "reported",
        "whose holders they are",
    ),
    (
        "Should yields fall, investors would move from value to growth.",
        [(VALUE, GROWTH)],
        "conditional",
        "an inverted condition",
    ),
    (
        "Investors who in May were hiding in utilities bought banks.",
        [(UTIL, BANKS)],
        "reported",
        "May is a month",
    ),
    (
        "Utilities rose as investors sought shelter from tech.",
        [(TECH, UTIL)],
        "reported",
        "shelter from one, found in what rises",
    ),
]

# Each row: a look-alike and why it tells of no rotation.
NONE = [
    ("The rotation surprised many.", "no side at all"),
    ("We sold our bank shares and bought energy.", "one holder, who says our"),
    ("The council moved patients from hospitals into hotels.", "guests of a hotel"),
    ("Inflation eased at the expense of economic growth.", "growth of an economy"),
    ("Shoppers shifted from stores to online retail.", "customers move, no investors"),
    ("The company moved its headquarters from Texas to Ohio.", "places"),
    ("Tourists flocked to hotels in the south.", "guests, no investors"),
    ("The utility will switch from coal to gas.", "fuels of a plant"),
    ("The Dow fell 0.5% while the Russell 2000 rose 1.1%.", "two moves with figures"),
    ("Tech stocks fell while small caps rose.", "nothing presents it as a rotation"),
    ("Buffett sold bank shares and bought oil.", "one holder's trades"),
    ("The index moved from 4,000 to 4,100.", "levels"),
    ("Investors moved to lock in gains.", "an infinitive, no destination"),
    ("The chipmaker gave way to no one on price.", "nobody takes over"),
    ("Traders shifted their attention from inflation to jobs.", "topics"),
    ("The bank replaced its chief executive.", "no leaders of the market"),
    ("Investors put the odds of a hike at 60%.", "odds are no side"),
    ("Shares rose from $10 to $12.", "prices"),
    ("The gains spread across the market.", "no side"),
    ("Oil went from $70 to $80.", "prices of a commodity"),
    ("Analysts switched from buy to hold on the stock.", "ratings"),
]


def _rotations(text: str) -> tuple[Rotation, ...]:
    return find_rotations(Reading(text=text, sentences=find_sentences(text)))


@pytest.mark.parametrize(("text", "sides", "status", "why"), ROTATIONS, ids=[row[0] for row in ROTATIONS])
def test_rotations_states_sides_and_status(text, sides, status, why):
    found = _rotations(text)
    assert [(item.from_, item.to) for item in found] == sides, why
    assert {item.status for item in found} == {status}, why


@pytest.mark.parametrize(("text", "why"), NONE, ids=[row[0] for row in NONE])
def test_rotations_tells_no_rotation(text, why):
    assert _rotations(text) == (), why
