"""The built-in understanding: recognisers over the question's words, put together into a `Query`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from assistant.answer import Turn
from assistant.ledger import Reported, Role
from assistant.library import Library
from assistant.query import (
    DUTY_FIELDS,
    Extreme,
    Field,
    Operation,
    Query,
    UnitMention,
    Window,
)
from assistant.role_labels import role_by_own_label
from assistant.understanding.addressed_firms import with_firms_as_tasks
from assistant.understanding.annual_plans import names_the_plan
from assistant.understanding.apart import asked_apart, asked_first
from assistant.understanding.body_numbers import asked_body_number
from assistant.understanding.both_ways import asked_plainly
from assistant.understanding.called_documents import documents_called
from assistant.understanding.claimed_limits import claimed_limit
from assistant.understanding.conditions import as_conditions, asks_in_roles, excluded_people
from assistant.understanding.contractions import ContractionReader
from assistant.understanding.english import EnglishReader
from assistant.understanding.field_words import asked_field_words
from assistant.understanding.fields import asked_fields, asking_parts
from assistant.understanding.firm_names import firms_mentioned, short_names
from assistant.understanding.follow_up import (
    FollowUps,
    beside,
    refers_back,
    restated,
    with_year_beside,
)
from assistant.understanding.groupings import asked_grouping
from assistant.understanding.held_counts import asked_holding
from assistant.understanding.names import mentioned_people, mentioned_units
from assistant.understanding.nth_places import asked_nth, with_extreme_before
from assistant.understanding.operations import OperationChooser
from assistant.understanding.own_names import with_own_names
from assistant.understanding.particulars import asked_beside
from assistant.understanding.places import (
    unknown_places,
)
from assistant.understanding.posts import people_by_post, with_full_names
from assistant.understanding.requests import asked_plainly_of
from assistant.understanding.scopes import ScopeReader
from assistant.understanding.spelled import PinyinReader, with_fine_dust
from assistant.understanding.spoken_bounds import with_plain_bounds
from assistant.understanding.table_names import row_places
from assistant.understanding.table_ranks import asked_rank
from assistant.understanding.task_conditions import done_late
from assistant.understanding.task_numbers import is_number_alone, task_numbers
from assistant.understanding.tenths import with_percentages
from assistant.understanding.topic import (
    section_named,
    topic_of,
    without_subjects,
)
from assistant.understanding.typos import TypoCorrector
from assistant.understanding.windows import (
    asked_as_of,
    find_windows,
    in_year_of_plans,
    with_full_years,
    year_of_plans_told,
)
from assistant.vocabulary import asks, generic_words, load_words
from assistant.words import cut, nouns
from ingest.numerals import parse_spoken
from ingest.records import ParsedDocument
from vectorstore.folding import fold_query

_TODAY_YEAR = re.compile(
    r"(?:今天|现在|眼下|目前|当前|站在|截至|截止)(?:是|已经)?(?:19|20)\d{2}年?"
    r"|(?:以|按|照|拿|就|从|用)(?:着|照)?(?:19|20)\d{2}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?=(?:来)?(?:看|说|论|计|算(?!起)|为准))"
)
# Only who is asked, in the sense of the question before: 换成散煤那项，是谁.
_ONLY_WHO = re.compile(r"(?:^|[,，])(?:那|又|都)?(?:是)?(?:谁|哪位|哪个)(?:呢|啊)?[?？]?$")
# How large something is asks for no body, whoever was asked for before: 那建多大的.
# What is told of a task that is asked for by its number and no more.
_OF_A_TASK = frozenset({
    Field.PROBLEM,
    Field.LEAD,
    Field.LEADER,
    Field.RESPONSIBLE,
    Field.TARGET,
    Field.MEASURES,
    Field.DEADLINE,
})
_HOW_MUCH = re.compile(r"多[大长高宽深远少重]|(?<!哪)几(?![号月家个])")
_OF_WHICH = re.compile(
    r"(.{2,}?[几多哪].{1,12}?)"
    # 有几个，完成了几个; 有几个，都做完了吗: the part is not all that is counted.
    r"(?:[,，;；?？。]+(?=(?:都|全都?|已经?)*(?:做完|完成|办结|销号|办完|弄完|整改完)了?(?:没|吗|么|几|多少))|[,，;；?？。]*(?:这)?其中|[,，;；?？。]+(?:这|那)?(?:里头|里面|当中)|[,，;；?？。]+(?=[^,，。;；?？]{2,14}(?:节|块|部分|章|方面)(?:里头?|里面|中|当中)?(?:占|有|是)(?:了)?(?:几|多少))|[,，;；?？。]+(?=(?:(?:哪|谁|其中).{0,4})?最(?:早|晚|先|后|急|紧|靠)))"
)
# 共列几项任务，长期坚持的是哪项
_TOTAL_AND_PART = re.compile(
    r"([^,，。;；?？]*?(?:共|总)[^,，。;；?？]{0,4}(?:几|多少)[^,，。;；?？]{0,6})[,，;；?？。]+"
    r"(?=[^,，。;；?？几多]{2,12}的(?:又|都)?(?:是|有)哪)"
)
# What is counted in, and narrows nothing: 算上还没开工的.
_TAKEN_IN = re.compile(
    r"(?:算上|包括|包含|连同?|加上|含)(?:那些)?[还尚]?[没未][^,，。;；?？()（）]{0,8}"
)
# What is left out is not asked for: 已经改完的不用算.
_LEFT_OUT = re.compile(
    r"(?<![^,，。;；?？!！(（])[^,，。;；?？!！(（]{2,24}的(?:那[种类些个])?(?:都|就|可以)?(?:先|也)?(?:不用|不要|不|别)(?:算|列|报|计|管|看)(?!清|明|上|出)"
)
# 三件都干完没，哪件还没销号: how far all are, and which of them are so far.
_ALL_AND_PART = re.compile(
    r"都(?:已经?|全部?)?(?:[干办做改弄搞]完|完成|办结|销号|整改)[了成]*(?:没有?|吗|么)[,，。;；?？]+(?=[^,，。;；?？]{0,6}哪)"
)
# 长期那种带死线的也算 lets in more, and asks for none but these.
_COUNTED_IN = re.compile(
    r"(?<![^,，。;；?？!！(（])[^,，。;；?？!！(（]{2,24}?(?:也|都|一并|一样|同样|照样)(?:要|得|应|该|给我|帮我)?(?:算|列|计|包括|包含|捎|带|放|加)"
    r"(?:上|进去|进来|在内|里头|里面|数)?(?=$|[,，。;；?？!！)）])"
    r"|(?:算上|连同|包括|包含|含|连)[^,，。;；?？!！(（]{2,20}?(?:在内|一起|一块儿?|一道)(?:算|列|计)?"
)
_DATED = re.compile(
    r"[带有含写给](?:明|了|着)?[^,，。;；?？]{0,4}(?:死线|时限|期限|限期|日期|日子|时间|节点|截止)"
)
_HAPPENED = re.compile("了|已")
_DUE_SAID = re.compile("[要该应须得]|时限|期限|限期|到期|截止|完工|[做干弄改办]完|之?前|以前")
# A whole year is a limit as well: 2025年滞后的 of a bulletin of 2025.
_LONGEST_PERIOD = dt.timedelta(days=200)
_QUOTED = re.compile(r"[“\"「【][^”\"」】]*[”\"」】]")
_TASK = r"(?:整改)?(?:任务|问题|事项|工作|活)"
_TERM = r"([\u4e00-\u9fff]{2,10}?|[水气土声])"
_TOUCHES = r"(?:涉及|牵涉|牵扯|提到|提及|讲到|说到|关于)(?:到|了)?"
_RELATED = (
    re.compile(rf"(?:^|[,，、 的])(?:和|跟|与|同)?{_TERM}(?:相关|有关)的?{_TASK}"),
    re.compile(rf"{_TASK}(?:都|是|里|中)?(?:和|跟|与|同){_TERM}(?:相关|有关|沾边|搭边|挂钩)"),
    re.compile(rf"{_TOUCHES}{_TERM}的{_TASK}"),
    re.compile(rf"{_TASK}(?:都|里|中)?{_TOUCHES}{_TERM}(?:的|[,，?？。]|$)"),
)
# 涉及某某局的任务 go by bodies, which groups of them may cover.
_OF_A_BODY = re.compile(r"(?:局|委|办|镇|乡|街道|政府|公司|园区|开发区|村)$")
_DUE = re.compile(
    r"(?<=[月年底末日号旬度])(?:之|以)?前(?:要|应该?|得|该|须|需要?|能|全部|都|必须)*"
    r"(?:完成|办结|销号|整改完|完工|[做弄办改干]完)(?:整改)?的"
    # 年底要完成几项
    r"|(?<=[月年底末日号旬度])(?:要|应该?|得|该|须|需要?|必须)+(?:完成|办结|销号|整改完|完工|[做弄办改干]完)(?:整改)?(?=几|多少|哪|什么|啥|的)"
    r"|(?<=[月年底末日号旬度])才(?:要|应该?|得|该|能|会|算)?(?:完成|办结|销号|整改完|完工|[做弄办改干]完)(?:整改)?的"
)
# 同一个责任人还管别的不, 这位领导
_SAME_PERSON = re.compile(
    r"他|她|那位|此人|这位|(?:同一?(?:个|位|名)?|[这那该])(?:个|位|名)?"
    r"(?:[区市县镇乡]?领导|(?:责任|负责)?人(?!员|民|家|口|大))"
)
_POST_HELD = r"(?:(?:常务)?副?(?:[省市区县镇乡局]长|书记|主任|主席|巡视员|专员))"
# 2026年之前 sets a bound, and need not be told of.
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年(?!(?:之|以)?前)|版|度)")


class RuleUnderstanding:
    """Understands questions about the documents of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._operations = OperationChooser(library)
        self._follow_ups = FollowUps(library)
        self._scopes = ScopeReader(library)
        self._places = {
            place
            for one in library.documents
            for place in (one.source.region, *one.source.region_aliases)
        }
        names = {unit.name for _, unit in library.units} | set(library.people) | self._places
        for parsed in library.documents:
            names |= set(row_places(parsed.tables))
        titles = (task.title.quote for one in library.documents for task in one.tasks)
        self._contractions = ContractionReader(library.folded(), map(fold_query, titles))
        self._typos = TypoCorrector(library.folded(), names - {""})
        self._pinyin = PinyinReader(library.folded(), names - {""})
        self._english = EnglishReader(library.folded())

    def understand(
        self,
        question: str,
        history: Sequence[Turn],
        as_of: dt.date,
        documents: Sequence[str] = (),
    ) -> Query:
        """The question as a query; `documents` is a scope chosen by the user, empty for all."""
        query = self._understood(question, history, as_of, documents)

        def of_clause(clause: str) -> Query:
            return self._understood(clause, (), as_of, query.documents or ())

        query = replace(
            query,
            apart=asked_apart(query, self._library, of_clause),
            beside=asked_beside(query, of_clause),
        )
        first = asked_first(query, self._library, of_clause)
        if first is not None and _asks("roles_apart", query.text):
            return first
        return replace(query, first=first)

    def _understood(
        self,
        question: str,
        history: Sequence[Turn],
        as_of: dt.date,
        documents: Sequence[str] = (),
    ) -> Query:
        """The question read as a whole."""
        typed = asked_plainly(with_full_years(with_fine_dust(fold_query(question))))
        known = self._library.folded()
        typed = with_plain_bounds(with_percentages(typed, known), known)
        spelled = self._pinyin.read(self._english.read(typed))
        wanted, told = asked_plainly_of(spelled, self._library)
        full, contractions = self._contractions.read(wanted)
        text, corrections = self._typos.correct(full)
        before = self._follow_ups.background(text, history)
        text = self._follow_ups.with_listed(
            with_year_beside(restated(text, before), before), before
        )
        text = with_extreme_before(text, fold_query(before.question))
        meant = self._follow_ups.of_another_thing(text, before)
        if meant != text:
            # Nothing of what was said of the other thing is meant.
            text, before = meant, replace(before, question="", answer="", subject="")
        called = documents_called(text, self._library, before.question, before.answer)
        text, named = called.text, called.named
        text = with_own_names(text, self._library.folded(named or None))
        text = with_full_names(text, self._library, named or None)
        text = with_firms_as_tasks(text, self._library, named or None)
        elliptical = len(text) <= 30 if not named else len(topic_of(text, self._library)) <= 6
        back = bool(history) and (refers_back(text) or elliptical) and not _asks("turns_away", text)
        scope = self._scopes.of_exchange(named, before, history, documents)
        # 逾期了会怎么样 asks what follows, and neither what is overdue nor how far something is.
        follows = _asks("consequence", text)
        fields = asked_fields(text) & DUTY_FIELDS if follows else asked_fields(text)
        neighbour = beside(text, before) if back else ()
        if neighbour:
            fields |= asked_fields(fold_query(before.question))
        if back and fields and _ONLY_WHO.search(text):
            fields = asked_fields(fold_query(before.question)) & DUTY_FIELDS or fields
        if back and not fields and (len(text) <= 12 or re.search(r"呢[?？。]?$", text)):
            fields = asked_fields(fold_query(before.question))
            if _HOW_MUCH.search(text):
                fields -= DUTY_FIELDS
        if not fields and is_number_alone(without_subjects(text, self._library)):
            fields = _OF_A_TASK
        units = mentioned_units(text, self._library, scope)
        if firms := self._library.addressed(scope):
            units = firms_mentioned(text, short_names(firms, self._places), units)
        listed = _asks("list", text) or _asks("count", text) or asks_in_roles(text, units)
        if listed and not _asks("confirmation", text):
            units = as_conditions(text, units)
        if any(_asks(name, text) for name in ("list", "count", "count_compare")):
            units = self._in_own_roles(text, units, scope)
        if _asks("confirmation", text):
            units = tuple(
                replace(one, role=None) if _is_what_is_asked_about(one, text) else one
                for one in units
            )
        people = mentioned_people(text, self._library)
        if not people and back and _SAME_PERSON.search(text):
            people = self._follow_ups.person_before(before, history)
        if not people and (_asks("list", text) or _asks("count", text)):
            people = people_by_post(text, self._library, scope)
        people, without = excluded_people(text, people)
        if scope is None:
            of_thing = _asks("confirmation", text) and _asks_of_a_thing(text, units, self._library)
            scope = self._scopes.of_names(() if of_thing else units, people)
        if scope is None and (_asks("list", text) or _asks("count", text)):
            scope = self._scopes.of_places(text)
        if scope is None and not _asks("compare", text):
            scope = self._scopes.of_towns(text) or self._scopes.of_things(text)
        # Words that a field is to have say it exactly.
        words = asked_field_words(text)
        plain = text.replace(words.said, " ") if words is not None else text
        if not documents:
            scope = self._scopes.of_rows(text, scope)
        narrowing = _COUNTED_IN.sub(" ", plain)
        windows = self._without_own_time(text, as_of, scope)
        claimed_of = _claimed_people(text, people, self._library)
        overdue = _asks("overdue", narrowing) and not done_late(text) and not follows
        status = None if follows else _named_status(text)
        plans = self._library.within(scope)
        if listed and (units or people):
            titles = {plan.source.title for plan in plans}
            windows = tuple(one for one in windows if not names_the_plan(one, text, titles))
        # 年底完成的 of plans that report nothing are due then.
        by_limit = status is Reported.DONE and windows and not _HAPPENED.search(text)
        if by_limit and not any(task.state for plan in plans for task in plan.tasks):
            status = None
        if overdue or status is not None:
            windows, as_of = _so_far(text, windows, as_of, plans, overdue=overdue)
        claimed = claimed_limit(text, as_of) if _asks("confirmation", text) else None
        if claimed is not None:
            # What is claimed is the answer, and neither what is meant nor a condition.
            fields |= {Field.DEADLINE}
            windows = ()
        extreme = _extreme(text)
        holding = asked_holding(text)
        query = Query(
            question=question,
            text=text,
            topic=topic_of(_without_claims(text, units, claimed_of, claimed), self._library),
            operation=Operation.LOOK_UP,
            as_of=as_of,
            documents=scope,
            named=named,
            unknown_places=unknown_places(text, self._library, nested=bool(named)),
            unknown_years=self._unknown_years(text, scope),
            fields=fields,
            listed=self._follow_ups.listed(text, before, scope) if back else (),
            units=units,
            people=people,
            without_people=without,
            task_numbers=task_numbers(text.replace(holding.text, "") if holding else text)
            or neighbour
            or (self._follow_ups.number_before(text, before) if back else ()),
            windows=windows,
            group_by=asked_grouping(text, ranked=(extreme or holding) is not None),
            extreme=extreme,
            how_many=_how_many(text) if extreme else None,
            remaining=_asks("remaining", text) and _named_status(text) is not Reported.NOT_DONE,
            joint=_joint(narrowing, units),
            holding=holding,
            one_measure=_asks("one_measure", text),
            mentions=_mentioned_term(plain) or self._related_term(text, scope),
            overdue=overdue,
            status=status,
            ongoing=_ongoing(narrowing),
            with_ongoing=any(
                _asks("ongoing", one.group()) and not _DATED.search(one.group())
                for one in _COUNTED_IN.finditer(text)
            ),
            undetermined=_asks("undetermined", narrowing),
            named_directly=_asks("directly", text),
            asks_confirmation=_asks("confirmation", text) or _asks("membership", text),
            refers_back=back,
            context=self._follow_ups.context(text, before, named) if back else "",
            earlier=fold_query(before.question) if back else "",
            notices=(
                *([f"已将拼音或英文读作“{spelled}”"] if spelled != typed else []),
                *([told] if told else []),
                *called.notices,
                *(f"已按“{one.meant}”理解“{one.typed}”" for one in (*contractions, *corrections)),
                *year_of_plans_told(windows, as_of),
            ),
        )
        if back:

            @cache
            def asked(earlier: str) -> Query:
                return self._understood(earlier, before.turns, as_of, documents)

            if (swapped := self._follow_ups.swapped(query, before, asked)) is not None:
                return swapped
            query = self._follow_ups.gone_on(query, before, asked)
        query = replace(query, section=section_named(query, self._library))
        if query.status and _named_status(fold_query(query.section)) is query.status:
            query = replace(
                query, status=None
            )  # 拟销号 names the list, whose tasks all are that far
        if query.operation is Operation.LOOK_UP:
            query = replace(query, operation=self._operations.of(query))
        return replace(query, whole=self._whole(query, as_of))

    def _whole(self, query: Query, as_of: dt.date) -> Query | None:
        """What a list is a part of, where the question asks for both: 甲牵头几项，其中年底到期的是哪些."""
        if not query.is_of_tasks:
            return None
        if query.status is not None and _ALL_AND_PART.search(query.text):
            return replace(query, status=None)
        match = _OF_WHICH.match(query.text) or _TOTAL_AND_PART.match(query.text)
        if match is None:
            return None
        whole = self._understood(match.group(1), (), as_of, query.documents or ())
        return whole if whole.is_of_tasks else None

    def _in_own_roles(
        self, text: str, units: tuple[UnitMention, ...], scope: Sequence[str] | None
    ) -> tuple[UnitMention, ...]:
        """The bodies, those without a role in the one that the question calls as its documents do."""
        tasks = [task for parsed in self._library.within(scope) for task in parsed.tasks]
        role = role_by_own_label(text, tasks) if units else None
        return tuple(replace(one, role=one.role or role) for one in units)

    def _unknown_years(self, text: str, scope: Sequence[str] | None) -> tuple[int, ...]:
        """Years asked about that the documents in scope never mention; today's is no such year."""
        # What the question quotes is somebody's claim as well, not what it asks about.
        asked_part = "。".join(asking_parts(text, "。!！;；"))
        asked = {
            int(year) for year in _YEAR.findall(_TODAY_YEAR.sub("", _QUOTED.sub("", asked_part)))
        }
        texts = [parsed.source for parsed in self._library.within(scope)]
        return tuple(
            sorted(
                year
                for year in asked
                if not any(str(year) in source.text or source.year == year for source in texts)
            )
        )

    def _without_own_time(
        self, text: str, as_of: dt.date, scope: Sequence[str] | None
    ) -> tuple[Window, ...]:
        """The times asked about, but for that which a report is of: 二季度滞后的, of the bulletin of that quarter."""
        plans = self._library.within(scope)
        windows = _limits_asked(text, as_of, plans)
        if _named_status(text) is None and not _asks_figures(text):
            return windows
        reports = [one.source for one in plans if one.source.reports_progress]
        own = [span for source in reports for span in find_windows(fold_query(source.title), as_of)]
        return tuple(one for one in windows if not any(_is_of(one, span) for span in own))

    def _related_term(self, text: str, scope: Sequence[str] | None) -> str:
        """The thing whose tasks are asked for, if the documents name it: 跟污水处理厂有关的任务有哪些."""
        bare = without_subjects(text, self._library)
        if not (_asks("list", text) or _asks("count", text)):
            return ""
        found = (match.group(1) for pattern in _RELATED for match in pattern.finditer(bare))
        known = self._library.folded(scope)
        return next((one for one in found if one in known and not _OF_A_BODY.search(one)), "")


