"""Which shape of answer an understood question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.query import BY_BODY, BY_TIME, Extreme, Field, Grouping, Operation, Query, Window
from assistant.understanding.conditions import asks_in_roles
from assistant.understanding.fields import asks_amount
from assistant.understanding.measure_counts import measures_counted
from assistant.understanding.named_problems import named_for, place_of_problems
from assistant.understanding.named_tables import table_named
from assistant.understanding.reckonings import asked_remainder, asks_days_left, asks_share
from assistant.understanding.row_kinds import counts_firms
from assistant.understanding.task_columns import place_cells
from assistant.understanding.task_conditions import status_asked, task_conditions
from assistant.understanding.task_numbers import petition_numbers
from assistant.understanding.topic import (
    asks_of_all,
    is_about_the_whole,
    points_at_one,
    without_subjects,
)
from assistant.understanding.whole_lists import asks_for_all_tasks
from assistant.vocabulary import asked_attributes, asks, generic_words, wording
from assistant.words import cut
from ingest.vocabulary import load_vocabulary
from vectorstore.folding import fold_query


class OperationChooser:
    """Chooses the operation of a query about the documents of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of(self, query: Query) -> Operation:
        """The operation, the most particular first."""
        text = query.text
        several = len({self._library[path].source.region for path in query.named}) > 1
        if _asks("wording", text) and not several:
            return Operation.CHECK_WORDING
        to_compare = len(self._library.within(query.documents)) > 1 and not query.named
        if several or (to_compare and not query.refers_back and _asks("compare", text)):
            return Operation.COMPARE
        by_date = (Extreme.LATEST, Extreme.EARLIEST, Extreme.NEXT)
        if query.extreme in by_date and is_about_the_whole(query, self._library):
            return Operation.LIST_TASKS
        if self._counts(query):
            return Operation.COUNT_TASKS
        if self._lists_limits(query):
            return Operation.LIST_LIMITS
        if self._lists_tasks(query) or self._asks_of_a_person(query):
            return Operation.LIST_TASKS
        return Operation.CHECK_WORDING if _asks("either_figure", text) else Operation.LOOK_UP

    def _counts(self, query: Query) -> bool:
        """Whether the number of tasks is asked for, and not a number that stands in the text."""
        if query.mentions or self._asks_who_each(query):
            return False
        # 第十六个问题几条措施 counts what stands in that task.
        if query.task_numbers and query.group_by is None:
            return False
        if query.holding is not None and query.group_by is not None:
            return True
        if (
            query.people
            or query.asks_confirmation
            or not (query.group_by or _asks("structure", query.text))
        ):
            return False
        if query.group_by is Grouping.STATUS:
            return self._reports_status(query)
        if query.group_by in (*BY_BODY, *BY_TIME):
            return True
        if query.extreme is not None and query.group_by is not None:
            return True
        asked = status_asked(query, self._library)
        if asked is not None and not self._reports_status(query):
            return is_about_the_whole(
                query, self._library
            )  # counted, and said that nothing is reported
        conditions = (
            query.windows
            or query.overdue
            or query.ongoing is not None
            or query.status is not None
            or query.undetermined
            or query.joint is not None
            or task_conditions(query, self._library)
        )
        if conditions and query.group_by is None:
            return False
        whole = is_about_the_whole(query, self._library)
        return not query.units and (whole or bool(query.section))

    def _lists_tasks(self, query: Query) -> bool:
        claims_all = query.people and re.search(
            r"名下|都归|都是|都挂|全归|的(?:问题|任务|事项|项)(?:都|各|分别)", query.text
        )
        with_role = any(unit.role for unit in query.units)
        by_role = with_role and bool(
            re.search(
                r"的(?:问题|任务|事项|(?:活儿?|事儿?|工作)(?:都|主要|分别)?(?:是|有)(?:些)?(?:啥|什么|哪)|[两三四五六七八九\d]+[个项件条](?:项目|工程|问题|任务|事项))",
                query.text,
            )
        )
        if with_role and _WHICH_IN_ROLE.search(query.text):
            said = _said_of_sharing(query)
            by_role = by_role or is_about_the_whole(query, self._library, said)
        # 某镇要干什么, 某局的活 ask for all that is laid upon it, if nothing else is asked about.
        laid_upon = (
            query.units
            and (_asks("laid_upon", query.text) or self._asks_for_the_work(query))
            and is_about_the_whole(query, self._library)
        )
        if asks_for_all_tasks(query, self._library) or self._asks_for_a_section(query):
            return True
        if place_of_problems(query, self._library) or named_for(query, self._library):
            return True
        if asks_in_roles(query.text, query.units) and not points_at_one(query.text):
            return True
        if self._asks_who_is_above(query) or self._asks_who_each(query):
            return True
        if self._asks_with_whom(query):
            return True
        # A plan without labels calls its tasks measures.
        counted = measures_counted(query, self._library)
        if counted is not None and not self._has_labelled(query):
            return True
        by_state = query.status is not None and (
            _WHICH_ROW.search(query.text) or (query.windows and "哪" in query.text)
        )
        stated = task_conditions(query, self._library)
        # 滞后的占几成, 信访的占百分之几
        shared = (query.status is not None or stated) and asks_share(query.text)
        asked = _asks("list", query.text) or _asks("count", query.text)
        named = self._names_tasks(query)
        listed = asked or by_state or shared or named or counts_firms(query, self._library)
        if stated and (listed or re.search("哪[个条]|有没有", query.text)):
            used = [word for one in stated for word in one.words]
            if asks_of_all(query, self._library, used):
                return True
            table = table_named(query, self._library)
            if table is None:
                return False
            # A state is asked of the rows of a table, whatever else of them.
            if table.has_tasks and query.status is not None and listed:
                return not points_at_one(query.text)
        # 土壤那节有没有一家单干的
        if query.joint is not None and _ANY_SHARED.search(query.text):
            said = _said_of_sharing(query)
            if query.section or is_about_the_whole(query, self._library, said):
                return True
        # 城管局牵头的那些现在各是啥状态 names nothing but a body and its role.
        of_role = (
            any(unit.role for unit in query.units)
            and _OF_SEVERAL.search(query.text)
            and asks_of_all(query, self._library, _FIELD_NAMES)
        )
        if not (listed or claims_all or by_role or laid_upon or of_role or _picks_one(query)):
            return False
        if query.asks_confirmation and not query.people and "哪" not in query.text:
            return False
        measures = re.search(r"(?:多少|几)(?:条|项)措施", query.text) and not query.one_measure
        if measures and self._has_labelled(query):
            return False  # the measures of one task are counted
        if query.people or query.without_people:
            return True
        if query.overdue:
            return not points_at_one(query.text)
        if any(unit.excluded for unit in query.units):
            return True
        if query.mentions or query.one_measure or query.joint is not None:
            return True
        if asks_amount(query.text) and "哪" not in query.text:
            return False  # 26年还剩多少公顷 counts no tasks
        if asks_days_left(query.text) and "哪" not in query.text:
            return False
        if query.remaining and self._has_labelled(query) and not _left_of_row(query):
            return bool(query.windows) or is_about_the_whole(query, self._library)
        if query.undetermined and self._has_labelled(query, in_any_form=True):
            return is_about_the_whole(query, self._library)
        if query.ongoing is not None or (query.status is not None and self._reports_status(query)):
            return is_about_the_whole(query, self._library)
        if query.windows and _is_limit(query.windows, query.text) and self._has_labelled(query):
            return (
                named
                or counts_firms(query, self._library)
                or asks("conditions", "in_order_of_limits", query.text)
                or bool(
                    re.search(
                        r"哪|什么|啥|列|报|[挑捞点找筛]出|问题|任务|事项|[几多少][项件条桩]",
                        query.text,
                    )
                )
            )
        if not query.units or points_at_one(query.text):
            return False
        if _BODIES_OF.search(query.text):
            return is_about_the_whole(query, self._library, [query.section])
        return with_role or is_about_the_whole(query, self._library, [query.section])

    def _names_tasks(self, query: Query) -> bool:
        """Whether a question does nothing but call tasks by when they are due or whether they are shared: 下个月到期的, 武清逾期任务."""
        conditions = (
            query.overdue
            or query.ongoing is not None
            or query.joint is not None
            or (query.windows and _is_limit(query.windows, query.text))
        )
        called = _NAME_OF_TASKS.search(query.text) and not _ASKS_ANYTHING.search(query.text)
        if not (conditions and called) or points_at_one(query.text):
            return False
        return is_about_the_whole(query, self._library, (*_WORKS, *_said_of_sharing(query)))

    def _asks_for_the_work(self, query: Query) -> bool:
        """Whether a question is hardly more than a body and its work: 某局的活; 算甲局还是乙局的事 is another one."""
        parts = (query.text.partition(unit.name) for unit in query.units)
        return any(
            _asks("work_of", behind) and len(without_subjects(before, self._library).strip()) <= 3
            for before, _, behind in parts
        )

    def _asks_who_is_above(self, query: Query) -> bool:
        """Whether it is asked which leaders the tasks of a body have: 谁分管生态环境局的那些任务."""
        if not query.units or Field.LEADER not in query.fields or points_at_one(query.text):
            return False
        return bool(_TASKS_OF.search(query.text)) and is_about_the_whole(
            query, self._library, _LEADING
        )

    def _asks_who_each(self, query: Query) -> bool:
        """Whether it is asked of all tasks who each of them has: 一共几个问题，各是谁牵头."""
        if not _WHO_EACH.search(query.text) or points_at_one(query.text) or query.task_numbers:
            return False
        return _asks("count", query.text) and is_about_the_whole(query, self._library)

    def _asks_with_whom(self, query: Query) -> bool:
        """Whether it is asked with whom somebody, or a body, shares its tasks, and not one of them: 某某跟谁一起管."""
        if not (query.joint and (query.people or query.units) and _WITH_WHOM.search(query.text)):
            return False
        rest = query.topic
        for name in (*query.people, *(one.name for one in query.units)):
            rest = rest.replace(name, " ")
        words = [one for one in cut(rest) if len(one) > 1 and one not in generic_words()]
        tasks = [task for one in self._library.within(query.documents) for task in one.tasks]
        titles = fold_query(" ".join(task.title.quote for task in tasks))
        return asks_of_all(query, self._library) and not any(one in titles for one in words)

    def _asks_of_a_person(self, query: Query) -> bool:
        """Whether it is asked what somebody has to do, or where, and nothing of any one task: 某某管哪个村, 管甲村对吧."""
        one_thing = query.task_numbers or query.refers_back or points_at_one(query.text)
        if not query.people or one_thing:
            return False
        if self._names_a_person(query):
            return True
        # The post is shown with the name.
        beside = [one for one in asked_attributes(query.text) if one.name != _POST]
        claimed = query.asks_confirmation and _HAS_PLACE.search(query.text)
        if beside or not (claimed or _WHAT_OF_WHOM.search(query.text)):
            return False
        tasks = [task for one in self._library.within(query.documents) for task in one.tasks]
        places = {fold_query(cell.quote) for task in tasks for cell in place_cells(task).values()}
        posts = [f"副{post}" for post in load_vocabulary("units")["posts"]]
        return is_about_the_whole(query, self._library, (*_KINDS_OF_PLACES, *places, *posts))

    def _names_a_person(self, query: Query) -> bool:
        """Whether a question is but a person's name, or somebody's tasks: 某某, 某某的任务."""
        rest = without_subjects(query.text, self._library)
        for name in query.people:
            rest = rest.replace(name, " ")
        return _HIS_TASKS.fullmatch("".join(rest.split())) is not None

    def _asks_for_a_section(self, query: Query) -> bool:
        """Whether the measures of a whole section are asked for (水污染防治有哪些措施), which its tasks are."""
        one_thing = query.task_numbers or query.units or query.people or query.windows
        if not query.section or one_thing or Field.MEASURES not in query.fields:
            return False
        return _asks("list", query.text) and is_about_the_whole(
            query, self._library, [query.section]
        )

    def _lists_limits(self, query: Query) -> bool:
        """Whether single projects and measures are asked for by time, and not the issues of a list."""
        text = query.text
        if not query.windows and task_conditions(query, self._library):
            return False  # 没写时限的 asks for tasks
        many = len([w for w in query.windows if "月" in w.text]) > 1
        # 归哪几家 asks for the bodies of one thing.
        things = _BODIES_ASKED.sub(" ", text)
        listed = _asks("list", things) or many or self._names_tasks(query)
        if not listed or query.status is not None:
            return False
        if query.overdue and not query.windows and self._has_labelled(query, in_any_form=True):
            return False
        about_issues = self._has_labelled(query) and not _asks("limit_nouns", text)
        dated = query.windows and _is_limit(query.windows, text)
        if _left_of_row(query):
            return False
        remaining = query.remaining and re.search(r"哪[些几个项]|列|报|几[项个件条]", text)
        if query.undetermined or query.overdue or remaining or dated:
            return not about_issues
        return (
            bool(query.windows)
            and _asks("limit_nouns", text)
            and is_about_the_whole(query, self._library)
        )

    def _reports_status(self, query: Query) -> bool:
        return any(
            task.status for one in self._library.within(query.documents) for task in one.tasks
        )

    def _has_labelled(self, query: Query, *, in_any_form: bool = False) -> bool:
        """Whether tasks have limits under labels of their own; `in_any_form` of any that report their progress too."""
        return any(
            (task.labelled and task.deadline) or (in_any_form and task.deadline and task.state)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
        )


