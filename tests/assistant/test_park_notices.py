"""Questions on a park's notice to its companies, whose table is set with blanks, and on a ledger with empty cells."""

from __future__ import annotations

import datetime as dt

import offices
import pytest
from offices import opened

from assistant.answer import Answer, Turn
from assistant.app import Assistant

TODAY = dt.date(2026, 7, 2)

NOTICE = """白渡新材料产业园管理委员会

关于园区企业环境问题限期整改进展情况的通报

园区各企业：
2026年5月，管委会检查发现6家企业存在问题26个。截至6月30日，已完成整改17个。现通报如下：

一、各企业整改进展
    企业名称          问题数   已完成   未完成   原定时限
1.  安平涂料            6        6        0     6月10日
2.  鸿图印染            7        4        3     8月31日
3.  青禾颜料            5        2        3     6月10日
4.  白渡热电            3        3        0     6月10日
10. 科润电镀            3        2        1     6月20日
11. 净源水务（园区污水厂） 2        0        2     9月30日

二、处理意见
（一）对青禾颜料予以通报批评，给予最后整改期限至2026年7月31日，逾期由市生态环境局园区分局依法处理，管委会暂停受理其改、扩建项目入园申请。
（二）科润电镀须于7月5日前书面说明逾期原因。

白渡新材料产业园管理委员会
2026年7月1日
"""

LEDGER = """南柯区2026年突出环境问题整改台账
序号|问题|整改措施|完成时限|牵头单位|配合单位|状态|验收单位|备注
1|集市污水外溢|疏通管网320米|2026年4月30日|梅园街道|区商务局|已销号|区住建局|
2|家属院雨污混流|改造管网1.8公里|2026年9月底|区住建局|梅园街道|进行中|区水利局|完成65%
3|夜间施工噪声|增设监测2处|长期坚持|区住建局|区城管局|持续推进||
4|汽修店喷漆异味|安装活性炭装置|2026年8月底|区交通运输局||进行中||设备已招标
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("park")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "ledger.txt").write_text(LEDGER, encoding="utf-8")
    return opened(folder)


def ask(office: Assistant, question: str, *history: Turn) -> Answer:
    return offices.ask(office, question, TODAY, history)


def test_rows_whose_first_limit_is_a_day_are_counted(office: Assistant) -> None:
    answer = ask(office, "白渡园区企业里原定6月10号到期的有几家")
    assert "共3项：安平涂料、青禾颜料、白渡热电" in answer.text


def test_what_is_overdue_has_passed_its_limit_and_something_left_to_do(office: Assistant) -> None:
    answer = ask(office, "白渡园区逾期没改完的企业有哪几家")
    assert "共2项：青禾颜料、科润电镀" in answer.text
    assert "安平涂料" not in answer.text


def test_of_two_with_as_much_left_neither_is_ahead(office: Assistant) -> None:
    answer = ask(office, "鸿图印染和青禾颜料谁剩得多")
    assert "鸿图印染（3）、青禾颜料（3）的数值相同" in answer.text


def test_a_row_told_beside_is_not_the_one_asked_for(office: Assistant) -> None:
    before = (
        Turn("user", "白渡园区剩下没改的哪家最多"),
        Turn("assistant", "剩余问题最多的是安平涂料。"),
    )
    answer = ask(office, "不对吧，安平涂料6个都干完了，剩的是哪家最多", *before)
    assert "未完成最多的是鸿图印染、青禾颜料（3）" in answer.text


def test_the_limit_set_afterwards_stands_in_the_text(office: Assistant) -> None:
    answer = ask(office, "青禾颜料园区给它最后宽限到哪天")
    assert "最后整改期限至2026年7月31日" in answer.text


def test_the_day_of_something_else_is_not_the_first_limit(office: Assistant) -> None:
    answer = ask(office, "科润电镀哪天前要书面说明原因")
    assert "7月5日前书面说明逾期原因" in answer.text


def test_the_place_of_a_park_names_none_of_its_companies(office: Assistant) -> None:
    answer = ask(office, "白渡园区的污水厂还有几个问题没完成")
    assert "净源水务" in answer.text
    assert "白渡热电" not in answer.text


def test_a_column_is_empty_by_its_whole_name(office: Assistant) -> None:
    answer = ask(office, "南柯台账验收单位那栏空着的有几行")
    assert "共2项（验收单位未填）" in answer.text
    assert "夜间施工噪声" in answer.text
    assert "汽修店喷漆异味" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("南柯台账还在进行中的有几条", "共2项（进展为“进行中”）"),
        ("南柯台账正在推进的有几条", "共3项"),
    ],
)
def test_a_state_named_as_it_is_written_is_that_state_alone(
    office: Assistant, question: str, said: str
) -> None:
    assert said in ask(office, question).text
