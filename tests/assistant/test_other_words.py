"""The same needs in other people's words: what is asked for is known by sense, and not by one phrase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import offices
import pytest

from assistant.answer import Answer, Turn
from assistant.query import Field
from assistant.understanding.fields import asked_fields
from assistant.understanding.own_names import with_own_names
from assistant.understanding.particulars import asked_particulars
from assistant.understanding.row_states import states_counted
from assistant.understanding.two_things import asked_of_two
from assistant.vocabulary import asks

Ask = Callable[..., Answer]
TODAY = dt.date(2026, 7, 10)

PLAN = """白沙区2026年大气和水污染整改方案

本方案所称LDAR，即泄漏检测与修复，指定期检测设备密封点并修复泄漏。
到2026年底，全区PM2.5年均浓度控制在33微克/立方米以内，平均降尘量控制在6吨/月·平方公里以下。

问题一：渡口村污水直排。
牵头单位：区水务局
责任单位：区水务局、渡口街道办事处
责任领导：卢志平
整改措施：1.新建截污管1.2公里。
整改时限：2026年6月底前

问题二：石灰窑粉尘扰民。
牵头单位：区生态环境分局
责任单位：区生态环境分局
责任领导：卢志平
整改措施：1.安装布袋除尘器。
整改时限：2026年9月底前

问题三：沿街餐饮油烟扰民。
牵头单位：区城市管理局
责任单位：区城市管理局
责任领导：方晓敏
整改措施：1.更换油烟净化器。
整改时限：2026年12月底前
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = offices.opened_on(PLAN, tmp_path_factory.mktemp("other_words"))

    def answer(question: str, *before: str) -> Answer:
        roles = ("user", "assistant")
        history = [Turn(roles[place % 2], said) for place, said in enumerate(before)]  # type: ignore[arg-type]
        return offices.ask(assistant, question, TODAY, history)

    return answer


@pytest.mark.parametrize(
    ("field", "question"),
    [
        (Field.LEAD, "渡口村污水直排谁带头"),
        (Field.LEAD, "石灰窑粉尘由哪家主持"),
        (Field.RESPONSIBLE, "油烟的实施主体是哪个"),
        (Field.RESPONSIBLE, "渡口村污水是区水务局处理的吧"),
        (Field.LEADER, "石灰窑粉尘的挂点领导"),
        (Field.LEADER, "油烟这件哪个区长管"),
        (Field.COOPERATING, "渡口村污水的协同单位有谁"),
        (Field.DEADLINE, "油烟的完成节点是啥"),
        (Field.DEADLINE, "石灰窑那项超时没有"),
        (Field.TARGET, "渡口村污水要做到哪种程度"),
        (Field.MEASURES, "石灰窑粉尘打算怎样收拾"),
        (Field.MEASURES, "油烟想了哪些法子"),
        (Field.STATUS, "渡口村污水解决了没"),
        (Field.STATUS, "油烟的事进度如何"),
    ],
)
def test_a_field_is_asked_for_in_many_words(field: Field, question: str) -> None:
    assert field in asked_fields(question)


@pytest.mark.parametrize(
    ("field", "question"),
    [
        (Field.STATUS, "补助的钱到位没"),
        (Field.RESPONSIBLE, "由专人负责的巡查一天几次"),
        (Field.MEASURES, "油烟怎么算达标"),
    ],
)
def test_words_of_other_needs_ask_for_no_field(field: Field, question: str) -> None:
    assert field not in asked_fields(question)


@pytest.mark.parametrize(
    ("operation", "question"),
    [
        ("overdue", "到期日已过的有几条"),
        ("overdue", "该完没完的有哪些"),
        ("overdue", "哪些到期了"),
        ("overdue", "照说哪些应该都整完了"),
        ("overdue", "按计划应该收尾的"),
        ("overdue", "应该都弄完了的有哪些"),
        ("not_done", "没搞定的有哪些"),
        ("not_done", "还没弄利索的有几项"),
        ("not_started", "还没动手的有几个"),
        ("behind", "进展缓慢的有哪些"),
        ("remaining", "还在时限内的有几个"),
        ("undetermined", "时间没明确的有哪些"),
        ("list", "这个月有没有到期的活儿"),
        ("list", "帮我捋一下区水务局的事，牵头的和配合的都要"),
        ("joint", "联手牵头的有几项"),
        ("alone", "只有一家牵头的有哪些"),
        ("stated_count", "说的是16个问题，清单里数目不符"),
        ("wording", "两个地方写得不一样"),
    ],
)
def test_a_condition_is_known_by_sense(operation: str, question: str) -> None:
    assert asks("operations", operation, question)


