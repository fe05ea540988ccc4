"""The interfaces for programs, each tried with its own client over a real server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gradio_client import Client
from mcp import Client as McpClient
from openai import BadRequestError, OpenAI

from assistant.answer import Answer
from assistant.app import Assistant
from ui.openai_door import openai_routes

LIST = "武清由区水务局牵头的任务有哪些？"


@pytest.fixture
def openai(real_address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{real_address}v1", api_key="unused") as client:
        yield client


def assert_proven(citations: list[dict[str, Any]], corpus: Assistant) -> None:
    texts = {document.source.path: document.source.text for document in corpus.documents()}
    assert citations
    for one in citations:
        assert texts[one["document"]][one["start"] : one["end"]] == one["quote"]


def test_openai_answers_with_citations(openai: OpenAI, corpus: Assistant) -> None:
    assert [model.id for model in openai.models.list()] == ["duban"]
    messages: Any = [{"role": "user", "content": LIST}]
    message = openai.chat.completions.create(model="duban", messages=messages).choices[0].message
    assert message.content
    assert "共4项" in message.content
    assert "出处：\n[1] 《武清区" in message.content
    assert message.model_extra
    assert_proven(message.model_extra["citations"], corpus)


def test_openai_streams_the_same_and_goes_on(openai: OpenAI, corpus: Assistant) -> None:
    messages: Any = [{"role": "user", "content": LIST}]
    whole = openai.chat.completions.create(model="duban", messages=messages).choices[0].message
    chunks = list(openai.chat.completions.create(model="duban", messages=messages, stream=True))
    pieces = [chunk.choices[0].delta for chunk in chunks]
    assert "".join(piece.content or "" for piece in pieces) == whole.content
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert_proven(pieces[-2].model_extra["citations"], corpus)
    messages += [
        {"role": "assistant", "content": whole.content},
        {"role": "user", "content": [{"type": "text", "text": "其中2024年底前到期的呢？"}]},
    ]
    narrowed = openai.chat.completions.create(model="duban", messages=messages)
    assert "十九" in str(narrowed.choices[0].message.content)
    assert "十七" not in str(narrowed.choices[0].message.content).partition("出处")[0]


def test_openai_is_told_what_is_wrong(openai: OpenAI) -> None:
    with pytest.raises(BadRequestError, match="没有可以回答的问题"):
        openai.chat.completions.create(model="duban", messages=[{"role": "user", "content": " "}])


class Retracting:
    """Begins to say what verification takes back."""

    def documents(self) -> tuple[()]:
        return ()

    def stream(self, *_: object) -> Iterator[Answer]:
        yield Answer("共5项。")
        yield Answer("共4项。")


def test_a_correction_is_told_to_who_saw_the_beginning() -> None:
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    app = FastAPI()
    app.include_router(openai_routes(Retracting()))  # type: ignore[arg-type]
    body = {"messages": [{"role": "user", "content": "几项？"}], "stream": True}
    with TestClient(app) as client:
        said = client.post("/v1/chat/completions", json=body).text
    assert "共5项。" in said
    assert "更正：" in said
    assert "共4项。" in said


def test_gradio_offers_documented_functions(
    real_address: str, corpus: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The client reports its use and looks up what it runs in; both are off in a program that says so.
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_TELEMETRY", True)
    client = Client(real_address, verbose=False, analytics_enabled=False)
    info = client.view_api(print_info=False, return_format="dict")
    assert set(info["named_endpoints"]) == {"/ask", "/list_tasks", "/read_source"}
    answer = client.predict(LIST, "2025-12-15", "", api_name="/ask")
    assert_proven(answer["citations"], corpus)
    tasks = client.predict("区水务局", "lead", "武清", api_name="/list_tasks")
    assert [task["number"] for task in tasks] == ["十四", "十六", "十七", "十九"]
    cited = tasks[0]["citation"]
    source = client.predict("武清", cited["start"], cited["end"], api_name="/read_source")
    assert source["text"] == cited["quote"]
    client.close()


def test_mcp_offers_tools(real_address: str, corpus: Assistant) -> None:
    async def use() -> None:
        async with McpClient(f"{real_address}mcp") as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(tools) == {"ask", "list_tasks", "read_source"}
            assert "每一句都带原文引用" in str(tools["ask"].description)
            asked = await client.call_tool("ask", {"question": LIST})
            assert_proven(asked.structured_content["citations"], corpus)
            listed = await client.call_tool("list_tasks", {"unit": "区水务局", "role": "lead"})
            tasks = listed.structured_content["result"]
            cited = tasks[0]["citation"]
            span = {"start": cited["start"], "end": cited["end"]}
            read = await client.call_tool("read_source", {"document": cited["document"], **span})
            assert read.structured_content["text"] == cited["quote"]
            wrong = await client.call_tool("read_source", {"document": "火星"})
            assert wrong.is_error
            assert "没有名为“火星”的文件" in wrong.content[0].text

    # The browser's own event loop runs in the thread of the tests.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, use()).result()
