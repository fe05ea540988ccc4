"""Paragraphs: page chrome is left out, sentences broken by the saving of a page are mended."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from invented import SHIPPED, measures, names, parse, quote

from ingest.blocks import split_blocks


def blocks(text: str) -> list[str]:
    return ["".join(block.text.split()) for block in split_blocks(text)]


@pytest.mark.parametrize(
    "line",
    [
        "|",
        "分享到:",
        "分享到：微信 微博",
        "© 白河县人民政府 版权所有",
        "白河县人民政府主办 云ICP备2026000001号",
        "- 扫一扫在手机打开当前页",
        "【打印】【关闭】",
        "上一篇：关于召开会议的通知",
        "责任编辑：某某",
        "当前位置：首页 > 公开",
        "首页 > 政务公开 > 通知",
    ],
)
def test_what_belongs_to_the_page_is_dropped(line: str) -> None:
    assert blocks(f"{line}\n白河县整改方案\n{line}\n一、总体要求\n{line}") == [
        "白河县整改方案",
        "一、总体要求",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "联系电话：0317-0000000；邮政编码：061000；电子邮箱：bhx@example.gov.cn。",
        "首页广告全部拆除。",
        "扫码举报的问题全部办结。",
    ],
)
def test_content_that_resembles_chrome_stays(line: str) -> None:
    assert blocks(line) == ["".join(line.split())]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("开展调查。重点单位土\n\n壤调查报告存档。", "开展调查。重点单位土壤调查报告存档。"),
        ("由区水务局、\n区住建局共同负责。", "由区水务局、区住建局共同负责。"),
        ("加强巡查,\n发现问题及时处置。", "加强巡查,发现问题及时处置。"),
    ],
)
def test_a_sentence_broken_over_lines_is_one_paragraph(broken: str, mended: str) -> None:
    assert blocks(broken) == [mended]


def test_a_page_is_as_wide_as_it_is_printed_whatever_stands_in_its_lines() -> None:
    page = (
        "二、严格准入。对用途变更为住宅、公共管理和服务用地的\n"
        "地块开展调查，2025年1月1日至12月31日未完成的不得核发许\n"
        "可。抽查比例不低于20%，COD、BOD5、PM2.5一并监测并上报\n"
        "市局。责任单位：市生态环境局、市土地储备管理和服务中\n"
        "心。完成时限：2025年12月底。\n"
    )
    assert len(blocks(page)) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）全面提高站位", "各部门要提高站位。落实责任。"],
        ["白河县整改方案", "为做好整改工作，制定本方案。"],
        ["## 重点任务", "加强治理。完善机制。"],
        ["建设管网。推进治", "2.清理河道。"],
        ["整治排口。明确责任单", "责任单位：区水务局。"],
        ["建设管网。推进治理（区水务局）", "加强监管。完善机制。"],
        ["建设管网。推进治理", "附件：1.任务清单。"],
        ["建设管网。推进治理", "| 序号 | 问题。 |"],
        ["加强监管。", "完善机制。"],
    ],
)
def test_headings_labels_and_finished_paragraphs_are_never_glued(lines: list[str]) -> None:
    assert blocks("\n\n".join(lines)) == ["".join(line.split()) for line in lines]


@pytest.mark.parametrize("indent", ["    ", "\u00a0\u00a0", "\u2003\u2003", "\u3000\u3000", "\t"])
def test_indents_of_any_width_belong_to_no_paragraph(indent: str) -> None:
    text = f"{indent}（一）治理扬尘\n{indent}1.洒水。"
    found = split_blocks(text)
    assert [block.text for block in found] == ["（一）治理扬尘", "1.洒水。"]
    assert all(text[block.start : block.end] == block.text for block in found)


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "|\n分享到：\n"])
def test_a_text_without_content_has_no_paragraphs(text: str) -> None:
    assert split_blocks(text) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_paragraphs_of_the_shipped_documents_are_ranges_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = split_blocks(text)
    assert all(text[block.start : block.end] == block.text for block in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_the_shipped_documents_lose_their_chrome_and_keep_their_contact_lines() -> None:
    joined = {path.stem: "\n".join(blocks(path.read_text(encoding="utf-8"))) for path in SHIPPED}
    whole = "\n".join(joined.values())
    assert "扫一扫" not in whole
    assert "ICP备" not in whole
    assert "分享到" not in whole
    assert "土壤污染重点监管单位土壤污染状况调查报告" in joined["jinqiao-2023-work-plan"]
    assert "电子邮箱" in joined["cangzhou-2022-rectification-report"]


def test_a_label_may_be_broken_by_the_end_of_a_line() -> None:
    text = """白河市警示片披露问题整改方案

