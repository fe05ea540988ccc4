"""Texts for training the built-in model: statutes, news, abstracts of papers, and words of one meaning."""

from __future__ import annotations

import json
import logging
import lzma
import re
import tarfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

LAWS = "laws.tar.xz"
NEWS = "crud_news_40k.jsonl.xz"
ABSTRACTS = "csl.tar.xz"
SYNONYMS = "cow.tar.xz"

_MIN_CHARS = 8  # shorter lines are signatures and lone numbers
_HEADER_END = "<!-- INFO END -->"
_ARTICLE_NUMBER = re.compile(r"^第[一二三四五六七八九十百千零〇]+条\s*")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_HEADING_TASKS = frozenset({"ts", "kg"})
_HAN_WORD = re.compile(r"[一-鿿]{2,6}")
_WORDY_GROUP = 12  # a synset with more lemmas than this is a list, not a set of synonyms

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences in their order under one heading, which is empty where the text has none."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One text; `source` is the file of the data folder that it comes from."""

    source: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        return "\n".join("".join(section.sentences) for section in self.sections)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything the model learns from."""

    documents: tuple[Document, ...]
    synonyms: tuple[tuple[str, ...], ...]


def read_corpus(folder: Path) -> Corpus:
    """Read the files of the data folder; only the laws have to be there.

    Raises:
        FileNotFoundError: the folder has no `laws.tar.xz`.
    """
    documents = [*_laws(folder / LAWS)]
    optional: dict[str, Callable[[Path], Iterator[Document]]] = {NEWS: _news, ABSTRACTS: _abstracts}
    for name, read in optional.items():
        if (folder / name).is_file():
            documents += read(folder / name)
        else:
            logger.warning("%s has no %s: the model will be weaker", folder, name)
    synonyms = _synonyms(folder / SYNONYMS) if (folder / SYNONYMS).is_file() else ()
    return Corpus(tuple(d for d in documents if any(s.sentences for s in d.sections)), synonyms)


def split_sentences(text: str) -> tuple[str, ...]:
    """Sentences and clauses that end in a semicolon."""
    return tuple(s for s in _SENTENCE.findall(text) if len(s) >= _MIN_CHARS)


def _members(archive: Path, suffix: str) -> list[tuple[str, str]]:
    """(path, text) of the archive's files whose name ends so, by path.

    Read in the order of the archive and sorted afterwards: going back in an xz stream starts it anew.
    """
    texts: dict[str, str] = {}
    with tarfile.open(archive, "r:xz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(suffix) else None
            if file is not None:
                texts[member.name] = file.read().decode("utf-8")
    return sorted(texts.items())


def _laws(archive: Path) -> Iterator[Document]:
    for _, text in _members(archive, ".md"):
        header, end, body = text.partition(_HEADER_END)
        title = header.strip().partition("\n")[0].lstrip("# ") if end else ""
        yield Document(LAWS, tuple(_law_sections(title, body if end else header)))


def _law_sections(title: str, body: str) -> Iterator[Section]:
    """An article and the paragraphs after it, under the law's title and the headings above it."""
    path: dict[int, str] = {0: title}
    sentences: list[str] = []
    for line in body.splitlines():
        opens = line.startswith("#") or _ARTICLE_NUMBER.match(line)
        if opens and sentences:
            yield Section(_joined(path), tuple(sentences))
            sentences = []
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            path = {k: v for k, v in path.items() if k < level} | {level: line.lstrip("# ")}
        else:
            sentences += split_sentences(_ARTICLE_NUMBER.sub("", line))
    if sentences:
        yield Section(_joined(path), tuple(sentences))


def _joined(path: dict[int, str]) -> str:
    return " ".join(path[level] for level in sorted(path))


def _news(archive: Path) -> Iterator[Document]:
    with lzma.open(archive, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield Document(NEWS, (Section("", split_sentences(json.loads(line))),))


def _abstracts(archive: Path) -> Iterator[Document]:
    """Rows of (task, abstract, answer): the titles of `ts` and the keywords of `kg` are headings."""
    for name, text in _members(archive, ".tsv"):
        if Path(name).parent.name not in _HEADING_TASKS:
            continue
        for row in text.splitlines():
            fields = row.split("\t")
            if len(fields) == 3:
                heading = fields[2].replace("_", " ")
                yield Document(ABSTRACTS, (Section(heading, split_sentences(fields[1])),))


def _synonyms(archive: Path) -> tuple[tuple[str, ...], ...]:
    """The Chinese lemmas of each synset with at least two of them."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for _, text in _members(archive, ".tab"):
        for row in text.splitlines():
            synset, _, lemma = row.partition("\tcmn:lemma\t")
            lemma = lemma.replace("+", "").strip()
            if _HAN_WORD.fullmatch(lemma):
                groups[synset].append(lemma)
    return tuple(tuple(g) for g in groups.values() if 2 <= len(g) <= _WORDY_GROUP)
