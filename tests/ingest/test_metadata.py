"""What a document says of itself, however its first page is laid out."""

from __future__ import annotations

import datetime as dt

import pytest
from invented import SHIPPED, parse

from ingest.records import DocumentKind, SourceDocument

BODY = "\n\n一、整改措施\n\n1.洒水。每日洒水。\n"


def source(front: str, tail: str = "", name: str = "invented.txt") -> SourceDocument:
    return parse(front + BODY + tail, name).source


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("白河县2026年整改方案", "白河县2026年整改方案"),
        ("白河县贯彻落实省督察组\n\n反馈意见整改方案", "白河县贯彻落实省督察组反馈意见整改方案"),
        ("云岭市\n白河区\n整改方案", "云岭市白河区整改方案"),
        (
            "白河县人民政府\n关于印发《白河县大气污染\n防治行动计划》的通知",
            "白河县大气污染防治行动计划",
        ),
        (
            "白河县人民政府关于印发白河县整改方案的通知\n各镇人民政府：\n现印发给你们。\n白河县整改方案",
            "白河县整改方案",
        ),
        ("白河县2026年整改方案（试行）", "白河县2026年整改方案（试行）"),
        ("# 白河县2026年整改清单", "白河县2026年整改清单"),
        ("云岭市白河县人民政府\n白河县问题整改台账", "白河县问题整改台账"),
        (
            "白河县落实\n《云岭市水污染防治条例》的\n实施方案",
            "白河县落实《云岭市水污染防治条例》的实施方案",
        ),
        ("\u3000\u3000白 河 县 整 改 方 案", "白河县整改方案"),
        (
            "云岭市督察整改工作领导小组办公室\n关于省级督察反馈问题整改任务（第二批）\n拟销号事项的公示\n\n来源：市政府",
            "云岭市督察整改工作领导小组办公室关于省级督察反馈问题整改任务（第二批）拟销号事项的公示",
        ),
        (
            "白环办督〔2026〕5号\n\n白河县生态环境保护委员会办公室\n关于解决突出环境问题的督办通知\n\n各乡镇：",
            "白河县生态环境保护委员会办公室关于解决突出环境问题的督办通知",
        ),
        (
            "白河县2026年第二季度重点项目调度通报\n\n白污防办〔2026〕8号\n\n各镇：",
            "白河县2026年第二季度重点项目调度通报",
        ),
        ("云岭市白河区贯彻落实督察反馈意见\n整改方案", "云岭市白河区贯彻落实督察反馈意见整改方案"),
        (
            "关于印发白河县2026年工作计划\n的通知\n各镇：\n白河县2026年工作计划",
            "白河县2026年工作计划",
        ),
        ("督察整改信息公示\n白河县突出问题整改台账", "白河县突出问题整改台账"),
        ("白河县2026年工作要点\n各镇：\n现予印发。\n重点任务分工清单", "白河县2026年工作要点"),
        (
            "白河县突出问题整改台帐\n填报单位：县环委办\n表一 问题整改总台帐",
            "白河县突出问题整改台帐",
        ),
        (
            "白河县水污染防治工作要点\n重点任务清单\n序号\t名称\t数量\n1\t管网\t3",
            "白河县水污染防治工作要点",
        ),
    ],
)
def test_the_title_is_put_together(front: str, title: str) -> None:
    assert source(front).title == title


def test_a_file_without_a_title_is_named_by_its_file() -> None:
    assert source("", name="folder/白河县台账.txt").title == "白河县台账"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("云白政办发〔2026〕12号", "云白政办发〔2026〕12号"),
        ("云白政办发〔2026〕 12 号", "云白政办发〔2026〕12号"),
        ("白环委[2026]3号", "白环委[2026]3号"),
        ("白环委（2026）第3号", "白环委（2026）第3号"),
    ],
)
def test_the_number_of_the_document_stands_on_its_own_line(written: str, number: str) -> None:
    assert source(f"白河县整改方案\n{written}").document_number == number


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("白河长发〔2026〕2号\u3000\u30002026年2月27日印发", dt.date(2026, 2, 27)),
        ("白河长发〔2026〕2号 ★ 签发人：顾长河", None),
    ],
)
def test_more_may_stand_on_the_line_of_the_number(line: str, issued: dt.date | None) -> None:
    found = source(f"白河县2026年工作要点\n\n{line}")
    assert (found.document_number, found.issued) == ("白河长发〔2026〕2号", issued)


