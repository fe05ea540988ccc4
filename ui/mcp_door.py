"""Duban as tools for other assistants, by the Model Context Protocol over streamable HTTP at `/mcp`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from starlette.applications import Starlette

from assistant.errors import AssistantError
from ui.doors import Doors

PATH = "/mcp"
_INSTRUCTIONS = (
    "查询中国环保督察整改文件：ask 提问并得到带原文引用的回答，list_tasks 按条件列出整改任务，"
    "read_source 读原文。引用中的 start、end 是原文的字符位置。"
)


def mcp_app(doors: Doors, host: str) -> Starlette:
    """The protocol's own application. Its lifespan has to run with that of the server it is part of."""
    server: MCPServer[Any] = MCPServer(
        "duban", instructions=_INSTRUCTIONS, version=version("duban"), log_level="WARNING"
    )
    for function in (doors.ask, doors.list_tasks, doors.read_source):
        server.add_tool(_telling_errors(function))
    return server.streamable_http_app(
        streamable_http_path=PATH, stateless_http=True, json_response=True, host=host
    )


def _telling_errors(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with our own errors as the protocol's, so that their words reach the caller."""

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - the wrapped function's own
        try:
            return function(*arguments, **named)
        except AssistantError as exc:
            raise ToolError(str(exc)) from exc

    return call
