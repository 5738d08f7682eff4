"""The data files of five installed packages, read as plain rows; nothing is fetched."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from nlp_rotation.errors import ConfigError

_HINT = "install the extra: pip install 'nlp-rotation[tables]'"
INDICES = ("sp500", "sp400", "sp600")
#: Main indices first: the first index that names a company says how large it is.
MAIN_INDICES = ("EURO STOXX 50", "DAX", "CAC_40", "FTSE 100", "Switzerland 20", "AEX", "NIKKEI 225")
WORLD_INDICES = (
    *MAIN_INDICES,
    "IBEX 35",
    "BEL 20",
    "OMX Stockholm 30",
    "OMX Helsinki 25",
    "MDAX",
    "CAC Mid 60",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A share class as its source lists it."""

    symbol: str
    name: str
    #: Exchange as the source writes it; empty where unsaid.
    venue: str
    #: Number of the issuer in the register; empty where unsaid.
    issuer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldListing:
    """A member of an index outside the United States."""

    index: str
    symbol: str
    name: str
    #: Symbols of the same company on other exchanges.
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeListing:
    """A share on an exchange of its country, with the code that is used there."""

    country: str
    symbol: str
    name: str
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Days on which a symbol was a member of an index; ``None`` where the record is open."""

    index: str
    symbol: str
    name: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A symbol that became another on a day."""

    old: str
    new: str
    on: date
    name: str


def folder_of(package: str) -> Path:
    """Return the folder of an installed package without importing it."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ConfigError("package is not installed", where=package, hint=_HINT)
    return Path(found.submodule_search_locations[0])


def us_listings() -> list[Listing]:
    """Return the share classes that report to the US regulator, largest issuer first."""
    import pandas as pd

    table = pd.read_parquet(folder_of("edgar") / "reference" / "data" / "company_tickers.parquet")
    return [
        Listing(symbol=row["ticker"], name=row["name"], venue=row["exchange"], issuer=row["cik"])
        for row in table.fillna("").to_dict("records")
    ]


def world_listings() -> list[WorldListing]:
    """Return the companies in the main indices of Europe and Japan; some rows lack a symbol."""
    from pytickersymbols import PyTickerSymbols

    stocks = PyTickerSymbols()
    return [
        WorldListing(
            index=index,
            symbol=stock["symbol"],
            name=stock["name"],
            elsewhere=tuple(row["yahoo"] for row in stock.get("symbols", ())),
        )
        for index in WORLD_INDICES
        for stock in stocks.get_stocks_by_index(index)
        if stock.get("symbol")
    ]


def home_listings() -> list[HomeListing]:
    """Return what was listed in each country when the package was made (2022)."""
    path = folder_of("investpy") / "resources" / "stocks.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            HomeListing(
                country=row["country"], symbol=row["symbol"], name=row["name"], full_name=row["full_name"]
            )
            for row in csv.DictReader(lines)
        ]


def current_members(index: str) -> list[Listing]:
    """Return the members of a US index on the day that the package was made."""
    return [
        Listing(symbol=row["ticker"], name=row["name"], venue="", issuer=row["cik"])
        for row in _csv_rows(f"{index}_current.csv")
    ]


def renames() -> list[Rename]:
    """Return the changes of symbol that the two packages of index history know."""
    found = [
        Rename(old=row["ticker"], new=row["reason"].split()[2].strip(":"), on=_day(row["date"]), name="")
        for index in INDICES
        for row in _csv_rows(f"{index}_changes.csv")
        if row["action"] == "removed" and row["reason"].startswith("rename →")
    ]
    return found + [
        Rename(old=row.old_symbol, new=row.new_symbol, on=row.event_date.date(), name=row.old_name)
        for row in _pickled("event/us.pkl")
        if row.event_type == "ticker_change"
    ]


def memberships() -> list[Membership]:
    """Return who was in which US index when, with the names of the time."""
    found = []
    for index in ("sp500", "nasdaq100", "dow30"):
        found += [
            Membership(
                index=index,
                symbol=row.symbol,
                name=row.name_,
                since=_maybe_day(row.opt_in),
                until=_maybe_day(row.opt_out),
            )
            for row in _pickled(f"history/{index}.pkl")
        ]
    return found


def departures() -> list[Membership]:
    """Return the named removals from the indices of mid and small companies."""
    return [
        Membership(index=index, symbol=row["ticker"], name=row["name"], since=None, until=_day(row["date"]))
        for index in INDICES
        for row in _csv_rows(f"{index}_changes.csv")
        if row["action"] == "removed" and row["name"]
    ]


def _csv_rows(name: str) -> Iterator[dict[str, str]]:
    with (folder_of("pitindex") / "data" / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _pickled(name: str) -> Iterator[Any]:
    import pandas as pd

    table = pd.read_pickle(folder_of("index_constitution") / "_data" / name)
    names = {"name": "name_", "opt-in": "opt_in", "opt-out": "opt_out"}
    yield from table.rename(columns=names).itertuples(index=False)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe_day(stamp: Any) -> date | None:
    return None if stamp != stamp else stamp.date()
