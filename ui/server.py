"""The page and its doors for programs as one web server."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette

from ui.access import Access, Gate
from ui.accounts import AccountStore
from ui.app import build_app
from ui.board import Board
from ui.documents import document_routes
from ui.doors import Doors
from ui.downloads import download_routes
from ui.following import Following
from ui.intake import Intake
from ui.look import STYLE_SHEETS, page_head, theme
from ui.mcp_door import mcp_app
from ui.openai_door import openai_routes
from ui.original_routes import original_routes
from ui.originals import Originals
from ui.protocol import Assistant
from ui.sign_in import sign_in_routes
from ui.store import ConversationStore

_START_S = 60


@dataclass(frozen=True, slots=True)
class Running:
    """A server in a thread of its own."""

    server: uvicorn.Server
    thread: threading.Thread
    originals: Originals | None = None

    @property
    def is_running(self) -> bool:
        return self.thread.is_alive()

    def close(self) -> None:
        """Stop serving; answers still being written are cut off after a moment."""
        self.server.should_exit = True
        self.thread.join()
        if self.originals is not None:
            self.originals.close()


def web_app(
    assistant: Assistant,
    state_folder: Path,
    host: str = "127.0.0.1",
    originals: Originals | None = None,
    *,
    require_sign_in: bool = False,
    intake: Intake | None = None,
) -> FastAPI:
    """Everything that is served at an address, not yet serving; without `intake` documents are only read."""
    access = Access(AccountStore(state_folder), required=require_sign_in)
    store = ConversationStore(state_folder)
    board = Following(assistant, Board)
    doors = Doors(assistant)
    tools = mcp_app(doors, host)
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=partial(_lifespan_of, tools),
    )
    app.add_middleware(Gate, access=access)
    app.include_router(sign_in_routes(access))
    app.include_router(download_routes(board, store, assistant))
    if originals is not None:
        app.include_router(original_routes(originals, assistant))
    app.include_router(openai_routes(assistant))
    if intake is not None:
        app.include_router(document_routes(intake))
    app.router.routes.extend(tools.routes)
    gr.mount_gradio_app(
        app,
        build_app(assistant, store, board, doors, originals, takes_documents=intake is not None),
        path="/",
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        css_paths=STYLE_SHEETS,
        head=page_head(),
    )
    return app


def _is_no_cut_connection(record: logging.LogRecord) -> bool:
    """Every open page keeps a stream open, which stopping has to cut: no error to report."""
    error = record.exc_info[1] if record.exc_info else None
    cut = isinstance(error, asyncio.CancelledError) or "graceful shutdown" in record.getMessage()
    return not cut


@asynccontextmanager
async def _lifespan_of(part: Starlette, _app: FastAPI) -> AsyncIterator[None]:
    """Start and end a part with the server it is in."""
    async with part.router.lifespan_context(part):
        yield


def start(
    assistant: Assistant,
    host: str,
    port: int,
    state_folder: Path,
    originals: Originals | None = None,
    *,
    require_sign_in: bool = False,
    intake: Intake | None = None,
) -> Running:
    """Serve from a background thread; returns once it answers."""
    config = uvicorn.Config(
        web_app(
            assistant, state_folder, host, originals, require_sign_in=require_sign_in, intake=intake
        ),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_no_cut_connection)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="duban-server", daemon=True)
    thread.start()
    deadline = time.monotonic() + _START_S
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    if not server.started:
        raise RuntimeError(f"the server did not start on {host}:{port}")
    return Running(server, thread, originals)