# 管哪个村, 包了什么, 背的是哪桩事; not 哪天 and 哪年.
_WHAT_OF_WHOM = re.compile(
    r"(?:管|负责|包|抓|背|扛|盯|挂|联系|分管|主管|督办|干|做)[^,，。;；?？谁]{0,8}(?:哪(?![天年月日])|什么(?!时)|啥(?!时))"
)
# 跟谁一起管
_WITH_WHOM = re.compile(r"[跟和与同](?:谁|哪)")
# 土壤那节有没有一家单干的, 有两位领导共管的吗
_ANY_SHARED = re.compile(
    r"有没有|有[^,，。;；?？]{2,16}的(?:任务|问题|事项?)?(?:吗|么|没有?)[?？。]?$"
)
# What is left of a question without a person's name.
_HIS_TASKS = re.compile(
    r"(?:副?[省市区县镇乡局]长|副?书记|副?主任|同志)?(?:的|名下|手[上里]|那边|这边)*(?:整改)?"
    r"(?:任务|问题|事项|工作|活儿?|事儿?|清单|情况)?(?:清单|情况)?[?？。]?"
)
_HAS_PLACE = re.compile(
    r"(?:管|负责|包|联系|分管|挂)(?:的|着)?(?:是)?[\u4e00-\u9fff]{2,8}[村镇乡区道]"
)
_TASKS_OF = re.compile(
    r"(?:局|委|办|政府|镇|街道|园区|中心|公司|口|部门|单位)的?(?:那些|这些|所有|全部|全)?(?:个)?(?:任务|问题|事项|活儿?|事儿?|工作)"
)
_WHO_EACH = re.compile(
    r"(?:各|分别|都)(?:自|是|由|归)*(?:谁|哪(?:个|家|些)?(?:单位|部门|局|领导)?)(?:来)?(?:牵头|负责|主办|挂帅|分管|包)"
)
_LEADING = ("分管", "领导", "区领导", "市领导", "县领导", "镇领导", "包联", "督办", "活儿", "事儿")
_POST = "职务"
_OF_SEVERAL = re.compile(r"[那这]些|各(?:自|是|到|为|在|要|有)|分别|每[一项件个条]|都")
# What the columns of a list are called.
_FIELD_NAMES = ("状态", "进展", "进度", "时限", "期限", "时间", "措施", "问题")
_KINDS_OF_PLACES = ("村", "镇", "街道", "社区", "园区")
# 某镇养殖尾水整改的配合单位有哪些 asks for the bodies of one task, and not for the tasks of a body.
_BODIES_OF = re.compile(
    r"的?(?:牵头|责任|配合|协办|验收|督导|督办)(?:责任)?(?:单位|部门|科室)(?:都|分别)?(?:有|是|包括)(?:哪|谁|些)"
)
_BODIES_ASKED = re.compile(r"哪[几些](?:家|个?(?:单位|部门|科室|局|委|办))")


