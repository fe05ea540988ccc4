"""Notices to companies: articles, annexes with their title on the line, and questions with their answers."""

from __future__ import annotations

import datetime as dt

from invented import parse, quote, tree

NOTICE = """白河化工园区管理委员会 白河县生态环境局
关于加强废气治理和隐患整改的通告

白园通〔2026〕4号

区内各企业:

一、适用范围
第一条 本通告适用于园区内全部企业,共120家。
第二条 【源头替代】涂装企业应当于2026年9月底前完成替代。
二、隐患整改
第三条 重大隐患2项:
(一)白河甲醇有限公司:应急池容积不足,7月底前完成扩建;
(二)白河染料有限公司:雨水排口无截止阀,5月10日前加装。
第三条之一 设施停运的,应当提前24小时报备。
第四条规定的期限不得延长。

附件:1.企业名单
2.自查表
(附件另发)

白河化工园区管理委员会
白河县生态环境局
2026年4月28日

附录一 主要时间节点一览(以正文为准)
5月10日前 白河染料加装截止阀
附录二 常见问题
问:只有食堂油烟,要不要自查?
答:要。只填第一部分。
问:值班的人没看见短信,能否从轻?
答:不能。

名词解释
1.替代:用低挥发原料换掉高挥发原料。
"""


def test_articles_are_sections_with_their_name_and_those_inserted_later() -> None:
    assert tree(NOTICE) == [
        "一、适用范围",
        "  第一条",
        "  第二条源头替代",
        "二、隐患整改",
        "  第三条",
        "    (一)白河甲醇有限公司",
        "    (二)白河染料有限公司",
        "  第三条之一",
        "附件附件名录",
        "附录一 主要时间节点一览(以正文为准)",
        "附录二 常见问题",
        "名词解释",
        "  1.替代",
    ]


def test_what_an_article_lists_are_tasks_and_articles_and_explanations_are_none() -> None:
    first, second = parse(NOTICE).tasks
    assert (first.title.quote, second.title.quote) == ("白河甲醇有限公司", "白河染料有限公司")
    limit = second.measures[0].deadlines[0]
    assert (quote(limit.phrase), limit.latest) == ("5月10日前", dt.date(2026, 5, 10))
    assert "第三条之一" not in second.span.quote


def test_two_bodies_on_the_first_line_are_no_title() -> None:
    source = parse(NOTICE).source
    assert source.title.endswith("关于加强废气治理和隐患整改的通告")
    assert source.issued == dt.date(2026, 4, 28)


def test_a_question_and_the_answer_below_it_are_one_sentence() -> None:
    said = [one.quote for passage in parse(NOTICE).passages for one in passage.sentences]
    assert "问:值班的人没看见短信,能否从轻?\n答:不能。" in said


def test_a_question_without_an_answer_stands_alone() -> None:
    text = "白河县通告\n问:要不要自查?\n问:何时自查?\n答:5月底前。\n请各企业遵照执行。"
    said = [one.quote for passage in parse(text).passages for one in passage.sentences]
    assert said[1:] == ["问:要不要自查?", "问:何时自查?\n答:5月底前。", "请各企业遵照执行。"]


def test_titles_in_a_list_of_annexes_open_none() -> None:
    text = "白河县方案\n一、任务\n治水。\n附件1 任务清单\n附件2 成员名单"
    assert tree(text) == ["一、任务"]
