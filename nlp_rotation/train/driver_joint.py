"""How the linear weights and the encoder are weighed together, fitted on articles that neither has seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.encoder import DriverEncoder, JointWeights
from nlp_rotation.annotate.drivers.judging import OUTRIGHT, Judge, Judged, choose, joined_cost
from nlp_rotation.annotate.drivers.places import places
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.train.driver_calls import FIT, LOWEST, Call, scale_of, settle_calls
from nlp_rotation.train.driver_gold import Annotated, read_annotated
from nlp_rotation.types import Span

#: Points of a leaf for each unit of log-probability that are tried.
_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate as both judges see it, and what the gold says of it."""

    judged: Judged
    #: Log-odds by the encoder.
    impression: float
    words: Sequence[str]
    fit: float
    cause: int
    #: Category of that cause; empty for none.
    category: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The offers of one article, and how many causes it has."""

    offers: Sequence[Offer]
    wanted: int


def read_sheets(paths: Iterable[Path], judge: Judge, encoder: DriverEncoder) -> list[Sheet]:
    """Let both judges look at every candidate of the annotated articles."""
    articles = (read_annotated(path) for path in paths)
    return [Sheet(list(_offers(article, judge, encoder)), len(article.spans)) for article in articles]


def _offers(article: Annotated, judge: Judge, encoder: DriverEncoder) -> Iterator[Offer]:
    reading = article.reading
    scan = Scan.of(reading.text, judge.lexicon)
    weighed = [(place, list(judge.weigh(place, find_candidates(place)))) for place in places(reading, scan)]
    wanted = {place.index for place, judged in weighed if judged}
    seen = encoder.read(reading.text, reading.title_end, reading.sentences, wanted)
    for _, judged in weighed:
        for item in judged:
            span = Span(start=item.candidate.start, end=item.candidate.end)
            fit, cause = article.nearest(span.start, span.end)
            yield Offer(
                replace(item, leaves=seen.leaves(span)),
                seen.cause(span),
                scan.words(span.start, span.end),
                fit,
                cause,
                article.causes[cause]["category"] if fit else "",
            )


def fit_joint(sheets: Sequence[Sheet], judge: Judge, encoder: DriverEncoder) -> JointWeights:
    """Return the weights of both judges, the scale of their sum, and what a leaf's probability counts."""
    from sklearn.linear_model import LogisticRegression

    offers = [offer for sheet in sheets for offer in sheet.offers if not offer.judged.outright]
    model = LogisticRegression(C=10.0)
    model.fit(
        [[offer.judged.odds, offer.impression] for offer in offers], [offer.fit >= FIT for offer in offers]
    )
    linear, share = (round(float(weight), 4) for weight in model.coef_[0])
    raw = JointWeights(linear, share, float(model.intercept_[0]), 1.0, 0.0, 0.0)
    scale = scale_of(joint_calls(sheets, raw), sum(sheet.wanted for sheet in sheets))
    scaled = replace(raw, bias=round(raw.bias - scale.threshold, 4), slope=scale.slope, offset=scale.offset)
    return replace(scaled, leaf_points=best_share(sheets, judge, encoder))


def joint_calls(sheets: Sequence[Sheet], weights: JointWeights) -> list[Call]:
    """Return what both judges together prefer, however low its odds."""
    calls: list[Call] = []
    for sheet in sheets:
        offers = {id(offer.judged.candidate): offer for offer in sheet.offers}
        rated = (replace(offer.judged, margin=_odds(offer, weights) - LOWEST) for offer in sheet.offers)
        chosen = [(item.margin + LOWEST, offers[id(item.candidate)]) for item in choose(rated)]
        calls.extend(settle_calls((odds, offer.fit, offer.cause) for odds, offer in chosen))
    return calls


def _odds(offer: Offer, weights: JointWeights) -> float:
    odds = weights.linear * offer.judged.odds + weights.encoder * offer.impression + weights.bias
    stated = max(odds, OUTRIGHT) if offer.judged.outright else odds
    return stated - joined_cost(offer.judged.candidate)


def best_share(sheets: Sequence[Sheet], judge: Judge, encoder: DriverEncoder) -> float:
    """Return the points of a leaf for each unit of log-probability with which most causes get theirs."""
    return max(_SHARES, key=lambda share: (leaves_right(sheets, judge, encoder, share), -share))


def leaves_right(sheets: Sequence[Sheet], judge: Judge, encoder: DriverEncoder, share: float) -> int:
    """Return of how many causes the leaf is found, where the stretch is."""
    trial = replace(judge, encoder=replace(encoder, weights=replace(encoder.weights, leaf_points=share)))
    return sum(
        trial.leaf(offer.words, offer.judged) == offer.category
        for sheet in sheets
        for offer in _best_offers(sheet)
    )


def _best_offers(sheet: Sheet) -> list[Offer]:
    best: dict[int, Offer] = {}
    for offer in sheet.offers:
        if offer.fit >= FIT and (offer.cause not in best or offer.fit > best[offer.cause].fit):
            best[offer.cause] = offer
    return list(best.values())
