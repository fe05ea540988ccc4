"""Whether a question asks to reckon with figures of the text: what is left of a total (还剩几台), a sum (一共几公里), a difference (差几个)."""

from __future__ import annotations

import re

from assistant.proof.quantities import quantities
from assistant.vocabulary import asks, wording

POINTS = "个百分点"
# 几个点, 多少号人, 几个亿
_SPOKEN = (
    (re.compile(r"^(?:个)?(?:百分)?点(?!位|源)"), POINTS),
    (re.compile(r"^[号个]?人(?![工大均])"), "人"),
    (re.compile(r"^个?亿(?!元)"), "亿元"),
    (re.compile(r"^方(?![案面式向])"), "立方米"),
    (re.compile(r"^回(?![收用填头迁])"), "次"),
    # 几个微克
    (re.compile(r"^个微克"), "微克"),
    (re.compile(r"^个毫克"), "毫克"),
    (re.compile(r"^个分贝"), "分贝"),
)
# 24年 and the 24 of 24、25年; no stretch of time (20年内).
_YEARS = re.compile(
    r"(?<![\d.])(?:20[1-4]\d(?![\d.])|2\d(?=(?:[、和跟与]2\d)?这?两?年(?![内度以之里])))"
)
_YEAR_STRETCH = re.compile(r"(?<![\d.])(20[1-4]\d|2\d)年?(?:到|至|-|—|~|～)(20[1-4]\d|2\d)年")
_SHORT_YEAR = 2
_LONGEST_UNIT = 4
_UNIT = re.compile(r"^[\d.,\s]+")
_PART_BREAK = re.compile(r"[,，。;；?？:：]")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]*[、和跟与,，][^()（）]*)[)）]\S{0,2}$")
# 甲和乙两个镇, 钢铁、水泥三类: how many there are is no part.
_HOW_MANY = re.compile(
    r"(?:这|那)?[两二三四五几](?:个|类|级|家|块|样|种|项|处|座|条|镇|乡|村|区|县|市|街道|笔|拨|头|方面|者|厂|站|套)"
)
_JOINERS = (
    r"[、和跟与]|以及|还有|再加上?|加上|连同|连上|外加|算上",
    r"[加连]",
)
# （分局划来的不算）, 不算信访的
_LEFT_OUT = re.compile(
    r"[(（](?P<aside>[^()（）]{2,24}?)(?:的)?(?:都|也)?(?:不算|不计|不含|不包括|除外|不要)[^()（）]{0,6}[)）]"
    r"|[,，](?P<clause>[^,，。;；?？()（）]{2,16}?)(?:的)?(?:都|也)?(?:不算|不计|不含|除外|不要)(?:在内|进去|进来)?(?=[,，。?？]|$)"
    r"|(?:不算|不含|不包括|不计|除了?|除去|扣除|刨去)(?P<named>[^,，。;；?？()（）]{2,12}?)(?:的|之外|以外|外)?(?=[,，。;；?？()（）]|$)"
)
_COUNT = re.compile(r"(?:几|多少)(?:万|千|百)?")
_STAGES = re.compile(r"([一二三四上下])[、和跟与]?([一二三四上下])(期|季度|半年)")
_GRADES = re.compile(r"([一二三四五甲乙丙丁a-d])(级|类|期|档|批|季度)([一二三四五甲乙丙丁a-d])\2")
# 遴选的，再加8月招录的 goes on behind its mark; 前后 is said of all parts.
_GOES_ON = re.compile(r"[,，](?=再加|加上|还有|外加|连[同上带]|算上|以及)")
_OF_ALL_PARTS = re.compile(r"[,，\s]*(?:前前后后|前后|他们|它们|大概|全都?)$")
_THIS_YEAR = re.compile(r"今年|本年度?|当年")
_LAST_YEAR = re.compile(r"去年|上一?年度?(?!.?[底末])|头年")
_HOW_MUCH = re.compile(r"(?:几|多少|多[长大])$")
_ASKS_DAYS_LEFT = re.compile(
    r"(?:还(?!差)|离|距|剩).{0,16}(?:多少天|几天|多少日|几日|多久|几个月)|(?:多少天|几天|多久).{0,6}(?:到期|到点|截止)"
)
_SHORTEST_PART = 2
_ONE_LETTER = re.compile(r"^[a-z]$")
_COMPARED = (
    re.compile(
        r"(?P<one>[^,，。;；?？]{2,}?)(?<![占同环])(?:比(?![例率重较值])|较(?![好大差]))(?P<other>[^,，。;；?？]{1,14}?)"
        r"(?:多|少|高|低|长|短|大|小|重|轻|贵|往[上下]|[上下]升|涨|降|增|减|超)[^,，。;；?？]{0,6}?(?:多少|几)"
    ),
    re.compile(
        r"(?P<one>[^,，。;；?？]{2,}?)(?:和|跟|与|同)(?P<other>[^,，。;；?？]{2,14}?)"
        r"(?:之间|两[个家者头])?(?:[的]?差距|相?差)(?:了|出)?[^,，。;；?？]{0,3}?(?:多少|几)"
    ),
    re.compile(
        r"(?P<one>[^,，。;；?？]{2,}?)(?:和|跟|与|同)(?P<other>[^,，。;；?？]{2,14}?)"
        r"(?:相?比)?[,，]?(?:哪|谁)[^。?？]*?(?:多|少|高|低|长|短|大|小|重|差)(?:了|出)?(?:多少|几)"
    ),
)
# 补贴还差多少: of money that is owed or paid the unit goes without saying.
_SAYS_NO_MORE = re.compile(r"(?:钱|没|未|呢|[,，。?？!！]|$)")
_NO_UNIT = re.compile(r"[,，。?？!！(（]|没|未|呢|$")
_MONEY = re.compile(r"补贴|补助|补偿|奖补|资金|经费|拨款|款项|钱|罚款|工程款")


