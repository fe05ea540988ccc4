"""Small parsed documents made by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.records import (
    Deadline,
    DocumentKind,
    Indicator,
    Measure,
    ParsedDocument,
    Passage,
    Person,
    Section,
    SourceDocument,
    Span,
    Task,
    Unit,
)

PLAN = """东山区整改方案
一、水污染治理
（一）加快管网建设。区水务局负责新建污水管网12公里，2024年12月底前完工。
（二）清理黑臭水体。全面清淤河道，消除黑臭水体。
二、大气污染治理
（一）控制细颗粒物。PM2.5年均浓度控制在38微克/立方米以内。VOCs排放企业安装在线监测设备。
"""

LIST = """西河镇任务清单
一、餐饮油烟扰民
镇环保办督促饭店安装油烟净化器。投诉由信访办答复。
二、秸秆焚烧
农业服务中心推广秸秆还田，巡查火点。
"""

_SENTENCE = re.compile(r"[^。\n]+。?")


def make_document(path: str, text: str) -> ParsedDocument:
    """Each line a passage under the last line that opens with 一、 or 二、, without a ledger."""
    passages: list[Passage] = []
    heading: tuple[str, ...] = ()
    for line in re.finditer(r"[^\n]+", text):
        if line[0][1:2] == "、":
            heading = (line[0],)
        sentences = tuple(
            Span(m.start(), m.end(), m[0])
            for m in _SENTENCE.finditer(text, line.start(), line.end())
        )
        span = Span(line.start(), line.end(), line[0])
        key = hashlib.sha256(f"{text}{line.start()}".encode()).hexdigest()[:16]
        passages.append(Passage(key, "s", heading, span, sentences))
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    source = SourceDocument(path, sha256, text, title=text.partition("\n")[0])
    return ParsedDocument(source, (), tuple(passages), (), (), ())


def make_rich_document(path: str = "plan.txt") -> ParsedDocument:
    """The plan with every kind of record and every optional field set somewhere."""
    parsed = make_document(path, PLAN)

    def span(quote: str) -> Span:
        start = PLAN.index(quote)
        return Span(start, start + len(quote), quote)

    source = replace(
        parsed.source,
        issued=dt.date(2024, 9, 10),
        region="东山区",
        region_aliases=("东山",),
        year=2024,
        kind=DocumentKind.RECTIFICATION_PLAN,
        pages=(0, 40),
    )
    section = Section(
        "s1", "一", "水污染治理", 0, None, ("一、水污染治理",), span("一、水污染治理"), span(PLAN)
    )
    clause = span("2024年12月底前完工")
    deadline = Deadline(
        span("2024年12月底"), clause, latest=dt.date(2024, 12, 31), soft="计划", ongoing=True
    )
    undated = Deadline(span("全面"), span("全面清淤河道"), undetermined=True)
    unit = Unit("东山区水务局", span("区水务局"), ("水务处",), group=False)
    measure = Measure("一", clause, clause, (unit,), span("区水务局"), (deadline,))
    indicator = Indicator(
        "PM2.5年均浓度",
        "38",
        "微克/立方米",
        "≤",
        "控制在…以内",
        span("38微克/立方米"),
        span("PM2.5年均浓度控制在38微克/立方米以内"),
        date="到2025年",
        year=2025,
    )
    task = Task(
        "t1",
        "一",
        span("加快管网建设"),
        ("一、水污染治理",),
        span("（一）加快管网建设。"),
        labelled=True,
        leaders=(Person("李某", span("负责")),),
        lead_units=(unit,),
        deadline=deadline,
        measures=(measure,),
        fields={"deadline": clause},
        review=("没有验收单位",),
    )
    bare = Task("t2", "二", span("清理黑臭水体"), (), span("（二）清理黑臭水体。"), labelled=False)
    return replace(
        parsed,
        source=source,
        sections=(section,),
        tasks=(task, bare),
        deadlines=(deadline, undated),
        indicators=(indicator, replace(indicator, year=None)),
        notes=("有一处表格未能识别",),
    )


class OtherEmbedder:
    """Another model with vectors of another length."""

    name = "other:1"
    dimension = 3

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.array([1, 0, 0], np.float32), (len(texts), 1))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return self.embed_documents([text])[0]
