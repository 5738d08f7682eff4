"""``report.html``: one self-contained page that works from disk, offline, in light and dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_rotation.errors import RotationError
from nlp_rotation.present import tables
from nlp_rotation.present.digest import Cited, Digest
from nlp_rotation.present.summary import in_words
from nlp_rotation.types import Driver, Skipped
from nlp_rotation.version import VERSION

if TYPE_CHECKING:
    from nlp_rotation.present.charts.reporting import Framed

_MOVERS = 40
_SKIPS = 200
#: Verdicts in the order of interest, each with the mark that says it without colour.
_VERDICTS = {"contradicted": "✕", "direction only": "≈", "confirmed": "✓", "cannot tell": "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a bar chart."""

    label: str
    value: float
    share: float
    text: str


def write_report(
    digest: Digest, skips: Sequence[Skipped], folder: Path, *, chart: Framed | None = None
) -> Path:
    """Write the page into ``folder`` and return its path.

    Every string of an article is escaped by the template; nothing is loaded from anywhere.
    """
    page = render(digest, skips, chart=chart)
    path = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise RotationError(f"cannot write the report ({error.strerror})", where=str(path)) from error
    return path


def render(digest: Digest, skips: Sequence[Skipped], *, chart: Framed | None = None) -> str:
    """Return the page as a string; with a chart, where there is one."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("nlp_rotation.present"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "days": tables.days,
        "signed": tables.signed,
        "arrows": tables.effects,
        "manner": tables.manner,
        "who": tables.who,
        "marked": _marked,
        "tail": _tail,
        "head": _head,
        "web": _web_address,
        "name": _name,
        "mark": _VERDICTS.__getitem__,
    }
    return environment.get_template("report.html").render(
        summary=in_words(digest),
        digest=digest,
        chart=chart,
        movers=_movers(digest),
        categories=_categories(digest),
        drivers=_by_category(digest.drivers.in_order()),
        rotations=digest.rotations.in_order(),
        claims=sorted(digest.claims.in_order(), key=lambda cited: list(_VERDICTS).index(cited.item.verdict)),
        verdicts=digest.verdicts.most_common(),
        models=sorted(digest.models),
        skips=[item for item in skips if item.loss][:_SKIPS],
        left_out=[item for item in skips if not item.loss],
        version=VERSION,
    )


def _movers(digest: Digest) -> list[tuple[Bar, Cited[Any]]]:
    chosen = sorted(digest.moves.in_order(), key=lambda cited: -abs(cited.item.pct))[:_MOVERS]
    largest = max((abs(cited.item.pct) for cited in chosen), default=1.0) or 1.0
    ordered = sorted(chosen, key=lambda cited: -cited.item.pct)
    return [
        (
            Bar(
                label=cited.item.subject,
                value=cited.item.pct,
                share=abs(cited.item.pct) / largest,
                text=tables.signed(cited.item),
            ),
            cited,
        )
        for cited in ordered
    ]


def _categories(digest: Digest) -> list[Bar]:
    counted = digest.categories.most_common(20)
    largest = counted[0][1] if counted else 1
    return [Bar(label=name, value=n, share=n / largest, text=str(n)) for name, n in counted]


def _by_category(drivers: Sequence[Cited[Driver]]) -> list[tuple[str, list[Cited[Driver]]]]:
    groups: dict[str, list[Cited[Driver]]] = {}
    for cited in drivers:
        groups.setdefault(cited.item.category, []).append(cited)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _marked(cited: Cited[Any]) -> tuple[str, str, str]:
    """Return the sentence in three parts, the middle one being the evidence."""
    before, found, after = cited.sentence.partition(cited.item.text)
    return (before, found, after) if found else ("", cited.item.text, "")


def _tail(text: str, width: int) -> str:
    """Return the last words of ``text``, at most ``width`` characters of them."""
    return text if len(text) <= width else "… " + text[-width:].split(" ", 1)[-1]


def _head(text: str, width: int) -> str:
    """Return the first words of ``text``, at most ``width`` characters of them."""
    return text if len(text) <= width else text[:width].rsplit(" ", 1)[0] + " …"


def _web_address(url: str | None) -> str:
    """Return ``url`` where a browser may follow it: never ``javascript:`` and its like."""
    return url if url and url.lower().startswith(("https://", "http://")) else ""


def _name(cited: Cited[Any]) -> str:
    article = cited.article
    return article.title or tables.first_words(article.text)