def _so_far(
    text: str,
    windows: tuple[Window, ...],
    as_of: dt.date,
    plans: Sequence[ParsedDocument],
    *,
    overdue: bool,
) -> tuple[tuple[Window, ...], dt.date]:
    """The limits asked for and the day of asking, where the question names a day as of which a state is asked."""
    so_far = asked_as_of(text, windows, as_of, plans)
    # How far things are by a day nobody can know before.
    if so_far is None or not (overdue or so_far[1] <= as_of):
        return windows, as_of
    window, day = so_far
    return tuple(one for one in windows if one is not window), day


def _extreme(text: str) -> Extreme | None:
    """The first superlative of tasks that the question's words ask for; that of a figure is none."""
    if asks("operations", "best_figure", text) or asked_nth(text) is not None:
        return None
    return next(
        (
            one
            for one in map(Extreme, load_words("questions")["extremes"])
            if asks("extremes", one.value, text)
        ),
        None,
    )


def _how_many(text: str) -> int | None:
    """How many of the earliest or latest are asked for: 最近的三项."""
    match = re.search(r"(?:前|的|头)([一二两三四五六七八九十]|\d{1,2})(?:项|个|条|件)", text)
    return parse_spoken(match.group(1)) if match else None


def _mentioned_term(text: str) -> str:
    """A quoted term whose places are asked for: “某某村”在哪几个问题里出现过."""
    if not _asks("mentions", text) or not re.search(r"哪[几些]", text):
        return ""
    quoted = re.search(r"[“\"「]([^”\"」]{2,12})[”\"」]", text)
    return quoted.group(1) if quoted else ""