def asked_remainder(text: str) -> str | None:
    """The unit that what is left is asked in, as the question has it; None where nothing of the kind is asked.

    Empty where the unit goes without saying: 已经完成多少，还差多少, 还有多长没修.
    """
    pattern = wording("reckonings", "remainder")
    unit = _unit_after(pattern, text)
    if unit is None and any(_NO_UNIT.match(text, one.end()) for one in pattern.finditer(text)):
        return ""
    if unit is None and asks("reckonings", "extent_left", text):
        return ""
    return unit


def remainders_apart(text: str) -> list[tuple[str, str]]:
    """The clauses of a question each of which asks what is left, with their units: 清淤还差几公里、管道还差几公里.

    Empty where there are not several.
    """
    clauses = [one for one in re.split(r"[、,，;；。]", text) if one]
    asked = [(one, unit) for one in clauses if (unit := asked_remainder(one))]
    return asked if len(asked) > 1 else []


def asked_gap(text: str) -> str | None:
    """The unit in which it is asked how far two figures of one thing are apart, be it as what is left, as the other part
    or as what one has above the other; empty where the unit goes without saying, None where nothing of the kind is asked.
    """
    left, other = asked_remainder(text), asked_other_part(text)
    if left is not None or other is not None:
        return left if left is not None else other[1] if other else None
    beyond = _unit_after(wording("reckonings", "beyond"), text)
    if beyond is not None:
        return beyond
    rise = _unit_after(wording("reckonings", "rise"), text)
    if rise is not None:
        return rise
    return "" if asks_rise(text) or asks("reckonings", "more_or_less", text) else None


def asked_count(text: str) -> str | None:
    """The unit in which a question asks how many there are: 几台; None where it asks none."""
    return _unit_after(_COUNT, text)


def asks_days_left(text: str) -> bool:
    """Whether a question asks how long it is to a limit: 还剩几天."""
    return _ASKS_DAYS_LEFT.search(text) is not None


def asked_idle(text: str) -> str | None:
    """The unit in which a question asks how many of some things stand idle: 趴窝的有几座; None where it asks no such."""
    return _unit_after(wording("reckonings", "idle"), text)


