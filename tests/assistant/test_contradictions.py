"""What a document says of one thing in two places: notes below a ledger, a later clause on a firm, tasks and duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import offices
import pytest
from offices import opened

from assistant.answer import Answer, Turn

TODAY = dt.date(2026, 4, 10)

LEDGER = """青禾县突出生态环境问题整改清单（2026年3月更新）

| 序号 | 存在问题 | 整改措施 | 责任单位 | 责任人 | 整改时限 | 进展情况 | 备注 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 沙河镇砖窑6座未拆除 | 拆除并复垦，面积48亩 | 县自然资源局 | 方国栋 | 2026年5月31日 | 正在整改，已拆3座 | |
| 2 | 城南污水泵站溢流 | 更换水泵4台 | 县住建局 | 乔玉梅 | 2026年4月30日 | 正在整改 | 资金缺口120万元 |
| 3 | 白莲湖围网养殖未清退 | 清退围网310亩 | 县农业农村局 | 乔玉梅 | 2025年12月31日 | 已完成 | 已验收 |
| 4 | 宏兴纸业污泥堆场渗漏 | 防渗改造 | 县生态环境局 | 齐家顺 | 2026年3月31日 | 未按期完成 | 罚款15万元 |
| 5 | 长丰工业园雨污混接点19处 | 改造管网3.6公里 | 长丰园区管委会 | 孔令辉 | 2026年9月30日 | 正在整改 | |

注：（1）第5项混接点经检测实为23处，改造长度相应调整为4.2公里。
（2）第4项申请延期至2026年8月31日，县政府已批准；处罚金额以决定书所载18万元为准。
（3）第1项因权属纠纷申请延期两个月，市局尚未答复。

附件：1.问题点位图
      2.整改资金分配表（略）
"""

NOTICE = """岚山化工园区管理办公室
关于开展2026年废气治理提升的通知

园区各企业：
现将有关事项通知如下。

一、治理名单
纳入本次治理的企业4家。在建企业天禾新材料投产后另行纳入。

| 企业名称 | 治理内容 | 颗粒物限值(mg/m3) | 完成时限 |
| --- | --- | --- | --- |
| 华瑞水泥 | 更换覆膜滤袋 | 10 | 2026年6月30日 |
| 鼎盛铸造 | 新建除尘系统 | 15 | 2026年9月30日 |
| 金源钙业 | 窑炉密闭 | 20 | 2026年10月31日 |
| 利民陶瓷 | 煤改气 | 20 | 2026年12月31日 |

注：利民陶瓷一期已完成，本次为二期窑炉；三期窑炉改造时间待批复后确定。

二、其他要求
（一）金源钙业位于居民区上风向，颗粒物执行10mg/m3。
（二）鼎盛铸造除尘系统应于2026年8月15日前建成；其他企业10月底前完成自查。

附件：1.除尘设施运行规程
"""

PLAN = """北陵区2026年污染防治攻坚战工作计划

一、主要目标
（一）减排。氮氧化物减排260吨，挥发性有机物减排130吨。

二、主要任务
1.淘汰国四排放标准货车150辆，12月底前完成。（区交通局牵头）
2.新建南坪污水处理厂，规模1.5万吨/日，11月底前通水。（区住建局牵头）
3.2026年改造清洁取暖0.3万户，2027年改造任务待市里下达后确定。（区发改局牵头）

三、责任分工
区交通局：淘汰国四货车180辆，开展油品抽检。
区住建局：南坪污水处理厂10月底前通水，推进雨污分流。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Answer]:
    folder = tmp_path_factory.mktemp("contradictions")
    for name, text in {"qinghe": LEDGER, "lanshan": NOTICE, "beiling": PLAN}.items():
        Path(folder / f"{name}.txt").write_text(text, encoding="utf-8")
    office = opened(folder)
    return lambda question, history=(): offices.ask(office, question, TODAY, history)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("园区雨污混接点到底几处", ["19处", "23处"]),
        ("宏兴纸业罚了多少", ["15万元", "18万元"]),
        ("第5项要改多长的管网", ["3.6公里", "4.2公里"]),
        ("宏兴纸业那项什么时候到期", ["2026年3月31日", "2026年8月31日"]),
    ],
)
def test_who_is_told_a_row_hears_the_note_that_changes_it(
    ask: Callable[..., Answer], question: str, told: list[str]
) -> None:
    answer = ask(question)
    assert not answer.refused
    assert all(one in answer.text for one in told)


