"""A model that may look things up before it answers: LangChain's agent, its tools and its limits.

The first message of the agent is the answer itself where the model asks for nothing, so that offering tools costs no
request of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any

from langchain.agents import create_agent
from langchain.agents.middleware import (
    AgentMiddleware,
    ModelCallLimitMiddleware,
    ToolCallLimitMiddleware,
    hook_config,
)
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain.messages import AIMessage, ToolMessage
from langchain.tools import BaseTool
from langchain_core.tools import StructuredTool

from assistant.chat.failures import NoAnswerError
from assistant.chat.lookups import Lookup

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

# One to answer after the last look-up, one more for a model that has to be told that it was the last.
_CALLS_BESIDE_LOOKUPS = 2
_BROKEN = "参数不是合法的 JSON，请改正后重新调用，或直接作答。"


async def replies(
    model: BaseChatModel, messages: Sequence[tuple[str, str]], lookups: Sequence[Lookup], most: int
) -> AsyncIterator[BaseMessage]:
    """Chunks of what the model says, and the results of at most `most` look-ups, in their order.

    Raises:
        NoAnswerError: the model looks up more than it may, and goes on when it is told.
    """
    limits = (
        _MendedCalls(),
        ToolCallLimitMiddleware(run_limit=most),
        ModelCallLimitMiddleware(run_limit=most + _CALLS_BESIDE_LOOKUPS, exit_behavior="error"),
    )
    agent: Any = create_agent(model, [_tool(one) for one in lookups], middleware=limits)
    try:
        async for message, _ in agent.astream({"messages": list(messages)}, stream_mode="messages"):
            yield message
    except ModelCallLimitExceededError:
        raise NoAnswerError from None


class _MendedCalls(AgentMiddleware[Any, Any, Any]):
    """Tells the model of calls whose arguments are no JSON; the agent alone would take them for an empty answer."""

    @hook_config(can_jump_to=["model"])
    def after_model(self, state: Any, runtime: Any) -> dict[str, Any] | None:  # noqa: ANN401
        last = state["messages"][-1]
        if not isinstance(last, AIMessage) or last.tool_calls or not last.invalid_tool_calls:
            return None
        told = [
            ToolMessage(_BROKEN, tool_call_id=one["id"] or "") for one in last.invalid_tool_calls
        ]
        return {"messages": told, "jump_to": "model"}


def _tool(one: Lookup) -> BaseTool:
    return StructuredTool.from_function(
        one.run, name=one.name, description=one.description, args_schema=one.arguments
    )
