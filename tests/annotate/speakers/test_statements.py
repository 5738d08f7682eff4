"""Who says what: one construction a row, with the stretch that is in somebody's mouth."""

from itertools import pairwise

import pytest

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.speakers.statements import find_statements
from nlp_rotation.types import Reading, Statement

INTRO = "Ann Fox, chief strategist at Lune Capital, spoke first. "

# Each row: text, words that must be inside a statement, its speaker, its firm, why.
SAID = [
    # the speaker behind the quote
    (
        '"Rates weigh on banks," said Ann Fox, chief strategist at Lune Capital.',
        "Rates weigh",
        "Ann Fox",
        "Lune Capital",
        "said NAME, role at FIRM",
    ),
    (
        '"Rates weigh on banks," said Ann Fox, a market strategist with Lune & Co. in Leeds.',
        "Rates weigh",
        "Ann Fox",
        "Lune & Co.",
        "with FIRM in CITY",
    ),
    (
        '"Rates weigh," said Ann Fox, president of Lune Partners in New York.',
        "Rates weigh",
        "Ann Fox",
        "Lune Partners",
        "president of FIRM",
    ),
    (
        '"Rates weigh," said Ann Fox, chief strategist, Lune Financial in Boston.',
        "Rates weigh",
        "Ann Fox",
        "Lune Financial",
        "role, FIRM",
    ),
    (
        '"Rates weigh," said Ann Fox, head of U.S. equities at Lune Securities.',
        "Rates weigh",
        "Ann Fox",
        "Lune Securities",
        "a desk is no employer",
    ),
    (
        '"Rates weigh," said Ann Fox, who helps manage $2 billion at London-based Lune Asset Management.',
        "Rates weigh",
        "Ann Fox",
        "Lune Asset Management",
        "who ... at CITY-based FIRM",
    ),
    (
        '"Rates weigh," said Ann Fox, manager of Lune Capital Management\'s value fund.',
        "Rates weigh",
        "Ann Fox",
        "Lune Capital Management",
        "a possessive ends the firm",
    ),
    (
        '"Rates weigh," said Ann Fox, a former Brix banker who founded The Lune Letter newsletter.',
        "Rates weigh",
        "Ann Fox",
        "The Lune Letter",
        "who founded FIRM",
    ),
    (
        '"Rates weigh," said Lune Capital strategist Ann Fox.',
        "Rates weigh",
        "Ann Fox",
        "Lune Capital",
        "said FIRM role NAME",
    ),
    (
        '"Rates weigh," said Goldman Sachs\'s Ann Fox.',
        "Rates weigh",
        "Ann Fox",
        "Goldman Sachs",
        "said FIRM's NAME",
    ),
    (
        "“Rates weigh,” wrote Ann Fox, chairman of Lune & Associates, in a Wednesday note.",
        "Rates weigh",
        "Ann Fox",
        "Lune & Associates",
        "curly marks, wrote",
    ),
    (
        '"Rates weigh," said Jim O’Hara Jr., a trader at Lune Securities.',
        "Rates weigh",
        "Jim O’Hara Jr.",
        "Lune Securities",
        "apostrophe and Jr.",
    ),
    (
        '"Rates weigh," said J.P. Morgan analyst Ann Fox.',
        "Rates weigh",
        "Ann Fox",
        "J.P. Morgan",
        "initials of a firm",
    ),
    (
        '"Rates weigh," said analysts at Lune Securities.',
        "Rates weigh",
        None,
        "Lune Securities",
        "nameless people of a firm",
    ),
    ('"Rates weigh," said one trader at Brix Brokers.', "Rates weigh", None, "Brix Brokers", "one of them"),
    (
        '"Rates weigh," said the strategist. ',
        "Rates weigh",
        "Ann Fox",
        "Lune Capital",
        "the strategist, introduced before",
    ),
    (
        "'Rates weigh on banks,' said Ann Fox, an analyst at Lune Securities.",
        "Rates weigh",
        "Ann Fox",
        "Lune Securities",
        "single marks",
    ),
    # the speaker before the words
    (
        'Ann Fox, founder of hedge fund Lune LLC, said, "Rates weigh on banks."',
        "Rates weigh",
        "Ann Fox",
        "Lune LLC",
        "NAME, role of kind FIRM, said",
    ),
    (
        "Goldman Sachs strategist Ann Fox stated that rates weigh on banks.",
        "rates weigh",
        "Ann Fox",
        "Goldman Sachs",
        "FIRM role NAME stated that",
    ),
    (
        "Bank of America Corp.’s Ann Fox said Friday rates weigh on banks.",
        "rates weigh",
        "Ann Fox",
        "Bank of America Corp.",
        "FIRM's NAME said",
    ),
    (
        "Morgan Stanley strategists led by Ann Fox wrote in a note that rates weigh.",
        "rates weigh",
        "Ann Fox",
        "Morgan Stanley",
        "led by NAME",
    ),
    (
        "Strategists at Brix Bank including Ann Fox said rates weigh.",
        "rates weigh",
        "Ann Fox",
        "Brix Bank",
        "including NAME",
    ),
    ("Analysts at Brix Bank said rates weigh.", "rates weigh", None, "Brix Bank", "analysts at FIRM"),
    ("Brix Bank analysts said rates weigh.", "rates weigh", None, "Brix Bank", "FIRM analysts"),
    ("UBS said in a note that rates weigh.", "rates weigh", None, "UBS", "a house"),
    (
        "Ann Fox and Bob Reed at ING said rates weigh.",
        "rates weigh",
        "Ann Fox and Bob Reed",
        "ING",
        "two of them",
    ),
    (
        "Ann Fox of Lune Capital believes rates weigh on banks.",
        "rates weigh",
        "Ann Fox",
        "Lune Capital",
        "NAME of FIRM believes",
    ),
    (
        "Ann Fox, head of the rates team at Lune Capital said rates weigh.",
        "rates weigh",
        "Ann Fox",
        "Lune Capital",
        "no second comma",
    ),
    (
        "The Wall Street Journal reported (citing people close to it) that rates weigh.",
        "rates weigh",
        None,
        "The Wall Street Journal",
        "a paper",
    ),
    (
        "Several traders attributed the fall to rates.",
        "to rates",
        "Several traders",
        None,
        "a crowd by its words",
    ),
    ("Analysts say that rates weigh on banks.", "rates weigh", "Analysts", None, "a crowd"),
    ("The bears are worried about rates.", "about rates", "The bears", None, "bears speak for themselves"),
    (
        "Mr. Fox, a strategist at Lune Capital, said rates weigh.",
        "rates weigh",
        None,
        None,
        "a title with no first name names nobody in full",
    ),
    (
        "Ann Fox, an economist at Lune Capital, also pointed to rates.",
        "to rates",
        "Ann Fox",
        "Lune Capital",
        "an adverb between",
    ),
    (
        "Ann Fox, a strategist at Lune Capital, told Brix TV that rates weigh.",
        "rates weigh",
        "Ann Fox",
        "Lune Capital",
        "told somebody",
    ),
    (
        "In the view of Ann Fox at Lune Capital, rates weigh.",
        "rates weigh",
        "Ann Fox",
        "Lune Capital",
        "in the view of",
    ),
    # the speaker at the end or inside
    (
        "Rates weigh on banks, according to Lune Capital.",
        "Rates weigh",
        None,
        "Lune Capital",
        "according to FIRM",
    ),
    ("According to Lune Capital, rates weigh on banks.", "rates weigh", None, "Lune Capital", "at the head"),
    (
        "Rates weigh on banks, according to BlackRock's head of rates strategy, Ann Fox.",
        "Rates weigh",
        "Ann Fox",
        "BlackRock",
        "according to FIRM's role, NAME",
    ),
    (
        "Rates weigh on banks, according to a report by Lune Capital.",
        "Rates weigh",
        None,
        "Lune Capital",
        "according to a report by",
    ),
    (
        "Rates weigh on banks, according to traders cited by Reuters.",
        "Rates weigh",
        None,
        "Reuters",
        "the agency stands for whom it cites",
    ),
    ("Rates weigh on banks, analysts said.", "Rates weigh", "analysts", None, "a crowd at the end"),
    (
        "Rates weigh on banks, UBS said in a note, citing its own data.",
        "Rates weigh",
        None,
        "UBS",
        "in a note, citing",
    ),
    ("If rates rise, UBS said, banks fall.", "banks fall", None, "UBS", "inserted: both sides"),
    ("If rates rise, UBS said, banks fall.", "If rates rise", None, "UBS", "inserted: both sides"),
    ("To Ann Fox at Lune Capital, rates weigh.", "rates weigh", "Ann Fox", "Lune Capital", "to NAME at FIRM"),
    (
        "JPMorgan cut the chip maker to neutral, saying rates weigh.",
        "rates weigh",
        None,
        "JPMorgan",
        "a participle goes with the house",
    ),
    (
        "Ann Fox, an analyst at Lune Capital, cut its rating, citing weak demand.",
        "weak demand",
        "Ann Fox",
        "Lune Capital",
        "a participle goes with the person",
    ),
    (
        'ANN FOX, CHIEF ECONOMIST, LUNE CAPITAL, LEEDS: "Rates weigh on banks."',
        "Rates weigh",
        "Ann Fox",
        None,
        "a round-up in capitals",
    ),
    # who is meant
    (
        INTRO + 'Stocks fell. "Rates weigh," Fox said.',
        "Rates weigh",
        "Ann Fox",
        "Lune Capital",
        "the surname leads back to the name",
    ),
    (
        INTRO + 'He was not alone. "Rates weigh," she said.',
        "Rates weigh",
        "Ann Fox",
        "Lune Capital",
        "a pronoun leads back to the person",
    ),
    (
        INTRO + "Fox mentioned rates. She added that banks fall.",
        "banks fall",
        "Ann Fox",
        "Lune Capital",
        "she added that",
    ),
    (
        "Lune Capital said rates weigh. The firm expects banks to fall.",
        "banks to fall",
        None,
        "Lune Capital",
        "the firm",
    ),
    (
        "Ann Fox and Bob Reed at ING said rates weigh. Oil fell, the analysts noted.",
        "Oil fell",
        "Ann Fox and Bob Reed",
        "ING",
        "the analysts",
    ),
    (
        "The Wall Street Journal said so. The WSJ also reported that rates weigh.",
        "rates weigh",
        None,
        "The Wall Street Journal",
        "initials lead back to the full name",
    ),
    (
        "Goldman Sachs said so. Goldman also said rates weigh.",
        "rates weigh",
        None,
        "Goldman Sachs",
        "a short form",
    ),
    # how far the words go
    (
        '"Rates weigh," said Ann Fox, an analyst at UBS. "Banks fall. Utilities too."',
        "Utilities too",
        "Ann Fox",
        "UBS",
        "a quote that goes on",
    ),
    (
        '"Rates weigh. Banks fall," said Ann Fox, an analyst at UBS.',
        "Rates weigh",
        "Ann Fox",
        "UBS",
        "a quote of two sentences before",
    ),
    (
        'Ann Fox, an analyst at UBS, said so.\n\n"Rates weigh on banks."',
        "Rates weigh",
        "Ann Fox",
        "UBS",
        "the next paragraph is a quote",
    ),
    (
        "Ann Fox, an analyst at UBS, told us more.\n\n“Rates weigh.\n\n“Banks fall,” she said.",
        "Rates weigh",
        "Ann Fox",
        "UBS",
        "opened anew, not closed",
    ),
    (
        "Ann Fox of Lune Capital believes there are two reasons:\n\n  1. Rates weigh;\n\n  2. Banks fall.",
        "Banks fall",
        "Ann Fox",
        "Lune Capital",
        "numbered reasons",
    ),
    (
        "Ann Fox of Lune Capital said why:\n- Rates weigh\n- Banks fall",
        "Banks fall",
        "Ann Fox",
        "Lune Capital",
        "reasons behind dashes",
    ),
    (
        '"Rates weigh," said Ann Fox, an analyst at UBS. "Oil is up," said Bob Reed, a trader at Brix Bank.',
        "Oil is up",
        "Bob Reed",
        "Brix Bank",
        "the next quote has its own speaker",
    ),
    (
        "Ann Fox at UBS said rates weigh, while Bob Reed at Brix Bank said oil is up.",
        "oil is up",
        "Bob Reed",
        "Brix Bank",
        "two in a sentence",
    ),
]