一、整改任务
第一项　码头清理。警示片指出，港区3处码头未批先建，长期占用
岸线。1.拆除码头；2.复绿岸线。（牵头单位：市交通局；配合单
位：市水务局、

— 2 —

港口区人民政府；完成时
限：2026年6月底前）
第二项　湿地修复。警示片指出，河口湿地被侵占改造成鱼塘面积达
860亩。1.退塘还湿；2.开展监测。（牵头单位：市林业局；完成时限：
2026年9月底前）
第三项　厂区堆场防渗。警示片指出，堆场防渗措施不到位，地下水超
标。1.建设帷幕；2.公开数据。（牵头单位：市工信局；完成时限：20
26年9月底前）
"""
    first, *_ = parse(text).tasks
    assert names(first.lead_units) == ["市交通局"]
    assert names(first.cooperating_units) == ["市水务局", "港口区人民政府"]
    assert quote(first.deadline and first.deadline.phrase) == "2026年6月底前"
    assert [number for number, _ in measures(first)] == ["1", "2"]
    assert "未批先建" in (quote(first.problem) or "")


def test_an_indent_opens_a_paragraph_of_a_page_and_a_number_far_from_its_edge_is_the_pages() -> (
    None
):
    text = (
        "　　一、治理排污口。对全县沿江的二百一十三个排污口\n"
        "完成溯源，取缔私设的暗管，整合小散排口，建立长效管\n"
        "护制度并且按月通报进展情况（牵头单位：县生态环境局\n"
        "　　　　　　　　　　　　３\n"
        "；完成时限：2026年12月底前）\n"
        "　　各单位要结合实际细化分工，主动作为，每季度向县\n"
        "政府报告情况，对工作中弄虚作假、敷衍塞责的要依规依\n"
        "纪问责。\n"
    )
    blocks = split_blocks(text)
    assert [block.text[:4] for block in blocks] == ["一、治理", "各单位要"]


def test_a_list_goes_on_below_a_label_on_a_line_of_its_own() -> None:
    issue = """【{0}】{1}
整改措施
{2}；
建立台账并每月巡查。
责任单位
{3}
青石县人民政府
验收单位
市生态环境局
整改时限
2026年{4}月底前

"""
    text = "青石市整改任务公示\n\n" + "".join((
        issue.format(1, "矿坑积水外溢", "抽排积水", "青石矿业有限公司", 6),
        issue.format(2, "渣场未覆盖", "覆盖渣场", "市自然资源局", 9),
        issue.format(3, "河道采砂坑未填", "回填砂坑", "市水务局", 12),
    ))
    first, second, _ = parse(text).tasks
    assert names(first.responsible_units) == ["青石矿业有限公司", "青石县人民政府"]
    assert names(second.responsible_units) == ["市自然资源局", "青石县人民政府"]
    assert names(first.acceptance_units) == ["市生态环境局"]
    assert [words for _, words in measures(first)] == ["抽排积水；", "建立台账并每月巡查。"]
    assert quote(second.deadline and second.deadline.phrase) == "2026年9月底前"


def test_the_head_of_a_page_is_no_part_of_the_sentence_that_goes_on_below_it() -> None:
    text = (
        "白河县人民政府办公室文件\n"
        "为切实改善流域水环境，对沿河二百余个入河排污口逐一\n"
        "- 1 -\n"
        "白河县人民政府办公室文件\n"
        "开展溯源监测，按照封堵一批、整治一批、规范一批的要\n"
        "求分类处置，年底前完成全部排口的标志牌设置和视频监\n"
        "控安装。\n"
    )
    assert [block.text[:4] for block in split_blocks(text)] == ["白河县人", "为切实改"]


def test_points_count_on_in_a_paragraph_that_is_broken_at_the_margin() -> None:
    paragraph = (
        "清理水源地网箱，库区仍有网箱十二口。按要求做好如下工作：（1）上岸处置全部网箱并安置户；"
        "（2）恢复岸线植被并设置界桩和警示牌，安装视频监控设施，由石桥镇人民政府负责建立日常整治"
        "要求：每月巡查一次并且记录在册，发现问题及时报告，各有关乡镇人民政府要积极做好群众工作，"
        "县财政局按照规定统筹安排补偿资金并且加强对于资金使用情况的监督检查，县水利局按月调度进展"
        "情况并通报各有关单位，同时报送县人民政府办公室，重大事项随时报告。"
    )
    lines = [paragraph[i : i + 22] for i in range(0, len(paragraph), 22)]
    assert any(line.startswith("（2）") for line in lines)
    assert any(line.startswith("要求：") for line in lines)
    assert blocks("\n".join(lines)) == [paragraph]
