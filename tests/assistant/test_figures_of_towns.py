"""Figures that a line gives town by town under a heading, and projects of a table called by parts of their names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest

from assistant.app import Assistant

TODAY = dt.date(2025, 9, 1)

PLAN = """汀兰区2025年深入打好污染防治攻坚战工作要点

一、年度目标
全区PM2.5年均浓度不高于34.5微克/立方米。

二、重点任务
1.整治家具企业。完成治理设施改造41家，9月底前完成。（区生态环境局牵头，苇塘镇、荷浦镇配合）
2.治理池塘尾水。5月底前完成设施建设。（区农业农村局牵头，荷浦镇配合）

三、重点工程项目表

序号	项目名称	建设内容	总投资（万元）	建设单位	完成时间
1	青龙河清淤整治工程	清淤3.8公里	3850	区水务局	2025年6月
2	荷浦镇池塘尾水治理工程	治理池塘2300亩	2760	荷浦镇	2025年5月
3	苇塘镇家具产业园喷涂中心	喷涂线6条	7800	苇塘镇	2025年9月

四、各镇PM2.5年均浓度目标

苇塘镇35.0微克/立方米；柳溪镇33.6微克/立方米；荷浦镇32.4微克/立方米。
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("towns")
    return offices.opened_on(PLAN, folder)


def test_a_towns_figure_under_a_heading_is_found(district: Assistant) -> None:
    answer = offices.ask(district, "苇塘镇PM2.5目标是多少", TODAY)
    offices.assert_told(answer, ("苇塘镇35.0微克/立方米",), ())


def test_the_figures_of_two_towns_are_told_with_their_difference(district: Assistant) -> None:
    answer = offices.ask(district, "苇塘镇和荷浦镇PM2.5目标各多少，差多少", TODAY)
    offices.assert_told(answer, ("35.0微克", "32.4微克", "2.6微克/立方米"), ("符合条件的共",))


@pytest.mark.parametrize(
    "question",
    ["青龙河和荷浦池塘那俩项目，投资谁大，各多少", "青龙河清淤和荷浦镇池塘尾水两个项目投资谁大"],
)
def test_a_body_in_the_name_of_one_of_two_rows_is_no_condition_on_the_other(
    district: Assistant, question: str
) -> None:
    answer = offices.ask(district, question, TODAY)
    offices.assert_told(answer, ("3850万元", "2760万元", "1090万元"), ("7800",))
