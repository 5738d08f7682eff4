"""Narrative signals: what the articles of each session say of each leg, as numbers.

Everything is computed from statements of the session itself and of sessions before it. A story counts
once, however many articles tell it: what a copy or an update says again adds nothing, what it says anew does.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from nlp_rotation.align.narrative import Narrative, told_once

#: Which of an article's two sessions it is counted on.
SessionColumn = Literal["known_session", "told_session"]

#: Sessions after which a driver that comes back counts as a new one.
FORGOTTEN = pd.Timedelta(days=30)


def signals(narrative: Narrative, *, session: SessionColumn = "known_session") -> pd.DataFrame:
    """Return the signals of every leg that is spoken of on a session.

    Index: ``session`` (datetime64[ns], no zone) and ``leg`` (str). Columns, float64:

    ==================  ============================================================================
    volume              stories that speak of the leg, and did not before
    share               the same as a share of the session's stories, in (0, 1]
    sentiment           mean sentiment towards the leg over its mentions, in [-1, 1]; NaN if unscored
    explains, predicts  novelty-weighted number of drivers and rotations, of the past and of what comes
    net_explains,       the same with their direction: up less down
    net_predicts
    first               drivers of the leg that were not stated in the 30 days before
    hedged, attributed  share of the drivers and rotations that are hedged, or put in somebody's mouth;
                        NaN where there are none
    ==================  ============================================================================

    :param session: ``known_session`` for decisions, ``told_session`` to describe the day itself.
    """
    statements = told_once(narrative.statements)
    told = statements[statements[session].notna() & (statements["leg"] != "")]
    groups = told.groupby([session, "leg"])
    table = pd.DataFrame({"volume": groups["story"].nunique().astype("float64")})
    stories = _fresh(narrative.articles, statements).groupby(session)["story"].nunique()
    table["share"] = table["volume"] / stories.reindex(table.index.get_level_values(0)).to_numpy()
    table["sentiment"] = groups["score"].mean()
    causes = told[told["kind"].isin(["driver", "rotation"])]
    for name, values in _intensities(causes, session).items():
        table[name] = values.reindex(table.index).fillna(0.0)
    table["first"] = _first_appearances(causes, session).reindex(table.index).fillna(0.0)
    for name in ("hedged", "attributed"):
        table[name] = causes.groupby([session, "leg"])[name].mean().reindex(table.index)
    return table.astype("float64").rename_axis(["session", "leg"])


def category_shares(narrative: Narrative, *, session: SessionColumn = "known_session") -> pd.DataFrame:
    """Return the share of each driver category in the novelty-weighted drivers of each session.

    .. math:: D_t^b = \\sum_i n_i \\, 1[b_i = b] / \\sum_i n_i

    Index ``session``, a float64 column a category; rows sum to 1. A driver with several effects counts
    once. Source: the shape of the category indices of Baker, Bloom, Davis and Kost, with novelty for counts.
    """
    told = told_once(narrative.statements)
    drivers = told[(told["kind"] == "driver") & told[session].notna()]
    once = drivers.groupby([session, "story", "category"], as_index=False)["novelty"].max()
    table = once.pivot_table(
        index=session, columns="category", values="novelty", aggfunc="sum", fill_value=0.0
    )
    shares = table.div(table.sum(axis=1), axis=0)
    return pd.DataFrame(shares.rename_axis(index="session", columns=None))


def onsets(narrative: Narrative, *, session: SessionColumn = "known_session") -> pd.DataFrame:
    """Return the first statement of each driver of each leg after 30 days of silence: the events to study.

    Columns: ``session``, ``leg``, ``category``, ``direction``, ``article_id``; a row an onset, in order.
    """
    told = told_once(narrative.statements)
    drivers = told[(told["kind"] == "driver") & told[session].notna() & (told["leg"] != "")]
    found = drivers[_is_first(drivers, session)]
    columns = ["session", "leg", "category", "direction", "article_id"]
    return found.rename(columns={session: "session"})[columns].reset_index(drop=True)


def _fresh(articles: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return the articles that begin a story or say something that theirs has not said."""
    begins = articles["article_id"] == articles["story"]
    return articles[begins | articles["article_id"].isin(statements["article_id"].unique())]


def _intensities(causes: pd.DataFrame, session: SessionColumn) -> dict[str, pd.Series]:
    found = {}
    # What one story says twice of a leg it says once.
    said = causes.drop_duplicates([session, "story", "kind", "leg", "category", "direction", "relation"])
    for relation in ("explains", "predicts"):
        part = said[said["relation"] == relation]
        keys = [part[session], part["leg"]]
        found[relation] = part["novelty"].groupby(keys).sum()
        found[f"net_{relation}"] = (part["novelty"] * part["direction"]).groupby(keys).sum()
    return found


def _first_appearances(causes: pd.DataFrame, session: SessionColumn) -> pd.Series:
    drivers = causes[causes["kind"] == "driver"]
    found = drivers[_is_first(drivers, session)]
    return found.groupby([session, "leg"])["category"].nunique().astype("float64")


def _is_first(drivers: pd.DataFrame, session: SessionColumn) -> np.ndarray:
    """Tell for each driver whether its leg had not heard its category for a while before its session."""
    ordered = drivers.sort_values([session, "knowable_at"], kind="stable")
    chains = ordered.drop_duplicates([session, "leg", "category"])
    silence = chains.groupby(["leg", "category"])[session].diff()
    first = chains.index[(silence.isna() | (silence > FORGOTTEN)).to_numpy()]
    return np.asarray(drivers.index.isin(first))
