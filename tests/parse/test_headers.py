import pytest

from nlp_rotation.parse.headers import split_headers, with_headers
from nlp_rotation.types import Given

ROWS = [
    ("title: A\n\nB", {"title": "A"}, "B", "one line"),
    ("Date: 2024-07-22\nSource: Wire\n\nB", {"date": "2024-07-22", "source": "Wire"}, "B", "case is folded"),
    ("\n\ntitle: A\nB", {"title": "A"}, "B", "blank lines before, none behind"),
    ("title: A\ntitle: C\n\nB", {"title": "A"}, "B", "the first of two counts"),
    ("title: A", {"title": "A"}, "", "nothing but headers"),
    ("title:\n\nB", {"title": ""}, "B", "an empty header"),
    ("A day of gains: oil\nB", {}, "A day of gains: oil\nB", "prose with a colon"),
    ("date 2024-07-22 Oil rose.", {}, "date 2024-07-22 Oil rose.", "no colon, no header"),
    ("B\ntitle: A", {}, "B\ntitle: A", "below the head it is text"),
    ("url: https://a.example/x\r\n\r\nB", {"url": "https://a.example/x"}, "B", "line ends of Windows"),
]


@pytest.mark.parametrize(("text", "headers", "rest", "why"), ROWS)
def test_split(text, headers, rest, why):
    assert split_headers(text) == (headers, rest), why


def test_what_the_source_said_stays():
    given = with_headers(
        Given(title="Given", published="2024-07-01", basis="feed"), {"title": "H", "date": "x"}
    )
    assert (given.title, given.published, given.basis) == ("Given", "2024-07-01", "feed")


def test_none_is_no_date():
    assert with_headers(Given(), {"date": "None", "source": "n/a"}) == Given()