def _without_claims(
    text: str,
    units: Sequence[UnitMention],
    people: Sequence[str] = (),
    claimed: Window | None = None,
) -> str:
    """The question without what is asked or claimed, which is not the topic: bodies and persons in a role, a limit."""
    if claimed is not None:
        text = text.replace(claimed.text, " ")
    for mention in units:
        if mention.role is not None:
            text = text.replace(mention.name, " ")
    for name in people:
        text = re.sub(rf"{_POST_HELD}?{re.escape(name)}{_POST_HELD}?", " ", text)
    return text


def _claimed_people(text: str, people: Sequence[str], library: Library) -> Sequence[str]:
    """The persons whom a question gives a thing, to have it confirmed: the thing decides what is meant, and not they."""
    if not people or not _asks("confirmation", text):
        return ()
    rest = re.sub(_POST_HELD, " ", topic_of(_without_claims(text, (), people), library))
    known = library.folded()
    things = (one for one in cut(rest) if len(one) > 1 and one in known)
    return people if any(one not in generic_words() for one in things) else ()


def _asks(operation: str, text: str) -> bool:
    return asks("operations", operation, text)


def _named_status(text: str) -> Reported | None:
    """The progress asked for, the most particular first: 未启动 is no 未完成."""
    kinds = (
        Reported.NOT_STARTED,
        Reported.NOT_BEHIND,
        Reported.BEHIND,
        Reported.UNCLOSED,
        Reported.NOT_CLOSED,
        Reported.NOT_DONE,
        Reported.DONE,
        Reported.RUNNING,
    )
    # 8月底前办结的 are due by then, and not reported as done; 都干完没，哪件没销号 asks for the latter.
    asked = _ALL_AND_PART.search(text)
    rest = _LEFT_OUT.sub(" ", _DUE.sub(" ", text[asked.end() :] if asked else text))
    # 没办完的（算上没开工的） asks for all that is not done.
    without = _TAKEN_IN.sub(" ", rest)
    said = (kind for part in (without, rest) for kind in kinds if _asks(kind.value, part))
    return next(said, None)