def test_the_issuer_may_share_a_line_with_the_date() -> None:
    found = source(
        "白河县整改进展情况通报\n\n白河县督察整改领导小组办公室\u3000\u30002026年4月10日"
    )
    assert found.issuer == "白河县督察整改领导小组办公室"


def test_the_columns_of_a_copied_table_are_no_title() -> None:
    heads = "任务编号\n整改任务\n牵头单位\n配合单位\n承诺时限\n完成情况\n"
    rows = "".join(
        f"第{i}项\n治理河道\n县水利局\n县住建局\n2026年6月底\n正在推进\n" for i in (1, 2)
    )
    found = source(f"白河县整改任务（第一批）\n完成情况的公示\n\n现予公示。\n\n{heads}{rows}")
    assert found.title == "白河县整改任务（第一批）完成情况的公示"


def test_the_number_of_another_document_is_not_its_own() -> None:
    assert (
        source(
            "白河县整改方案\n根据《通知》（云政发〔2025〕1号）要求，制定本方案。"
        ).document_number
        == ""
    )


@pytest.mark.parametrize(
    ("front", "tail", "issuer"),
    [
        ("白河县人民政府办公室关于印发《白河县方案》的通知", "", "白河县人民政府办公室"),
        ("中共白河县委\n关于印发《白河县整改方案》的通知", "", "中共白河县委"),
        ("白河县整改方案\n\n白河县生态环境局\n2026年3月1日", "", "白河县生态环境局"),
        ("白河县整改方案", "白河县丁香镇人民政府\n2026年3月1日", "白河县丁香镇人民政府"),
        ("白河县整改方案", "", ""),
    ],
)
def test_the_issuer_is_named_in_title_or_signature(front: str, tail: str, issuer: str) -> None:
    assert source(front, tail).issuer == issuer


@pytest.mark.parametrize(
    ("front", "tail"),
    [
        ("白河县整改方案\n2026年3月18日", ""),
        ("白河县整改方案\n（2026年3月18日）", ""),
        ("白河县整改方案", "白河县水务局\n2026 年 3 月 18 日"),
        ("白河县整改方案", "白河县水务局\n2026-03-18"),
        ("白河县整改方案", "白河县水务局\n二〇二六年三月十八日"),
        ("白河县整改方案", "白河县水务局\n二○二六年三月十八日\n（此件公开发布）"),
    ],
)
def test_the_signature_dates_the_document(front: str, tail: str) -> None:
    found = source(front, tail)
    assert found.issued == dt.date(2026, 3, 18)
    assert found.year == 2026


@pytest.mark.parametrize("tail", ["", "白河县水务局\n2026年2月30日", "会议于2026年3月1日召开。"])
def test_without_a_date_of_signature_there_is_none(tail: str) -> None:
    assert source("白河县整改方案", tail).issued is None


def test_publication_is_not_signature() -> None:
    found = source("白河县整改方案\n来源：县政府 发布时间：2026-05-06 15:28:22 阅读量：12")
    assert found.published == dt.date(2026, 5, 6)
    assert found.issued is None


@pytest.mark.parametrize(
    ("title", "region", "alias"),
    [
        ("白河县2026年工作计划", "白河县", "白河"),
        ("云岭市白河区2026年工作计划", "白河区", "白河"),
        ("云岭省白河市石桥县丁香镇2026年工作计划", "丁香镇", "丁香"),
        ("青原自治州白河县2026年工作计划", "白河县", "白河"),
        ("南门街道2026年工作计划", "南门街道", "南门街"),
        ("云岭新区2026年工作计划", "云岭新区", "云岭"),
        ("云岭经济技术开发区2026年工作计划", "云岭经济技术开发区", "云岭"),
        ("关于白河县督察反馈问题整改情况的公示", "白河县", "白河"),
        ("中共白河县委关于整改情况的通报", "白河县", "白河"),
        ("白河县人民政府丁香镇工作站2026年工作计划", "丁香镇", "丁香"),
    ],
)
def test_the_region_is_the_innermost_place(title: str, region: str, alias: str) -> None:
    found = source(title)
    assert found.region == region
    assert alias in found.region_aliases


