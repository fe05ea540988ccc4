"""A generation is written beside the one that is read, and takes its place in one step or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from parsed_documents import LIST, PLAN, OtherEmbedder, make_document

from vectorstore.embedding import Embedder
from vectorstore.errors import StoreError, StoreMismatchError
from vectorstore.generations import Generations

PLAN_DOCUMENT, LIST_DOCUMENT = make_document("plan.txt", PLAN), make_document("list.txt", LIST)

# Chroma keeps the index of so many sentences in files; that of a few it makes when it opens the store.
LONG_DOCUMENT = make_document("long.txt", "\n".join(f"第{n}项任务。" for n in range(1100)))


class PowerCutError(Exception):
    """The writer is gone."""


def stored(generations: Generations) -> list[str]:
    opened = generations.open()
    assert opened is not None
    _, store = opened
    found = list(store.manifest())
    store.close()
    return sorted(found)


def write(generations: Generations, *names: str) -> None:
    with generations.draft() as draft:
        for name in names:
            draft.put(make_document(name, PLAN))


def be_interrupted(generations: Generations) -> None:
    """After a document was written."""
    try:
        with generations.draft() as draft:
            draft.put(PLAN_DOCUMENT)
            raise PowerCutError
    except PowerCutError:
        pass


def folder_of(generations: Generations) -> Path:
    return Path(generations._shelf.name)


def test_nothing_was_ever_ingested(generations: Generations) -> None:
    assert generations.open() is None


def test_a_reader_keeps_its_generation_while_the_next_is_written(generations: Generations) -> None:
    write(generations, "plan.txt")
    opened = generations.open()
    assert opened is not None
    number, reader = opened
    vector = reader.embedder.embed_query("河道黑臭怎么治")
    before = reader.load(), reader.sentence_hits(vector[None], 5)
    with generations.draft() as draft:
        draft.put(LIST_DOCUMENT)
        draft.remove("plan.txt")
        assert stored(generations) == ["plan.txt"]
    assert (reader.load(), reader.sentence_hits(vector[None], 5)) == before
    assert stored(generations) == ["list.txt"]
    assert generations.current() == number + 1
    reader.close()


def test_nothing_new_is_no_new_generation(generations: Generations) -> None:
    write(generations, "plan.txt")
    write(generations)
    assert generations.current() == 1


def test_old_generations_are_forgotten(generations: Generations) -> None:
    for name in "abcd":
        write(generations, f"{name}.txt")
    folders = [one.name for one in folder_of(generations).iterdir() if one.is_dir()]
    assert sorted(folders) == ["3", "4"]


def test_an_interrupted_writer_is_gone_on_with(generations: Generations) -> None:
    write(generations, "a.txt")
    be_interrupted(generations)
    assert stored(generations) == ["a.txt"]
    with generations.draft() as draft:
        assert draft.resumed
        assert draft.known.keys() == {"a.txt", "plan.txt"}
        assert draft.before.keys() == {"a.txt"}
    assert stored(generations) == ["a.txt", "plan.txt"]


def test_interrupted_work_that_cannot_be_read_is_done_again(generations: Generations) -> None:
    write(generations, "a.txt")
    be_interrupted(generations)
    (folder_of(generations) / "2" / "chroma.sqlite3").write_bytes(b"torn" * 2000)
    with generations.draft() as draft:
        assert not draft.resumed
        assert draft.known.keys() == {"a.txt"}
        draft.put(LIST_DOCUMENT)
    assert stored(generations) == ["a.txt", "list.txt"]


def test_another_model_is_a_mismatch_that_says_what_to_run(
    tmp_path: Path, embedder: Embedder
) -> None:
    write(Generations(tmp_path, embedder), "plan.txt")
    with pytest.raises(StoreMismatchError, match="duban ingest"):
        Generations(tmp_path, OtherEmbedder()).open()


def test_a_store_from_before_generations_is_a_mismatch_too(
    tmp_path: Path, embedder: Embedder
) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"old")
    with pytest.raises(StoreMismatchError, match="duban ingest"):
        Generations(tmp_path, embedder).open()


def test_each_model_has_generations_of_its_own(tmp_path: Path, embedder: Embedder) -> None:
    write(Generations(tmp_path, embedder), "plan.txt")
    write(Generations(tmp_path, OtherEmbedder()), "list.txt")
    assert stored(Generations(tmp_path, embedder)) == ["plan.txt"]
    assert stored(Generations(tmp_path, OtherEmbedder())) == ["list.txt"]


def cut_database(generation: Path) -> None:
    database = generation / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:20_000])


def lose_database(generation: Path) -> None:
    (generation / "chroma.sqlite3").unlink()


def scramble_database(generation: Path) -> None:
    database = generation / "chroma.sqlite3"
    database.write_bytes(b"\0" * database.stat().st_size)


def lose_index(generation: Path) -> None:
    for folder in generation.iterdir():
        if (folder / "index_metadata.pickle").exists():
            shutil.rmtree(folder)


def lose_everything(generation: Path) -> None:
    shutil.rmtree(generation)


def scramble_mark(generation: Path) -> None:
    (generation.parent / "current.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        *(cut_database, lose_database, scramble_database, lose_index, lose_everything),
        scramble_mark,
    ],
)
def test_damage_is_named_and_a_new_beginning_mends_it(
    generations: Generations, damage: object
) -> None:
    with generations.draft() as draft:
        draft.put(LONG_DOCUMENT)
    assert callable(damage)
    damage(folder_of(generations) / "1")
    with pytest.raises(StoreError, match="duban ingest --rebuild"):
        loaded(generations)
    with pytest.raises(StoreError, match="duban ingest --rebuild"), generations.draft():
        pass
    with generations.draft(afresh=True) as draft:
        draft.put(LIST_DOCUMENT)
    assert loaded(generations) == ["list.txt"]


def loaded(generations: Generations) -> list[str]:
    opened = generations.open()
    assert opened is not None
    _, store = opened
    try:
        return [parsed.source.path for parsed in store.load()]
    finally:
        store.close()


def test_a_mark_tells_nothing_but_the_generation(generations: Generations) -> None:
    write(generations, "plan.txt")
    mark = json.loads((folder_of(generations) / "current.json").read_text(encoding="utf-8"))
    assert mark.keys() == {"generation", "sizes"}