# 还剩几户没清走, of the row that was spoken of; tasks are counted as 项, 个 and 件.
_OF_TASKS = ("项", "个", "件", "条", "桩", "天", "日", "宗", "个问题", "个任务")


def _left_of_row(query: Query) -> bool:
    """Whether what is left of the thing that was spoken of, or of a numbered row, is asked for, in a unit of its own, and not tasks."""
    named = query.refers_back or petition_numbers(query.text)
    unit = asked_remainder(query.text) if named else None
    return bool(unit and not unit.startswith(_OF_TASKS) and not query.units)


_WORKS = ("工程项目", "建设项目")
_NAME_OF_TASKS = re.compile(
    r"(?:的[那这]?些?(?:整改)?|逾期|超期|过期|到期|长期坚持)(?:任务|问题|事项|工作|活儿?|事儿?|(?:工程)?项目|工程)?(?:清单|名单|情况)?[?？。]?$"
)
_ASKS_ANYTHING = re.compile(r"[谁哪啥怎咋吗么呢几何]|什么|多少|是否|是不是|有没有|为")
_WHICH_ROW = re.compile(
    r"哪(?:一)?(?:个|项|条|件|桩|宗)(?:问题|任务|事项|事儿?|活儿?)?"
    r"|的(?:这|那)?(?:[两二三四五六七八九]|\d+)[项个件条桩](?:分别|都|各|具体)?(?:是|叫|有)?(?:啥|什么|哪|[?？。]?$)"
)
# 某局牵头的是哪个
_WHICH_IN_ROLE = re.compile(r"的(?:就)?(?:是|有)哪一?[个条](?=[?？。,，]|$)")
_WHICH_TASK = re.compile(
    r"(?:是|为|有|就|只有)哪一?[条项个件桩宗](?:问题|任务|事项?|呢)?(?=[?？,，。]|$)|^哪一?[条项个件桩宗](?:问题|任务|事项?)?(?=是|由|归|要|得|该)"
)