@pytest.mark.parametrize(
    "title", ["2026年生态环境保护工作计划", "整改任务清单方案", "关于做好整改工作的通知"]
)
def test_a_title_may_name_no_place(title: str) -> None:
    assert source(title).region == ""


def test_a_title_without_a_place_leaves_the_region_to_the_issuer() -> None:
    assert source("2026年水污染防治工作方案\n白河县水务局\n2026年3月1日").region == "白河县"


def test_an_office_of_supervision_issues_bulletins_by_their_numbers() -> None:
    bulletin = source(
        "白河县人民政府督查室\n督办通报\n白督通〔2026〕第7期\n关于第二季度任务推进情况的督办通报"
    )
    assert bulletin.issuer == "白河县人民政府督查室"
    assert bulletin.region == "白河县"
    assert bulletin.title == "关于第二季度任务推进情况的督办通报"
    assert bulletin.document_number == "白督通〔2026〕第7期"


def test_a_body_without_a_place_issues_nothing() -> None:
    assert source("白河园区突出问题整改告知", "\n管委会\n2026年3月1日\n").issuer != "管委会"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("白河县督察反馈意见整改方案", DocumentKind.RECTIFICATION_PLAN),
        ("关于白河化工有限公司限期整改的督办通知", DocumentKind.RECTIFICATION_PLAN),
        ("白河县整改任务清单", DocumentKind.TASK_LIST),
        ("白河县突出问题整改台账", DocumentKind.TASK_LIST),
        ("白河县2026年污染防治攻坚战行动计划", DocumentKind.WORK_PLAN),
        ("白河县2026年生态环境工作要点", DocumentKind.WORK_PLAN),
        ("白河县督察整改进展情况的通报", DocumentKind.PROGRESS_REPORT),
        ("白河县整改方案落实整改情况报告", DocumentKind.PROGRESS_REPORT),
        ("白河县饮用水水源保护办法", DocumentKind.OTHER),
        ("白河县整改任务完成情况及拟销号事项的公示", DocumentKind.PROGRESS_REPORT),
        ("白河县督察整改落实情况公示", DocumentKind.PROGRESS_REPORT),
        ("白河县2026年第二季度重点项目调度通报", DocumentKind.PROGRESS_REPORT),
        ("关于解决春季检查发现突出问题的督办通知", DocumentKind.RECTIFICATION_PLAN),
        ("白河县信访问题交办单", DocumentKind.RECTIFICATION_PLAN),
        ("白河县突出问题整改台帐", DocumentKind.TASK_LIST),
        ("白河县突出问题“三个清单”", DocumentKind.TASK_LIST),
        ("白河县2026年河湖长制工作要点", DocumentKind.WORK_PLAN),
        ("白河县空气质量提升月度任务安排", DocumentKind.WORK_PLAN),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: DocumentKind) -> None:
    found = source(title)
    assert found.kind is kind
    assert found.reports_progress == (kind is DocumentKind.PROGRESS_REPORT)


def test_the_year_of_the_title_wins_over_the_year_of_signature() -> None:
    found = source("白河县2026年工作计划", "白河县水务局\n2025年12月30日")
    assert found.year == 2026
    assert found.issued == dt.date(2025, 12, 30)


@pytest.mark.parametrize(
    ("stem", "region", "issued", "number", "kind"),
    [
        ("wuqing", "武清区", dt.date(2024, 9, 10), "", DocumentKind.RECTIFICATION_PLAN),
        (
            "heping",
            "和平区",
            dt.date(2025, 9, 6),
            "和平政〔2025〕4号",
            DocumentKind.RECTIFICATION_PLAN,
        ),
        ("jinqiao", "金桥街道", None, "", DocumentKind.WORK_PLAN),
        ("zhongbei", "中北镇", dt.date(2017, 8, 23), "", DocumentKind.RECTIFICATION_PLAN),
        ("cangzhou", "沧州市", dt.date(2021, 12, 21), "", DocumentKind.PROGRESS_REPORT),
    ],
)
def test_the_shipped_documents_say_who_and_when(
    stem: str, region: str, issued: dt.date | None, number: str, kind: DocumentKind
) -> None:
    path = next(path for path in SHIPPED if path.stem.startswith(stem))
    found = parse(path.read_text(encoding="utf-8"), path.name).source
    assert (found.region, found.issued, found.document_number, found.kind) == (
        region,
        issued,
        number,
        kind,
    )