def asks_spare(text: str) -> bool:
    """Whether a question asks what a works could still take in: 还有多少余量, 还能再接多少."""
    return asks("reckonings", "spare", text)


def asked_added(text: str) -> str | None:
    """The unit in which a question asks how many more there are than there were: 新添了几家; None where it asks no such."""
    return _unit_after(wording("reckonings", "added"), text)


def asks_share(text: str) -> bool:
    """Whether a question asks for a share: 占几成."""
    return asks("reckonings", "share", text)


def asked_other_part(text: str) -> tuple[str, str] | None:
    """The part of a whole that a question asks for, and its unit: 下半年还得几辆; None where it asks for none."""
    pattern = wording("reckonings", "other_part")
    match, unit = pattern.search(text), _unit_after(pattern, text)
    return (match["asked"], unit) if match is not None and unit is not None else None


def counted_too(text: str) -> list[str]:
    """What a question wants to be counted as well: 阶段性 of 阶段性的也算没了结."""
    found = wording("reckonings", "counted_too").finditer(text)
    return [one["kind"] or one["kind_"] for one in found]


def asks_wholly(text: str) -> bool:
    """Whether nothing counts as done but what is wholly done: 没彻底了结."""
    return asks("reckonings", "wholly", text)


def asked_sum(text: str) -> str | None:
    """The unit that a sum is asked in, or that of the figure it is set against; None where none is asked.

    Empty where the unit goes without saying: 一期二期总长.
    """
    unit = _unit_after(wording("reckonings", "sum"), text)
    total = quantities(asked_total(text))
    if unit is None and total:
        return _UNIT.sub("", total[0].written)
    if unit is None:
        unit = _unit_after(wording("reckonings", "sum_joined"), text)
    return "" if unit is None and asks("reckonings", "sum_bare", text) else unit


def summed_parts(text: str) -> list[str]:
    """The parts that a question names before it asks what they come to: 甲 and 乙 of 甲跟乙加起来几家.

    The first may begin with what leads up to it, and the last end with what all of them are. Where nothing joins them
    it is one stretch (甲区乙区两个区).
    """
    total = wording("reckonings", "sum").search(text) or wording("reckonings", "sum_bare").search(
        text
    )
    if total is not None and total.start():
        return _joined(text[: total.start()])
    joined = total or wording("reckonings", "sum_joined").search(text)
    return _joined(_HOW_MUCH.sub("", text[: joined.end()])) if joined is not None else []


def without_left_out(text: str) -> tuple[str, str]:
    """A question without what it leaves out of a sum, and that: 分局划来 of （分局划来的不算）."""
    named = [one for match in _LEFT_OUT.finditer(text) for one in match.groups() if one]
    return _LEFT_OUT.sub("", text), " ".join(named)


def _joined(text: str) -> list[str]:
    """The parts that the end of a text joins by name, or that end itself, where it may name several unjoined (甲乙两区)."""
    text = _GOES_ON.sub("", _OF_ALL_PARTS.sub("", text.rstrip(" ,，")))
    listed = _IN_BRACKETS.search(text)
    stretch = listed.group(1) if listed else _PART_BREAK.split(text.rstrip(" ,，"))[-1]
    stretch = _STAGES.sub(r"\1\3、\2\3", stretch)
    if not any(re.search(joiner, stretch) for joiner in _JOINERS):
        stretch = _GRADES.sub(r"\1\2、\3\2", stretch)
    for joiner in _JOINERS:
        parts = [
            (_HOW_MANY.sub("", one) or one).strip().removesuffix("的")
            for one in re.split(joiner, stretch)
        ]
        parts = [one for one in parts if len(one) >= _SHORTEST_PART or _ONE_LETTER.match(one)]
        if len(parts) > 1:
            return parts
    return [stretch]


