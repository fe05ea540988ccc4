"""`duban doctor`: what is configured, what is there, what is missing and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from assistant.settings import Settings, load_settings

_Check = Callable[[Settings], str]


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
        *((("对话模型", _chat),) if settings.chat_model else ()),
        ("索引", _store),
        ("状态目录", _state),
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