@pytest.mark.parametrize(
    ("front", "issued"),
    [
        ("白河县2026年工作计划\n（2026年2月28日县环委会全体会议审议通过）", dt.date(2026, 2, 28)),
        (
            "白河县2026年整改台账\n填报单位：县整改办  填报日期：2026年10月11日",
            dt.date(2026, 10, 11),
        ),
    ],
)
def test_a_line_near_the_title_may_date_the_document(front: str, issued: dt.date) -> None:
    assert source(front).issued == issued


def test_a_letterhead_names_the_issuer_and_shares_its_line_with_the_signer() -> None:
    document = source(
        "白河县生态环境保护委员会文件\n白环委发〔2026〕2号  签发人：王建国\n白河县2026年工作计划"
    )
    assert document.document_number == "白环委发〔2026〕2号"
    assert document.issuer == "白河县生态环境保护委员会"


def test_a_park_is_called_by_its_name_alone() -> None:
    document = source("白河精细化工园区突出问题整改方案")
    assert document.region == "白河精细化工园区"
    assert {"白河", "白河园区"} <= set(document.region_aliases)


def test_the_number_in_brackets_and_the_day_it_was_passed_on_are_read() -> None:
    found = source(
        "白河县2026年攻坚方案\n（白环委办发〔2026〕6号）",
        "\n白河县生态环境委员会办公室\n2026年3月21日印发\n",
    )
    assert found.document_number == "白环委办发〔2026〕6号"
    assert found.issued == dt.date(2026, 3, 21)
    assert found.issuer == "白河县生态环境委员会办公室"


def test_a_plan_that_is_not_signed_is_of_the_year_of_what_it_tells_last() -> None:
    front = "白河县反馈问题整改方案\n\n2026年3月4日至3月21日，督察组开展督察，4月16日反馈报告。"
    assert source(front).year == 2026
    assert source("白河县反馈问题整改方案").year is None


@pytest.mark.parametrize(
    "title",
    [
        "白河市办理省督察组交办信访举报件情况一览表",
        "白河市迎接省督察工作领导小组办公室关于整改的通知",
    ],
)
def test_what_a_place_does_is_no_part_of_its_name(title: str) -> None:
    assert source(title).region == "白河市"


@pytest.mark.parametrize("name", ["整改工作实施方案", "整改落实工作方案"])
def test_a_plan_of_rectification_may_be_called_a_plan_of_work(name: str) -> None:
    document = source(f"白河县贯彻落实省生态环境保护督察反馈意见{name}")
    assert document.kind is DocumentKind.RECTIFICATION_PLAN


def test_a_park_is_called_without_its_trade() -> None:
    document = source("白渡新材料产业园管理委员会关于企业整改进展情况的通报")
    assert {"白渡", "白渡园区"} <= set(document.region_aliases)


def test_a_zone_that_signs_beside_an_office_is_known_by_its_own_names() -> None:
    issuer = "河滨经济技术开发区管理委员会南陵市河滨生态环境局"
    document = source(f"{issuer}\n关于做好夏季臭氧防控的通告\n\n各企业：\n请做好防控工作。")
    assert document.region == "南陵市"
    assert {"河滨", "河滨经开区", "河滨开发区"} <= set(document.region_aliases)


@pytest.mark.parametrize(
    ("signed", "year"), [("2025年9月24日", 2025), ("2026年1月8日", 2026), ("", 2025)]
)
def test_a_plan_of_several_years_is_of_the_year_in_which_it_was_signed(
    signed: str, year: int
) -> None:
    document = source(f"白河市2025—2026年秋冬季大气污染攻坚行动方案\n{signed}\n\n一、总体要求")
    assert document.year == year
