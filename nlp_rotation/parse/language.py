"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

#: Articles in another language are kept as they are and not annotated.
ENGLISH = "en"

#: Languages of the papers that market news comes from. The model knows 97; with all of them a short
#: English headline full of names turns Malay or Latin.
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "no",
    "pl",
    "ru",
    "tr",
    "ar",
    "hi",
    "ja",
    "ko",
    "zh",
)
#: The head of an article tells its language; the rest costs time only.
_READ = 2_000
#: Below this many letters names outweigh words ("Nvidia, Tesla, Meta slide" is Spanish to the model).
_FEWEST = 60
#: The commonest words of English prose, which together make up an eighth of it and next to nothing of
#: other languages. They settle nearly every text without the model, which takes ten times as long.
_ENGLISH_WORDS = frozenset({"the", "of", "and", "to"})
_ENGLISH_SHARE = 0.03
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, *, stated: str | None = None) -> str:
    """Return the ISO 639-1 code of the language of ``text``.

    A short text in Latin letters is in the language that its page states, and in English where none is.
    """
    sample = " ".join(text[:_READ].split())
    words = _WORD.findall(sample.lower())
    if sum(word in _ENGLISH_WORDS for word in words) > _ENGLISH_SHARE * len(words):
        return ENGLISH
    letters = "".join(words)
    latin = sum(letter < "\u0250" for letter in letters)
    if len(letters) < _FEWEST and latin * 2 >= len(letters):
        return stated or ENGLISH
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # Version 0.4 renamed the loader when the model stopped being a pickle.
    load = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model
    identifier = load(MODEL_FILE, norm_probs=False)
    identifier.set_languages(list(_LANGUAGES))
    return identifier
