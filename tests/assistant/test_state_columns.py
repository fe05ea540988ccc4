"""A list that has a column for the state beside one for the progress: both are told, and the state decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer

Ask = Callable[..., Answer]

LEDGER = """梧岭县生态环境问题整改台账（2025年7月31日）
序号|问题|整改措施|整改时限|牵头单位|责任人|进展情况|状态
1|白石溪返黑|清淤2公里|2025年5月底|县水务局|局长 昝平|清淤完成|已完成，待验收
2|柳坝污水站停运|更换设备|2025年6月底|县住建局|副局长 狄远|设备正在安装|未完成（逾期）
3|粪污还田不规范|设施配套20家|2025年7月底|县农业农村局|局长 訾良|17家完成配套|未完成（逾期）
4|小水电生态流量不足|安装在线监控|监控：2025年5月底；退出时间待评估后确定|县水务局|局长 昝平|监控已安装|推进中
5|园区管网破损|修复管网6公里|2025年9月底|县经开区管委会|副主任 尉鸣|修复2公里|推进缓慢
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    home = tmp_path_factory.mktemp("states")
    folder = home / "documents"
    folder.mkdir()
    (folder / "ledger.txt").write_text(LEDGER, encoding="utf-8")
    assistant = offices.opened(folder)
    return lambda question, day=dt.date(2025, 7, 31): offices.ask(assistant, question, day)


def test_one_row_tells_its_state_and_its_progress(ask: Ask) -> None:
    text = ask("白石溪那条现在是什么状态").text
    assert "已完成，待验收" in text
    assert "清淤完成" in text


def test_whether_a_limit_has_passed_is_answered_with_the_state(ask: Ask) -> None:
    text = ask("柳坝污水站整改时限到期了没，过了吗", dt.date(2025, 8, 5)).text
    assert "未完成（逾期）" in text


def test_what_its_document_calls_overdue_is_so_on_its_last_day(ask: Ask) -> None:
    text = ask("哪些超期没干完").text
    assert "共2项" in text
    assert "粪污还田" in text
    assert "小水电" not in text  # a part of it has no date yet


def test_what_has_a_part_without_a_date_is_not_fixed(ask: Ask) -> None:
    assert "小水电" in ask("哪些任务时限还没确定").text


def test_a_row_by_the_state_it_is_put_down_in(ask: Ask) -> None:
    text = ask("哪个活儿被标成进度慢").text
    assert "园区管网破损" in text
    assert "白石溪" not in text


def test_tasks_of_a_body_are_listed_whatever_is_asked_of_them(ask: Ask) -> None:
    text = ask("水务局牵头的那些现在各是啥样").text
    assert "白石溪" in text
    assert "小水电" in text
    assert "柳坝" not in text
