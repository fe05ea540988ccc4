"""Task lists written as a table: which lines are one, and what its columns and rows are (`ingest.row_tasks` reads these).

Tables of every format reach this module as Markdown pipe tables, or with tabs between the cells as they are pasted
into text. The header row says which column plays which role, by the same label vocabulary as labelled fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.blocks import Block, has_strokes, is_table_row, is_table_rule
from ingest.brackets import trim
from ingest.deadlines import Anchor, is_status, parse_deadline_field
from ingest.line_cells import may_head
from ingest.markers import role_in_document
from ingest.merged_cells import MergedCells, merged_cells, with_cells_above
from ingest.own_labels import coined_role
from ingest.records import Span
from ingest.responsibility import DUTY_ROLES, role_behind
from ingest.tab_rows import tab_cells
from ingest.vocabulary import load_vocabulary

_NUMBER_HEADS = ("序号", "编号", "序", "问题编号")
_TITLE_HEADS = (
    "问题",
    "具体问题",
    "任务名称",
    "问题名称",
    "项目",
    "工作",
    "工作名称",
)
_TITLE_ENDINGS = ("问题", "任务", "事项", "重点工作")

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the range of its line and those of its cells, of which one may stand in a row above.

    `name` is what stands above one that is a form (表1).
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the role of each column (empty where unknown) and its rows, with its headings and its title."""

    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    heads: tuple[str, ...] = ()
    caption: Span | None = None

    @property
    def is_list(self) -> bool:
        """Whether the table by itself is a list of tasks: it names them and two of their fields."""
        return "title" in self.roles and len(set(self.roles) - {""}) >= _FEWEST_ROLES

    def roles_beside_names(self) -> frozenset[str]:
        """The fields that the table tells of what its rows name or number."""
        return frozenset(self.roles) - {"", "number", "title"}


_MOST_ROWS_ABOVE = 4
_MOST_DROPPED = 2
_LONGEST_CAPTION = 60
_MOST_LINES_ABOVE = 2
_SENTENCE = re.compile("[。；;！!？?]")
_PARTICULARS = re.compile(r"[（(][^（()）]*[)）]$|[（(]?[^，,。]{2,8}[:：]")
_CONTINUED = re.compile(
    r"[^。；;]{0,60}[（(](?:接?续|续表|续上?表)[)）]|[（(]?续表?\d{0,2}[^。；;]{0,60}"
)
_FEWEST_ROLES = 3
# Whatever stands before them: 包案县领导, 截至9月30日进展.
_ENDINGS = (
    *(("leader", "领导"), ("status", "进展"), ("status", "状态"), ("status", "进度")),
    *(
        ("status", "办理情况"),
        ("status", "整改情况"),
        ("status", "完成情况"),
        ("status", "落实情况"),
    ),
    *(("deadline", "时限"), ("deadline", "期限")),
    *(
        ("problem", "问题基本情况"),
        ("problem", "问题摘要"),
        ("problem", "问题概况"),
        ("problem", "问题描述"),
    ),
)
# What a limit says and the day on which something was done does not.
_LIMITING = re.compile("[前底]|末$|以内|之内|长期|持续|常态|全年|立行立改|立即|待|尽快|个月内|日内")
# 计划销号时间 and 最迟时间 are to come, 计划开工时间 is when something begins.
_PLANNED = re.compile(
    r"(?:计划|预计|拟|最迟|最晚|限定|要求|规定|承诺)(?!.*(?:开工|启动|开始|进场|动工))"
)
_ANY_YEAR = Anchor(None, 2000, False)
# 已采取措施, 下一步措施: what was done so far, and what comes once that did not help.
_NOT_TO_DO = re.compile("已|下一?步|后续")
_PERSONS_TOO = re.compile(
    r"(?<=单位|部门|科室|乡镇|镇街|主体)\s*[及和与、/（(]+\s*\S{0,2}(?:责任人|负责人|领导)[）)]?"
)
# Of a label that is written with something before it.
_SHORTEST_ENDING = 4
# What only headings of columns are called in so few words.
_TABLE_ENDINGS = (
    *(("measures", "措施"), ("measures", "举措"), ("target", "目标")),
    *(
        ("responsible", f"责任{kind}")
        for kind in ("乡镇", "镇街", "街道", "企业", "体系", "落实", "安排")
    ),
)
# 受理编号 and 工单号 number the rows, 对应编号 those of another table.
_NUMBER_OF_ROW = re.compile(r"[\u4e00-\u9fff]{2,4}(?:编号|单号|序号|代码)|工单号|件号")
_NUMBER_ELSEWHERE = re.compile(r"(?:对应|关联|相关|所属|原).{0,6}(?:编号|单号|序号|号)$")
_IN_HAND = frozenset({"lead", "responsible"})
_TELLING_WHO = frozenset(DUTY_ROLES)
_TELLING_WHEN = frozenset({"deadline", "status", "closed"})


