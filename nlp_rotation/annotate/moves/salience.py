"""What the text was last about: whom "the stock", "the index" or "it" means in a new sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nlp_rotation.annotate.moves.bonds import Subject
from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import Role
from nlp_rotation.types import Mention

_SHARES = frozenset({"equity"})
_INDEXES = frozenset({"index", "country", "group", "sector"})
_FUNDS = frozenset({"etf", "commodity", "fx", "crypto", "sector", "group"})
_PLURAL = frozenset({"they", "both"})
_WHOLE_MARKET = frozenset(
    {
        "stocks",
        "shares",
        "stock",
        "market",
        "markets",
        "stock market",
        "equities",
        "futures",
        "stock futures",
        "equity",
    }
)
_PRICED = frozenset({"equity", "index", "etf", "group", "sector", "commodity", "fx", "crypto", "country"})


@dataclass(frozen=True, slots=True)
class Salience:
    """The names in view, latest of each family; empty where none was named."""

    last: tuple[Mention, ...] = ()
    #: All that moved in the last sentence with a move: what "they" and "both" mean.
    run: tuple[Mention, ...] = ()
    share: tuple[Mention, ...] = ()
    index: tuple[Mention, ...] = ()
    fund: tuple[Mention, ...] = ()
    #: The companies of the text by the first word of their names, where only one begins with it.
    shares: Mapping[str, Mention] = field(default_factory=dict)

    def after(self, items: Sequence[Item], bound: Sequence[Subject]) -> Salience:
        """The names in view once the sentence of ``items`` is read and its moves are ``bound``."""
        seen = self
        named = [item.mentions for item in items if Role.NAME in item.roles]
        for mentions in [*reversed(named), *(subject.mentions for subject in bound)]:
            seen = seen._with(mentions)
        moved = {m.symbol: m for subject in bound for m in subject.mentions}
        return replace(seen, run=tuple(moved.values())) if moved else seen

    def fits(self, proxy: Item, mentions: Sequence[Mention]) -> bool:
        """Tell whether ``proxy`` can stand for ``mentions``."""
        roles = proxy.roles
        kinds = {mention.kind for mention in mentions if not is_whole_market(mention)}
        if Role.STOCK in roles:
            return bool(kinds & _SHARES)
        if Role.INDEX in roles:
            return bool(kinds & _INDEXES)
        if Role.FUND in roles:
            return bool(kinds & _FUNDS)
        return bool(kinds)

    def stands_for(self, proxy: Item) -> tuple[Mention, ...]:
        """The names that ``proxy`` means, from the sentences before."""
        if proxy.text in _PLURAL:
            return self.run
        if Role.STOCK in proxy.roles:
            return self.share
        if Role.INDEX in proxy.roles:
            return self.index
        if Role.FUND in proxy.roles:
            return self.fund
        return self.last

    def _with(self, mentions: tuple[Mention, ...]) -> Salience:
        kinds = {mention.kind for mention in mentions if not is_whole_market(mention)}
        if not kinds & _PRICED:
            return self
        return replace(
            self,
            last=mentions,
            share=mentions if kinds & _SHARES else self.share,
            index=mentions if kinds & _INDEXES else self.index,
            fund=mentions if kinds & _FUNDS else self.fund,
        )


def first_words(mentions: Iterable[Mention]) -> Mapping[str, Mention]:
    """The companies by the first word of their names: "Acme" is Acme Rockets, if no other Acme is there."""
    found: dict[str, Mention] = {}
    ambiguous = set()
    for mention in mentions:
        if mention.kind == "equity" and mention.rule != "coreference":
            word = mention.text.split(None, 1)[0].lower()
            if found.setdefault(word, mention).symbol != mention.symbol:
                ambiguous.add(word)
    return {word: mention for word, mention in found.items() if word not in ambiguous}


def is_whole_market(mention: Mention) -> bool:
    """Tell whether the mention is a bare word for all stocks, which "it" or "the index" never means."""
    return mention.kind == "country" and mention.text.lower().removeprefix("the ") in _WHOLE_MARKET
