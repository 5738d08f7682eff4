"""Company names as registers write them, cut down to what a newspaper writes."""

from __future__ import annotations

import re

from nlp_rotation.annotate.names.tokens import key_of

#: Endings that say nothing of the company: legal forms, share classes, register remarks.
_LEGAL = re.compile(
    r"(?:[\s,]+(?:inc(?:orporated)?|corp(?:oration)?|co|company|companies|cos|ltd|limited|plc|llc|lp|l\.p|nv|n\.v"
    r"|sa|s\.a|ag|se|ab|asa|oyj|spa|s\.p\.a|kgaa|sab de cv|sa de cv|bv|b\.v|new|trust inc|&|and"
    r"|holdings?|group|common stock|ordinary shares|class [a-c]|cl [a-c]|series [a-c])\.?)+$",
    re.I,
)
_REMARK = re.compile(
    r"\s*(?:/[A-Za-z ]{2,12}/?|\\[A-Z]{2}\\?|\((?:the|class [a-c]|series [a-c])\))\s*$", re.I
)
#: Endings that a newspaper leaves out of the name of a large company.
_TRADE = re.compile(
    r"[\s,]+(?:international|technologies|technology|industries|communications|platforms|systems"
    r"|pharmaceuticals|therapeutics|energy|stores|motors?|brands|software|resources|worldwide|financial|global"
    r"|solutions|networks|entertainment|laboratories|labs|semiconductor|semiconductors|bancorp|bancshares"
    r"|enterprises|products|interactive|airlines|materials|controls|foods|petroleum|properties|cruises"
    r"|manufacturing|electronics|health|healthcare|medical|services|media|water|wholesale)$",
    re.I,
)
_VOWEL = re.compile(r"[AEIOUY]")
_SMALL_WORDS = frozenset({"OF", "AND", "THE", "DE", "FOR", "IN"})


def without_remarks(name: str) -> str:
    """Drop a leading article and the remarks that registers append (``/DE/``, ``(The)``).

    >>> without_remarks("The Coca-Cola Co /DE/")
    'Coca-Cola Co'
    """
    while (shorter := _REMARK.sub("", name)) != name:
        name = shorter
    return re.sub(r"^the\s+", "", name.strip(), flags=re.I)


def without_legal_form(name: str) -> str:
    """Drop legal forms and share classes at the end.

    >>> without_legal_form("Kohl's Corp., Class A")
    "Kohl's"
    """
    bare = _LEGAL.sub("", without_remarks(name)).strip(" ,.&-")
    return bare or name


def newspaper_name(name: str) -> str:
    """Drop also the word for the trade at the end, where another word is left.

    >>> newspaper_name("Micron Technology Inc")
    'Micron'
    """
    bare = without_legal_form(name)
    return _TRADE.sub("", bare) or bare


def keys_of(name: str) -> tuple[str, ...]:
    """Return the keys under which a name is found: with ``and`` for ``&`` too, and joined domains."""
    bare = without_legal_form(name)
    keys = [key_of(bare)]
    if " & " in bare:
        keys.append(key_of(bare.replace(" & ", " and ")))
    if re.search(r"[ .]com$", bare, re.I):
        keys.append(key_of(bare[:-4]))
    return tuple(dict.fromkeys(key for key in keys if key))


def readable(name: str) -> str:
    """Give a name in capitals the case of a newspaper; other names stay.

    >>> readable("EAGLE FINANCIAL SERVICES INC"), readable("CSX CORP")
    ('Eagle Financial Services Inc', 'CSX Corp')
    """
    if name != name.upper():
        return name
    return " ".join(_readable_word(word) for word in name.split())


def _readable_word(word: str) -> str:
    if word in _SMALL_WORDS:
        return word.lower()
    return word if len(word) > 1 and not _VOWEL.search(word) else word.capitalize()