def _limits_asked(text: str, as_of: dt.date, plans: Sequence[ParsedDocument]) -> tuple[Window, ...]:
    """The times asked about; the day from which it is asked what is overdue is none of them."""
    windows = in_year_of_plans(text, as_of, plans)
    if not _asks("overdue", text):
        return windows
    today = (None, as_of)
    return tuple(one for one in windows if one.earliest not in today or one.latest != as_of)


def _asks_figures(text: str) -> bool:
    """Whether figures or places in a ranking are asked for, and not what is due: 三季度哪个县滞后最多."""
    ends = any(asks("tables", name, text) for name in ("most", "fewest", "sum", "difference"))
    return (ends or asked_rank(text) is not None) and _DUE_SAID.search(text) is None


def _asks_of_a_thing(text: str, units: Sequence[UnitMention], library: Library) -> bool:
    """Whether a body is only said to have a role, of a thing that the question names: that decides what is meant."""
    if not units or any(one.role is None for one in units):
        return False
    words = nouns(topic_of(_without_claims(text, units), library))
    known = library.folded()
    return any(len(one) > 1 and one in known and one not in generic_words() for one in words)


def _is_what_is_asked_about(mention: UnitMention, text: str) -> bool:
    """Whether a body only says which task is meant: 松岗工业园那个问题牵头的是…吧."""
    return re.search(rf"{re.escape(mention.name)}的?[那这](?:一)?[个项件条桩摊]", text) is not None