def find_tables(text: str, blocks: Sequence[Block]) -> list[Table]:
    """Tables whose header names at least a title and two fields of a task, or the number and one more.

    The latter are no list of tasks by themselves (`ingest.joined_tables`). The header is the line above the rule, with
    the lines around it that only its groups of columns are written in; it is repeated where the table goes on over
    another page.
    """
    tables = []
    merged = merged_cells(text)
    for above, group, drawn in _table_groups(blocks):
        cells = [_cells(text, block, drawn) for block in group]
        if drawn == "tabs":
            cells = _with_last_cells(cells)
        written = [_written(text, one) for one in cells]
        first, rule = 0, next((i for i, block in enumerate(group) if is_table_rule(block)), 0)
        if rule == 0:
            first = _pasted_head(written)
        heads, last = _headings(written, first, rule)
        roles = _roles_of_part(heads)
        body = [
            i
            for i in range(last, len(group))
            if i != rule and written[i] not in written[first:last] and written[i] != heads
        ]
        if body and roles:
            rows = _rows(text, heads, [group[i] for i in body], [cells[i] for i in body], merged)
            roles = with_limits(text, heads, roles, rows)
            roles = _with_coined(text, heads, roles, rows)
            tables.append(Table(roles, rows, tuple(heads), _caption(text, above)))
    return tables


def with_limits(
    text: str, heads: Sequence[str], roles: tuple[str, ...], rows: Sequence[Row]
) -> tuple[str, ...]:
    """The roles, with the limits in a column whose heading may mean them or something else.

    办结时间 is the day on which a thing was done, or by which it is to be; 序时进度 may tell of either. Where no column
    has the limits, one of these has that says when in every row that is not done, and somewhere as only a limit does.
    """
    if "deadline" in roles:
        return roles
    for column, head in enumerate(heads):
        if not bare_heading(head).endswith(tuple(load_vocabulary("tables")["when_heads"])):
            continue
        cells = [row.cells[column] for row in rows if column < len(row.cells)]
        filled = [cell for cell in cells if cell[0] < cell[1]]
        planned = _PLANNED.match(bare_heading(head)) is not None
        if 2 * len(filled) > len(rows) and _are_limits(text, filled, planned=planned):
            return tuple("deadline" if i == column else one for i, one in enumerate(roles))
    return roles


def _with_coined(
    text: str, heads: Sequence[str], roles: tuple[str, ...], rows: Sequence[Row]
) -> tuple[str, ...]:
    """The roles, with those of headings in words of the table's own, which its cells bear out: 由谁验收, 怎么改.

    A role that another column has is not given twice.
    """
    found = list(roles)
    for column, head in enumerate(heads):
        if found[column] or not head:
            continue
        cells = [row.cells[column] for row in rows if column < len(row.cells)]
        role = coined_role(bare_heading(head), _written(text, cells))
        found[column] = role if role not in found else ""
    return tuple(found)


def _are_limits(text: str, cells: Sequence[Cell], *, planned: bool) -> bool:
    due = [cell for cell in cells if not is_status(text[slice(*cell)])]
    tell = all(parse_deadline_field(text, *cell, _ANY_YEAR).tells_when for cell in due)
    limiting = planned or any(_LIMITING.search(one) for one in _written(text, due))
    return tell and limiting and 2 * len(due) > len(cells)


def _headings(written: Sequence[Sequence[str]], first: int, rule: int) -> tuple[list[str], int]:
    """The headings of the columns, and the number of the row below them.

    A row above the rule that does not go on with the one before it is a heading of its own.
    """
    heads, last = list(written[first]), first + 1
    while last < len(written):
        if last != rule or rule == 0:
            if _are_below(heads, written[last]):
                heads = _with_groups(heads, written[last])
            elif last < rule:
                heads = list(written[last])
            else:
                break
        last += 1
    return heads, last


