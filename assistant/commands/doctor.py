"""`duban doctor`: what is configured, what is there, what is missing and what to do about it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable

import click

from assistant.settings import Settings, load_settings
from ingest.files.limits import MEGABYTE
from vectorstore.store import free_space

_Check = Callable[[Settings], str]
_ROOM_TO_WORK = 200 * MEGABYTE


class Missing(Exception):
    """Something needed is not there; the message says what to do."""


@click.command(help="检查配置、文件、模型和索引是否就绪；缺少什么时退出状态为 1。")
def doctor() -> None:
    settings = load_settings()
    checks: tuple[tuple[str, _Check], ...] = (
        ("文件夹", _documents),
        ("向量模型", _embedding),
        *((("重排模型", _reranker),) if settings.reranker else ()),
        ("文字识别", _recognition),
        ("旧版办公文件", _office),
        ("对话模型", _chat),
        ("索引", _store),
        ("状态目录", _state),
        ("磁盘", _disk),
        ("中文字体", _fonts),
    )
    failed = 0
    for name, check in checks:
        try:
            click.echo(f"✓ {name}：{check(settings)}")
        except Missing as exc:
            failed += 1
            click.echo(f"✗ {name}：{exc}")
    if failed:
        sys.exit(1)


def _documents(settings: Settings) -> str:
    from ingest.files.formats import SUFFIXES
    from ingest.files.reader import document_files

    folder = settings.documents
    if not folder.is_dir():
        raise Missing(f"{folder} 不存在，请新建该文件夹并放入文件，或设置 DUBAN_DOCUMENTS")
    files = document_files(folder)
    if not files:
        raise Missing(f"{folder} 里没有可导入的文件（{'、'.join(SUFFIXES)}）")
    return f"{folder}（{len(files)} 个可导入的文件）"


def _embedding(settings: Settings) -> str:
    from assistant.app import open_embedder
    from vectorstore.errors import EmbeddingError

    try:
        embedder = open_embedder(settings)
        dimension = embedder.dimension  # an endpoint is asked only now
    except EmbeddingError as exc:
        raise Missing(str(exc)) from exc
    # From the embedder's name, because the address in the settings may hold a password.
    place = f"，服务 {embedder.name.partition(' ')[0]}" if settings.embedding_base_url else ""
    return f"{settings.embedding_model or '内置模型'}（{dimension} 维{place}）"


def _reranker(settings: Settings) -> str:
    from vectorstore.errors import RerankerError
    from vectorstore.reranker import load_reranker

    try:
        # It is loaded when first used.
        if (reranker := load_reranker(settings.reranker)) is not None:
            reranker.scores("督办", ["整改任务清单"])
    except RerankerError as exc:
        raise Missing(str(exc)) from exc
    return settings.reranker


def _recognition(settings: Settings) -> str:
    from ingest.files import ocr

    return "已安装" if ocr.is_installed() else f"未安装，扫描件和图片不能导入；{ocr.HOW_TO_INSTALL}"


def _office(settings: Settings) -> str:
    from ingest.files import office

    found = office.program()
    return found or "没有 LibreOffice，.doc、.wps、.xls 等不能导入；需要时请安装 LibreOffice"


def _chat(settings: Settings) -> str:
    from assistant.app import open_chat_model
    from assistant.errors import ChatError

    if not settings.chat_model:
        return "未配置，由内置成文回答；需要时设置 DUBAN_CHAT_MODEL 和 DUBAN_CHAT_BASE_URL"
    try:
        model = open_chat_model(settings)
        assert model is not None  # checked only where a name is set
        try:
            seconds = model.probe()
        finally:
            model.close()
    except ChatError as exc:
        raise Missing(str(exc)) from exc
    return f"{model.name}（服务 {model.endpoint.address}，{seconds:.1f} 秒应答）"


def _store(settings: Settings) -> str:
    from assistant.app import open_library
    from assistant.errors import NotIngestedError
    from vectorstore.errors import StoreError

    try:
        documents = open_library(settings)
    except (NotIngestedError, StoreError) as exc:
        raise Missing(str(exc)) from exc
    tasks = sum(len(parsed.tasks) for parsed in documents)
    review = sum(len(parsed.notes) for parsed in documents)
    return f"{len(documents)} 份文件，{tasks} 项任务" + (f"，{review} 处待复核" if review else "")


def _state(settings: Settings) -> str:
    folder = settings.state_folder
    probe = folder / ".doctor"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as exc:
        raise Missing(
            f"{folder} 不可写（{exc.strerror or exc}），请检查权限或设置 DUBAN_HOME"
        ) from exc
    return str(folder)


def _disk(settings: Settings) -> str:
    """Room for another generation of the store beside the two that are kept, and some to work in."""
    free = int(free_space(settings.state_folder))
    store = settings.state_folder / "store"
    kept = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
    needed = kept + _ROOM_TO_WORK
    if free < needed:
        raise Missing(
            f"{settings.state_folder} 所在磁盘只剩 {free // MEGABYTE} MB，导入需要约 {needed // MEGABYTE} MB，"
            "请清理磁盘，或用 DUBAN_HOME 换一个位置"
        )
    return f"剩余 {free // MEGABYTE} MB，索引占用 {kept // MEGABYTE} MB"


def _fonts(settings: Settings) -> str:
    """Whether this machine can show Chinese; the page is shown by the browser of whoever opens it."""
    if sys.platform in ("win32", "darwin"):
        return "由系统提供"
    found = _chinese_font()
    return found or (
        "没有找到；不影响导入和回答，只有在本机浏览器里打开网页才需要，例如 apt install fonts-noto-cjk"
    )


def _chinese_font() -> str:
    program = shutil.which("fc-list")
    if program is None:
        return ""
    listed = subprocess.run(
        [program, ":lang=zh", "family"], capture_output=True, text=True, check=False
    )
    return next(iter(sorted(listed.stdout.splitlines())), "").partition(",")[0]
