"""What the text was last about: whom "the stock", "the index" or "it" means in a new sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp_rotation.annotate.moves.bonds import NOTHING, Bond, Subject
from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import Role
from nlp_rotation.types import Mention

_SHARES = frozenset({"equity"})
_INDEXES = frozenset({"index", "country", "group", "sector"})
_FUNDS = frozenset({"etf", "commodity", "fx", "crypto", "sector", "group"})
_PRICED = frozenset({"equity", "index", "etf", "group", "sector", "commodity", "fx", "crypto", "country"})


@dataclass(frozen=True, slots=True)
class Salience:
    """The names in view, latest of each family; empty where none was named."""

    last: tuple[Mention, ...] = ()
    share: tuple[Mention, ...] = ()
    index: tuple[Mention, ...] = ()
    fund: tuple[Mention, ...] = ()

    def after(self, items: Sequence[Item], bound: Sequence[Subject]) -> Salience:
        """The names in view once the sentence of ``items`` is read and its moves are ``bound``."""
        seen = self
        named = [item.mentions for item in items if Role.NAME in item.roles and _leads(items, item)]
        for mentions in [*reversed(named), *(subject.mentions for subject in bound)]:
            seen = seen._with(mentions)
        return seen

    def fits(self, roles: Role, mentions: Sequence[Mention]) -> bool:
        """Tell whether a word with ``roles`` can stand for ``mentions``."""
        kinds = {mention.kind for mention in mentions}
        if Role.STOCK in roles:
            return bool(kinds & _SHARES)
        if Role.INDEX in roles:
            return bool(kinds & _INDEXES)
        if Role.FUND in roles:
            return bool(kinds & _FUNDS)
        return True

    def stands_for(self, proxy: Item) -> tuple[Mention, ...]:
        """The names that ``proxy`` means, from the sentences before."""
        if Role.STOCK in proxy.roles:
            return self.share
        if Role.INDEX in proxy.roles:
            return self.index
        if Role.FUND in proxy.roles:
            return self.fund
        return self.last

    def carried(self) -> Subject:
        """The latest names, for a clause that names none."""
        return Subject(Bond.CARRIED, self.last) if self.last else NOTHING

    def _with(self, mentions: tuple[Mention, ...]) -> Salience:
        kinds = {mention.kind for mention in mentions}
        if not kinds & _PRICED:
            return self
        return replace(
            self,
            last=mentions,
            share=mentions if kinds & _SHARES else self.share,
            index=mentions if kinds & _INDEXES else self.index,
            fund=mentions if kinds & _FUNDS else self.fund,
        )


def _leads(items: Sequence[Item], item: Item) -> bool:
    return bool(item.mentions)
