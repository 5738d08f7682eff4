"""The network of our own sentiment model: one encoder pass, one answer a sentence and one a token.

Both heads are linear. The answer for a mention is the mean of its tokens' answers, which for a linear
head is the same as the answer for the mean of its tokens' states; so the runtime needs no third pass.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn
from transformers import AutoConfig, AutoModel

from nlp_rotation.train.sentiment_data import LABELS


class SentimentNetwork(nn.Module):
    """MiniLM with a head for the sentence and a head for each token in the light of its sentence."""

    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        # One or two epochs do not overfit an encoder, and without its dropout they cost a quarter less.
        # Plain attention: on texts this short the fused kernel takes a CPU three times as long.
        config = AutoConfig.from_pretrained(
            base, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        self.encoder = AutoModel.from_pretrained(base, config=config, add_pooling_layer=False)
        # Twelve million numbers that half the texts touch: left as they are, words that the
        # training sets lack stay where the base model put them.
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.sentence = nn.Linear(width, len(LABELS))
        self.token = nn.Linear(width, len(LABELS), bias=False)
        self.context = nn.Linear(width, len(LABELS))

    def freeze(self, layers: int) -> None:
        """Leave the lowest ``layers`` of the encoder as they are from now on, and train the others."""
        frozen = [self.encoder.embeddings, *self.encoder.encoder.layer[:layers]] if layers else []
        for part in [self.encoder.embeddings, *self.encoder.encoder.layer]:
            part.requires_grad_(part not in frozen)
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits of the sentences (batch x 3) and of the tokens (batch x tokens x 3)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        summary = self.dropout((states * weights).sum(1) / weights.sum(1))
        tokens = self.token(self.dropout(states)) + self.context(summary).unsqueeze(1)
        return self.sentence(summary), tokens
