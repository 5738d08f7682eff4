"""Folders, several files of one symbol, passed-on symbols, and what the real bars hold."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp_rotation.align.prices import load_prices
from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import PriceError

HEAD = "date,close\n"


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(HEAD + text, "utf-8")


def test_a_folder_of_one_file_a_symbol(tmp_path):
    write(tmp_path, aaa="2024-07-10,1\n2024-07-11,2\n", bbb="2024-07-10,3\n")
    (tmp_path / "notes.md").write_text("no prices", "utf-8")
    prices = load_prices(tmp_path)
    assert prices.symbols == ("AAA", "BBB")
    assert prices.closes(["AAA", "BBB"]).iloc[0].tolist() == [1.0, 3.0]


def test_two_files_of_one_symbol_that_differ_are_told(tmp_path):
    write(tmp_path, aaa="2024-07-10,100\n2024-07-11,100\n")
    other = tmp_path / "aaa.us.txt"
    other.write_text(HEAD + "2024-07-11,90\n2024-07-12,91\n", "utf-8")
    prices = load_prices(tmp_path)
    assert prices.close("AAA").tolist() == [100.0, 100.0, 91.0]
    assert any("they share 1 sessions and differ by up to 11.11%" in str(note) for note in prices.notes)


def test_bars_of_a_passed_on_symbol_go_to_the_company_of_today(tmp_path):
    write(tmp_path, FB="2022-06-07,190\n2022-06-08,191\n2025-06-26,39\n")
    prices = load_prices(tmp_path)
    assert prices.close("META").tolist() == [190.0, 191.0]
    assert prices.close("FB").tolist() == [39.0]


@pytest.mark.parametrize(("make", "says"), [("nothing", "no such file"), ("empty", "holds no price files")])
def test_what_is_not_there(tmp_path, make, says):
    place = tmp_path / make
    if make == "empty":
        place.mkdir()
    with pytest.raises(PriceError, match=says):
        load_prices(place)


@pytest.mark.shared
def test_the_real_bars(real):
    assert len(real.symbols) == 69
    said = [str(note) for note in real.notes]
    assert "FUBO: no bars from 2025-07-08 to 2025-12-15 (113 sessions)" in said
    assert any(line.startswith("FB: bars from 2022-06-09 on are not those of META") for line in said)
    assert any(line.startswith("ZM: the adjustment of the close changes on 2024-03-11") for line in said)


@pytest.mark.shared
def test_every_session_of_new_york_since_1990_has_a_bar(real):
    days = real.closes(real.symbols).index
    wanted = exchange().between(dt.date(1990, 1, 1), days[-1].date())
    assert days[days >= "1990"].equals(wanted)
    assert (wanted[0].date(), wanted[-1].date()) == (dt.date(1990, 1, 2), dt.date(2026, 8, 21))


@pytest.mark.shared
def test_sessions_without_a_gap(real):
    told = {note.symbol for note in real.notes if note.trouble == "hole"}
    assert told == {"FUBO", "IJH", "IJR", "MCHI", "VT"}
    for symbol in set(real.symbols) - told:
        days = real.of(symbol).index
        wanted = exchange().between(days[0].date(), days[-1].date())
        assert days[days >= "1990"].equals(wanted[wanted >= "1990"]), symbol
