"""The one composer: sources become articles, records, stored rows and checked claims.

Everything streams. A document that fails becomes a :class:`~nlp_rotation.types.Skipped` in its place, and
the rest goes on; only what makes the whole job impossible (a missing path, a broken model, a full disk)
is raised.

    chains       the chains that users call: articles, extract, run
    watching     the chain of run over sources that are read again and again
    parsing      documents become articles in their order, pages in other processes
    workers      those processes
    document     one document becomes an article, here or there
    annotating   articles become records
    ray_engine   run over a cluster: one process writes, many annotate
    ray_work     what runs in those processes
    storing      records are stored and checked against prices
    metering     what a run has done so far, in a file for Prometheus
    tallying     how a source fared, for the ledger
    signalling   stored stories become signals
"""

from nlp_rotation.pipeline.chains import articles, extract, run
from nlp_rotation.pipeline.ray_engine import run_on_ray
from nlp_rotation.pipeline.storing import Outcome
from nlp_rotation.pipeline.watching import Round, watch

__all__ = ["Outcome", "Round", "articles", "extract", "run", "run_on_ray", "watch"]