def compared_parts(text: str) -> tuple[tuple[str, str], str] | None:
    """The two things that a question sets against each other and the unit it asks in: 甲区的管网比乙区多几公里.

    The unit is empty where it goes without saying; None where the question compares no two things by name.
    """
    for pattern in _COMPARED:
        if found := pattern.search(text):
            return (found["one"], found["other"]), _unit_after(pattern, text) or ""
    return None


def years_compared(text: str, own: int | None) -> tuple[int, int] | None:
    """The two years that a question sets against each other, this year being the one of a document: 今年比去年."""
    named = sorted(map(int, asked_years(text)))
    this, last = _THIS_YEAR.search(text), _LAST_YEAR.search(text)
    if own is not None:
        named += [own] if this or (last and not named) else []
        named += [min(named) - 1] if last else []
    years = sorted(set(named))
    return (years[0], years[1]) if len(years) == 2 else None


def with_years(part: str, own: int | None) -> str:
    """A part with the year for this year and last year, as the text of a year would call them."""
    if own is None:
        return part
    return _LAST_YEAR.sub(f"{own - 1}年", _THIS_YEAR.sub(f"{own}年", part))


def asked_total(text: str) -> str:
    """The figure that a question sets a sum against (加起来够不够186公里); empty where it names none."""
    match = wording("reckonings", "total").search(text)
    read = quantities(text[match.start() :]) if match else []
    return read[0].written.strip() if read else ""


def asked_of_all(text: str) -> str | None:
    """The unit in which a question asks what all of a kind come to: 两套一块儿开一天处理多少吨; None where it asks none."""
    return _unit_after(wording("reckonings", "of_all"), text)


def asked_of_period(text: str) -> tuple[str, str] | None:
    """The stretch of time for which a question asks how much, and in which unit: 一年下来至少几次."""
    pattern = wording("reckonings", "of_period")
    match, unit = pattern.search(text), _unit_after(pattern, text)
    if match is None or unit is None:
        return None
    whole = next(one for one in ("半年", "季度", "年") if one in match.group())
    return whole, unit


def asked_years(text: str) -> frozenset[str]:
    """The years that a question names, with those in between where it names a stretch: 2023年到25年, 24、25年."""
    named = {_full(year) for year in _YEARS.findall(text)}
    for first, last in _YEAR_STRETCH.findall(text):
        named.update(map(str, range(int(_full(first)), int(_full(last)) + 1)))
    return frozenset(named)


def _full(year: str) -> str:
    return year if len(year) > _SHORT_YEAR else f"20{year}"


def asks_rise(text: str) -> bool:
    """Whether a question asks how much one year has above another: 比上年多几个村, 26年比25年少几户."""
    return asks("reckonings", "rise", text)


def goes_a_year_back(text: str) -> bool:
    """Whether a question sets a year against the one before it: 跟前一年比."""
    return asks("reckonings", "year_before", text)


def asks_same_time_before(text: str) -> bool:
    """Whether a question asks what something was at the same time of the year before: 去年同期."""
    return asks("reckonings", "same_time_before", text)


def asks_change(text: str) -> bool:
    """Whether a question asks how far a level rises or falls."""
    return asks("reckonings", "change", text)


def changed_together(text: str) -> list[str]:
    """The things of which a question asks by how much they change together: 一厂 and 二厂 of 一厂和二厂合计能多处理多少."""
    asked = wording("reckonings", "changes").search(text)
    parts = _joined(text[: asked.start()].replace(",", "")) if asked is not None else []
    return parts if len(parts) > 1 else []


def _unit_after(pattern: re.Pattern[str], text: str) -> str | None:
    for match in pattern.finditer(text):
        rest = text[match.end() :]
        for spoken, unit in _SPOKEN:
            if spoken.match(rest):
                return unit
        if _SAYS_NO_MORE.match(rest) and _MONEY.search(text):
            return "万元"
        # The longest beginning of the rest that is a unit behind a figure.
        for length in range(min(_LONGEST_UNIT, len(rest)), 0, -1):
            read = quantities(f"2{rest[:length]}")
            if len(read) == 1 and read[0].unit and read[0].end == length + 1:
                return rest[:length]
    return None
