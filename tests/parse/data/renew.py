"""Write ``NAME.json`` beside every ``NAME.html`` here from what the program reads; review the difference."""

import json
from pathlib import Path

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument

HERE = Path(__file__).parent


def reading(page: Path) -> dict:
    """Return what the program reads on ``page``, as JSON."""
    try:
        article = parse(RawDocument(source_path=page.name, media="html", body=page.read_text("utf-8")))
    except ParseError as error:
        return {"error": str(error)}
    return {
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "lang": article.lang,
        "published": article.published.raw,
        "date": str(article.published.date),
        "basis": article.published.basis,
        "text": article.text.split("\n"),
    }


if __name__ == "__main__":
    for path in sorted(HERE.glob("*.html")):
        golden = json.dumps(reading(path), indent=1, ensure_ascii=False)
        path.with_suffix(".json").write_text(f"{golden}\n", "utf-8")
