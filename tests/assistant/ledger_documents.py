"""Two small documents of an invented district, with records whose spans are found in their text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ingest.records import (
    Deadline,
    DocumentKind,
    Measure,
    ParsedDocument,
    Person,
    SourceDocument,
    Span,
    Task,
    Unit,
)

LIST_TEXT = """东湖区整改任务清单
一、=散煤治理“回潮”，落实《条例<试行>》不力
责任领导：李明
牵头单位：区商务局、区市场监管局
责任单位：区商务局、各镇人民政府
验收单位：区商务局
整改目标：散煤动态清零|全域达标。
整改时限：2024年12月并长期坚持
整改措施：
（一）开展排查，2024年10月底前完成。（责任单位：区城市管理委）
二、污水处理能力不足
责任领导：李明、王芳
牵头单位：区水务局
责任单位：云河园（原云山园）
整改目标：新增处理能力1万吨/日。
整改时限：2024年12月
整改措施：
（一）计划2024年6月底前开工。
三、建筑垃圾管理粗放
牵头单位：区城市管理委
整改时限：按序时进度推进
（一）2024年3月底前完成摸排。
四、危险废物台账不全
牵头单位：区生态环境局
整改时限：2024年5月31日
完成情况：已完成
五、污水处理厂扩建
牵头单位：区水务局
整改时限：完成时间待资金落实后确定
"""

REPORT_TEXT = """西山市整改情况通报
1.关于“在线监测造假”问题
已于2020年3月底前完成整治。（市生态环境局）
2.关于“臭氧治理”问题
力争2021年5月底前完成改造。（市生态环境局、市工信局）
"""


@dataclass
class Finder:
    """Finds spans in a text from some offset on, so that a line of one task is not taken for another's."""

    text: str
    offset: int = 0

    def span(self, quote: str) -> Span:
        start = self.text.index(quote, self.offset)
        return Span(start, start + len(quote), quote)

    def units(self, *names: str, aliases: tuple[str, ...] = ()) -> tuple[Unit, ...]:
        return tuple(
            Unit(name.partition("（")[0], self.span(name), aliases, group=name.startswith("各"))
            for name in names
        )

    def limit(self, phrase: str, latest: dt.date | None, **kind: Any) -> Deadline:  # noqa: ANN401 - fields of Deadline
        return Deadline(self.span(phrase), self.span(phrase), latest=latest, **kind)


def _task(finder: Finder, number: str, title: str, end: str, **values: Any) -> Task:  # noqa: ANN401 - fields of Task
    heading = finder.span(title)
    finish = finder.span(end).end
    whole = Span(heading.start, finish, finder.text[heading.start : finish])
    labelled = values.pop("labelled", True)
    path = (finder.text.partition("\n")[0], f"{number}、{title}")
    return Task(f"id-{number}-{heading.start}", number, heading, path, whole, labelled, **values)


def _coal() -> Task:
    find = Finder(LIST_TEXT)
    measure = find.span("（一）开展排查，2024年10月底前完成。（责任单位：区城市管理委）")
    checks = Measure(
        "一",
        find.span("开展排查，2024年10月底前完成。"),
        measure,
        find.units("区城市管理委"),
        find.span("责任单位：区城市管理委"),
        (find.limit("2024年10月底前", dt.date(2024, 10, 31)),),
    )
    return _task(
        find, "一", "=散煤治理“回潮”，落实《条例<试行>》不力", measure.quote,
        leaders=(Person("李明", find.span("李明")),),
        lead_units=find.units("区商务局", "区市场监管局"),
        responsible_units=find.units("区商务局", "各镇人民政府"),
        acceptance_units=find.units("区商务局"),
        target=find.span("散煤动态清零|全域达标。"),
        deadline=find.limit("2024年12月并长期坚持", dt.date(2024, 12, 31), ongoing=True),
        measures=(checks,),
        fields={
            "lead": find.span("牵头单位：区商务局、区市场监管局"),
            "deadline": find.span("整改时限：2024年12月并长期坚持"),
        },
    )  # fmt: skip