def test_a_note_on_the_limit_is_not_told_with_who_is_responsible(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("长丰混接点那项责任单位是谁")
    assert "长丰园区管委会" in answer.text
    assert "4.2公里" not in answer.text


def test_what_the_notes_say_is_asked_for_of_the_row_before(ask: Callable[..., Answer]) -> None:
    history = (Turn("user", "宏兴纸业罚了多少"), Turn("assistant", "备注写罚款15万元。"))
    answer = ask("那补充说明里咋写的", history)
    assert "18万元" in answer.text
    assert "15万元" not in answer.text


def test_whether_a_delay_was_granted_is_told_by_the_note(ask: Callable[..., Answer]) -> None:
    pending = ask("砖窑那项已经同意延两个月了吧").text
    assert "没有写明已获批准" in pending
    assert "市局尚未答复" in pending
    granted = ask("宏兴纸业那项批准延期了没有").text
    assert "没有写明已获批准" not in granted
    assert "县政府已批准" in granted


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("金源钙业颗粒物按多少执行", ["20mg/m3", "10mg/m3"]),
        ("鼎盛铸造除尘什么时候得建完", ["2026年9月30日", "2026年8月15日"]),
        ("北陵国四货车淘汰多少辆", ["150辆", "180辆"]),
        ("南坪污水厂几月通水", ["11月底", "10月底"]),
    ],
)
def test_two_places_that_differ_are_both_told_and_said_to_differ(
    ask: Callable[..., Answer], question: str, told: list[str]
) -> None:
    answer = ask(question)
    assert all(one in answer.text for one in told)
    assert "请核对" in answer.text


@pytest.mark.parametrize("question", ["华瑞水泥颗粒物限值多少", "利民陶瓷什么时候完成"])
def test_a_row_that_the_text_does_not_contradict_has_no_remark(
    ask: Callable[..., Answer], question: str
) -> None:
    assert "请核对" not in ask(question).text


def test_a_phase_that_only_a_note_tells_of_has_not_the_day_of_its_row(
    ask: Callable[..., Answer],
) -> None:
    answer = ask("利民陶瓷三期啥时候改完")
    assert "待批复后确定" in answer.text
    assert "12月31日" not in answer.text
    assert "三期" not in ask("华瑞水泥颗粒物限值多少").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("天禾新材料的颗粒物限值是多少", "没有“天禾新材料”这一行"),
        ("除尘设施按那个规程要几天清一次灰", "仅列出附件名称"),
        ("青禾县每个单位分到多少整改资金", "整改资金分配表"),
        ("2027年北陵清洁取暖改多少户", "2027年的数值（尚待确定）"),
        ("北陵东边的龙湖区减排多少吨", "没有涉及龙湖区"),
        ("挨着北陵的南陵区减排多少吨", "没有涉及南陵区"),
    ],
)
def test_what_is_only_named_or_not_fixed_is_no_answer(
    ask: Callable[..., Answer], question: str, said: str
) -> None:
    answer = ask(question)
    assert answer.refused
    assert said in answer.text


def test_two_pollutants_have_a_figure_each(ask: Callable[..., Answer]) -> None:
    answer = ask("北陵氮氧化物和VOCs各要减多少吨")
    assert not answer.refused
    assert "260吨" in answer.text
    assert "130吨" in answer.text


def test_what_an_answer_is_wanted_for_is_not_what_is_asked(ask: Callable[..., Answer]) -> None:
    assert not ask("要报预算，今年北陵淘汰国四货车几辆").refused


def test_nothing_done_is_an_answer_with_what_there_is(ask: Callable[..., Answer]) -> None:
    answer = ask("齐家顺名下已经办结一项了，我这么报行吗")
    assert not answer.refused
    assert "没有符合条件的任务" in answer.text
    assert "未按期完成" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("周启明名下办结几项", "没有提及周启明"),
        ("恒润水泥的颗粒物限值多少", "没有涉及恒润"),
    ],
)
def test_somebody_of_whom_nothing_is_known_has_no_list_and_no_limit(
    ask: Callable[..., Answer], question: str, said: str
) -> None:
    answer = ask(question)
    assert answer.refused
    assert said in answer.text
