"""The network behind ``models/driver-encoder``: MiniLM with linear heads for tokens and stretches.

A stretch is answered by sums over its edges and a mean over its inside, all linear in the states of the
tokens; so the exported network answers for tokens alone, and every candidate is a sum at reading time.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from transformers import AutoConfig, AutoModel

from nlp_rotation.annotate.drivers.encoder import AFTER, BEFORE, FIRST, INSIDE, LAST

RELATIONS: tuple[str, ...] = ("explains", "predicts", "condition", "ended", "denied")
#: Outside a cause, its first token, inside it.
TAGS = 3


class DriverNetwork(nn.Module):
    """One pass of the encoder, and the answers of each token."""

    def __init__(self, base: Path, leaves: int, *, frozen: int, dropout: float) -> None:
        super().__init__()
        # A few epochs do not overfit an encoder whose lower half stays as it is.
        config = AutoConfig.from_pretrained(base, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        self.encoder = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False)
        for part in [self.encoder.embeddings, *self.encoder.encoder.layer[:frozen]]:
            part.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.leaves = leaves
        self.dropout = nn.Dropout(dropout)
        self.token = nn.Linear(width, TAGS)
        self.edge = nn.Linear(width, INSIDE)
        self.inside = nn.Linear(width, 1 + leaves + len(RELATIONS) + 1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits of the tags (batch x tokens x 3) and the answers of all heads."""
        states = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return self.token(states), torch.cat([self.edge(states), self.inside(states)], dim=-1)

    def stretches(
        self, answers: torch.Tensor, rows: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> torch.Tensor:
        """Return logits of stretches: cause, leaves, relations, hedge; ``rows`` says of which text."""
        sums = nn.functional.pad(answers[:, :, INSIDE:].cumsum(1), (0, 0, 1, 0))
        mean = (sums[rows, last + 1] - sums[rows, first]) / (last + 1 - first).unsqueeze(1)
        edges = answers[rows, first - 1, BEFORE] + answers[rows, first, FIRST]
        edges = edges + answers[rows, last, LAST] + answers[rows, last + 1, AFTER]
        return torch.cat([(mean[:, 0] + edges).unsqueeze(1), mean[:, 1:]], dim=1)
