"""What the stored stories of late say of every leg, as numbers by session."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from nlp_rotation.store.protocol import Store

#: Days of publication that signals are computed from: a cause that was silent for 30 days counts as new
#: (``align.signals.FORGOTTEN``), and the sessions shown need as much before them.
_LOOK_BACK = dt.timedelta(days=45)


def recent_signals(store: Store, *, now: dt.datetime) -> pd.DataFrame:
    """Return the signals (``align.signals``) of the sessions of the last fortnight.

    The records of six weeks are read for it, however large the store has grown.
    """
    import pandas as pd

    from nlp_rotation.align.narrative import narrative_of
    from nlp_rotation.align.signals import signals
    from nlp_rotation.store.rows import ArticleQuery

    rows = list(store.stories(ArticleQuery(since=(now - _LOOK_BACK).date())))
    records = ((store.record(row.origin.article_id), row.origin.extracted_at) for row in rows)
    stories = {row.origin.article_id: row.story_id for row in rows}
    table = signals(narrative_of(records, stories=stories))
    shown = pd.Timestamp((now - dt.timedelta(days=14)).date())
    return table[table.index.get_level_values("session") >= shown]