@pytest.mark.parametrize(
    ("operation", "question"),
    [
        ("not_done", "还没到完工日子的有哪些"),
        ("not_done", "去年没干完结转到今年的"),
        ("done", "哪些应该都整完了"),
        ("done", "应该都弄完了的有哪些"),
        ("remaining", "这个月有没有到期的活儿"),
    ],
)
def test_what_only_sounds_like_a_condition_is_none(operation: str, question: str) -> None:
    assert not asks("operations", operation, question)


def test_a_role_denied_beside_another_lists_the_tasks_of_a_body(ask: Ask) -> None:
    told = ask("区水务局只当责任单位不牵头的任务是？").text
    assert "没有符合条件的任务" in told
    assert "渡口村" not in told


def test_the_day_of_a_document_is_asked_for_by_its_signing() -> None:
    assert asked_particulars("那份通报落的日子是哪天") == ["date"]
    assert "date" not in asked_particulars("落款单位是谁")


def test_what_is_led_together_and_only_counted_in_is_no_condition() -> None:
    assert not asks("operations", "joint", "水务局牵头的有几项(含跟别人一起牵头)")


@pytest.mark.parametrize(
    ("question", "later"),
    [
        ("渡口村和石灰窑哪个收得晚", True),
        ("渡口村跟石灰窑谁先完", False),
        ("渡口村和石灰窑期限哪个早", False),
        ("渡口村还是石灰窑先完成", False),
        ("渡口村和石灰窑谁排在前头", False),
    ],
)
def test_two_limits_are_compared_however_it_is_said(question: str, later: bool) -> None:
    asked = asked_of_two(question)
    assert asked is not None
    assert asked.later is later
    assert asked.names[0].startswith("渡口村")


def test_numbers_of_problems_are_those_of_the_document_that_calls_them_so(ask: Ask) -> None:
    text = ask("问题二和问题三哪个收得晚").text
    assert "后到期的是“沿街餐饮油烟扰民" in text


def test_a_thing_is_read_with_the_name_that_the_documents_have() -> None:
    assert with_own_names("细颗粒物和落灰各多少", "pm2.5与降尘") == "pm2.5和降尘各多少"
    assert with_own_names("细颗粒物多少", "细颗粒物和pm2.5") == "细颗粒物多少"
    assert with_own_names("细颗粒物多少", "氨氮") == "细颗粒物多少"


@pytest.mark.parametrize(
    ("question", "figure"),
    [("白沙区细颗粒物到26年要压到多少", "33微克"), ("落灰这个指标卡多少", "6吨")],
)
def test_a_limit_is_found_by_another_name_of_what_it_limits(
    ask: Ask, question: str, figure: str
) -> None:
    assert figure in ask(question).text


@pytest.mark.parametrize("question", ["LDAR是啥意思", "解释一下LDAR", "LDAR是什么"])
def test_what_a_latin_name_stands_for_is_quoted(ask: Ask, question: str) -> None:
    assert "密封点" in ask(question).text


@pytest.mark.parametrize("question", ["到期日已过的有几条", "该完没完的有几个"])
def test_what_is_overdue_is_listed_in_other_words(ask: Ask, question: str) -> None:
    text = ask(question).text
    assert "共1项" in text
    assert "渡口村" in text


def test_a_list_is_asked_again_for_another_time(ask: Ask) -> None:
    text = ask("再往后26年底的有没有", "白沙9月底到期的有几项", "共1项：石灰窑粉尘扰民。").text
    assert "沿街餐饮油烟扰民" in text
    assert "石灰窑" not in text


def test_a_time_that_is_only_looked_from_names_no_year(ask: Ask) -> None:
    assert "没有提及2027年" not in ask("以2027年2月来看，油烟那个问题期限到了没").text


def test_a_month_of_tonnes_breaks_no_count_down(ask: Ask) -> None:
    assert "6吨" in ask("降尘按月每平方公里的上限是多少吨").text


def test_a_count_without_its_unit_takes_that_of_all_rows() -> None:
    cells = ["已完成", "已完成，已通过验收", "推进中"]
    found = states_counted("9家当中完成的有多少，通过验收的又有多少", cells)
    assert [one.unit for one in found] == ["家", "家"]


TOWN = """岩口镇2026年环境问题整改方案

问题一：绿色发展理念学习不够。
责任单位：党办、宣传办
整改时限：2026年6月底前

问题二：责任追究不严。
责任单位：镇纪检
整改时限：2026年9月底前

问题三：焚烧秸秆。
责任单位：农业办
整改时限：2026年10月底前
"""


def test_bodies_are_known_by_what_is_written_of_them_without_their_level(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    town = offices.opened_on(TOWN, tmp_path_factory.mktemp("town"))
    text = offices.ask(town, "岩口镇纪检、党办各自名下有哪些活", TODAY).text
    assert "绿色发展理念" in text
    assert "责任追究不严" in text
    assert "焚烧秸秆" not in text
