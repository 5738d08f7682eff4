"""What is a ticker, a company, an index or a group in a sentence: tables of (text, symbols, reason)."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.types import Publication, Reading

TICKERS = ("equity", "index", "etf")


def symbols(text: str, kinds: tuple[str, ...] = TICKERS, on: dt.date | None = None) -> set[str]:
    found = find_mentions(Reading(text=text, published=Publication(date=on)))
    return {mention.symbol or "" for mention in found if mention.kind in kinds}


PRINTED = [
    ("Facebook (FB) gained 4%.", {"META"}, "a renamed symbol is today's"),
    ("Chipmaker NVIDIA (NVDA.US) slid.", {"NVDA"}, "a broker's suffix for the United States"),
    ("Alphabet (GOOGL.US, GOOG.US) slipped.", {"GOOGL", "GOOG"}, "two share classes in one bracket"),
    ("General Electric (NYSE: GE) rose.", {"GE"}, "an exchange in front"),
    ("The plan (Xetra: 858266 - news) rose.", set(), "a German number is no symbol"),
    ("The plan (Other OTC: ALDRF - news) rose.", set(), "nor is a grey market's code"),
    ("Super Micro (NASDAQ:SMCI) rose.", {"SMCI"}, "an exchange in front, no space"),
    ("Traders piled into $TSLA again.", {"TSLA"}, "a cashtag"),
    ("The lawsuit hit J&J <JNJ.N> late.", {"JNJ"}, "a Reuters code in angles"),
    ("Cisco Systems Inc ( CSCO.O ) beat forecasts.", {"CSCO"}, "a Reuters code with spaces"),
    ("Massey Energy Co MEE.N closed lower.", {"MEE"}, "a Reuters code without brackets"),
    ("The stock [AAPL] was flat.", set(), "a bare code with no name is no evidence by itself"),
    ("Apple [AAPL] was flat.", {"AAPL"}, "square brackets"),
    ("**Netflix** (NFLX) broke out.", {"NFLX"}, "emphasis marks between name and bracket"),
    ("**Alarm.com** (ALRM) broke out.", {"ALRM"}, "a domain as a name"),
    ("Avis Budget Group**'s (CAR) shares doubled.", {"CAR"}, "a genitive between name and bracket"),
    ("Foo Robotics (FOOR) shares jumped. Later Foo Robotics fell.", {"FOOR"}, "a company that no table has"),
    ("C3Ai (AI) fell as AI trading cooled.", {"AI"}, "the company, not the theme"),
    ("Tencent (0700.HK) rose.", {"0700.HK"}, "a home listing"),
    ("Tencent (700.HK) rose.", {"0700.HK"}, "Hong Kong codes have four digits"),
    ("BNP Paribas ( BNPP.PA ) fell.", {"BNP.PA"}, "a Reuters code differs from Yahoo's"),
    ("UBS AG (UBSN.VX) fell.", {"UBS"}, "the listing in New York wins"),
    ("Toyota (7203.T) fell.", {"TM"}, "the listing in New York wins over a home code"),
    ("Trend Micro (TYO:4704) rose.", {"4704.T"}, "an exchange abroad in front"),
    ("Cineplex (TSE:CGX) fell.", {"CGX.TO"}, "Toronto"),
    ("Berkshire Hathaway (BRK.B) rose.", {"BRK-B"}, "share classes take a hyphen"),
    ("The Invesco QQQ Trust (QQQ) fell.", {"QQQ"}, "a fund"),
    ("Innovator IBD 50 (FFTY) ETF rose.", {"FFTY"}, "a fund whose name holds an index"),
    ("The Russell 2000 (RUT) rose and RUT led.", {"^RUT"}, "an index code in brackets"),
    ("The Nasdaq Composite (NDAQ) rose.", {"^IXIC"}, "a wrong code behind the name of an index"),
    ("The S&P 500 Index .INX fell.", {"^GSPC"}, "a Reuters index code"),
    ("The European Central Bank (ECB) cut rates; stocks rose.", set(), "an abbreviation"),
    ("Rules on artificial intelligence (AI) hit stocks.", set(), "an abbreviation that is a ticker too"),
    ("Information technology (IT) stocks rose.", set(), "an abbreviation that is a ticker too"),
    ("The Democratic Unitary Platform (PUD) won the vote.", set(), "a party, and no talk of shares"),
    ("The drugmaker Akorn (NasdaqGS: AKRX - news ) fell.", {"AKRX"}, "page furniture behind a code"),
    ("Intel INTC reported.", {"INTC"}, "the company's own ticker behind it"),
    ("Shares of PATH were sold.", {"PATH"}, "a bare ticker with talk of shares"),
    ("IPO stock of the week", set(), "an abbreviation with talk of shares"),
    ("EPS of $2 (+4% Y/Y) pleased holders of shares.", set(), "a stroke in what is no code"),
    ("Traders wait for shares to open (EPA/Pool)", set(), "who took the picture"),
    ("Carnival (CCL) 3,210.50p -1.2%", {"CCL"}, "a price in pence: London, and New York wins"),
    ("Babcock (BAB) 512p +0.4%", {"BAB.L"}, "a price in pence: London"),
    ("Hana Robotics (KOSDAQ:A123450) shares jumped.", {"123450.KQ"}, "an A in front of a code of Seoul"),
    ("KOSDAQ:A123450 earnings and revenue", set(), "a venue in front of a code is no index"),
    ("Panasonic (TSE:6752) rose.", {"6752.T"}, "figures: Tokyo, not Toronto"),
    ("Publisher Pearson (Xetra: 123456 - news ) soared.", {"PSO"}, "a listing speaks for the name at least"),
    ("Aberdeen Asset Management (Other OTC: ABCDF - news ) (ADN) 310p", {"ABDN.L"}, "two brackets"),
]

RENAMED = [
    ("Twitter (TWTR) rose.", dt.date(2015, 5, 4), {"TWTR"}, "a company that is gone keeps its last symbol"),
    ("United Technologies (UTX) rose.", dt.date(2018, 2, 1), {"RTX"}, "renamed by a merger"),
    ("Priceline.com (PCLN) rose.", dt.date(2014, 2, 1), {"BKNG"}, "renamed with the company"),
    ("BlackBerry ( BBRY.O ) fell.", dt.date(2013, 9, 20), {"BB"}, "renamed symbol in a Reuters code"),
    ("Chesapeake Energy (CHK) fell.", dt.date(2019, 2, 1), {"EXE"}, "renamed after a merger"),
    ("Tesoro Corp ( TSO.N ) fell.", dt.date(2012, 2, 1), {"ANDV"}, "last symbol of a company bought later"),
    ("Cree (CREE) fell.", dt.date(2018, 2, 1), {"WOLF"}, "renamed with the company"),
    ("Square (SQ) shares fell.", dt.date(2020, 2, 1), {"XYZ"}, "renamed symbol"),
    (
        "Shares were lowest since Lehman Brothers failed.",
        dt.date(2013, 1, 4),
        set(),
        "gone for years: no share",
    ),
    ("Lehman Brothers shares fell.", dt.date(2008, 9, 9), {"LEH"}, "still traded"),
    ("Kraft Foods Inc. rose.", dt.date(2009, 9, 9), {"MDLZ"}, "renamed company by name"),
    ("The brands include Revlon and others.", dt.date(2024, 7, 16), set(), "delisted the year before"),
]

NAMES = [
    ("Lockheed Martin and Northrop Grumman rose.", {"LMT", "NOC"}, "full names"),
    ("Exxon Mobil Corporation rose.", {"XOM"}, "a legal form"),
    ("JPMorgan Chase & Co. rose.", {"JPM"}, "an ampersand in the legal form"),
    ("J.P. Morgan rose and JP Morgan fell.", {"JPM"}, "initials"),
    ("McDonald's sales fell.", {"MCD"}, "an apostrophe that belongs to the name"),
    ("Apple's iPhone sold well.", {"AAPL"}, "a genitive that does not"),
    ("GM's profit rose.", {"GM"}, "a genitive of an acronym"),
    ("Coca-Cola and Procter & Gamble rose.", {"KO", "PG"}, "hyphen and ampersand"),
    ("Procter and Gamble rose.", {"PG"}, "the word for the ampersand"),
    ("Dick's Sporting Goods rose.", {"DKS"}, "an apostrophe inside"),
    ("eBay and iRobot rose.", {"EBAY", "IRBT"}, "names that begin small"),
    ("Amazon.com Inc.’s cloud grew.", {"AMZN"}, "legal form and genitive"),
    ("Burger King sales rose.", {"QSR"}, "a chain counts as its parent"),
    ("Google parent Alphabet Inc. rose.", {"GOOGL"}, "parent and subsidiary are one"),
    ("The iPhone maker slid 2%.", {"AAPL"}, "a description"),
    ("The British Airways owner fell.", {"IAG.L"}, "a description abroad"),
    ("Nestlé and L'Oréal fell.", {"NESN.SW", "OR.PA"}, "accents"),
    ("Nestle and L’Oreal fell.", {"NESN.SW", "OR.PA"}, "no accents, curly apostrophe"),
    ("Samsung and Infosys rose.", {"005930.KS", "INFY"}, "Asia"),
    ("BHP and Rio Tinto rose.", {"BHP", "RIO"}, "the listings in New York"),
    ("Tesco and Marks & Spencer fell.", {"TSCO.L", "MKS.L"}, "London"),
    ("Mahindra & Mahindra and Tata Steel rose.", {"M&M.NS", "TATASTEEL.NS"}, "India"),
    ("Commonwealth Bank and Westpac fell.", {"CBA.AX", "WBC.AX"}, "Australia"),
    ("U.S. Steel rose.", {"X"}, "initials at the head"),
    ("D.R. Horton and DR Horton rose.", {"DHI"}, "initials with and without stops"),
    ("shares of 3M fell", {"MMM"}, "a digit at the head"),
    ("Exxon\nMobil rose.", {"XOM"}, "a line break inside"),
]

AMBIGUOUS = [
    ("Shares of Target fell 3%.", {"TGT"}, "talk of shares"),
    ("Target fell 3% on Tuesday after its report.", {"TGT"}, "a move at the head of a sentence"),
    ("Target dates were missed by the ministry.", set(), "an ordinary word at the head of a sentence"),
    ("Retailer Target rose, as did Walmart.", {"TGT", "WMT"}, "a trade in front"),
    ("Gap, the clothing chain, rose.", {"GAP"}, "an apposition"),
    ("The Gap Inc. chain rose.", {"GAP"}, "a legal form"),
    ("Gap between rich and poor grows.", set(), "an ordinary word"),
    ("Payments firms such as Mastercard, Visa and PayPal rose.", {"MA", "V", "PYPL"}, "an enumeration"),
    ("He needs the Visa Waiver Program to travel.", set(), "part of a longer name"),
    ("Harrison Ford played the part well.", set(), "a person"),
    ("Automaker Ford said sales fell.", {"F"}, "the company of the same name"),
    ("Kamala Harris spoke. Harris said nothing of taxes.", set(), "a surname after the full name"),
    ("The Ford Foundation gave money.", set(), "a foundation"),
    ("Steve Goldman, a trader, was calm.", set(), "a person with a bank's name"),
    ("The Big Apple was cold.", set(), "a city's nickname"),
    ("Chris Wright, U.S. Energy Corp. Secretary, spoke.", set(), "an office, not a small company"),
    ("Follow us on Twitter for more.", set(), "a network as a place to write"),
    ("The worst case is ON, IT and ALL of A.", set(), "words that are tickers"),
    ("Now is the time for all.", set(), "words that are tickers, small"),
    ("Here are the main moves.", set(), "a word that is a small company"),
    ("Fed Chair Jerome Powell spoke. Powell's remarks helped.", set(), "a surname that is a small company"),
    ("Firms in California and San Jose grew.", set(), "places that are short forms"),
    ("ON Semiconductor shares slumped.", {"ON"}, "a company before a sector's word"),
]

INDICES = [
    ("The Dow rose 1%.", {"^DJI"}, "short form"),
    ("The Dow Jones Industrial Average rose.", {"^DJI"}, "full form"),
    ("Dow Chemical rose.", {"DOW"}, "a company that begins alike"),
    ("Dow Jones Newswires wrote so.", set(), "a news agency"),
    ("The tech-heavy Nasdaq fell.", {"^IXIC"}, "an attribute"),
    ("The Nasdaq 100 fell.", {"^NDX"}, "another index of the same house"),
    ("Nasdaq futures fell.", {"^IXIC"}, "futures count as their index"),
    ("S&P 500 E-minis fell.", {"^GSPC"}, "futures by another name"),
    ("It will be listed on the Nasdaq soon.", set(), "the exchange"),
    ("Since its Nasdaq debut it doubled.", set(), "the exchange again"),
    ("The equal-weighted S&P 500 rose.", {"^SPXEW"}, "longest match"),
    ("The S&P SmallCap 600 rose.", {"^SP600"}, "another index of the same house"),
    ("The Cboe Volatility Index rose.", {"^VIX"}, "fear"),
    ("The Philadelphia semiconductor index rose.", {"^SOX"}, "small letters inside"),
    ("The FTSE 100 and the FTSE 250 fell.", {"^FTSE", "INDEX:FTSE 250"}, "London"),
    ("The pan-European STOXX 600 fell.", {"^STOXX"}, "Europe"),
    ("Japan's Nikkei and the Topix rose.", {"^N225", "^TOPX"}, "Tokyo"),
    ("The Sensex and the Nifty rose.", {"^BSESN", "^NSEI"}, "Mumbai"),
    ("The Hang Seng and the Kospi fell.", {"^HSI", "^KS11"}, "Asia"),
    ("The All Ordinaries fell.", {"^AORD"}, "Sydney"),
    ("MSCI's gauge of stocks across the globe rose.", {"MSCI:WORLD"}, "a description by its house"),
    ("MSCI's all-country world index rose.", {"MSCI:ACWI"}, "another one"),
    ("The S&P energy index rose.", set(), "a sector, not an index with a name"),
    (
        "The Nasdaq Clean Edge Green Energy Index rose.",
        {"INDEX:Nasdaq Clean Edge Green Energy Index"},
        "unknown",
    ),
    ("The Consumer Price Index rose.", set(), "a statistic"),
    ("Standard & Poor's ratings were cut.", set(), "the rating agency"),
    ("The Russell rose; David Russell agreed.", {"^RUT"}, "the index, and a person"),
]


AT_HOME = [
    ("The FTSE slid in London. Prudential shed 3% as UK bond yields rose.", {"^FTSE", "PUK"}, "London"),
    ("The Dow slid. Prudential Financial shed 3%.", {"^DJI", "PRU"}, "New York"),
    ("The Sensex rose in Mumbai. Titan, up 2.4%, led the NSE.", {"^BSESN", "TITAN.NS"}, "Mumbai"),
    ("The Nifty fell. On the NSE, Gujarat Gas gained 3%.", {"^NSEI", "GUJGASLTD.NS"}, "an Indian name"),
    ("Sydney: the ASX 200 fell. Australian bank stocks and Metcash lost.", {"^AXJO", "MTS.AX"}, "Sydney"),
    ("They visited Kathmandu from Sydney, Melbourne and the rest of Australia.", set(), "no talk of shares"),
    (
        "The yuan fell, and shares in Shanghai too, when the China Securities Regulatory Commission met again.",
        set(),
        "an office",
    ),
    ("He sold the Titan on Wall Street.", set(), "no market of its own"),
]


PLACES = [
    ("Shares of Palo Alto, California-based Initech rose.", set(), "a town"),
    ("Shares of Palo Alto rose.", {"PANW"}, "the company"),
    ("The maker was nearly delisted from the Nasdaq last year.", set(), "the exchange"),
    ("Gains from the Nasdaq helped.", {"^IXIC"}, "the index"),
]


def rows(table: list[tuple[str, set[str], str]]) -> list[object]:
    return [pytest.param(text, expected, id=reason) for text, expected, reason in table]


@pytest.mark.parametrize(("text", "expected"), rows(PRINTED))
def test_printed_tickers(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(("text", "on", "expected", "reason"), RENAMED)
def test_symbols_of_other_days(text: str, on: dt.date, expected: set[str], reason: str) -> None:
    assert symbols(text, on=on) == expected, reason


@pytest.mark.parametrize(("text", "expected"), rows(NAMES))
def test_names_without_a_ticker(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(AMBIGUOUS))
def test_names_that_mean_something_else_too(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(INDICES))
def test_indices(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(("text", "expected"), rows(AT_HOME))
def test_names_that_stand_for_a_company_at_home(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Mylan shares rose.", dt.date(2016, 5, 2), {"MYL"}),
        ("Mylan shares rose.", dt.date(2022, 5, 2), {"VTRS"}),
        ("Raytheon shares rose.", dt.date(2019, 5, 2), {"RTN"}),
        ("Raytheon shares rose.", dt.date(2021, 5, 3), {"RTX"}),
    ],
)
def test_the_name_of_a_merged_company_is_read_as_of_the_day(
    text: str, on: dt.date, expected: set[str]
) -> None:
    assert symbols(text, on=on) == expected


def test_who_edited_the_text_is_no_company() -> None:
    assert (
        symbols("Stocks fell. (Reporting by Ann Meredith; Editing by Meredith Lovesac and Jo Target)")
        == set()
    )


def test_one_spelling_in_capitals_does_not_make_the_others_strict() -> None:
    assert symbols("Nio shares rose while NIO cars sold.") == {"NIO"}


@pytest.mark.parametrize(("text", "expected"), rows(PLACES))
def test_towns_and_exchanges_are_places(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected
