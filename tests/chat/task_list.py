"""A short task list and an assistant over it with a scripted model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Protocol

from assistant.app import Assistant
from assistant.chat.endpoint import ChatEndpoint
from assistant.chat.provider import ChatModel
from ingest.parse import parse_text
from ingest.records import ParsedDocument
from vectorstore.embedding import load_embedder
from vectorstore.memory import MemoryVectors
from vectorstore.retriever import HybridIndex

TEXT = """东湖区贯彻落实督察组反馈意见整改任务清单

2024年3月5日

一、散煤治理存在盲区
东湖区收缴散煤2.1吨，清理点位十二处，占比达3.6%。
区级领导负责人：李明远
牵头单位：区商务局、区市场监管局
责任单位：区商务局，石桥镇、柳河镇人民政府
整改目标：散煤动态清零，新增监测站1,200座。
整改时限：2024年底前
整改措施：
（一）加强排查，每月不少于两次。（责任单位：区商务局）
二、污水处理能力不足
石桥镇污水管网缺口24公里，日均溢流污水3500吨。
区级领导负责人：王芳菲
牵头单位：区水务局
责任单位：区水务局，石桥镇人民政府
整改目标：出水达到Ⅲ类标准，处理能力提升至3.5万吨/日，PM2.5年均浓度控制在38微克/立方米以内，优良天数比例达到72.6%。
整改时限：2025年6月30日
整改措施：
（一）新建污水处理站二十四座，管网改造不少于18公里。（责任单位：区水务局）
三、露天焚烧问题频发
区级领导负责人：李明远
牵头单位：区城市管理委
责任单位：区城市管理委，柳河镇人民政府
整改目标：火点数量下降60%以上。
整改时限：2024年12月并长期坚持
整改措施：
（一）开展巡查，禁止露天焚烧秸秆。（责任单位：区城市管理委）
"""
QUESTION = "散煤治理由哪个单位牵头？"


# Made once for each set of documents.
_indexes: dict[tuple[str, ...], HybridIndex] = {}


@cache
def parsed() -> ParsedDocument:
    return parse_text(TEXT, "list.txt", "a" * 64)


def assistant_with(model: ChatModel | None, *more: ParsedDocument) -> Assistant:
    documents = [parsed(), *more]
    key = tuple(one.source.path for one in documents)
    if key not in _indexes:
        _indexes[key] = HybridIndex(MemoryVectors(load_embedder(""), documents), documents)
    return Assistant(documents, _indexes[key], model)


class Service(Protocol):
    """Anything with the address of a chat endpoint."""

    @property
    def url(self) -> str: ...


@contextmanager
def opened(server: Service, *more: ParsedDocument, **limits: Any) -> Iterator[Assistant]:  # noqa: ANN401
    """An assistant whose model is the scripted one."""
    model = ChatModel(ChatEndpoint("scripted", server.url, "sk-test", **limits))
    try:
        yield assistant_with(model, *more)
    finally:
        model.close()
