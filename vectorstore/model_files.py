"""Models by folder or hub id: where they are looked for, how they run, and what to do when they cannot be had."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from vectorstore.errors import EmbeddingError, StoreError

logger = logging.getLogger(__name__)

Model = TypeVar("Model")

# What is compared is a sentence or a short passage; the cost of a text grows faster than its length.
MAX_TOKENS = 512

_HUB_TIMEOUT_S = 10.0
_LARGE_MODEL = 1_000_000_000  # parameters
_WINDOWS_DRIVE = ":"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model as the user named it: a folder or a hub id.

    `setting` is where it was named, `what` the kind of model, `unset` what an empty setting means.
    """

    name: str
    setting: str = "DUBAN_EMBEDDING_MODEL"
    what: str = "句向量模型"
    unset: str = "留空则使用内置模型"
    error: type[StoreError] = EmbeddingError

    def folder(self) -> Path | None:
        """The folder, or None for a hub id.

        Raises:
            StoreError: of the type `error`: the name can only be a folder and there is none.
        """
        folder = Path(self.name).expanduser()
        if folder.is_dir():
            return folder
        if _looks_like_a_path(self.name):
            raise self.error(
                f"找不到{self.what}文件夹 {folder}。请检查 {self.setting}；{self.unset}。"
            )
        return None


def load_model(wanted: Wanted, load: Callable[[str, bool], Model]) -> Model:
    """What `load(folder or hub id, local files only)` gives; a hub id's files are downloaded when missing.

    The hub is the one of `HF_ENDPOINT`; with `HF_HUB_OFFLINE` only what was downloaded before is used.

    Raises:
        StoreError: of the type `wanted.error`, with what to do.
    """
    # Read when huggingface_hub is imported, so it has to stand before that.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    folder = wanted.folder()
    offline = folder is None and not _hub_is_reachable()
    if folder is None and not _cache_folder(wanted.name).is_dir():
        if offline:
            # The libraries would find out the same, after they have been imported for seconds.
            raise wanted.error(
                f"无法加载{wanted.what} {wanted.name!r}：{_how_to_get(wanted, offline)}{wanted.unset}。"
            )
        _announce_download(wanted)
    local_only = folder is not None or offline
    try:
        with _progress_bars(shown=not local_only):
            return load(str(folder or wanted.name), local_only)
    except Exception as exc:  # the readers of damaged files raise anything, even a bare `Exception`
        logger.debug("cannot load %s", wanted.name, exc_info=exc)
        advice = _advice(wanted, folder, offline, exc)
        raise wanted.error(
            f"无法加载{wanted.what} {wanted.name!r}：{first_line(exc)}。{advice}{wanted.unset}。"
        ) from exc


def device() -> str:
    """A graphics card where there is one."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def precision(on: str) -> str:
    """The number type to load weights in: as they were saved on a card, full on a processor.

    A processor is slow at half precision, which is what many models are saved in.
    """
    return "auto" if on.startswith("cuda") else "float32"


def batch_size(on: str, parameters: int) -> int:
    """How many texts to run at once."""
    size = 128 if on.startswith("cuda") else 32
    return size // 4 if parameters > _LARGE_MODEL else size


def longest(own: float | None) -> int | None:
    """The length in tokens to cut texts at, None to leave the model's own; `own` is None where it has none."""
    if own is None or (own > MAX_TOKENS and own != float("inf")):
        return MAX_TOKENS
    return None


def require_vocabulary(tokenizer: object) -> None:
    """Refuse a tokenizer that knows no words: transformers makes one up where the file is missing.

    Raises:
        ValueError: every text would become the same unknown tokens.
    """
    special = getattr(tokenizer, "all_special_tokens", None)
    if special is not None and isinstance(tokenizer, Sized) and len(tokenizer) <= len(special):
        raise ValueError("缺少分词器文件（tokenizer.json）")


def first_line(exc: Exception) -> str:
    """The gist of another library's message."""
    return (str(exc).strip().splitlines() or [type(exc).__name__])[0].rstrip("。.")


def _looks_like_a_path(model: str) -> bool:
    """Whether the name cannot be a hub id, which is `owner/name` or `name`."""
    return (
        model.startswith((".", "/", "~"))
        or model.count("/") > 1
        or "\\" in model
        or _WINDOWS_DRIVE in model
    )


def _hub_is_reachable() -> bool:
    """Whether the model hub answers at all; without asking, its client retries for over a minute."""
    import httpx2
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        return False
    try:
        httpx2.head(constants.ENDPOINT, timeout=_HUB_TIMEOUT_S)
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return False
    return True


@contextmanager
def _progress_bars(*, shown: bool) -> Iterator[None]:
    """The libraries' bars while something is downloaded; reading from disk needs none."""
    from transformers.utils import logging as bars

    if shown or not bars.is_progress_bar_enabled():
        yield
        return
    bars.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        bars.enable_progress_bar()  # type: ignore[no-untyped-call]


def _announce_download(wanted: Wanted) -> None:
    """A line before the hub's own progress bars, which do not say what they are for."""
    from huggingface_hub import constants

    # A warning, because it may take long and nothing milder is shown by default.
    logger.warning(
        "本机还没有%s %s，正在从 %s 下载到 %s",
        wanted.what,
        wanted.name,
        constants.ENDPOINT,
        _cache_folder(wanted.name),
    )


def _cache_folder(model: str) -> Path:
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE) / f"models--{model.replace('/', '--')}"


def _advice(wanted: Wanted, folder: Path | None, offline: bool, exc: Exception) -> str:
    if "trust_remote_code" in str(exc):
        return "该模型要运行它自带的程序，督办不运行下载来的程序，请换用别的模型；"
    if "CUDA" in str(exc):
        return "显卡不可用或显存不足，可设 CUDA_VISIBLE_DEVICES=-1 改用处理器；"
    if folder is not None:
        return f"请检查文件夹 {folder} 是否完整（要有 config.json、分词器和权重文件），必要时重新复制；"
    return _how_to_get(wanted, offline)


def _how_to_get(wanted: Wanted, offline: bool) -> str:
    from huggingface_hub import constants

    name = wanted.name.rpartition("/")[2]
    cache = _cache_folder(wanted.name)
    state = f"请检查 {wanted.setting} 是否写对；"
    if offline and constants.HF_HUB_OFFLINE:
        state = f"本机没有下载过该模型，而 HF_HUB_OFFLINE 禁止联网；{state}"
    elif offline:
        state = f"本机没有下载过该模型，也连不上 {constants.ENDPOINT}（可用 HF_ENDPOINT 指定镜像）；{state}"
    return (
        f"{state}不能联网时，在能联网的电脑上运行 hf download {wanted.name} --local-dir {name}，"
        f"把得到的 {name} 文件夹复制到本机，再把 {wanted.setting} 设为该文件夹的路径；"
        f"或把那台电脑缓存里的 {cache.name} 文件夹原样复制为 {cache}；"
    )
