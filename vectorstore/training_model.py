"""Training the table of vectors: a question's mean vector should be nearest to that of its answer.

Multiple-negatives ranking: every other answer of the batch is a wrong one. While training, a word's vector
is its own plus the mean of its characters' vectors, so that a rare word learns from its spelling; the two
are added up in the end and a single table is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vectorstore.training_pairs import Bags, Batch

if TYPE_CHECKING:
    import torch
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

Vectors = NDArray[np.float32]
Progress = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast; the defaults give the model that ships."""

    steps: int = 700
    batch: int = 1_536
    learning_rate: float = 5e-3
    warmup: int = 40
    scale: float = 20.0  # what similarities are multiplied by before the softmax
    prefixes: tuple[float, ...] = (1.0, 0.5)  # shares of the dimensions that must do alone, in turn
    threads: int = 1  # with more, sums and so the vectors depend on the machine


class WordTable:
    """The vectors being learnt, one row a token."""

    def __init__(self, first: Vectors, characters: Sequence[Sequence[int]]) -> None:
        import torch

        self.own = torch.nn.Parameter(torch.from_numpy(first.copy()))
        self._spelling = _spelling(characters)

    def means(self, bags: Bags) -> torch.Tensor:
        """The mean vector of each bag."""
        return sparse_product(_shares(bags, len(self.own)) @ self._spelling, self.own)

    def composed(self) -> Vectors:
        """Each row's own vector plus the mean of its characters'."""
        table: Vectors = self._spelling @ self.own.detach().numpy()
        return table


def _spelling(characters: Sequence[Sequence[int]]) -> csr_matrix:
    """One for the row itself, and one shared among its characters."""
    from scipy.sparse import csr_matrix, identity

    size = len(characters)
    lengths = np.array([len(c) for c in characters])
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    columns = np.array([i for c in characters for i in c], np.int64)
    shares = np.repeat(1 / np.maximum(lengths, 1), lengths).astype(np.float32)
    letters = csr_matrix((shares, columns, offsets), shape=(size, size))
    return (identity(size, dtype=np.float32, format="csr") + letters).tocsr()


def _shares(bags: Bags, size: int) -> csr_matrix:
    """Shape (bags, size): what each row contributes to the mean of each bag."""
    from scipy.sparse import csr_matrix

    lengths = np.diff(bags.offsets)
    shares = np.repeat(1 / np.maximum(lengths, 1), lengths).astype(np.float32)
    return csr_matrix((shares, bags.rows, bags.offsets), shape=(len(lengths), size))


def sparse_product(matrix: csr_matrix, table: torch.Tensor) -> torch.Tensor:
    """`matrix @ table` with a gradient: scipy's is several times faster on a processor than an
    `embedding_bag` whose gradient is dense."""
    import torch

    class Product(torch.autograd.Function):
        @staticmethod
        def forward(ctx: object, table: torch.Tensor) -> torch.Tensor:
            return torch.from_numpy(matrix @ table.detach().numpy())

        @staticmethod
        def backward(ctx: object, *gradients: torch.Tensor) -> torch.Tensor:
            return torch.from_numpy(matrix.T @ gradients[0].contiguous().numpy())

    product: torch.Tensor = Product.apply(table)  # type: ignore[no-untyped-call]
    return product


def train(
    table: WordTable, batches: Callable[[int], Batch], schedule: Schedule, progress: Progress
) -> Vectors:
    """Train in place and return the composed vectors, shape (rows, dimension)."""
    import torch

    torch.set_num_threads(schedule.threads)
    optimizer = torch.optim.Adam([table.own], lr=schedule.learning_rate, fused=True)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, schedule))
    for step in range(schedule.steps):
        share = schedule.prefixes[step % len(schedule.prefixes)]
        loss = _loss(table, batches(schedule.batch), share, schedule.scale)
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimizer.step()
        rate.step()
        progress(step + 1, float(loss.detach()))
    return table.composed()


def _rate(step: int, schedule: Schedule) -> float:
    """Up in a line, then down in a line."""
    rest = (schedule.steps - step) / max(schedule.steps - schedule.warmup, 1)
    return min((step + 1) / schedule.warmup, rest)


def _loss(table: WordTable, batch: Batch, share: float, scale: float) -> torch.Tensor:
    """Both ways: the answer among all answers, and the question among all questions.

    Only the first `share` of the dimensions is looked at (Matryoshka), so that a table cut short works too.
    """
    import torch
    import torch.nn.functional as F

    questions, answers = table.means(batch.questions), table.means(batch.answers)
    width = int(questions.shape[1] * share)
    questions = F.normalize(questions[:, :width], dim=1)
    answers = F.normalize(answers[:, :width], dim=1)
    similarity = (questions @ answers.T * scale).masked_fill(_excused(batch), -1e4)
    right = similarity.diagonal()
    ranked = torch.logsumexp(similarity, 1) + torch.logsumexp(similarity, 0)
    loss: torch.Tensor = (ranked / 2 - right).mean()
    return loss


def _excused(batch: Batch) -> torch.Tensor:
    """Pairs of one group: another's answer that may well be right."""
    import torch

    groups = torch.from_numpy(batch.groups)
    return (groups[:, None] == groups[None, :]).fill_diagonal_(False)