# 有2025年到期的吗
_ANY_TASK = re.compile(
    r"有(?:没有)?[^,，。;；?？]{0,16}的(?:任务|问题|事项?|活儿?)?(?:吗|么|没有?|不)?[?？。]?$"
)


def _said_of_sharing(query: Query) -> tuple[str, ...]:
    """The words by which a question asks who bears tasks together, or alone."""
    said = wording("operations", "joint" if query.joint else "alone").finditer(query.text)
    return tuple(one.group() for one in said) if query.joint is not None else ()


def _picks_one(query: Query) -> bool:
    """Whether a question wants the tasks that conditions of two kinds leave: 水务局牵头的里头2024年底前要完成的是哪条, 某某有没有长期坚持的."""
    of_whom = query.people or any(unit.role is not None for unit in query.units)
    how_far = (
        (query.windows and _is_limit(query.windows, query.text))
        or query.ongoing is not None
        or query.status is not None
        or query.undetermined
        or query.overdue
    )
    asked = _WHICH_TASK.search(query.text) or _ANY_TASK.search(query.text)
    return bool(of_whom and how_far and asked)


def _asks(operation: str, text: str) -> bool:
    return asks("operations", operation, text)


def _is_limit(windows: Sequence[Window], text: str) -> bool:
    """Whether a window is worded as a limit (2025年12月, 年底前) and not as the year a target belongs to."""
    return any(
        window.latest is None or re.search(r"月|底|末|前|后|内|季度|半年|至|年中", window.text)
        for window in windows
    ) or bool(
        re.search(
            r"到期|到点|时限|期限|完工|投运|了结|完结|收官|(?:弄|做|办|改|干)完|收[尾口官工]|落在|[挂拖延排推]到|卡在|交[账差卷]|截止"
            r"|才(?:能|会|算)?完|年内?(?:要|得|能|该|才)*完成的?(?:问题|任务|事项)"
            r"|(?:问题|任务|事项)[^,，。;；?？]{0,3}\d年内?(?:要|得|能|该|才)*完成",
            text,
        )
    )
