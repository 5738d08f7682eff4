"""The one fit behind all linear weights: L2 logistic regression over named features, by liblinear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

Features = Mapping[str, float]


def fit_logistic(
    rows: Sequence[Features],
    right: Sequence[bool],
    weights: Sequence[float],
    *,
    least: int,
    strength: float,
    seed: int,
) -> tuple[dict[str, float], float]:
    """Return the log-odds of each feature, and the intercept, that tell what is ``right``.

    :param least: a feature must stand on this many rows.
    :param strength: inverse strength of the L2 penalty.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for row in rows for name in row)
    table = DictVectorizer()
    matrix = table.fit_transform([{n: v for n, v in row.items() if seen[n] >= least} for row in rows])
    # liblinear takes no wider indices.
    matrix.indices = matrix.indices.astype("int32")
    matrix.indptr = matrix.indptr.astype("int32")
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=400, random_state=seed)
    model.fit(matrix, right, weights)
    fitted = zip(table.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(name): float(weight) for name, weight in fitted}, float(model.intercept_[0])