def _sewage() -> Task:
    find = Finder(LIST_TEXT, LIST_TEXT.index("二、"))
    start_of_work = Measure(
        "一",
        find.span("计划2024年6月底前开工。"),
        find.span("（一）计划2024年6月底前开工。"),
        deadlines=(find.limit("2024年6月底前", dt.date(2024, 6, 30), soft="计划"),),
    )
    return _task(
        find, "二", "污水处理能力不足", "计划2024年6月底前开工。",
        leaders=(Person("李明", find.span("李明")), Person("王芳", find.span("王芳"))),
        lead_units=find.units("区水务局"),
        responsible_units=find.units("云河园（原云山园）", aliases=("云山园",)),
        deadline=find.limit("2024年12月", dt.date(2024, 12, 31)),
        measures=(start_of_work,),
        fields={"deadline": find.span("整改时限：2024年12月")},
    )  # fmt: skip


def _rubble() -> Task:
    find = Finder(LIST_TEXT, LIST_TEXT.index("三、"))
    survey = Measure(
        "一",
        find.span("2024年3月底前完成摸排。"),
        find.span("（一）2024年3月底前完成摸排。"),
        deadlines=(find.limit("2024年3月底前", dt.date(2024, 3, 31)),),
    )
    return _task(
        find, "三", "建筑垃圾管理粗放", "2024年3月底前完成摸排。",
        lead_units=find.units("区城市管理委"),
        measures=(survey,),
        fields={"deadline": find.span("整改时限：按序时进度推进")},
    )  # fmt: skip


def _waste() -> Task:
    find = Finder(LIST_TEXT, LIST_TEXT.index("四、"))
    return _task(
        find, "四", "危险废物台账不全", "完成情况：已完成",
        lead_units=find.units("区生态环境局"),
        deadline=find.limit("2024年5月31日", dt.date(2024, 5, 31)),
        status=find.span("已完成"),
        fields={"status": find.span("完成情况：已完成")},
    )  # fmt: skip


def _extension() -> Task:
    find = Finder(LIST_TEXT, LIST_TEXT.index("五、"))
    limit = find.limit("完成时间待资金落实后确定", None, undetermined=True)
    return _task(
        find, "五", "污水处理厂扩建", limit.phrase.quote,
        lead_units=find.units("区水务局"), deadline=limit,
    )  # fmt: skip


def _report_item(number: str, title: str, sentence: str, phrase: str, day: dt.date) -> Task:
    find = Finder(REPORT_TEXT, REPORT_TEXT.index(f"{number}."))
    measure = Measure(
        "", find.span(sentence), find.span(sentence), deadlines=(find.limit(phrase, day),)
    )
    return _task(find, number, title, sentence, labelled=False, measures=(measure,))


def task_list() -> ParsedDocument:
    source = SourceDocument(
        "plans/donghu-2024.txt", "a" * 64, LIST_TEXT, "东湖区整改任务清单",
        document_number="东湖政〔2024〕3号", region="东湖区", region_aliases=("东湖",),
        kind=DocumentKind.TASK_LIST, pages=(0, LIST_TEXT.index("三、")),
    )  # fmt: skip
    tasks = (_coal(), _sewage(), _rubble(), _waste(), _extension())
    return ParsedDocument(source, (), (), tasks, (), ())


def progress_report() -> ParsedDocument:
    source = SourceDocument(
        "xishan-2021.txt", "b" * 64, REPORT_TEXT, "西山市整改情况通报",
        region="西山市", region_aliases=("西山",), kind=DocumentKind.PROGRESS_REPORT,
    )  # fmt: skip
    tasks = (
        _report_item(
            "1", "关于“在线监测造假”问题", "已于2020年3月底前完成整治。", "2020年3月底前", dt.date(2020, 3, 31)
        ),
        _report_item(
            "2", "关于“臭氧治理”问题", "力争2021年5月底前完成改造。", "2021年5月底前", dt.date(2021, 5, 31)
        ),
    )  # fmt: skip
    return ParsedDocument(source, (), (), tasks, (), ())


def library() -> tuple[ParsedDocument, ...]:
    return task_list(), progress_report()
