"""Rows as a calendar (iCalendar, RFC 5545): an event each, with its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from nlp_rotation.errors import RotationError
from nlp_rotation.present.queries.asking import Answer, Item
from nlp_rotation.version import VERSION

if TYPE_CHECKING:
    from icalendar import Calendar, Event

#: What an event is called, by the view that its row is of.
SUMMARIES: Mapping[str, Callable[[Item], str]] = {
    "articles": lambda item: item["title"] or item["text"][:80],
    "drivers": lambda item: f"{item['category']} ({item['relation']}){_effects(item)}",
    "moves": lambda item: f"{item['subject']} {item['pct']:+g} %",
    "rotations": lambda item: (
        f"{item['from_subject'] or '?'} → {item['to_subject'] or '?'} ({item['status']})"
    ),
    "claims": lambda item: f"{item['verdict']}: {_claimed(item)}",
}


def calendar(view: str, answer: Answer) -> bytes:
    """Return the rows as one calendar; those without a day have no place in it.

    :raises RotationError: where the extra for calendars is not installed.
    """
    try:
        from icalendar import Calendar
    except ModuleNotFoundError as error:
        hint = "pip install 'nlp-rotation[ics]'"
        raise RotationError("a calendar needs icalendar", hint=hint) from error
    made: Calendar = Calendar()
    made.add("prodid", f"-//nlp-rotation//{VERSION}//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"nlp-rotation {view}")
    for item in answer.items():
        if item["published_at"] or item["day"]:
            made.add_component(_event(view, item))
    return bytes(made.to_ical())


def _event(view: str, item: Item) -> Event:
    from icalendar import Event

    event: Event = Event()
    place = ".".join(str(item[name]) for name in ("kind", "n") if view != "articles" and name in item)
    event.add("uid", f"{view}-{item['edition']}-{place}@{item['article_id']}.nlp-rotation")
    event.add("dtstamp", dt.datetime.fromisoformat(item["extracted_at"]))
    event.add("dtstart", _start(item))
    event.add("summary", SUMMARIES[view](item))
    event.add("description", _description(item))
    event.add("transp", "TRANSPARENT")
    if item["url"]:
        event.add("url", item["url"])
    return event


def _start(item: Item) -> dt.date:
    """An instant where one is known, else the whole day."""
    if item["published_at"]:
        return dt.datetime.fromisoformat(item["published_at"])
    return dt.date.fromisoformat(item["day"])


def _description(item: Item) -> str:
    who = ", ".join(item[name] for name in ("speaker", "firm") if item.get(name))
    parts: list[Any] = [
        item.get("sentence") or item.get("quote"),
        item.get("reason"),
        who,
        item["source"],
        item["url"],
    ]
    if item.get("confidence") is not None:
        parts.append(f"confidence {item['confidence']:.2f}")
    return "\n".join(part for part in parts if part)


def _effects(item: Item) -> str:
    return "".join(f" {effect['on']} {effect['direction']}" for effect in item["effects"])


def _claimed(item: Item) -> str:
    if item["kind"] == "move":
        return f"{item['subject']} {item['stated']:+g} %"
    return f"{item['from_subject'] or '?'} → {item['to_subject'] or '?'}"