def _is_of(asked: Window, own: Window) -> bool:
    """Whether a time asked about is that of a title; its year may be left out, and the title's day may not."""
    if asked.earliest is None or own.earliest is None or not (asked.latest and own.latest):
        return False
    if own.latest - own.earliest > _LONGEST_PERIOD:
        return False
    years = 0 if asked.any_year else asked.earliest.year - own.earliest.year
    ends = [(one.month, one.day) for one in (asked.earliest, asked.latest)]
    return years == 0 and ends == [(one.month, one.day) for one in (own.earliest, own.latest)]


def _joint(text: str, units: Sequence[UnitMention]) -> bool | None:
    """Whether tasks of one lead are asked for, or of several; how many bodies another role has is no such thing.

    That a body named has it as the only one (责任单位就甲县一家的) is.
    """
    number = asked_body_number(text)
    of_body = number is not None and number.number == 1 and bool(units)
    if number is not None and number.role is not Role.LEAD and not of_body:
        return None
    return _first_asked(text, alone=False, joint=True)


def _ongoing(text: str) -> bool | None:
    """Whether tasks without an end are asked for, or others; what is left out is not asked for."""
    if any(_asks("ongoing", left.group()) for left in _LEFT_OUT.finditer(text)):
        return False
    return _first_asked(text, not_ongoing=False, ongoing=True)


def _first_asked(text: str, **meanings: bool) -> bool | None:
    """What the first of some operations that a text asks for means; None where it asks for none of them."""
    return next((meant for name, meant in meanings.items() if _asks(name, text)), None)
