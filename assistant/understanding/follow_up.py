"""What an elliptical question leaves to the turns before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Turn
from assistant.ledger import Role, TaskEntry
from assistant.library import Library
from assistant.query import Operation, Query, UnitMention
from assistant.understanding.another_thing import asked_of_another
from assistant.understanding.called_documents import documents_called
from assistant.understanding.conditions import as_conditions
from assistant.understanding.fields import asked_fields, without_fields
from assistant.understanding.names import mentioned_people, mentioned_units
from assistant.understanding.places import named_documents
from assistant.understanding.same_list import of_the_same_list
from assistant.understanding.task_conditions import task_conditions
from assistant.understanding.task_numbers import task_numbers
from assistant.understanding.topic import points_at_one, specific_words, topic_of
from assistant.vocabulary import asks, generic_words
from assistant.words import cut, nouns
from ingest.numerals import parse_number
from ingest.records import Person, Task
from vectorstore.folding import fold_query

_MARKS = re.compile(r"\[\d+\]")
_BESIDE = re.compile(
    r"(?:往?前|上)(?:面|边)?(?:的?那)?一?(?:个|项|条)(?:问题|任务)?(?=呢|的|是|谁|[,，?？]|$)"
    r"|(?P<behind>(?:往?后|下)(?:面|边)?(?:的?那)?一?(?:个|项|条)(?:问题|任务)?)(?=呢|的|是|谁|[,，?？]|$)"
)
_TITLES = "任务"  # the heading of the titles in a table of tasks
_SHORT_LIST = 8
_SHORTEST_TITLE = 5  # a shorter one may stand in an answer by chance

# Reads an earlier question by itself, on the day and of the documents of the one that goes on from it.
AskedBefore = Callable[[str], Query]

# 我问的是轮胎, 我说的不是煤矸石，是轮胎, 不是县里，是市里那份, 我要市方案里的; 我问的是不是… asks.
_MEANT = re.compile(
    r"(?:(?:我(?:要|想|是)?(?:问|说|指|要|查)的(?:不是[^,，。]{1,16}[,，])?|^(?:不对?[,，])?不是[^,，。]{1,16}[,，])是(?!不是)"
    r"|^(?:不对?[,，])?我(?:只|就|是)?(?:想?要|想?看)(?=[^,，。?？]{1,10}(?:[里中上]的|[那这]份)[。]?$))"
    r"(?P<meant>[^。?？]+)"
)
_NOT_MEANT = re.compile(r"[,，](?:而|可|又)?不是.*$")
# 别是跟武清弄混了吧, 串到武清去了吧
_MIXED_UP = re.compile(
    r"(?:跟|和|与|同|把).{1,12}?[弄搞记看说答整认](?:混|串|岔)|(?:你|别是|怕是|是不是|莫非|该不会|不会是)[^弄搞]{0,4}(?:串|错|混)(?:成|到).{1,8}"
)
_SAME_BODY = re.compile(
    r"(?:同一?|[这那该])(?:个|一家|家)?(?:[分支]?局|委|办|厅|单位|部门|科室|牵头单位|责任单位|镇|街道|乡|公司|大队|中心)"
    r"|(?:他们|人家)(?:单位|部门|局|镇|街道|公司)"
    r"|(?<![其吉])它(?:们|家|自己)?(?=手上|手里|手头|名下|还|另|别|又|(?:牵头|配合|协办|负责|承办|验收)的)"
)
_OTHER_TASKS = re.compile(
    r"(?:还|另外?|又|别处|手[上里头]|名下)[^,，。;；?？]{0,6}?(?:牵头?|打头|挑头|主办|负责|管|配合|协办|验收?|承办|督导|督办|有|沾|摊|背|揽|扛)"
    r"(?:着|了|过|上)?[^,，。;；?？]{0,2}(?:别的|其他|其它|另外的|旁的|哪|什么|啥|几)"
    r"|(?:牵头|配合|协办|负责|承办|验收)的(?:又|还|都)?(?:有|是)?(?:哪|什么|啥|几)"
    r"|(?:别的|其他|其它|另外的?|旁的)[^,，。;；?？]{0,6}(?:牵头|打头|挑头|主办|负责|管|配合|协办|验收|承办|任务|问题|活|事)"
    # 手上另一个问题是啥, 剩下的任务呢
    r"|(?:另(?:外)?(?:还)?(?:有)?的?[一两几]?(?:个|项|件|条|桩)|(?:剩下?|其余|余下)的)(?:任务|问题|事项?|活儿?)?(?:都|又)?(?:是|有|呢|叫|[?？]|$)"
)
# 责任单位里有它自己吗
_ITSELF = re.compile(
    r"(?:有没有|有|没有?|含|包括|算|列|把)(?:它|他们?|人家|这个?局|该局|该单位|牵头单位)(?:自己|自个儿?|本身)?"
)
_ROLES_SAID = (
    (Role.LEAD, re.compile(r"牵头|打头|挑头|主办|牵着|还牵")),
    (Role.COOPERATING, re.compile(r"配合|协办")),
    (Role.ACCEPTANCE, re.compile(r"验收|验着|还验")),
    (Role.SUPERVISING, re.compile(r"督导|督办")),
)
_STAGE = re.compile(r"(?<![最首优])先(?!后|进)|第一[步批]|头一[步批]")
# 那长期坚持的呢, 有2025年到期的吗: a condition and nothing else.
_ONE_MORE = re.compile(
    r"^(?:那么?)?(?:[他她它]们?的?)?(?:[这那]?里[头面边]|其中|当中)?(?:还|都)?(?:(?P<any>有没有|有无)|有|是)?[^,，。;；?？]{1,16}的"
    r"(?(any)|(?:呢|(?:有|是)?(?:吗|么)|没有?|有没有|(?:有|是)(?:几|哪[些几]?)[个项条件]?))[?？。]?$"
)
# 第一个 of the tasks that were listed; 第一项 and 第2条 are numbers of tasks, 第一个问题 is the first question asked.
_OF_LIST = re.compile(
    r"^(?:那么?)?(?:(?P<last>最后一个|末一个)|第(?P<place>\d{1,2}|[一二两三四五六七八九十]{1,2})个|头一个)"
    r"(?![问任回方部月季])"
)
# 前一年那批呢, of what 2024年 was said of; 比前一年多几个 compares the two.
_YEAR_BESIDE = re.compile(
    r"(?<![比跟和与])(?:它|他)?(?:的)?(?:再)?(?:往)?(?:(?P<before>[前上头]一年)|(?P<behind>[后下]一年|次年|第二年|转过年))(?:度)?(?![^,，。?？]{0,2}比)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_CLAUSES = re.compile(r"[,，。;；?？!！]+")
# 你确定吗, 不对吧, 你再翻翻原文: the answer is doubted, and nothing else is asked.
_DOUBTS = re.compile(
    r"^(?:(?:你|这|那|这个|到底|真|能|敢)*(?:确定|肯定|没(?:弄|搞|看|记|说)?错|准确?|真的假的|真的|当真)(?:是)?(?:吗|吧|么|不|没)?"
    r"|不(?:太|大)?(?:对|会|能|可能)(?:吧|啊|呀|的)?|(?:你)?(?:弄|搞|看|记|说)?错了(?:吧|吗)?"
    r"|(?:你|那|请|麻烦|给我|帮我)*(?:再|重新|回去)?(?:仔细|好好|认真)?(?:核实|核对|核查|确认|查查|看看|翻翻|查对|核一?核|查|翻|看)(?:一?下|一遍)?(?:原文|文件|原件)?(?:吧|看)?"
    r"|(?:好像|感觉|似乎|怎么)?不(?:是|像)(?:吧|啊|这样)?)$"
)
# 不是12项吗, 我怎么记得是张明: what it should be instead.
_CLAIMS = re.compile(
    r"^(?:可是?|但是?)?(?:(?:难道)?不(?:应该|该)?是|应该是|(?:我|咱)?(?:怎么|咋)?(?:记得|记着|印象(?:里|中)?|听说|以为)(?:好像|应该|可)?(?:不?是|(?=\d)))"
    r"(?P<claim>[^,，。;；?？]{2,16}?)(?:吗|么|吧|呢|啊|来着)*$"
)
_NO_CLAIM = re.compile(
    r"多少|几|哪|谁|什么|啥|怎|[还没有说让要会能去该是]|副|[主局市县区镇乡队]长|主任|书记|经理"
)
_POINTS = re.compile(r"^[这那](?:个|一|天|样|么)")
_CLAIMED = re.compile(r"\d+(?:\.\d+)?%?")
# 河滩那件牵头单位是谁 names its task itself.
_OF_ITS_OWN = re.compile(
    r"^(?:那)?(?![他她它这那])[\u4e00-\u9fff]{2,12}?[那这](?:一)?[个件项条桩块摊]"
)
_WHOM = re.compile(r"^(?:那|换成)?[\u4e00-\u9fff]{2,8}呢[?？。]?$")
_ASKS_ITSELF = re.compile(r"多少|几|哪|谁|什么|啥|怎|咋|何")


@dataclass(frozen=True, slots=True)
class Background:
    """The earlier exchange a question goes back to: its question and what was answered.

    `is_first` tells that the question expressly goes back to the first exchange, past all later ones. `subject` is
    what was said before of the thing that the exchange itself does not name: 那谁牵头 goes on from it. `turns` are all
    before it, by which its own question is understood.
    """

    question: str = ""
    answer: str = ""
    is_first: bool = False
    subject: str = ""
    turns: tuple[Turn, ...] = ()

    @property
    def text(self) -> str:
        return f"{self.question} {self.answer}".strip()

    @property
    def whole(self) -> str:
        """The exchange with its subject."""
        return f"{self.subject} {self.text}".strip()


def refers_back(text: str) -> bool:
    """Whether the wording points at something said before."""
    return asks("operations", "refers_back", text)


def restated(text: str, before: Background) -> str:
    """What a question that puts an answer right asks for, in full; the question itself where it does not.

    我问的是轮胎 asks of another thing what was asked before; 38？跟别处弄混了吧 asks the same again, and whether
    38 is so.
    """
    if not before.question:
        return text
    if (match := _MEANT.search(text)) is not None:
        meant = _NOT_MEANT.sub("", match["meant"]).strip(" ,，")
        return meant if _ASKS_ITSELF.search(meant) else f"那{meant}呢"
    if (doubted := _doubted(text, before)) is not None:
        return doubted
    clauses = [one for one in _CLAUSES.split(text) if one]
    rest = [one for one in clauses if not _MIXED_UP.search(one) or _ASKS_ITSELF.search(one)]
    if len(rest) == len(clauses):
        return text
    if any(_ASKS_ITSELF.search(one) for one in rest):
        return ",".join(rest)
    question = fold_query(before.question).rstrip("?？。")
    claimed = "、".join(_CLAIMED.findall(text))
    return f"{question},是{claimed},对吧" if claimed else question


def _doubted(text: str, before: Background) -> str | None:
    """The question that was answered before, where its answer is doubted, with what it should be; None where it is not.

    A list is gone on with by itself: 不对吧 asks what is missing of it.
    """
    clauses = [one for one in _CLAUSES.split(text) if one]
    rest = [one for one in clauses if not _DOUBTS.match(one)]
    claims = [match for one in rest if (match := _CLAIMS.match(one))]
    if not clauses or len(rest) > len(claims) or len(claims) > 1:
        return None
    question = fold_query(before.question).rstrip("?？。!！ ")
    if claims:
        claim = claims[0]["claim"]
        if _POINTS.match(claim):
            return question
        is_a_claim = re.search(r"\d", claim) or not _NO_CLAIM.search(claim)
        return f"{question},是{claim},对吧" if is_a_claim else None
    return None if _asks("list", question) or _asks("count", question) else question


def _exchanges(history: Sequence[Turn]) -> list[Background]:
    exchanges: list[Background] = []
    question, asked_at = "", 0
    for place, turn in enumerate(history):
        content = _MARKS.sub("", turn.content)
        if turn.role == "user":
            question, asked_at = content, place
        else:
            exchanges.append(Background(question, content, turns=tuple(history[:asked_at])))
            question = ""
    if question:
        exchanges.append(Background(question, turns=tuple(history[:asked_at])))
    return exchanges


def beside(text: str, before: Background) -> tuple[int, ...]:
    """The number of the task before or behind the one that was asked about: 往前一个问题呢."""
    match = _BESIDE.search(text)
    known = task_numbers(fold_query(before.question)) if match else ()
    if match is None or len(known) != 1:
        return ()
    number = known[0] + (1 if match["behind"] else -1)
    return (number,) if number > 0 else ()


def with_year_beside(text: str, before: Background) -> str:
    """The question with the year it means by the one that was spoken of: 前一年那批呢, after 2024年."""
    match = _YEAR_BESIDE.search(text)
    years = set(
        _YEAR.findall(fold_query(before.question)) or _YEAR.findall(fold_query(before.answer))
    )
    if match is None or len(years) != 1 or _YEAR.search(text):
        return text
    year = int(*years) + (1 if match["behind"] else -1)
    return f"{text[: match.start()]}{year}年{text[match.end() :]}"


class FollowUps:
    """Understands questions about one library by what was asked and answered before them."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def background(self, text: str, history: Sequence[Turn]) -> Background:
        """The exchange meant: the first where the question says so (回到最开头), else the last."""
        exchanges = _exchanges(history)
        if not exchanges:
            return Background()
        while len(exchanges) > 1 and _doubted(fold_query(exchanges[-1].question), exchanges[-2]):
            exchanges.pop()
        if _asks("first_turn", text):
            return replace(exchanges[0], is_first=True)
        *earlier, last = exchanges
        before = earlier[-1] if earlier else Background()
        called = documents_called(
            fold_query(last.question), self._library, before.question, before.answer
        )
        last = replace(last, question=called.text)
        subject: list[str] = []
        for one in reversed(earlier):
            if self._has_subject(fold_query(subject[0] if subject else last.question)):
                break
            subject.insert(0, one.question)
        if _doubted(text, last) is not None:
            # What was answered may be wrong, and the question alone says what is meant.
            last = replace(last, answer="")
        return replace(last, subject=" ".join(subject))

    def person_before(self, before: Background, history: Sequence[Turn]) -> tuple[str, ...]:
        """Whom a pronoun means: those who were asked about, the one whom the answer named, or those of a question before.

        A list of somebody's tasks names others who share them, and they are not meant.
        """
        asked = mentioned_people(before.question, self._library)
        told = mentioned_people(before.answer, self._library)
        # The first sentence answers best; the rows of a table are all alike.
        lines = (one for one in before.answer.splitlines() if not one.startswith("|"))
        first = next(filter(None, (mentioned_people(one, self._library) for one in lines)), ())
        if asked or len(first) == 1:
            return asked or first
        earlier = (turn.content for turn in reversed(history) if turn.role == "user")
        found = (mentioned_people(one, self._library) for one in earlier)
        return next(filter(None, found), told)

    def gone_on(self, query: Query, before: Background, asked: AskedBefore) -> Query:
        """The query with what it takes over from the list that was asked for before it."""
        if _asks("continues", query.text):
            return self._continued(query, before, asked)
        if _asks("narrows", query.text):
            return self._narrowed(query, before, asked)
        if (same := self._of_the_same(query, before)) is not None:
            return same
        tasks = [task for one in self._library.within(query.documents) for task in one.tasks]
        if (again := of_the_same_list(query, asked(before.question), tasks)) is not None:
            return again
        if _asks("membership", query.text) and _ITSELF.search(query.text) and not query.units:
            return replace(query, units=self._only_body(before, query))
        if query.windows and _STAGE.search(query.text) and not specific_words(query):
            return self._as_a_stage(query, before, asked)
        if _ONE_MORE.search(query.text) and (one := self._with_one_more(query, before, asked)):
            return one
        return query

    def swapped(self, query: Query, before: Background, asked: AskedBefore) -> Query | None:
        """The list asked for before with another body, person or time in its place: 水务局呢，也是三个？."""
        if (later := self._of_another_time(query, before, asked)) is not None:
            return later
        if query.fields - asked_fields(before.question) or not _asks("swaps", query.text):
            return None
        if _OTHER_TASKS.search(query.text):
            return None  # 他剩下的任务呢 puts nobody in his place
        if _asks("continues", query.text) or _asks("narrows", query.text):
            return None
        earlier = asked(before.question)
        if not earlier.is_of_tasks and query.people and _WHOM.fullmatch(query.text):
            # 老街污水谁督导, 杜县长呢: another one's tasks.
            leading = {one.name for one in self._leaders(query)}
            if leading.issuperset(query.people) and not earlier.listed:
                return replace(query, operation=Operation.LIST_TASKS)
        if earlier.listed and not earlier.is_of_tasks:
            # 这两件谁验收: the list is that of the exchange before.
            earlier = replace(asked(earlier.earlier), fields=earlier.fields)
        if not earlier.is_of_tasks:
            return None
        role = next((mention.role for mention in earlier.units if mention.role), None)
        units = tuple(replace(one, role=one.role or role) for one in query.units)
        people = query.people
        same_kind = (units and earlier.units) or (people and earlier.people)
        if not same_kind:
            return None
        return replace(
            earlier,
            question=query.question,
            text=query.text,
            topic=query.topic,
            units=units,
            people=people,
            documents=query.documents or earlier.documents,
            notices=query.notices,
            operation=Operation.LIST_TASKS,
        )

    def _leaders(self, query: Query) -> Iterator[Person]:
        for parsed in self._library.within(query.documents):
            for task in parsed.tasks:
                yield from task.leaders

    def _of_another_time(
        self, query: Query, before: Background, asked: AskedBefore
    ) -> Query | None:
        """The list asked for before of what is due at another time: 再往后2025年底的有没有."""
        if not query.windows or query.units or query.people or query.task_numbers:
            return None
        if _asks("continues", query.text) or _asks("narrows", query.text):
            return None
        if specific_words(query) or points_at_one(query.text):
            return None
        earlier = asked(before.question)
        if not (earlier.is_of_tasks and earlier.windows):
            return None
        return replace(
            earlier,
            question=query.question,
            text=query.text,
            topic=query.topic,
            windows=query.windows,
            documents=query.documents or earlier.documents,
            notices=query.notices,
            operation=Operation.LIST_TASKS,
        )

    def number_before(self, text: str, before: Background) -> tuple[int, ...]:
        """The number of the one task that was asked about, where a question goes on from it: 这项谁牵头, after 第3项."""
        known = task_numbers(fold_query(before.question))
        if len(known) != 1 or _OTHER_TASKS.search(text) or _asks("continues", text):
            return ()
        goes_on = points_at_one(text) or (asked_fields(text) and not self._has_subject(text))
        return known if goes_on and not mentioned_units(text, self._library, None) else ()

    def listed(self, text: str, before: Background, scope: Sequence[str] | None) -> tuple[str, ...]:
        """Tasks that the answer before named, where the question is about them together: 这两个各谁牵头.

        One that names nothing and asks for a field is about all of a short list: 什么时候完成.
        """
        if _asks("together", text):
            return tuple(task.id for _, task in self._named_in(before.answer, scope))
        if points_at_one(text) or not asked_fields(text) or self._has_subject(text):
            return ()
        if any(_asks(name, text) for name in ("list", "count", "confirmation")):
            return ()
        tabled = self._tabled(before)
        return tabled if len(tabled) <= _SHORT_LIST else ()

    def _told(self, before: Background) -> tuple[str, ...]:
        """The ids of the tasks that the answer before has in a table of tasks, or names one after the other."""
        named = {task.id: None for _, task in self._named_in(before.answer, None)}
        return self._tabled(before) or (tuple(named) if len(named) > 1 else ())

    def _tabled(self, before: Background) -> tuple[str, ...]:
        """The ids of the tasks in the table of tasks that the answer before has; none where it has no such table."""
        rows = [one.split("|")[1:-1] for one in before.answer.splitlines() if one.startswith("|")]
        heads = [cell.strip() for cell in rows[0]] if rows else []
        if _TITLES not in heads:
            return ()
        place = heads.index(_TITLES)
        titles = {"".join(row[place].split()) for row in rows[1:] if len(row) > place}
        return tuple(
            task.id
            for parsed in self._library.documents
            for task in parsed.tasks
            if "".join(task.name.split()) in titles
        )

    def with_listed(self, text: str, before: Background) -> str:
        """The question with the title of the task that it means by its place in the list answered: 第一个干到哪了."""
        meant = _OF_LIST.match(text)
        if meant is None:
            return text
        scope = named_documents(fold_query(before.text), self._library) or None
        listed = [task for _, task in sorted(self._named_in(before.answer, scope), key=_place)]
        place = len(listed) if meant["last"] else parse_number(meant["place"] or "1") or 0
        if len(listed) < 2 or not 0 < place <= len(listed):
            return text
        title = fold_query(listed[place - 1].title.quote)
        return f"{title}{text[meant.end() :]}"

    def of_another_thing(self, text: str, before: Background) -> str:
        """The question before asked of another thing, or the next one asked of the same (see `another_thing`)."""
        if not before.question or before.is_first:
            return text
        scope = named_documents(fold_query(before.text), self._library) or None
        question, subject = fold_query(before.question), fold_query(before.subject)
        return asked_of_another(text, question, subject, self._library, scope)

    def _named_in(self, answer: str, scope: Sequence[str] | None) -> Iterator[tuple[int, Task]]:
        """The tasks that an answer names by their titles, each with where it stands there."""
        words = "".join(fold_query(answer).split())
        for parsed in self._library.within(scope):
            for task in parsed.tasks:
                title = "".join(fold_query(task.name).split())
                if len(task.title.quote) >= _SHORTEST_TITLE and title in words:
                    yield words.index(title), task

    def context(self, text: str, before: Background, named: Sequence[str]) -> str:
        """The earlier topic; its places are left out where the question names its own.

        A question that puts another subject in the place of the earlier one (那移动源那个呢) leaves only the
        field asked for to what was said before.
        """
        puts_another = _asks("swaps", text) or _OF_ITS_OWN.search(text)
        if not named and puts_another and self._names_a_subject(text):
            return ""
        if not named:
            earlier = fold_query(before.whole)
            return _without_years(earlier) if _YEAR.search(text) else earlier
        # Another place's document has its own years.
        return _without_years(topic_of(fold_query(before.question), self._library))

    def _has_subject(self, text: str) -> bool:
        """Whether a question names something that the documents speak of, beside its place and what it asks."""
        topic = topic_of(without_fields(text), self._library)
        known = self._library.folded()
        return any(
            len(word) > 1 and word in known and word not in generic_words() for word in nouns(topic)
        )

    def _names_a_subject(self, text: str) -> bool:
        """Whether a text has a word that stands in some title of the ledger."""
        titles = " ".join(
            task.title.quote for parsed in self._library.documents for task in parsed.tasks
        )
        words = cut(topic_of(text, self._library))
        return any(
            len(word) > 1 and word in titles and word not in generic_words() for word in words
        )

    def _narrowed(self, query: Query, before: Background, asked: AskedBefore) -> Query:
        """The query with the conditions of the list it goes on from (其中哪些…), where it has none of its own."""
        earlier = asked(before.question)
        units = as_conditions(query.text, query.units)
        shared = query.joint
        if shared is None and _asks("joint_of_list", query.text):
            shared = True
        by_time = query.windows or query.overdue or query.ongoing is not None
        narrows = bool(units or query.people or shared is not None or query.overdue)
        if by_time and not specific_words(query):
            narrows = True
        of_rows = self._has_conditions(query)
        # Bodies, persons and times of the list are taken over; what its rows decided only the table itself has.
        is_taken_over = earlier.is_of_tasks and not self._has_own_conditions(earlier)
        among = self._told(before) if (of_rows or narrows) and not is_taken_over else ()
        return replace(
            query,
            units=units or earlier.units,
            people=query.people or earlier.people,
            windows=query.windows or earlier.windows,
            documents=query.documents or earlier.documents,
            among=among,
            ongoing=earlier.ongoing if query.ongoing is None else query.ongoing,
            joint=earlier.joint if shared is None else shared,
            overdue=query.overdue or earlier.overdue,
            status=query.status or earlier.status,
            operation=Operation.LIST_TASKS
            if among or (earlier.is_of_tasks and (narrows or of_rows))
            else query.operation,
        )

    def _has_conditions(self, query: Query) -> bool:
        """Whether a question states a condition on tasks that their rows decide: 红灯的, 完成了的."""
        return query.status is not None or self._has_own_conditions(query)

    def _has_own_conditions(self, query: Query) -> bool:
        """Whether some of these are read from its own words alone."""
        return any(one.wording for one in task_conditions(query, self._library))

    def _with_one_more(self, query: Query, before: Background, asked: AskedBefore) -> Query | None:
        """Somebody's list that was asked for before, narrowed by the one condition that is all of the question: 有长期坚持的吗."""
        if among := self._with_conditions_of_rows(query, before):
            return among
        conditions = query.windows or query.overdue or query.ongoing is not None
        if not conditions or query.units or query.task_numbers or specific_words(query):
            return None
        earlier = asked(before.question)
        whose = query.people or earlier.people
        if not (earlier.is_of_tasks and (whose or earlier.wanted_units)):
            return None
        if query.people and query.people != earlier.people:
            return None
        return replace(
            query,
            units=earlier.units,
            people=whose,
            documents=query.documents or earlier.documents,
            operation=Operation.LIST_TASKS,
        )

    def _with_conditions_of_rows(self, query: Query, before: Background) -> Query | None:
        """The list answered before narrowed by a condition that its rows decide, or the other rows of which that is true.

        黄灯的呢 after a list of 红灯 asks for others.
        """
        tabled = self._tabled(before) if self._has_conditions(query) else ()
        if not tabled or query.task_numbers or query.units:
            return None
        wanted = replace(query, operation=Operation.LIST_TASKS)
        tasks = [
            TaskEntry(parsed.source, task)
            for parsed in self._library.within(query.documents)
            for task in parsed.tasks
            if task.id in tabled
        ]
        for condition in task_conditions(wanted, self._library):
            tasks = condition.keep(tasks)
        return replace(wanted, among=tabled) if tasks else wanted

    def _of_the_same(self, query: Query, before: Background) -> Query | None:
        """The other tasks of the person or body that was spoken of, that in the role it is asked in: 这个局手上还牵头别的吗."""
        if query.people and not query.units and _OTHER_TASKS.search(query.text):
            # 他手上另一个问题: what is said of the one is no condition on the others.
            return replace(
                query,
                task_numbers=(),
                fields=frozenset(),
                listed=(),
                remaining=False,
                operation=Operation.LIST_TASKS,
            )
        pointed = _SAME_BODY.search(query.text)
        if pointed is None or query.units or query.people or not _OTHER_TASKS.search(query.text):
            return None
        role = next((role for role, said in _ROLES_SAID if said.search(query.text)), None)
        for text in (before.answer, before.question):
            named = mentioned_units(fold_query(text), self._library, query.documents)
            own = [one for one in named if one.role is role] or (named if len(named) == 1 else ())
            if own:
                units = tuple(replace(one, role=role) for one in own)
                return replace(query, units=units, operation=Operation.LIST_TASKS)
        return None

    def _only_body(self, before: Background, query: Query) -> tuple[UnitMention, ...]:
        """The one body that the answer before named, without its role; empty where it named several."""
        named = mentioned_units(fold_query(before.answer), self._library, query.documents)
        return (replace(named[0], role=None),) if len(named) == 1 else ()

    def _as_a_stage(self, query: Query, before: Background, asked: AskedBefore) -> Query:
        """The query without its time where that is a stage of what was asked about: 年中要先干完几个."""
        earlier = asked(before.question)
        if earlier.is_of_tasks or query.units or query.people:
            return query
        return replace(
            query, windows=(), status=None, documents=query.documents or earlier.documents
        )

    def _continued(self, query: Query, before: Background, asked: AskedBefore) -> Query:
        """The list asked for before, where 还有呢 asks whether that was all of it."""
        earlier = asked(before.question)
        if not (earlier.is_of_tasks or earlier.wanted_units or earlier.people):
            return query
        return replace(
            earlier,
            question=query.question,
            documents=earlier.documents or query.documents,
            operation=Operation.LIST_TASKS,
            doubted=before.answer,
        )


def _without_years(text: str) -> str:
    return re.sub(r"(?:到|至)?(?:19|20)\d{2}年?", " ", text)


def _place(named: tuple[int, Task]) -> int:
    return named[0]


def _asks(operation: str, text: str) -> bool:
    return asks("operations", operation, text)
