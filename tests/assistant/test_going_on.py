"""Questions that go on from an answer, and forms of documents that offices make up, asked of the real assistant."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import offices
import pytest
from offices import opened_on, opened_over

from assistant.answer import Answer, Turn
from assistant.app import Assistant

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "tests" / "data" / "forms"
ELSEWHERE = (
    "plans/donghu-tasklist-2024.md",
    "elsewhere/hailing-2025-task-ledger.txt",
    "plans/linshui-2023-rectification-plan.txt",
    "yonder/fuchuan-2026-progress-notice.txt",
    "yonder/yiquan-2026-work-plan.txt",
)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return opened_over(FORMS.glob("*.txt"), tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    files = (FORMS.parent / name for name in ELSEWHERE)
    return opened_over(files, tmp_path_factory.mktemp("elsewhere"))


def ask(
    assistant: Assistant, question: str, *before: str, day: dt.date = dt.date(2026, 7, 10)
) -> Answer:
    roles = ("user", "assistant")
    history = [Turn(roles[place % 2], said) for place, said in enumerate(before)]  # type: ignore[arg-type]
    return offices.ask(assistant, question, day, history)


def test_asked_what_else_the_list_is_given_whole(corpus: Assistant) -> None:
    before = ("武清区商务局在清单里牵头哪些问题？", "散煤治理存在盲区，与区市场监管局共同牵头。")
    answer = ask(corpus, "还有呢？", *before)
    assert "符合条件的共2项" in answer.text
    assert "群众信访解决不彻底" in answer.text


def test_a_part_of_the_list_may_be_what_a_body_does_not_lead(corpus: Assistant) -> None:
    before = (
        "武清哪些问题的时限是2025年12月？",
        "共4项：地表水环境质量有恶化风险、生态环境基础设施建设不到位、王庆坨镇污水处理问题突出、建筑垃圾闭环管理存在短板。",
    )
    answer = ask(corpus, "这里头有没有不归水务局牵头的？", *before)
    assert "符合条件的共1项（牵头单位不含水务局；时限：2025年12月）" in answer.text
    assert "建筑垃圾闭环管理" in answer.text


def test_a_subject_in_the_place_of_another_is_the_one_asked_about(corpus: Assistant) -> None:
    before = ("武清散煤由谁牵头？", "由区商务局、区市场监管局共同牵头。")
    answer = ask(corpus, "那露天烧荒的呢？", *before)
    assert answer.text.startswith("“九、露天焚烧问题频发”：牵头单位为区生态环境局")


def test_what_was_told_already_does_not_stand_first_again(corpus: Assistant) -> None:
    before = ("四干渠和厂界边河道那条谁牵头", "由区生态环境局牵头，区级领导负责人马红丹。")
    assert "每月对问题点位进行水质检测" in ask(corpus, "第三方多久测一次，谁去请", *before).text


def test_each_document_says_whose_findings_it_answers(corpus: Assistant) -> None:
    answer = ask(corpus, "武清、和平、中北分别是被哪个督察组点的？")
    assert [line.split("针对的是")[1][:-4] for line in answer.text.split("\n\n")] == [
        "天津市第二生态环境保护督察组的意见",
        "天津市第一生态环境保护督察组的意见",
        "中央第一环境保护督察组的意见",
    ]


def test_documents_are_put_in_order_by_their_dates_and_one_has_none(corpus: Assistant) -> None:
    lines = ask(corpus, "按落款日期从早到晚给这几份文件排个队").text.split("\n\n")
    assert [line.split("成文日期")[-1][:5] for line in lines[:4]] == [
        "为2017", "为2021", "为2024", "为2025",
    ]  # fmt: skip
    assert lines[4].endswith("没有写明成文日期。")


@pytest.mark.parametrize(
    "question",
    [
        "崔黄口那批企业手续没办利索，我该找区里哪个部门？",
        "你再核一遍，秸秆焚烧宽松软这条区领导是谁？",
        "四干渠和厂边黑河，挑头的是谁？",
    ],
)
def test_what_only_begins_like_a_place_is_not_refused(corpus: Assistant, question: str) -> None:
    assert not ask(corpus, question).refused


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("柘阳永盛木业喷漆房那件由哪个部门督导？", "县生态环境局"),
        ("海屿北溪养殖尾水治理哪个局牵头？", "牵头单位为区海洋渔业局"),
        ("朔宁餐饮油烟整治谁牵头，哪位领导包抓？", "包抓领导为副区长韩志刚，牵头为区城管局"),
        ("云泽划界成果复核谁牵头，谁配合？", "牵头单位为县水利局，配合单位为县自然资源局"),
        ("澄溪加油站油气回收的问题找哪个局？", "牵头单位为县商务局"),
    ],
)
def test_forms_of_offices_are_answered_from_records(
    forms: Assistant, question: str, said: str
) -> None:
    assert said in ask(forms, question).text


def test_a_limit_that_has_passed_comes_with_the_progress_that_is_told(forms: Assistant) -> None:
    answer = ask(forms, "柘阳老君店镇黑臭坑塘那条的时限过了没有？", day=dt.date(2026, 8, 20))
    assert "文件所载进展：尚未启动。" in answer.text
    assert "未载明是否完成" not in answer.text


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("海屿进度滞后的项目有哪几个？", "共3项（文件载明超期或进度滞后）"),
        ("柘阳已经办结的有哪些问题？", "共5项（文件载明已完成）"),
        ("朔宁韩志刚包抓哪几项任务？", "共4项（负责领导：韩志刚）"),
    ],
)
def test_lists_of_such_documents_are_counted(forms: Assistant, question: str, count: str) -> None:
    assert count in ask(forms, question).text


def test_a_quoted_term_that_the_text_has_is_no_other_topic(corpus: Assistant) -> None:
    answer = ask(corpus, "治气讲的“五源”是哪五样来着")
    assert not answer.refused
    assert "移动源、工业源、燃煤源、扬尘源、生活源" in answer.text


def test_asked_which_documents_have_a_word_those_without_it_are_named(corpus: Assistant) -> None:
    answer = ask(corpus, "“以克论净”这个提法，几份文件里哪几份写了，哪份没写？")
    assert "（4份文件）" in answer.text
    assert "没有写“以克论净”的文件：《中共沧州市生态环境局党组" in answer.text


def test_whether_a_body_is_among_those_of_a_measure_or_a_role(corpus: Assistant) -> None:
    measure = "武清施工工地联合检查机械、核发信息采集卡那条措施，市场监管局在不在里头？"
    assert "责任单位不包括市场监管局" in ask(corpus, measure).text
    answer = ask(corpus, "武清非道路移动机械那个问题的责任单位里有没有市场监管局？")
    assert "市场监管局（文件写作“区市场监管局”）为责任单位" in answer.text
    # It is the body that leads, which the question asks for as well.
    answer = ask(corpus, "武清四干渠那条谁牵头？责任单位那栏里有它的名字吗？")
    assert "该项任务的责任单位不包括区生态环境局" in answer.text


def test_what_the_list_before_left_out_is_named(corpus: Assistant) -> None:
    before = (
        "武清哪些问题由区生态环境局牵头？",
        "共8项：问题二、三、四、六、八、九、十四、十五。",
    )
    answer = ask(corpus, "漏了吧？你再数数到底几项", *before)
    assert "符合条件的共9项" in answer.text
    assert "前一回答没有提到其中1项：十三 非道路移动机械使用把关不严" in answer.text


def test_the_day_of_a_document_and_the_day_it_was_put_on_the_web_are_told_apart(
    corpus: Assistant,
) -> None:
    answer = ask(corpus, "沧州通报的落款日期和网上发布的日子怎么不一样？")
    assert "成文日期为2021年12月21日" in answer.text
    assert "在网上发布的日期为2022年1月24日" in answer.text


def test_documents_are_compared_by_the_figure_asked_for(corpus: Assistant) -> None:
    """By another word for it, and never by another figure of the same sentence."""
    answer = ask(corpus, "武清跟和平到2025年细颗粒物谁卡得更紧？")
    assert "38微克" in answer.text
    assert "36微克" in answer.text
    assert "未提及" not in answer.text
    answer = ask(corpus, "地表水优良比例，和平跟武清2025年定的差多少个百分点？")
    assert "和平区（100%）比武清区（28.57%）高71.43个百分点" in answer.text


def test_measures_of_a_plan_without_labels_are_its_tasks(corpus: Assistant) -> None:
    answer = ask(corpus, "中北建管站名下挂了多少项措施，大气污染防治那一节里占几项？")
    assert "共6项（涉及单位：建管站）" in answer.text
    assert "共3项（涉及单位：建管站；属于“(四)深入推进大气污染防治”）" in answer.text


def test_conditions_of_a_later_clause_are_no_conditions_of_the_list(corpus: Assistant) -> None:
    answer = ask(
        corpus, "刘松林在武清这份里管几件事？是他一个人管吗，跟生态环境局并列牵头的是哪家？"
    )
    assert "符合条件的共1件（负责领导：刘松林）" in answer.text
    assert "区工业和信息化局" in answer.text
    answer = ask(corpus, "武清清单里区交通局有哪几件事？哪件是牵头，哪些是配合着干？")
    assert "共3项（涉及单位：区交通局）" in answer.text


def test_tasks_of_one_body_alone_are_listed_with_it(corpus: Assistant) -> None:
    answer = ask(corpus, "中北方案里只写了一个科室的任务有几条，各是哪个科室？")
    assert "共5项（一个单位单独承担）" in answer.text
    assert "用绿色发展系数衡量发展成绩 | 党办" in answer.text


def test_who_has_one_thing_is_no_list_by_the_date_that_the_question_supposes(
    corpus: Assistant,
) -> None:
    answer = ask(corpus, "中北的土壤治理与修复规划定在2020年底前完成，归哪几家？")
    assert "农业办、环保办" in answer.text
    assert "2017年底前完成" in answer.text


def test_what_is_said_of_a_place_here_and_there_is_set_side_by_side(corpus: Assistant) -> None:
    answer = ask(corpus, "一处说陈咀没有污水处理厂，另一处又说站建好了，哪个对？")
    assert "未作取舍" in answer.text
    assert "陈咀镇没有污水处理厂处理生活污水" in answer.text
    assert "已建成农村污水处理站" in answer.text


def test_the_task_before_or_behind_the_one_spoken_of(corpus: Assistant) -> None:
    before = (
        "武清清单第十三个问题谁牵头？",
        "十三、非道路移动机械使用把关不严：牵头单位为区生态环境局。",
    )
    assert "周勇" in ask(corpus, "往前一个问题呢？领导也报一下", *before).text
    assert "区水务局" in ask(corpus, "下一个问题呢，谁牵头？", *before).text
    # Only who is asked, in the sense of the question before.
    before = (
        "武清王庆坨污水那项，区领导是哪位？",
        "十七、王庆坨镇污水处理问题突出：区级领导负责人为姜述英。",
    )
    assert "周勇" in ask(corpus, "换成移动源那项，是谁？", *before).text


def test_a_measure_without_a_time_of_its_own_is_told_so_with_the_limit_of_its_task(
    corpus: Assistant,
) -> None:
    answer = ask(corpus, "武清商业散煤集中整治那条措施有没有具体的完成时间？")
    assert "（1）开展全域商业散煤治理集中整治行动”没有单独写明时限" in answer.text
    assert "整改时限为：2024年12月并长期坚持" in answer.text
    # A time still to be fixed is one.
    answer = ask(corpus, "高村污水处理厂扩建有没有单独的时限？")
    assert "没有单独写明" not in answer.text
    assert "待资金落实后确定" in answer.text


def test_what_stands_behind_that_it_was_meant_is_asked_about_instead(
    corpus: Assistant, elsewhere: Assistant
) -> None:
    before = ("武清散煤治理由谁牵头？", "由区商务局、区市场监管局牵头。")
    answer = ask(corpus, "不对，我要问的是建筑垃圾", *before)
    assert answer.text.startswith("“十八、建筑垃圾闭环管理存在短板”：牵头单位为区城市管理委")
    assert "散煤" not in answer.text
    # A fault found with the answer, and what was not meant, are left out.
    before = ("东湖围网养殖哪位领导包？", "责任领导为沈玉兰。")
    answer = ask(elsewhere, "我说的是码头岸电那条，不是围网", *before)
    assert "“11.东湖港区码头岸电和污染物接收设施不足”：责任领导为马志强" in answer.text
    assert "沈玉兰" not in answer.text


def test_an_answer_said_to_be_mixed_up_with_another_place_is_looked_up_again_for_its_own(
    corpus: Assistant, elsewhere: Assistant
) -> None:
    before = ("武清2025年PM2.5压到多少？", "全区PM2.5年均浓度控制在36微克/立方米以下。")
    answer = ask(corpus, "36？怕是跟和平搞混了吧", *before)
    assert answer.text.startswith("提问中的36与文件不符")
    assert "38微克/立方米" in answer.text
    assert "和平区" not in answer.text
    before = ("东湖2024年PM2.5年均浓度目标是多少", "36微克/立方米。")
    answer = ask(elsewhere, "36？是不是串到临水去了", *before)
    assert "不高于33微克/立方米" in answer.text
    assert "临水" not in answer.text


def test_of_the_list_before_what_has_nothing_to_do_with_a_body(
    corpus: Assistant, elsewhere: Assistant
) -> None:
    before = ("武清清单里时限为2025年12月的有哪些？", "共4项。")
    answer = ask(corpus, "里面哪项不沾水务局的边？谁牵头", *before)
    assert "符合条件的共1项（涉及单位不含水务局；时限：2025年12月）" in answer.text
    assert "区城市管理委" in answer.text
    before = ("东湖丁海峰负责哪几项", "共4项。")
    answer = ask(elsewhere, "这几条里哪条跟县城管局没关系", *before)
    assert "符合条件的共1项（涉及单位不含县城管局；负责领导：丁海峰）" in answer.text
    assert "秸秆露天焚烧" in answer.text


def test_of_the_list_before_what_is_borne_by_one_alone(corpus: Assistant) -> None:
    before = ("武清清单里姜述英负责几项", "姜述英共负责9项。")
    answer = ask(corpus, "除掉跟别的领导一块儿管的，她独个儿管几项", *before)
    assert "符合条件的共7项（负责领导：姜述英；一个领导单独承担）" in answer.text
    before = ("中北土壤那节哪条是建管站一家负责的", "第2条“加强建设用地准入管理”。")
    answer = ask(corpus, "那水那节有没有也是一家单干的", *before)
    assert "符合条件的共1项（属于“(五)深入推进水污染防治”；一个单位单独承担）" in answer.text
    assert "合理调配水资源" in answer.text


def test_another_role_of_the_task_before(elsewhere: Assistant) -> None:
    before = ("涪川磷石膏那个任务是谁的责任？", "责任单位为云场县委、县政府。")
    answer = ask(elsewhere, "督导的呢", *before)
    assert "“6.磷石膏堆存量大”：督导单位为市经济和信息化局" in answer.text


def test_the_row_of_the_project_before_is_asked_and_no_sum_of_rows(elsewhere: Assistant) -> None:
    before = ("沂泉永固水泥上的是什么工程？", "分级燃烧改造。")
    answer = ask(elsewhere, "这个减排量一共多少，要到几月完成", *before)
    assert "减排量为27吨，完成时限为2026年6月" in answer.text


def test_a_doubt_that_asks_something_itself_is_answered_that(corpus: Assistant) -> None:
    before = ("武清散煤治理由谁牵头？", "由区生态环境局牵头。")
    answer = ask(corpus, "别把它跟扬尘搞混，散煤是谁牵头", *before)
    assert answer.text.startswith("“七、散煤治理存在盲区”：牵头单位为区商务局、区市场监管局")
    # What is mixed in the matter itself is no doubt about the answer.
    before = ("武清雨污混接点位由谁处置？", "由各镇街处置。")
    answer = ask(corpus, "雨水跟污水混到一起的点位有哪些", *before)
    assert "郑家楼村" in answer.text


def test_the_last_closed_of_those_closed_in_a_time(elsewhere: Assistant) -> None:
    """The time is that of closing, whatever their limits were."""
    before = ("海棱2025年7月销号了哪几项", "共2项。")
    answer = ask(elsewhere, "这里面哪个最先销号", *before)
    assert "2025-07-18（编号1）" in answer.text
    before = ("海棱2025年8月销号了几个", "共1个。")
    answer = ask(elsewhere, "这些里头哪个最晚销号？哪天", *before)
    assert "2025-08-22（编号8）" in answer.text


def test_a_time_that_is_a_stage_of_what_was_asked_about_picks_no_rows(elsewhere: Assistant) -> None:
    before = ("沂泉53家重点产废单位的规范化评估几月全部完成", "11月底前全部完成。")
    answer = ask(elsewhere, "年中先要做到多少", *before)
    assert "6月底前完成不少于一半" in answer.text
    assert "永固水泥" not in answer.text
    assert "年终" not in answer.text


def test_asked_how_it_came_out_the_sentence_that_says_so_is_told(corpus: Assistant) -> None:
    answer = ask(corpus, "沧州国三营运柴油货车核定要淘汰多少辆，完成得咋样？")
    assert "32605辆" in answer.text
    assert "提前超额完成" in answer.text


def test_tasks_that_several_leaders_share_are_a_list(corpus: Assistant) -> None:
    answer = ask(corpus, "武清哪几条是两位区领导一起管的？里头哪条能拖到2025年底？")
    assert "共3项（多个领导共同承担）" in answer.text
    assert "共1项（时限：2025年底；多个领导共同承担）" in answer.text


def test_what_the_last_exchange_does_not_name_is_taken_from_the_one_before(
    corpus: Assistant,
) -> None:
    before = ("武清散煤治理存在盲区谁牵头", "区商务局、区市场监管局。", "那期限呢", "2024年12月。")
    answer = ask(corpus, "谁验收", *before)
    assert "散煤治理存在盲区" in answer.text
    assert "验收销号牵头责任单位为区商务局" in answer.text


def test_another_thing_named_since_is_what_is_gone_on_from(corpus: Assistant) -> None:
    before = ("武清散煤那项谁牵头", "区商务局。", "那秸秆焚烧呢", "区农业农村委。")
    answer = ask(corpus, "什么时候到期", *before)
    assert "秸秆焚烧监管" in answer.text
    assert "散煤" not in answer.text


@pytest.mark.parametrize("question", ["同一位领导还盯着哪几项", "这个责任人还管别的啥不"])
def test_the_same_person_is_the_one_who_was_named(corpus: Assistant, question: str) -> None:
    before = ("武清散煤那项哪位区领导负责", "区领导负责人是姜述英。")
    assert "符合条件的共9项（负责领导：姜述英）" in ask(corpus, question, *before).text


def test_the_year_before_is_counted_from_the_one_that_was_named(tmp_path: Path) -> None:
    ledger = opened_on(
        """平丘县2026年整改台账
序号|问题|牵头单位|完成时限
1|2024年农村旱厕改造质量差410户|县农业农村局|2025年3月31日
2|2025年农村旱厕改造质量差95户|县乡村振兴局|2026年9月30日
3|河道采砂坑未回填|县水利局|2026年5月31日
""",
        tmp_path,
    )
    answer = ask(ledger, "前一年那批呢，多少户", "2025年旱厕改造质量差多少户", "95户。")
    assert "410户" in answer.text
    answer = ask(ledger, "后一年那批谁牵头", "2024年旱厕改造质量差多少户", "410户。")
    assert "县乡村振兴局" in answer.text
