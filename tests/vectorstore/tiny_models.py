"""Transformers with random weights, small enough to make for a test: what is tested is how models are used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    BertTokenizer,
)

# Enough characters that different sentences become different tokens.
CHARACTERS = (
    "加快污水管网建设区务局负责新公里清理黑臭体河道餐饮油烟扰民秸秆焚烧什么谁来问：查询段落"
)
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
POSITIONS = 64
WIDTH = 32


def make_encoder(
    folder: Path,
    prompts: Mapping[str, str] | None = None,
    *,
    seed: int = 0,
    positions: int = POSITIONS,
    pooling: str = "mean",
    half: bool = False,
) -> Path:
    """A sentence-transformers folder: a two-layer BERT and pooling."""
    parts = folder.with_name(f"{folder.name}-parts")
    config = _config(parts, positions)
    torch.manual_seed(seed)
    model = BertModel(config)
    model.to(torch.float16 if half else torch.float32).save_pretrained(parts)  # type: ignore[arg-type]
    modules = [Transformer(str(parts)), Pooling(WIDTH, pooling_mode=pooling)]
    SentenceTransformer(modules=modules, prompts=dict(prompts or {}), device="cpu").save(
        str(folder)
    )
    return folder


def make_cross_encoder(folder: Path, outputs: int = 1) -> Path:
    """A two-layer BERT that gives `outputs` numbers for a pair of texts."""
    config = _config(folder, POSITIONS)
    config.num_labels = outputs
    torch.manual_seed(0)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def _config(folder: Path, positions: int) -> BertConfig:
    """The configuration, with the tokenizer's files written to the folder."""
    folder.mkdir(parents=True)
    words = folder / "vocab.txt"
    words.write_text("\n".join([*SPECIAL, *dict.fromkeys(CHARACTERS)]) + "\n", encoding="utf-8")
    tokenizer = BertTokenizer(vocab=str(words))
    tokenizer.save_pretrained(folder)
    return BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * WIDTH,
        max_position_embeddings=positions,
        # Wide enough that random weights tell texts apart.
        initializer_range=0.5,
    )
