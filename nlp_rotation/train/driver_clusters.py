"""Classes of words that are used alike, from unlabelled news: features for words seldom annotated."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from nlp_rotation.annotate.drivers.words import stems

_WORDS = 9000
_LONGEST = 1500
_AROUND = 3
_WIDTH = 80
_CLASSES = (120, 500)


def find_clusters(files: Iterable[Path], *, seed: int = 3) -> dict[str, tuple[int, int]]:
    """Return the coarse and the fine class of the most frequent stems of ``files`` (gzipped JSON lines)."""
    texts = list(_texts(files))
    counts = Counter(word for words in texts for word in words)
    vocabulary = [word for word, _ in counts.most_common(_WORDS) if not word[0].isdigit()]
    vectors = _vectors(texts, {word: i for i, word in enumerate(vocabulary)}, seed)
    coarse, fine = (_classes(vectors, number, seed) for number in _CLASSES)
    return {word: (int(coarse[i]), int(fine[i])) for i, word in enumerate(vocabulary)}


def _texts(files: Iterable[Path]) -> Iterator[list[str]]:
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                item = json.loads(line)
                yield stems(f"{item.get('title') or ''}\n{item.get('text') or ''}")[:_LONGEST]


def _vectors(texts: list[list[str]], numbers: dict[str, int], seed: int) -> Any:
    """Return a unit vector a word, from how often it stands before and after others (PPMI, then SVD)."""
    from scipy import sparse
    from sklearn.decomposition import TruncatedSVD

    gap = [-1] * (_AROUND + 1)
    ids = np.concatenate([np.array([numbers.get(w, -1) for w in words] + gap) for words in texts])
    size = len(numbers)
    together = sparse.csr_matrix((size, size))
    for step in range(1, _AROUND + 1):
        left, right = ids[:-step], ids[step:]
        both = (left >= 0) & (right >= 0)
        ones = np.full(int(both.sum()), 1.0 / step)
        together = together + sparse.coo_matrix((ones, (left[both], right[both])), shape=(size, size)).tocsr()
    table = sparse.hstack([_surprise(together), _surprise(together.T.tocsr())]).tocsr()
    vectors = TruncatedSVD(_WIDTH, random_state=seed).fit_transform(table)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def _surprise(counts: Any) -> Any:
    from scipy import sparse

    total = counts.sum()
    rows = np.asarray(counts.sum(1)).ravel() + 1e-9
    columns = (np.asarray(counts.sum(0)).ravel() + 1e-9) ** 0.75
    columns *= total / columns.sum()
    cells = counts.tocoo()
    values = np.log(cells.data * total / (rows[cells.row] * columns[cells.col]))
    kept = values > 0
    return sparse.csr_matrix((values[kept], (cells.row[kept], cells.col[kept])), shape=counts.shape)


def _classes(vectors: Any, number: int, seed: int) -> Any:
    from sklearn.cluster import MiniBatchKMeans

    return (
        MiniBatchKMeans(number, random_state=seed, n_init=2, batch_size=4096, max_iter=60)
        .fit(vectors)
        .labels_
    )


def write_clusters(clusters: dict[str, tuple[int, int]], folder: Path) -> Path:
    """Write ``clusters.json`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "clusters.json"
    rows = ",\n".join(
        f"{json.dumps(word, ensure_ascii=False)}: {list(pair)}" for word, pair in clusters.items()
    )
    path.write_text("{\n" + rows + "\n}\n", "utf-8")
    return path