def _are_below(heads: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row goes on with the headings above it: 牵头单位 and 配合单位 below 责任分工, nothing below 序号."""
    below = [one if one != head else "" for head, one in zip(heads, row, strict=False)]
    own = [i for i, one in enumerate(below) if one]
    groups = _groups(heads)
    if len(row) != len(heads) or not own or not all(below[i] or groups[i] for i in range(len(row))):
        return False
    across = any(heads[i] in ("", heads[i - 1]) for i in own if i)
    alone = [i for i in range(len(row)) if not below[i]]
    # A number in its column begins a row.
    numbers = any(heading_of_column(heads[i]) == "number" for i in own)
    known = any(heading_of_column(name) or is_column(name) for name in _names(groups, below, own))
    return across and known and bool(alone) and not numbers and all(may_head(below[i]) for i in own)


def _with_groups(heads: Sequence[str], row: Sequence[str]) -> list[str]:
    """The headings with those below them in their places."""
    below = [one if one != head else "" for head, one in zip(heads, row, strict=True)]
    own = [i for i, one in enumerate(below) if one]
    named = dict(zip(own, _names(_groups(heads), below, own), strict=True))
    return [named.get(i, head) for i, head in enumerate(heads)]


def _names(groups: Sequence[str], below: Sequence[str], own: Sequence[int]) -> Iterator[str]:
    """What the columns of groups are called: 单位 below 牵头 is 牵头单位, as 时间 that stands below two of them."""
    for i in own:
        whole, alike = groups[i] + below[i], below.count(below[i]) > 1
        tells_more = heading_of_column(whole) and not heading_of_column(below[i])
        yield whole if alike or tells_more else below[i]


def _groups(heads: Sequence[str]) -> list[str]:
    """Above each column its heading, or the one that reaches over it from the left."""
    groups: list[str] = []
    for head in heads:
        groups.append(head or (groups[-1] if groups else ""))
    return groups


def _rows(
    text: str,
    heads: Sequence[str],
    body: Sequence[Block],
    written: Sequence[Sequence[Cell]],
    merged: MergedCells,
) -> tuple[Row, ...]:
    """The rows with the cells that they share with the rows above; one that sums up the others is none."""
    filled = with_cells_above(text, heads, written, merged)
    return tuple(
        Row(block.start, block.end, cells)
        for block, cells in zip(body, filled, strict=True)
        if not _is_sum(_written(text, cells))
    )


def _is_sum(cells: Sequence[str]) -> bool:
    """Whether a row adds up the others: 合计 and figures."""
    first = next((one for one in cells if one), "")
    return first in load_vocabulary("tables")["totals"] and sum(map(bool, cells)) > 1


def _caption(text: str, above: Sequence[Block]) -> Span | None:
    """The line above a table that is its title; lines of particulars (填报日期：…) may stand between."""
    for line in reversed(above):
        if _PARTICULARS.match(line.text):
            continue
        if len(line.text) > _LONGEST_CAPTION or _SENTENCE.search(line.text):
            return None
        return Span(line.start, line.end, text[line.start : line.end])
    return None


def _pasted_head(written: Sequence[Sequence[str]]) -> int:
    """Where the header of a table begins that has no rule below it.

    What was pasted from a spreadsheet may have lines of particulars above it (填报单位：…, 填报日期：…).
    """
    for index in range(min(len(written), _MOST_ROWS_ABOVE)):
        if _roles_of_part(_headings(written, index, 0)[0]):
            return index
    return 0


def column_roles(heads: Sequence[str]) -> tuple[str, ...]:
    """The role of each column of a list of tasks by its heading; nothing where the row heads no such list."""
    roles = _roles(heads)
    return roles if Table(roles, ()).is_list else ()


def _roles(heads: Sequence[str]) -> tuple[str, ...]:
    roles = [heading_of_column(head) for head in heads]
    if not {"title", "problem"} & set(roles):
        # 问题及整改措施, with both in one cell.
        both = (i for i, head in enumerate(heads) if names_more(head))
        if (naming := next(both, None)) is not None:
            roles[naming] = "title"
    if "title" not in roles and "problem" in roles:
        roles[roles.index("problem")] = "title"
    if not _IN_HAND & set(roles) and "supervising" in roles:
        # The only body that a table names has the thing in hand: 监管单位 of a list of companies.
        roles[roles.index("supervising")] = "responsible"
    if "title" not in roles and _TELLING_WHO & set(roles) and _TELLING_WHEN & set(roles):
        # A list of outfalls or of petitions: what each row is of goes by a name, a place or what was said.
        words = load_vocabulary("tables")
        endings = (*words["naming_heads"], *words["owner_heads"])
        named = (
            i
            for i, head in enumerate(heads)
            if not roles[i] and bare_heading(head).endswith(endings)
        )
        if (naming := next(named, None)) is not None:
            roles[naming] = "title"
    if "title" in roles and "measures" not in roles:
        contents = load_vocabulary("tables")["content_heads"]
        after = range(roles.index("title") + 1, len(heads))
        names = [_WITH_BODIES.sub("", bare_heading(head)) for head in heads]
        if (first := next((i for i in after if names[i] in contents), 0)) > 0:
            roles[first] = "measures"
    if "status" not in roles and "closed" in roles:
        roles[roles.index("closed")] = "status"
    return tuple("" if one == "closed" else one for one in roles)


def _roles_of_part(heads: Sequence[str]) -> tuple[str, ...]:
    """The role of each column of a list of tasks, or of a table that may be part of one, which has numbers."""
    roles = _roles(heads)
    numbered = "number" in roles and set(roles) - {"", "number"}
    return roles if numbered or Table(roles, ()).is_list else ()


def _written(text: str, cells: Sequence[Cell]) -> list[str]:
    return [text[start:end] for start, end in cells]


def _table_groups(
    blocks: Sequence[Block],
) -> Iterator[tuple[list[Block], list[Block], str]]:
    """The lines above a table, its rows, which follow each other and are drawn alike, and how they are."""
    above: list[Block] = []
    group: list[Block] = []
    drawn = ""
    for block in blocks:
        if block.heads or (group and _titled_again(block, above)):
            continue
        if is_table_row(block) and (not group or _goes_on(group[0], drawn, block)):
            drawn = drawn if group else _drawn(block)
            group.append(block)
            continue
        if len(group) >= 2:
            yield above, group, drawn
        if is_table_row(block):
            above, group = ([] if group else above), [block]
            drawn = _drawn(block)
        else:
            above, group = [*([] if group else above), block][-_MOST_LINES_ABOVE:], []
    if len(group) >= 2:
        yield above, group, drawn


def _titled_again(line: Block, above: Sequence[Block]) -> bool:
    """Whether a line says that the table above it goes on below: its title once more, or …清单（续）."""
    again = any(line.text == one.text for one in above)
    return not is_table_row(line) and (again or _CONTINUED.fullmatch(line.text) is not None)


def _goes_on(first: Block, drawn: str, row: Block) -> bool:
    """Whether a row belongs to the table of another; where its first cell is empty it only looks framed."""
    if row.cells and not first.cells:
        return drawn != "framed"  # A heading between the rows.
    alike = first.text.count("|") == row.text.count("|")
    return _drawn(row) == drawn or (drawn == "strokes" and _is_piped(row) and alike)


def _drawn(row: Block) -> str:
    return "framed" if _is_piped(row) else "strokes" if has_strokes(row.text) else "tabs"


def _cells(text: str, row: Block, drawn: str) -> tuple[Cell, ...]:
    if row.cells:
        return row.cells
    if drawn == "tabs":
        cells = tab_cells(text, (row.start, row.end))
        return tuple(_unquoted(text, trim(text, *cell)) for cell in cells)
    piped: list[Cell] = []
    framed = drawn == "framed"
    begin = row.start + framed
    for position in range(begin, row.end):
        if text[position] == "|" and text[position - 1] != "\\":
            piped.append(trim(text, begin, position))
            begin = position + 1
    if begin < row.end or not framed:
        piped.append(trim(text, begin, row.end))
    return tuple(piped)


def _with_last_cells(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """The rows with the open cells at their ends, which what was pasted may lack."""
    width = len(rows[0])
    return [
        (*row, *((row[-1][1],) * 2 for _ in range(width - len(row))))
        if row and width - len(row) in range(1, _MOST_DROPPED + 1)
        else row
        for row in rows
    ]


def _unquoted(text: str, cell: Cell) -> Cell:
    """A cell without the quotation marks that a spreadsheet puts around one with line breaks."""
    start, end = cell
    quoted = end - start > 1 and text[start] == text[end - 1] == '"'
    return trim(text, start + 1, end - 1) if quoted and "\n" in text[start:end] else cell


def _is_piped(row: Block) -> bool:
    return row.text.startswith("|")


# 实施内容及分工: who has it stands in the cell of what is to be done.
_WITH_BODIES = re.compile(r"(?:以及|及|和|与)(?:任务|责任|职责)?分工$")
_WITH_TIMES = re.compile(
    r"(?P<first>.+?)(?:以及|及|和|与)(?:其)?(?:完成|整改|办结)?(?:时间|时限|期限)(?:节点|要求)?"
)
_NAME_AND_MORE = re.compile(r"(?P<first>.{2,8}?)(?:以及|及|和|与|、).{2,}")


def heading_of_column(heading: str) -> str:
    """The role of the column, or of the field of a form, that a heading names; empty where it is unknown."""
    if role := role_behind(heading):
        return role
    bare = bare_heading(_PERSONS_TOO.sub("", heading))
    if bare in load_vocabulary("tables")["part_heads"]:
        return "part"
    if bare in _NUMBER_HEADS or numbers_rows(bare):
        return "number"
    if bare in load_vocabulary("tables")["closed_heads"]:
        return "closed"
    if bare in _TITLE_HEADS:
        return "title"
    labels = load_vocabulary("labels")
    for role in (*DUTY_ROLES, "target", "deadline", "measures", "status", "problem"):
        # Below a heading 责任单位, one of 牵头 or 配合 is enough.
        known = next((one for one in (bare, f"{bare}单位") if one in labels[role]), "")
        if known:
            return role_in_document(known) or role
    # 整改措施及完成时间: the limits stand in the measures, and not the other way round.
    both = _WITH_TIMES.fullmatch(bare)
    if both and heading_of_column(both["first"]) == "measures":
        return "measures"
    if role := next((role for role, ending in _ENDINGS if bare.endswith(ending)), ""):
        return role
    if _NOT_TO_DO.match(bare):
        return ""
    # 县级责任单位, 预计完成时间: the longest label that a heading ends with, whatever stands before it.
    ending = max((one for one in _label_endings() if bare.endswith(one)), key=len, default="")
    if ending:
        return role_in_document(ending) or _label_endings()[ending]
    # 突出问题, 督察整改任务: whatever else they are called, they are what the rows are about.
    return "title" if bare.endswith(_TITLE_ENDINGS) else ""


@cache
def _label_endings() -> dict[str, str]:
    """The labels that are long enough to tell what a heading is that ends with one, with their roles."""
    labels = load_vocabulary("labels")
    roles = (*DUTY_ROLES, "target", "deadline", "measures")
    return {one: role for role in roles for one in labels[role] if len(one) >= _SHORTEST_ENDING} | {
        one: role for role, one in _TABLE_ENDINGS
    }


def names_persons_too(heading: str) -> bool:
    """Whether the cells below a heading of bodies name a person beside each: 责任单位及责任人."""
    return _PERSONS_TOO.search(heading) is not None


def names_more(heading: str) -> bool:
    """Whether a heading names what the rows are about and something else: 问题及整改措施."""
    both = _NAME_AND_MORE.fullmatch(bare_heading(heading))
    return both is not None and heading_of_column(both["first"]) in ("title", "problem")


def is_column(heading: str) -> bool:
    """Whether a heading is one that tables have beside the fields of a task: 行政区域, 是否属实, 备注."""
    words = load_vocabulary("tables")
    endings = (*words["sorting_heads"], *words["remark_heads"], *words["closed_heads"])
    bare = bare_heading(heading)
    return bare.endswith(endings) or bare.startswith("是否")


def numbers_rows(heading: str) -> bool:
    """Whether the cells below a heading number the rows: 受理编号, 工单号."""
    return _NUMBER_OF_ROW.fullmatch(heading) is not None and not refers_to_number(heading)


def refers_to_number(heading: str) -> bool:
    """Whether the cells below a heading are numbers of another table's rows: 对应表一序号."""
    return _NUMBER_ELSEWHERE.match(heading) is not None


def bare_heading(heading: str) -> str:
    """A heading without white space and what stands in brackets."""
    return re.sub(r"[\s*]|[（(].*?[)）]", "", heading)