# Each row: text, words that nobody says, why.
NOT_SAID = [
    (
        "Shares fell after Goldman Sachs said rates weigh.",
        "rates weigh",
        "what follows after is the event, told by the article",
    ),
    ("Shares fell when Ann Fox, an analyst at UBS, said rates weigh.", "rates weigh", "a clause of time"),
    ("Intel added 2%.", "Intel", "added is no speech"),
    ("The index added 55 points.", "index", "nor of an index"),
    ("Acme Motors said sales fell.", "sales fell", "a firm's own news"),
    ("The jobless rate rose, according to FactSet data.", "jobless", "numbers have a source, no speaker"),
    ("The odds rose to 60%, according to the CME FedWatch Tool.", "odds", "a tool"),
    ("Analysts polled by Reuters had forecast a rise.", "a rise", "a poll"),
    ("The rise was small, according to economists surveyed by Bloomberg.", "The rise", "a survey"),
    ("President Donald Trump said tariffs will rise.", "tariffs", "a politician's words are the event"),
    ("Federal Reserve Chair Jane Roe said inflation is easing.", "inflation", "a central banker's too"),
    ("Stocks fell. Rates weigh on banks.", "Rates", "the article itself"),
    ('Shares of the maker of "Lune" toys rose.', "Lune", "a name in quotes"),
    ("Stocks rose in what traders believe is a lull.", "a lull", "a mood of a crowd"),
    ("He joined UBS, Ann Fox's firm, in March.", "March", "no verb of speech"),
    ("The company reports results on Monday.", "results", "reports, of a date"),
]


def _statements(text: str) -> tuple[Statement, ...]:
    return find_statements(Reading(text=text, sentences=find_sentences(text)))


def _over(text: str, words: str) -> Statement | None:
    at = text.index(words)
    return next((item for item in _statements(text) if item.start <= at < item.end), None)


@pytest.mark.parametrize(
    ("text", "words", "speaker", "firm", "why"), SAID, ids=[f"{row[4]}-{row[1]}" for row in SAID]
)
def test_statements_have_speaker_and_firm(text, words, speaker, firm, why):
    if "the strategist" in text:
        text = INTRO + text
    found = _over(text, words)
    assert ((found.speaker, found.firm) if found else (None, None)) == (speaker, firm), why


@pytest.mark.parametrize(("text", "words", "why"), NOT_SAID, ids=[row[2] for row in NOT_SAID])
def test_statements_leave_the_article_its_own_words(text, words, why):
    assert _over(text, words) is None, why


def test_statements_do_not_overlap_and_stand_in_order():
    text = " ".join(row[0] for row in SAID)
    found = _statements(text)
    assert found
    assert all(one.end <= other.start for one, other in pairwise(found))
