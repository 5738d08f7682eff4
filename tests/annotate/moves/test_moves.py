"""Price moves: what counts as one, its sign, and what it is about. Names are given, not looked for."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.moves.moves import find_moves
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Mention, Move, Reading

NAMES = {
    "Apple": ("AAPL", "equity"), "Microsoft": ("MSFT", "equity"), "Amazon": ("AMZN", "equity"),
    "Nvidia": ("NVDA", "equity"), "Boeing": ("BA", "equity"), "Tesla": ("TSLA", "equity"), "Ford": ("F", "equity"),
    "Meta": ("META", "equity"), "Intel": ("INTC", "equity"), "Netflix": ("NFLX", "equity"), "UPS": ("UPS", "equity"),
    "Walmart": ("WMT", "equity"), "Barclays": ("BCS", "equity"), "Persimmon": ("PSN.L", "equity"),
    "S&P 500": ("^GSPC", "index"), "Dow": ("^DJI", "index"), "Nasdaq": ("^IXIC", "index"),
    "Russell 2000": ("^RUT", "index"), "FTSE 100": ("^FTSE", "index"), "QQQ": ("QQQ", "etf"),
    "energy stocks": ("sector:energy", "sector"), "Banks": ("sector:banks", "sector"),
    "oil": ("commodity:oil", "commodity"), "Gold": ("commodity:gold", "commodity"), "Brent": ("commodity:brent", "commodity"),
    "euro": ("fx:EURUSD", "fx"), "Bitcoin": ("crypto:BTC", "crypto"), "Stocks": ("country:US", "country"),
    "stocks": ("country:US", "country"), "small caps": ("group:small_caps", "group"),
}  # fmt: skip
_NAME = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(NAMES, key=len, reverse=True)))


def mentions_of(text: str) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            start=m.start(),
            end=m.end(),
            text=m[0],
            symbol=NAMES[m[0]][0],
            kind=NAMES[m[0]][1],
            rule="name",
            confidence=1.0,
        )
        for m in _NAME.finditer(text)
    )


def moves_of(text: str) -> tuple[Move, ...]:
    return find_moves(Reading(text=text, sentences=find_sentences(text), mentions=mentions_of(text)))


def pairs(text: str) -> list[tuple[str, float]]:
    return [(move.subject, round(move.pct, 4)) for move in moves_of(text)]


def spec(text: str) -> list[tuple[str, float]]:
    """Read "AAPL+2 MSFT-1" as pairs."""
    return [(m[1], float(m[2])) for m in re.finditer(r"(\S+?)([+-][\d.]+)(?:\s|$)", text)]


VERBS_AND_UNITS = [
    ("Apple rose 2%.", "AAPL+2", "verb and sign"),
    ("Apple fell 2.5 percent.", "AAPL-2.5", "unit in one word"),
    ("Apple fell 2.5 per cent.", "AAPL-2.5", "unit in two words"),
    ("Apple was down 0.8 pct at 4,052.31.", "AAPL-0.8", "short unit, live price behind"),
    ("Apple sagged 0.5pc.", "AAPL-0.5", "unit glued to the number"),
    ("Apple slid 1,200%.", "AAPL-1200", "thousands"),
    ("Apple gained .5%.", "AAPL+0.5", "no leading zero"),
    ("Apple jumped by 7%.", "AAPL+7", "by"),
    ("Apple tumbled a further 3%.", "AAPL-3", "filler"),
    ("Apple rose another 0.5%.", "AAPL+0.5", "filler"),
    ("Apple ended up 3%.", "AAPL+3", "particle behind a neutral verb"),
    ("Apple closed 3% higher.", "AAPL+3", "particle behind the number"),
    ("Apple finished 1.5% lower.", "AAPL-1.5", "particle behind the number"),
    ("Apple was off 3%.", "AAPL-3", "off is down"),
    ("Apple picked up 0.6%.", "AAPL+0.6", "phrase"),
    ("Apple gave up 0.4%.", "AAPL-0.4", "phrase with the other particle"),
    ("Apple tacked on 1.3%.", "AAPL+1.3", "phrase"),
    ("Apple edged up 0.1%.", "AAPL+0.1", "verb and particle"),
    ("Apple edged down 0.1%.", "AAPL-0.1", "particle alone signs"),
    ("Apple shed 3%.", "AAPL-3", "past form like the base"),
    ("Apple had risen 12%.", "AAPL+12", "perfect"),
    ("Apple is rising 2%.", "AAPL+2", "progressive"),
    ("Apple spiked up 35.6 percent.", "AAPL+35.6", "both say up"),
    ("Apple posted a gain of 4%.", "AAPL+4", "noun before the number"),
    ("Apple suffered a 4% loss.", "AAPL-4", "noun behind the number"),
    ("Apple saw a weekly decline of 0.5%.", "AAPL-0.5", "noun with an attribute"),
    ("Apple lost 27% of its value.", "AAPL-27", "of its value is a price"),
    ("Apple (+2%) led.", "AAPL+2", "written sign"),
    ("Apple (-2.5%) lagged.", "AAPL-2.5", "written sign"),
    ("Apple (down 2%) lagged.", "AAPL-2", "sign in parentheses"),
    ("Apple traded 8% below its record high.", "AAPL-8", "below a high is a move"),
    ("Apple is 30% off its high.", "AAPL-30", "off a high is a move"),
    ("Apple is up 40% off its low.", "AAPL+40", "off a low"),
]

AMOUNTS = [
    ("The Dow fell 737.09 points, or 2.82%, to 25,384.19.", "^DJI-2.82", "points first, level behind"),
    ("Apple rose 4.2 per cent, or 23p, to 571p.", "AAPL+4.2", "pence do not move"),
    ("Apple dropped $2.20, or 1.9 percent, to $111.85.", "AAPL-1.9", "money first"),
    ("Apple rose 14 cents, or 0.4 percent, to $38.15.", "AAPL+0.4", "cents first"),
    ("The Dow gained 65 points (0.5%).", "^DJI+0.5", "percentage in parentheses"),
    (
        "Barclays closed 2.2 per cent higher, up 4.4p, to 197p.",
        "BCS+2.2",
        "second amount without a percentage",
    ),
    (
        "The Dow ended the day 12.30 points lower, or 1.5 percent, at 801.00.",
        "^DJI-1.5",
        "particle between amount and percentage",
    ),
    ("S&P 500: 4,571.92, up 0.37%", "^GSPC+0.37", "table row"),
    ("Apple declined 0.2% or 61.40 points, to finish at 31,207.15 points.", "AAPL-0.2", "points behind"),
]

COORDINATION = [
    ("Meta and Netflix are each up about 4%.", "META+4 NFLX+4", "distributive"),
    ("Apple and Microsoft fell 1% and 2%, respectively.", "AAPL-1 MSFT-2", "respectively"),
    (
        "The Dow, the S&P 500 and the Nasdaq added 0.1%, 0.2% and 0.3%.",
        "^DJI+0.1 ^GSPC+0.2 ^IXIC+0.3",
        "lists of one length",
    ),
    ("Apple is up about 3.5% and Amazon 4.5%.", "AAPL+3.5 AMZN+4.5", "gapping"),
    ("The Nasdaq rose 2%, the Dow 1% and the S&P 500 1.5%.", "^IXIC+2 ^DJI+1 ^GSPC+1.5", "gapping twice"),
    ("Tesla was down 2 per cent, Ford by 1.1 per cent.", "TSLA-2 F-1.1", "gapping with by"),
    ("Apple rose 2% while Ford fell 1%.", "AAPL+2 F-1", "two clauses"),
    ("Apple rose 2% and is up 9% this year.", "AAPL+2 AAPL+9", "shared subject"),
    ("Apple rose 2%, and Ford, which makes trucks, lost 3%.", "AAPL+2 F-3", "aside in the second clause"),
    ("Indexes down: Dow 2.8%, S&P 500 3.5%", "^DJI-2.8 ^GSPC-3.5", "heading gives the sign"),
    ("Futures up: Dow 0.2%, Nasdaq 0.3%", "^DJI+0.2 ^IXIC+0.3", "heading gives the sign"),
    ("Losers included Tesla (-3%) and Ford (down 2%).", "TSLA-3 F-2", "list with parentheses"),
    ("Apple (AAPL) and Microsoft (MSFT) rose 1%.", "AAPL+1 MSFT+1", "codes between names"),
    ("Gains of 0.8% by the S&P 500 and the Dow helped.", "^GSPC+0.8 ^DJI+0.8", "names behind the noun"),
    (
        "Apple, Microsoft and Nvidia ended with gains of 9% to 17%.",
        "AAPL+13 MSFT+13 NVDA+13",
        "range over a list",
    ),
]

SUBJECTS = [
    ("Shares of Boeing tumbled 4.2%.", "BA-4.2", "shares of"),
    ("Shares in Boeing tumbled 4.2%.", "BA-4.2", "shares in"),
    ("Boeing's stock sank 3%.", "BA-3", "owner of the stock"),
    ("Boeing shares were last down 3.8%.", "BA-3.8", "adverb"),
    ("The S&P 500's 0.5% gain was its best.", "^GSPC+0.5", "owner of the move"),
    ("Boeing did worst of all on the Dow, falling 2.5%.", "BA-2.5", "on the Dow is out of the way"),
    ("Boeing was the Dow's biggest drag, falling 10%.", "BA-10", "the Dow only owns a noun"),
    ("Boeing hurt the Dow with a 4% tumble.", "BA-4", "object of another verb"),
    ("QQQ, which tracks the Nasdaq, gained 0.6%.", "QQQ+0.6", "relative clause in passing"),
    ("Boeing weighed on the Dow, which fell 1%.", "^DJI-1", "which means the nearest name"),
    ("UPS was the worst performer in the S&P 500, falling 12%.", "UPS-12", "set in a prepositional phrase"),
    ("Led by Tesla, up 3%, stocks rose.", "TSLA+3", "led by"),
    (
        "The S&P 500 rose 1%, led by a 3% jump in energy stocks.",
        "^GSPC+1 sector:energy+3",
        "complement of the noun",
    ),
    ("A 5% slide in UPS hurt.", "UPS-5", "complement of the noun"),
    ("A slide of 1.3 percent in UPS hurt.", "UPS-1.3", "complement behind the number"),
    ("That fueled a 2.1% decline for the Nasdaq.", "^IXIC-2.1", "complement with for"),
    ("After rising 2%, Tesla was quiet.", "TSLA+2", "subject of the clause that follows"),
    ("With the Russell 2000 off 0.1%, traders paused.", "^RUT-0.1", "absolute construction"),
    ("Investors pushed Apple up 17%.", "AAPL+17", "object that is moved"),
    ("The report sent Apple down 3%.", "AAPL-3", "object that is moved"),
    ("Meta, another big name, rallied 8.8%.", "META+8.8", "description in passing"),
    ("Another firm, Intel, fell 5.1%.", "INTC-5.1", "name in apposition"),
    ("Apple (the phone maker) rose 3%.", "AAPL+3", "parenthesis"),
    ("Apple - a favourite of many - rose 3%.", "AAPL+3", "dashes"),
    ("Apple beat estimates and rose 3%.", "AAPL+3", "object noun is no subject"),
    ("Apple, helped by strong sales, rose 3%.", "AAPL+3", "governed noun is no subject"),
    (
        "* The S&P 500 rose 0.3% as of 9:35 a.m. New York time\n* The Dow fell 1%",
        "^GSPC+0.3 ^DJI-1",
        "bullet list",
    ),
    ("FTSE 100 edges up 0.2%", "^FTSE+0.2", "headline"),
    ("Gold rose 0.3% to $1,680.60 an ounce", "commodity:gold+0.3", "commodity with price"),
    ("The euro was down 0.88 percent at $1.4868.", "fx:EURUSD-0.88", "currency"),
    ("Bitcoin fell 6.7% to $16,606.42", "crypto:BTC-6.7", "crypto"),
    ("oil dives 8%", "commodity:oil-8", "present in a headline"),
    ("Half of the S&P 500 components rose at least 1%.", "group:other+1", "part of a set"),
]

CARRIED = [
    ("Intel reported results. Its shares slid 6%.", "INTC-6", "its shares"),
    ("Intel raised its outlook, but the stock slid 1%.", "INTC-1", "the stock in the same sentence"),
    ("Intel rose. It is also up 16% this year.", "INTC+16", "it"),
    ("The Nasdaq rose 1%. The index is up 9% this year.", "^IXIC+1 ^IXIC+9", "the index"),
    (
        "The Nasdaq fell 1% and the Dow lost 2%. They dropped 3% and 4%, respectively, last week.",
        "^IXIC-1 ^DJI-2 ^IXIC-3 ^DJI-4",
        "they are all that moved before",
    ),
    ("Nvidia spoke. The company's shares jumped 13%.", "NVDA+13", "the company"),
    ("The Dow rose 1%. Intel spoke. The stock fell 2%.", "^DJI+1 INTC-2", "the stock is no index"),
    ("Intel fell 2%. The index lost 1%.", "INTC-2", "no index in view"),
    ("Stocks rose. It fell 3%.", "", "a bare word for the market is not carried"),
]

NOT_MOVES = [
    ("Sales at Walmart rose 5%.", "sales"), ("Walmart's revenue climbed 8%.", "revenue"),
    ("Walmart said profit fell 10%.", "profit"), ("Walmart reported a 19 percent rise in net profit.", "noun of profit"),
    ("The 10-year yield rose to 4.2%.", "yield"), ("Unemployment fell to 4%.", "rate"),
    ("Inflation was 3.1%.", "level"), ("Consumer prices rose 0.4%.", "prices of goods"),
    ("GDP grew 2.1%.", "output"), ("Apple holds a 10% stake in Intel.", "stake"),
    ("About 70% of S&P 500 companies beat estimates.", "share of a set"), ("Traders see a 44% chance of a cut.", "odds"),
    ("Apple announced a 14% dividend hike.", "dividend"), ("Apple sits in a 5% buy zone.", "rule"),
    ("Apple triggered the 8% sell rule.", "rule"), ("The Nasdaq is 4% above its 50-day moving average.", "distance"),
    ("Apple imposed 25% tariffs.", "tariff"), ("Volume rose 21%.", "volume"), ("Apple makes up 7% of the index.", "weight"),
    ("Apple will slash 7 percent of its workforce.", "workforce"), ("Apple's gross margin rose 2% in the quarter.", "margin"),
    ("Intel set aside $1.2 billion, down 2 percent.", "sum of money"), ("If you own a stock and it falls 8%, sell it.", "advice"),
    ("Orders for machines dropped 3%.", "orders"), ("Apple's market share was 18%.", "share"),
    ("Exports increased by 12%.", "trade"), ("The Fed kept rates at 5.5%.", "policy rate"),
    ("The gauge hit the 61.8 percent retracement.", "chart rule"), ("Deposits at Barclays fell 5%.", "deposits"),
    ("Apple spends 30% of its cash.", "share"), ("Rents rose 6%.", "rents"), ("Walmart expects earnings to rise 6% to 8%.", "forecast of earnings"),
]  # fmt: skip

ALL_ROWS = VERBS_AND_UNITS + AMOUNTS + COORDINATION + SUBJECTS + CARRIED


@pytest.mark.parametrize(("text", "expected", "reason"), ALL_ROWS, ids=[row[0][:60] for row in ALL_ROWS])
def test_moves_are_bound(text: str, expected: str, reason: str):
    assert pairs(text) == spec(expected), reason


@pytest.mark.parametrize(("text", "reason"), NOT_MOVES, ids=[row[0][:60] for row in NOT_MOVES])
def test_other_percentages_are_no_moves(text: str, reason: str):
    assert pairs(text) == [], reason


@pytest.mark.parametrize(
    ("text", "approx", "reason"),
    [
        ("Apple rose about 2%.", True, "about"), ("Apple rose nearly 2%.", True, "nearly"),
        ("Apple rose more than 2%.", True, "more than"), ("Apple fell at least 2%.", True, "at least"),
        ("Apple rose 2% or more.", True, "bound behind"), ("Apple added close to 1%.", True, "close to"),
        ("Apple rose less than 0.1%.", True, "less than"), ("Apple rose 2%.", False, "exact"),
        ("Apple rose just 2%.", False, "just measures nothing"), ("Apple rose another 2%.", False, "filler"),
    ],
)  # fmt: skip
def test_approximation(text: str, approx: bool, reason: str):
    assert moves_of(text)[0].approx is approx, reason


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Apple rose 2% to 3%.", (2, 3)), ("Apple rose 2%-3%.", (2, 3)), ("Apple fell 2 to 3 percent.", (-3, -2)),
        ("Apple is up between 5% and 15%.", (5, 15)), ("Apple is up 20% or 21%.", (20, 21)), ("Apple rose 2%.", None),
    ],
)  # fmt: skip
def test_ranges_are_kept_in_order(text: str, bounds: tuple[float, float] | None):
    move = moves_of(text)[0]
    assert move.range == bounds
    assert move.pct == (sum(bounds) / 2 if bounds else 2)


@pytest.mark.parametrize(
    ("text", "intraday", "reason"),
    [
        ("Apple fell as much as 5%.", True, "extreme"), ("Apple erased a 2% gain.", True, "undone"),
        ("Apple pared a 2% drop.", True, "undone"), ("Apple surged 16% intraday.", True, "said so"),
        ("Apple fell 5%.", False, "plain"), ("Apple pulled back 5%.", False, "plain"),
    ],
)  # fmt: skip
def test_intraday(text: str, intraday: bool, reason: str):
    assert moves_of(text)[0].intraday is intraday, reason


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("Tesla could fall 10%.", "forecast", "modal verb"), ("Tesla may drop 5%.", "forecast", "modal verb"),
        ("Analysts expect Tesla to gain 5%.", "forecast", "verb of expectation"),
        ("Tesla would drop 20% if demand faded.", "conditional", "if"), ("Tesla fell 3%.", "reported", "plain"),
        ("Tesla has 10% upside.", "forecast", "upside is yet to come"),
    ],
)  # fmt: skip
def test_status(text: str, status: str, reason: str):
    assert moves_of(text)[0].status == status, reason


def test_a_direct_subject_is_surer_than_a_carried_one():
    direct, carried = moves_of("Intel rose 2%. Its shares had lost 3%.")
    assert direct.confidence > carried.confidence


words = st.sampled_from(
    [*NAMES, "rose", "fell", "up", "down", "2%", "3.5 percent", "and", ",", "which", "(", ")", "-", ";", ":", ".", "gain", "of",
     "in", "sales", "the stock", "it", "they", "respectively", "by", "to", "between", "after", "\n", "as much as"]
)  # fmt: skip


@given(st.lists(words, max_size=40))
def test_spans_are_those_of_the_text(tokens: list[str]):
    text = " ".join(tokens)
    for move in moves_of(text):
        assert text[move.start : move.end] == move.text
        assert text[move.subject_start : move.subject_end]
        assert 0 < move.confidence <= 1


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str):
    moves_of(text)


def test_time_grows_with_the_text_not_with_its_square():
    def seconds(count: int) -> float:
        text = "Apple and Ford rose 2% , " * count
        begin = time.perf_counter()
        moves_of(text)
        return time.perf_counter() - begin

    seconds(50)
    assert seconds(2000) < 30 * max(seconds(200), 0.01)
