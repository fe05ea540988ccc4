"""Questions that count and reckon: who has more, several counts in one question, sums and remainders.

Asked over documents of several layouts; what is asserted can be counted in them by hand.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest
from offices import opened_over

from assistant.answer import Answer
from assistant.app import Assistant

DATA = Path(__file__).parents[1] / "data"
FILES = (
    "plans/donghu-tasklist-2024.md",
    "plans/linshui-2023-rectification-plan.txt",
    "plans/qingxi-county-2022-work-plan.txt",
    "elsewhere/hailing-2025-task-ledger.txt",
    "elsewhere/yunpu-2026-central-inspection-rectification.txt",
    "farther/lanz-2025-progress.txt",
    "farther/tongxi-2025-task-list.txt",
    "afield/tongping-district-2026-completion-publicity.txt",
    "afield/luting-subdistrict-2025-problem-list.txt",
    "yonder/fuchuan-2026-progress-notice.txt",
    "yonder/weidang-2026-three-lists.txt",
    "yonder/yiquan-2026-work-plan.txt",
    "yonder/yuanning-2026-rectification-plan.txt",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_over((DATA / name for name in FILES), tmp_path_factory.mktemp("office"))


def ask(assistant: Assistant, question: str, today: str = "2026-11-15") -> Answer:
    return offices.ask(assistant, question, dt.date.fromisoformat(today))


def first(answer: Answer) -> str:
    return answer.text.split("\n")[0]


# --- who has more -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "清溪县城管局跟县住建局，哪家牵头的事多？各几件",
            "按牵头单位计，城管局3项，县住建局2项；城管局更多，多1项。",
        ),
        ("东湖沈玉兰和丁海峰谁包的案子多，各几个？", "沈玉兰4项，丁海峰3项；沈玉兰更多，多1项。"),
        ("东湖何建君和马志强谁包得多？", "何建君4项，马志强4项，一样多。"),
        (
            "东湖何建君、马志强、丁海峰谁包得多？",
            "何建君4项，马志强4项，丁海峰3项；最多的是何建君、马志强。",
        ),
    ],
)
def test_who_has_more_is_said_before_what_each_has(
    office: Assistant, question: str, said: str
) -> None:
    assert first(ask(office, question)) == said


def test_bodies_that_close_the_items_of_a_plan_are_compared(corpus: Assistant) -> None:
    answer = ask(corpus, "中北方案各条后面落款的科室，环保办和农业办谁的活多，各几条？")
    assert first(answer) == "环保办15项，农业办10项；环保办更多，多5项。"


def test_a_body_written_in_two_ways_is_counted_once(corpus: Assistant) -> None:
    answer = ask(corpus, "中北方案里哪个科室的任务最多？")
    assert "任务最多的是环保办，共15项" in answer.text
    assert "| 责任单位 | 数量 |" in answer.text


def test_who_leads_most_is_not_who_is_responsible_for_most(office: Assistant) -> None:
    assert "任务最多的是县生态环境局，共4项" in first(ask(office, "清溪县哪个局牵头的最多？"))


# --- roles by the documents' own names ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("沅宁任务清单中督导单位里有市生态环境局的一共几项？", 5),
        ("涪川市水务局一共督导哪些整改任务？", 3),
    ],
)
def test_a_role_goes_by_the_name_its_document_gives_it(
    office: Assistant, question: str, count: int
) -> None:
    answer = ask(office, question)
    assert f"共{count}项（督导单位：" in first(answer)
    assert "牵头单位" not in answer.text


def test_what_a_body_supervises_is_not_what_it_has_to_do(office: Assistant) -> None:
    said = first(ask(office, "涪川市水务局和市生态环境局哪家督导得多？"))
    assert said == "按督导单位计，水务局3项，市生态环境局5项；市生态环境局更多，多2项。"


# --- several lists in one question --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("武清水务局归它验收的有几个，列成责任单位（问题那一级）的有几个？", (4, 6)),
        ("由武清区商务局牵头的有几个，归它销号的又有几个", (2, 2)),
        ("武清写明长期坚持的有几个，限到2025年12月的有几个？", (6, 4)),
        ("武清清单里姜述英一个人挂的几项？跟马红丹合挂的几项？", (7, 2)),
    ],
)
def test_each_clause_with_a_condition_of_its_own_is_a_list(
    corpus: Assistant, question: str, counts: tuple[int, ...]
) -> None:
    answer = ask(corpus, question)
    heads = [line for line in answer.text.split("\n") if "符合条件的共" in line]
    assert [f"共{count}项" in head for count, head in zip(counts, heads, strict=True)] == [True] * 2


def test_the_most_measures_and_a_single_one_are_both_answered(corpus: Assistant) -> None:
    answer = ask(corpus, "武清清单里措施列得最多的是哪个问题，几条？光一条的又是哪些")
    assert "共10条措施" in first(answer)
    assert "共2项（整改措施未分条）" in answer.text


def test_a_clause_that_goes_on_from_the_list_before_is_no_list_of_its_own(
    corpus: Assistant,
) -> None:
    question = "武清区农委牵头的几项里，哪项没要求长期坚持？"
    assert ask(corpus, question).text.count("符合条件的共") == 1


# --- measures counted by the bodies they name ---------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("武清措施括号里点到区交通局的一共几条，都在哪几个问题里？", "写明区交通局的措施共6条："),
        ("武清区城市管理委被写进多少条措施的责任单位？", "写明城市管理委的措施共11条："),
        ("武清移动源那项底下写了几条，是不是条条都压给一家？", "共5条，每一条都只由公安武清分局"),
        ("武清危废那项有几条措施，每一条都落在区生态环境局头上吗？", "2条，没有写明的1条（三）"),
    ],
)
def test_measures_are_counted_by_the_bodies_in_their_brackets(
    corpus: Assistant, question: str, said: str
) -> None:
    assert said in first(ask(corpus, question))


def test_measures_of_a_body_alone_and_by_a_group_are_told_apart(corpus: Assistant) -> None:
    answer = ask(corpus, "武清开发区单独或一起背的措施有几条？")
    assert "写明武清开发区的措施共7条" in first(answer)
    assert "只由其一家承担的6条" in answer.text
    assert "等统称涉及武清开发区，未计入" in answer.text


# --- what is left of a total --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # In one sentence, the second clause going on from the first.
        ("临水建成区那些燃煤锅炉，还剩几台没淘汰？", "还有8台（由督办计算）"),
        ("澜洲国三柴油货车离全年任务还差多少辆？", "还有723辆（由督办计算）"),
        # Its aim or its measures, and the progress reported of it.
        ("东湖二类以上汽修企业还差几家没达标？", "还有7家（由督办计算）"),
        ("海棱养殖尾水那项还有多少口网箱没清退？", "还有110口（由督办计算）"),
        ("海棱夜市片区油烟净化器还差几家没装？", "还有28家（由督办计算）"),
        ("铜屏运矿道路还有多少公里没硬化？", "还有6.8公里（由督办计算）"),
        ("桐溪老城区管网还差多少公里？", "还有17.3公里（由督办计算）"),
        # Of several figures of the unit those of the thing asked about.
        ("柳林河那项，入河排口还差几个没整治？", "按“整治23个”和“整治排口19个”计，还有4个"),
        ("涪川碧滩水库还有几户没搬？", "和“实际搬迁29户”计，还有17户"),
        ("涪川长滩河管网还差多少公里？", "还有7.6公里（由督办计算）"),
        ("桐溪农膜回收率离目标还差几个百分点？", "还有5.5个百分点（由督办计算）"),
    ],
)
def test_what_is_left_is_reckoned_from_what_the_text_states(
    office: Assistant, question: str, said: str
) -> None:
    assert said in first(ask(office, question))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("沂泉县入河排污口还剩几个没整治？", "剩余67个8月底前完成整治"),
        ("澜洲优良天数比率离年度目标还差几个百分点？", "差距2.3个百分点"),
    ],
)
def test_what_the_text_says_is_left_is_quoted(office: Assistant, question: str, said: str) -> None:
    answer = ask(office, question)
    assert said in first(answer)
    assert "由督办计算" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "涪川鹰嘴岩要退的小水电还有几座没拆？",  # three figures of the unit, of other shares
        "金岭区管网还差多少公里？",  # only a share of the whole
        "海棱石门、北塘农村生活污水治理率还差几个百分点？",  # 37.8% is how it was
        "涪川磷石膏还差多少万吨没利用？",  # 削减至90万吨 is a level
    ],
)
def test_what_cannot_be_proven_is_not_reckoned(office: Assistant, question: str) -> None:
    assert "由督办计算" not in ask(office, question).text


# --- sums ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("沅宁两年一共要新建改造污水管网多少公里？", "相加，共260公里（由督办计算）"),
        ("临水历史遗留矿山2023、2024两年合计要修复多少公顷？", "相加，共170公顷（由督办计算）"),
        # Some years of a series of which the whole is stated.
        ("云浦露天矿山2026年和2027年加起来修复多少公顷？", "“2027年50公顷”相加，共100公顷"),
        ("芦汀石埭主管改造一期和二期一共多少公里？", "相加，共3.8公里（由督办计算）"),
        # Shares that the question names, without the whole that stands before them.
        ("云浦柳沙区和荔湾坪区管网加起来多少公里？", "相加，共82公里（由督办计算）"),
    ],
)
def test_figures_of_one_thing_are_added_up(office: Assistant, question: str, said: str) -> None:
    assert said in first(ask(office, question))


def test_kinds_that_the_question_names_are_added_up(corpus: Assistant) -> None:
    assert "共5名（由督办计算）" in first(ask(corpus, "沧州提的80后、85后年轻干部加一块几名？"))
    question = "沧州执法支队靠选调、遴选、招录一共补进来多少人？"
    assert "共11人（由督办计算）" in first(ask(corpus, question))


@pytest.mark.parametrize(
    "question",
    [
        "沂泉清洁取暖改造一共多少户？",  # the whole is stated
        "青堰环卫车一共更新多少辆？",
        "临水餐饮店油烟一共查了几家？",
    ],
)
def test_what_is_not_of_one_thing_is_not_added_up(office: Assistant, question: str) -> None:
    assert "相加" not in ask(office, question).text


# --- how many bodies a task has -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("临水清单里验收单位有两家的是哪项？", "共1项（验收单位2家）"),
        ("云浦清单里配合单位正好两家的任务有几项？", "共4项（配合单位2家）"),
        ("海棱协办单位不止一家的有几项？", "共17项（配合单位2家以上）"),
    ],
)
def test_tasks_go_by_how_many_bodies_they_have(office: Assistant, question: str, said: str) -> None:
    assert said in first(ask(office, question))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("两家单位一块儿验收销号的问题，武清有几个？", "共7项（验收单位2家）"),
        ("武清哪些问题由一家单位单独验收销号，一共几个？", "共13项（验收单位1家）"),
        # A group is no single body.
        ("武清有几个问题的责任单位就写了一家？是哪个", "共1项（责任单位1家）"),
        ("武清责任单位没用“各镇街”这种大帽子、都点了具体名的有几项？", "共6项（责任单位未用统称）"),
        ("沧州通报里的问题归成六摊，哪一摊最多？", "任务最多的是(四)"),
    ],
)
def test_bodies_and_parts_of_the_corpus_are_counted(
    corpus: Assistant, question: str, said: str
) -> None:
    assert said in first(ask(corpus, question))


# --- where words and figures stand --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("金桥计划里写“配合区生态环境局”干的，一共几处？分别啥事", "的共4处"),
        ("金桥计划里写“配合区相关部门”的有几处，都干什么？", "的共6处"),
        # The text before the list has the words once more.
        ("武清整改清单里“举一反三”写在哪几个问题里，一共几处？", "的共3处"),
        ("36微克这个数出现在哪些地方的文件里，哪年的", "的共2处（2份文件）"),
    ],
)
def test_every_place_that_has_the_words_is_listed(
    corpus: Assistant, question: str, said: str
) -> None:
    answer = ask(corpus, question)
    assert said in first(answer)
    assert answer.text.count("\n- ") == int(said[2])


# --- who has so many ----------------------------------------------------------------------------------

HOLDINGS = """松口县2026年治水任务清单
序号	任务	牵头单位	完成时限
1	东门截污管网	县住建局	2026年8月底
2	西门截污管网	县住建局	2026年10月底
3	老城雨污分流	县住建局	2026年9月底
4	月亮塘清淤	县水利局	2026年9月底
5	双溪河补水	县水利局	2026年11月底
6	渡口鱼塘尾水	县农业农村局	2026年12月底
"""


@pytest.fixture(scope="module")
def songkou(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return offices.opened_on(HOLDINGS, tmp_path_factory.mktemp("songkou"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪些单位牵头超过两项", "在3项及以上的共1家牵头单位：县住建局。"),
        ("哪几个局牵头两件以上", "在2项及以上的共2家牵头单位：县住建局、县水利局。"),
        ("不止一项任务的有哪些单位", "在2项及以上的共2家牵头单位：县住建局、县水利局。"),
        ("牵头的任务不到三项的是哪些部门", "在2项及以下的共2家牵头单位：县水利局、县农业农村局。"),
        ("哪些单位只牵头一项", "为1项的共1家牵头单位：县农业农村局。"),
    ],
)
def test_bodies_with_so_many_tasks_are_told_with_their_tasks(
    songkou: Assistant, question: str, said: str
) -> None:
    answer = ask(songkou, question)
    assert said in first(answer)
    assert len(answer.citations) > 1


def test_it_is_said_where_no_body_has_so_many(songkou: Assistant) -> None:
    answer = ask(songkou, "哪些单位牵头超过五项")
    assert answer.refused
    assert "没有任务数在6项及以上的牵头单位" in answer.text
