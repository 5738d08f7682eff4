"""Whether a move has happened, is expected, or hangs on a condition; and whether it lasted."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.signs import Sign
from nlp_rotation.annotate.moves.vocabulary import Role
from nlp_rotation.types import MoveStatus

#: A modal verb or a verb of expectation stands no further before the verb of the move than this.
_REACH = 5
_CLAUSE_ENDS = Role.STOP | Role.QUANTITY | Role.COMMA | Role.RELATIVE


def move_status(items: Sequence[Item], at: int, sign: Sign) -> MoveStatus:
    """Return the status of the move whose percentage is ``items[at]``."""
    anchor = min(at, sign.at)
    cues = _before(items, anchor) | items[sign.at].roles | _between(items, anchor, at)
    if not cues & Role.FORECAST:
        return "reported"
    sentence = Role(0)
    for item in items:
        sentence |= item.roles
    return "conditional" if sentence & Role.CONDITIONAL else "forecast"


def is_intraday(items: Sequence[Item], at: int, sign: Sign) -> bool:
    """Tell whether the move is an extreme of the session or did not last."""
    quantity = items[at].quantity
    anchor = min(at, sign.at)
    near = items[max(0, anchor - 3) : anchor]
    undone = any(Role.UNDONE in item.roles for item in near)
    cue = any(Role.INTRADAY in item.roles for item in items[max(0, anchor - 2) : max(at, sign.at) + 3])
    return bool(quantity and quantity.extreme) or undone or cue


def _before(items: Sequence[Item], anchor: int) -> Role:
    cues = Role(0)
    for index in range(anchor - 1, max(anchor - 1 - _REACH, -1), -1):
        if items[index].roles & _CLAUSE_ENDS:
            break
        cues |= items[index].roles
    return cues


def _between(items: Sequence[Item], anchor: int, at: int) -> Role:
    cues = Role(0)
    for item in items[anchor:at]:
        cues |= item.roles
    return cues
