"""What a question is understood to ask: operation, fields, bodies and roles, scope, grouping, follow-ups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from assistant.answer import Turn
from assistant.app import Assistant
from assistant.ledger import Reported, Role
from assistant.library import Library
from assistant.query import Extreme, Field, Grouping, Operation, Query
from assistant.understanding import RuleUnderstanding

TODAY = dt.date(2024, 11, 15)
WUQING = "wuqing-2024-rectification-plan.txt"
HEPING = "heping-2025-rectification-plan.txt"
JINQIAO = "jinqiao-2023-work-plan.txt"
ZHONGBEI = "zhongbei-2017-rectification-plan.txt"
CANGZHOU = "cangzhou-2022-rectification-report.txt"


class Reader:
    """Understands questions over the shipped documents, today being 15 November 2024."""

    def __init__(self, library: Library) -> None:
        self._understanding = RuleUnderstanding(library)

    def __call__(
        self, question: str, history: Sequence[Turn] = (), documents: Sequence[str] = ()
    ) -> Query:
        return self._understanding.understand(question, history, TODAY, documents)


@pytest.fixture(scope="module")
def read(corpus: Assistant) -> Reader:
    return Reader(Library(corpus.documents()))


def asked(question: str, answer: str) -> list[Turn]:
    return [Turn("user", question), Turn("assistant", answer)]


# --- the shape of the answer ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("武清到2025年PM2.5要控制在多少？", Operation.LOOK_UP),
        ("武清散煤治理问题由谁牵头？", Operation.LOOK_UP),
        ("和平区生活垃圾怎么收运？", Operation.LOOK_UP),
        ("高村污水处理厂扩建什么时候完成？", Operation.LOOK_UP),
        ("武清区水务局牵头的问题有哪些？", Operation.LIST_TASKS),
        ("武清姜述英负责哪些问题？", Operation.LIST_TASKS),
        ("武清哪些问题要长期坚持？", Operation.LIST_TASKS),
        ("武清哪些问题已经逾期？", Operation.LIST_TASKS),
        ("武清整改时限为2025年12月的问题有哪些？", Operation.LIST_TASKS),
        ("武清哪些问题要2025年才能完？", Operation.LIST_TASKS),
        ("武清2025年完成的问题有哪些？", Operation.LIST_TASKS),
        ("武清哪些问题的时限最晚？", Operation.LIST_TASKS),
        ("武清2024年底前要完工的工程有哪些？", Operation.LIST_LIMITS),
        ("武清任务清单一共有多少个问题？", Operation.COUNT_TASKS),
        ("武清按整改时限分，各有几项任务？", Operation.COUNT_TASKS),
        ("武清哪位领导负责的问题最多？", Operation.COUNT_TASKS),
        ("各地的PM2.5目标分别是多少？", Operation.COMPARE),
        ("武清和和平的优良天数目标哪个高？", Operation.COMPARE),
        ("王庆坨第三污水处理厂的完工时间前后说法一致吗？", Operation.CHECK_WORDING),
    ],
)
def test_operation(read: Reader, question: str, operation: Operation) -> None:
    assert read(question).operation is operation


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("武清散煤治理问题由谁牵头？", {Field.LEAD}),
        ("武清扬尘问题的责任单位有哪些？", {Field.RESPONSIBLE}),
        ("武清散煤问题由哪位区领导负责？", {Field.LEADER}),
        ("武清建筑垃圾问题由谁验收？", {Field.ACCEPTANCE}),
        ("武清散煤问题的整改目标和整改时限", {Field.TARGET, Field.DEADLINE}),
        ("武清扬尘问题有哪些整改措施？", {Field.MEASURES}),
        ("武清建筑垃圾处理厂什么时候建成？", {Field.DEADLINE}),
        ("沧州飞达公司的整改情况", {Field.STATUS}),
    ],
)
def test_fields(read: Reader, question: str, fields: set[Field]) -> None:
    assert fields <= read(question).fields


def test_who_leads_the_acceptance_is_not_who_leads(read: Reader) -> None:
    assert read("武清散煤问题验收销号谁牵头？").fields == {Field.ACCEPTANCE}
    both = read("武清散煤问题谁牵头，验收销号谁牵头？").fields
    assert both >= {Field.LEAD, Field.ACCEPTANCE}


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "name", "role"),
    [
        ("武清区水务局牵头的问题有哪些？", "水务局", Role.LEAD),
        ("由区城市管理委牵头的问题有哪些？", "区城市管理委", Role.LEAD),
        ("城管委牵头哪些问题？", "城管委", Role.LEAD),
        ("区交通局配合哪些任务？", "区交通局", Role.COOPERATING),
        ("责任单位里有区商务局的问题有哪些？", "区商务局", Role.RESPONSIBLE),
        ("区农业农村委涉及哪些问题？", "区农业农村委", None),
    ],
)
def test_bodies_and_the_role_they_are_asked_in(
    read: Reader, question: str, name: str, role: Role | None
) -> None:
    units = read(question).units
    assert [one.role for one in units] == [role]
    assert units[0].name.endswith(name.removeprefix("区"))


def test_acceptance_by_a_body_is_a_role(read: Reader) -> None:
    assert [one.role for one in read("武清由区商务局验收的问题有哪些？").units] == [Role.ACCEPTANCE]


def test_people_are_those_of_the_documents(read: Reader) -> None:
    assert read("马红丹负责哪些问题？").people == ("马红丹",)
    assert read("王小明负责哪些问题？").people == ()


def test_a_body_that_no_document_names_is_no_body(read: Reader) -> None:
    assert read("武清区体育局牵头哪些问题？").units == ()


# --- where ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("武清散煤治理由谁牵头？", (WUQING,)),
        ("中北镇和金桥街道的目标", (ZHONGBEI, JINQIAO)),
        ("先不说沧州了，和平区怎么做？", (HEPING,)),
        ("马红丹负责哪些问题？", (WUQING,)),
        ("建管站负责什么？", (ZHONGBEI,)),
        ("PM2.5目标是多少？", None),
    ],
)
def test_scope(read: Reader, question: str, documents: tuple[str, ...] | None) -> None:
    assert read(question).documents == documents


def test_the_documents_a_user_chose_limit_the_question(read: Reader) -> None:
    assert read("PM2.5目标是多少？", documents=[HEPING]).documents == (HEPING,)
    assert read("武清和和平的PM2.5目标", documents=[HEPING]).documents == (HEPING,)
    assert read("武清的PM2.5目标", documents=[HEPING]).documents == ()


def test_places_and_years_that_no_document_knows_are_told(read: Reader) -> None:
    assert read("滨海新区PM2.5目标是多少？").unknown_places == ("滨海新区",)
    assert read("武清2031年PM2.5目标是多少？").unknown_years == (2031,)
    assert read("武清2025年PM2.5目标是多少？").unknown_years == ()


def test_todays_year_is_not_asked_about(read: Reader) -> None:
    query = read("今天是2031年1月1日，武清散煤问题过期了吗？")
    assert query.unknown_years == ()
    assert query.windows == ()


# --- when, how many, most ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "condition", "value"),
    [
        ("武清哪些问题已经逾期？", "overdue", True),
        ("武清哪些问题要长期坚持？", "ongoing", True),
        ("武清哪些问题没有要求长期坚持？", "ongoing", False),
        ("武清哪些项目完成时间没定？", "undetermined", True),
        ("武清哪些问题还没到期？", "remaining", True),
        ("武清直接点名崔黄口镇的问题有哪些？", "named_directly", True),
        ("武清散煤是区商务局牵头吧？", "asks_confirmation", True),
        ("武清哪位领导负责的问题最多？", "extreme", Extreme.MOST),
        ("武清哪个局牵头的问题最少？", "extreme", Extreme.FEWEST),
        ("武清哪些问题时限最晚？", "extreme", Extreme.LATEST),
        ("武清哪些问题最早到期？", "extreme", Extreme.EARLIEST),
        ("武清的任务最早哪个到期？", "extreme", Extreme.EARLIEST),
        ("区水务局牵头的哪个先到期？", "extreme", Extreme.EARLIEST),
        ("区水务局牵头的里面谁先交账？", "extreme", Extreme.EARLIEST),
        ("区水务局牵头的哪一项最早？", "extreme", Extreme.EARLIEST),
        ("区水务局牵头的哪项最晚？", "extreme", Extreme.LATEST),
        ("区水务局牵头的里面哪件后到期？", "extreme", Extreme.LATEST),
        ("散煤治理最迟到哪天？", "extreme", None),
        ("武清按整改时限分，各有几项任务？", "group_by", Grouping.LIMIT),
        ("武清每位领导各负责几项任务？", "group_by", Grouping.LEADER),
        ("武清每个部门各牵头几项任务？", "group_by", Grouping.LEAD),
        ("金桥街道重点任务分几大部分？", "group_by", Grouping.PART),
    ],
)
def test_conditions(read: Reader, question: str, condition: str, value: object) -> None:
    assert getattr(read(question), condition) == value


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("沧州哪些问题已经完成？", Reported.DONE),
        ("沧州一共销了几项号？", Reported.DONE),
        ("沧州已经销账的有几项？", Reported.DONE),
        ("沧州哪些问题过期了？已经改完的不用算", None),
        ("沧州哪些问题还没完成？", Reported.NOT_DONE),
        ("沧州哪几条压根没开动？", Reported.NOT_STARTED),
        ("沧州哪些正在推进？", Reported.RUNNING),
        ("沧州哪些没达到时序进度？", Reported.BEHIND),
        ("武清哪些问题已经逾期？", None),
        ("武清哪些项目2024年底前要完成？", None),
    ],
)
def test_the_progress_asked_for(read: Reader, question: str, status: Reported | None) -> None:
    assert read(question).status is status


def test_several_kinds_of_progress_are_counted_side_by_side(read: Reader) -> None:
    assert read("沧州干完几项、在干几项、掉队几项？").group_by is Grouping.STATUS


def test_what_an_acceptance_looks_at_is_not_who_accepts(read: Reader) -> None:
    assert Field.ACCEPTANCE not in read("武清散煤销号看的是什么状态？").fields
    assert Field.ACCEPTANCE in read("武清散煤最后归谁验收？").fields


def test_the_tasks_listed_before_are_asked_about_together(read: Reader) -> None:
    history = asked(
        "武清2025年12月到期的有哪些？", "“地表水环境质量有恶化风险”和“建筑垃圾闭环管理存在短板”。"
    )
    assert len(read("这两个各谁牵头？", history).listed) == 2
    assert read("第一个谁牵头？", history).listed == ()


def test_a_body_may_take_the_place_of_another_in_a_list(read: Reader) -> None:
    query = read("区水务局呢？", asked("武清区商务局牵头几个问题？", "2个。"))
    assert query.operation is Operation.LIST_TASKS
    assert [(one.name, one.role) for one in query.units] == [("区水务局", Role.LEAD)]


def test_conditions_are_not_read_into_a_plain_question(read: Reader) -> None:
    query = read("武清散煤治理问题由谁牵头？")
    flags = (query.overdue, query.remaining, query.undetermined, query.named_directly)
    assert not any(flags)
    assert (query.ongoing, query.status, query.extreme, query.group_by) == (None, None, None, None)
    assert query.windows == ()
    assert query.task_numbers == ()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("武清任务清单第十六项的责任单位", (16,)),
        ("武清第十六个问题由谁牵头", (16,)),
        ("武清清单里编号为“三”的问题是什么", (3,)),
        ("金桥街道第14条任务是什么", (14,)),
        ("武清第三污水处理厂什么时候建成", ()),
        ("天津市第二生态环境保护督察组", ()),
    ],
)
def test_a_task_is_named_by_its_number(
    read: Reader, question: str, numbers: tuple[int, ...]
) -> None:
    assert read(question).task_numbers == numbers


# --- the form of the question -------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "武清散煤治理问题由谁牵头？",
        "武清散煤治理問題由誰牽頭？",
        "武清散煤治理问题　由谁牵头?",
        "请问武清散煤治理问题是由谁牵头的呢？",
    ],
)
def test_writing_does_not_matter(read: Reader, question: str) -> None:
    query = read(question)
    assert (query.operation, query.documents) == (Operation.LOOK_UP, (WUQING,))
    assert Field.LEAD in query.fields
    assert "散煤" in query.topic


def test_a_mended_typo_is_told(read: Reader) -> None:
    query = read("武青区散煤治理问题由谁牵头？")
    assert query.documents == (WUQING,)
    assert any("武青" in notice and "武清" in notice for notice in query.notices)
    assert read("武清区散煤治理问题由谁牵头？").notices == ()


def test_the_topic_is_without_place_and_question_words(read: Reader) -> None:
    topic = read("请问武清区散煤治理由谁牵头？").topic
    assert "散煤治理" in topic
    assert "武清" not in topic
    assert "请问" not in topic


def test_figures_with_a_point_stay_whole_in_the_topic(read: Reader) -> None:
    assert "pm2.5" in read("武清PM2.5目标是多少？").topic


# --- follow-ups -------------------------------------------------------------------------------------

COAL = asked("武清散煤治理问题由谁牵头？", "“七、散煤治理存在盲区”：牵头单位为区商务局。[1]")
DUST = asked("和平区扬尘怎么管控？", "严格落实建筑工地“六个百分之百”。[1]")


def test_an_elliptical_question_keeps_the_place(read: Reader) -> None:
    query = read("整改时限呢？", COAL)
    assert query.documents == (WUQING,)
    assert query.refers_back
    assert "散煤" in query.context
    assert Field.DEADLINE in query.fields


def test_what_about_another_asks_the_same_of_it(read: Reader) -> None:
    assert Field.LEAD in read("那扬尘的呢？", COAL).fields


def test_another_place_takes_over(read: Reader) -> None:
    assert read("那和平区呢？", COAL).documents == (HEPING,)


def test_the_last_exchange_is_meant_unless_the_first_is_asked_for(read: Reader) -> None:
    assert read("责任单位呢？", [*COAL, *DUST]).documents == (HEPING,)
    first = read("回到最开头那个问题，责任单位有哪些？", [*COAL, *DUST])
    assert first.documents == (WUQING,)
    assert "散煤" in first.context


def test_a_pronoun_is_the_person_named_before(read: Reader) -> None:
    history = asked("武清散煤问题由哪位领导负责？", "区级领导负责人为姜述英。[1]")
    assert read("他还负责哪些问题？", history).people == ("姜述英",)


def test_a_whole_question_does_not_lean_on_history(read: Reader) -> None:
    alone = read("和平区到2025年末PM2.5年均浓度应当控制在多少微克以下，优良天数又要达到多少？")
    after = read(
        "和平区到2025年末PM2.5年均浓度应当控制在多少微克以下，优良天数又要达到多少？", COAL
    )
    assert alone.documents == after.documents == (HEPING,)
    assert after.context == ""


def test_without_history_nothing_is_referred_to(read: Reader) -> None:
    query = read("整改时限呢？")
    assert not query.refers_back
    assert query.context == ""
    assert query.documents is None
