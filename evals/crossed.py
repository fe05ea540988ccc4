"""Whether Duban refuses what the documents do not have: `python -m evals.crossed QUESTIONS.jsonl …`.

The questions of one place are asked over the documents of others. Nothing there answers those about what only their
own documents name, so that whatever is told is told of something else: a leak. The documents of `X.jsonl` are the
folder `X` beside it, or else those of the settings.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.synonyms import words_for
from assistant.words import chinese_pairs, stretches
from evals.questions import Question, read_questions
from evals.run import Assistant
from evals.scoring import share, wilson_interval
from vectorstore.folding import fold_query

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.settings import Settings

_OF_EACH = 25
"""Questions of each set that are asked unless told otherwise: of thirty sets, in some two minutes."""
_SHORTEST_WORD, _LONGEST_WORD = 2, 6
_SHOWN = 160
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and the folder whose documents answer them."""

    questions: tuple[Question, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Crossed:
    """A question asked over the documents of another folder, and what was said.

    `named` are the pairs of characters that only the question's own documents have.
    """

    question: Question
    folder: Path
    named: tuple[str, ...]
    answer: Answer


def read_sets(paths: Sequence[Path], documents: Path) -> list[QuestionSet]:
    """The sets of some files, each with the folder of the same name beside it, or else with `documents`."""
    return [
        QuestionSet(read_questions([path]), beside if beside.is_dir() else documents)
        for path in paths
        for beside in [path.with_suffix("")]
    ]


def ask_crossed(
    sets: Sequence[QuestionSet], assistants: Mapping[Path, Assistant], of_each: int
) -> Iterator[Crossed]:
    """Ask so many questions of each set, spread evenly over it, of the assistants of all other folders in turn."""
    known = {folder: _pairs_of(one) for folder, one in assistants.items()}
    for asked in sets:
        others = [folder for folder in assistants if folder != asked.folder]
        elsewhere = frozenset().union(*(known[folder] for folder in others))
        named = [(one, own) for one in asked.questions if (own := only_named(one, elsewhere))]
        spread = named[:: max(1, len(named) // of_each)][:of_each]
        for number, (question, own) in enumerate(spread):
            folder = others[number % len(others)]
            answer = assistants[folder].answer(question.question, (), question.as_of, None)
            yield Crossed(question, folder, own, answer)


def only_named(question: Question, elsewhere: frozenset[str]) -> tuple[str, ...]:
    """The pairs of characters that a question has of its evidence and that no other documents have.

    None of a question with a history, which leaves what it is about to that, nor of a word for which the genre has
    others: these may stand there.
    """
    if not question.answerable or question.history:
        return ()
    text = fold_query(question.question)
    evidence = fold_query("\n".join(one.quote for one in question.evidence))
    replaced = (
        chinese_pairs(word)
        for words in stretches(text, _SHORTEST_WORD)
        for word in words
        if len(word) <= _LONGEST_WORD and words_for(word)
    )
    own = chinese_pairs(text) & chinese_pairs(evidence) - elsewhere
    return tuple(sorted(own.difference(*replaced)))


def _pairs_of(assistant: Assistant) -> set[str]:
    return {pair for one in assistant.sources() for pair in chinese_pairs(fold_query(one.text))}


def open_folders(folders: Sequence[Path], settings: Settings, home: Path) -> dict[Path, Assistant]:
    """An assistant over the documents of each folder, with its index under `home`."""
    from assistant.app import open_assistant
    from assistant.commands.ingest import run_ingest

    assistants: dict[Path, Assistant] = {}
    for number, folder in enumerate(dict.fromkeys(folders)):
        here = settings.model_copy(update={"documents": folder, "home": home / str(number)})
        run_ingest(here, as_json=False, quiet_when_unchanged=True)
        assistants[folder] = open_assistant(here)
    return assistants


def show(asked: Sequence[Crossed]) -> None:
    """Print the leaks, and the share that was refused."""
    leaks = [one for one in asked if not one.answer.refused]
    for one in leaks:
        told = " ".join(one.answer.text.split())[:_SHOWN]
        click.echo(f"{one.question.id} → {one.folder.name}：{one.question.question}")
        click.echo(f"    （{'、'.join(one.named)}）{told}")
    refused = len(asked) - len(leaks)
    told_of = f"跨处提问 {len(asked)} 题，拒答 {refused} 题"
    reached, interval = share(refused, len(asked)), wilson_interval(refused, len(asked))
    if reached is not None and interval is not None:
        told_of += f"，{reached:.1%}（{interval[0]:.1%}～{interval[1]:.1%}）"
    click.echo(told_of)


@click.command(
    help="用一处的题目去问别处的文件：所问的地方、企业或事物那里没有，都应拒答；没有拒答的逐条列出。"
)
@click.argument("questions", nargs=-1, required=True, type=_FILE, metavar="文件…")
@click.option(
    "--of-each",
    type=click.IntRange(1),
    default=_OF_EACH,
    show_default=True,
    help="每份题目问几题。",
)
def main(questions: tuple[Path, ...], of_each: int) -> None:
    from assistant.settings import load_settings

    settings = load_settings()
    sets = read_sets(questions, settings.documents)
    folders = [one.folder for one in sets]
    if len(set(folders)) < 2:
        raise click.UsageError("至少要有两处的题目，各有自己的文件夹。")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        show(list(ask_crossed(sets, open_folders(folders, settings, Path(home)), of_each)))


if __name__ == "__main__":
    main()
