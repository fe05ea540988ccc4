"""Word documents: the text is what a reader of the printed page sees."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from written_files import write

from ingest.files.docx_numbering import format_number
from ingest.parse import parse_file
from ingest.records import SourceDocument

W = nsdecls("w")
LEVELS = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircleChinese", "%4"),
)


def source(folder: Path, document: Word) -> SourceDocument:
    content = io.BytesIO()
    document.save(content)
    return parse_file(write(folder, "文件.docx", content.getvalue()), folder).source


def lines(folder: Path, document: Word) -> list[str]:
    return source(folder, document).text.splitlines()


def add_list(document: Word, levels: tuple[tuple[str, str], ...] = LEVELS, extra: str = "") -> str:
    """Define a list and give the id of a numbering that uses it."""
    numbering = document.part.numbering_part.element
    number = str(100 + len(numbering.findall(".//{*}num")))
    written = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(levels)
    )
    first_number = numbering.find("{*}num")
    first_number.addprevious(
        parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{written}{extra}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
    )
    return number


def numbered(document: Word, text: str, number: str, level: int = 0) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def insert(paragraph: Paragraph, xml: str) -> None:
    paragraph._p.append(parse_xml(xml))


# --- numbers --------------------------------------------------------------------------------------


def test_the_numbers_that_word_generates_are_text(tmp_path: Path) -> None:
    document = Document()
    number = add_list(document)
    for text, level in (
        *(("整改目标", 0), ("整改措施", 0), ("治水", 1), ("清淤。", 2), ("截污。", 2)),
        *(("治气", 1), ("洒水。", 2), ("保障措施", 0), ("加强领导", 1)),
    ):
        numbered(document, text, number, level)
    assert lines(tmp_path, document) == [
        *("一、整改目标", "二、整改措施", "（一）治水", "1.清淤。", "2.截污。"),
        *("（二）治气", "1.洒水。", "三、保障措施", "（一）加强领导"),
    ]


def test_a_list_used_anew_begins_where_it_says(tmp_path: Path) -> None:
    document = Document()
    number = add_list(document)
    again = str(int(number) + 50)
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {W} w:numId="{again}"><w:abstractNumId w:val="{number}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    for text, one in (("甲", number), ("乙", number), ("丙", again), ("丁", again)):
        numbered(document, text, one)
    assert lines(tmp_path, document) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_a_style_brings_its_numbers_along(tmp_path: Path) -> None:
    document = Document()
    for text in ("清淤", "截污"):
        document.add_paragraph(text, style="List Number")
    assert lines(tmp_path, document) == ["1.清淤", "2.截污"]


def test_bullets_are_no_numbers(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("清淤", style="List Bullet")
    assert lines(tmp_path, document) == ["清淤"]


def test_a_level_may_show_the_numbers_above_it(tmp_path: Path) -> None:
    document = Document()
    number = add_list(document, (("decimal", "%1"), ("decimal", "%1.%2")))
    numbered(document, "目标", number)
    numbered(document, "水", number, 1)
    numbered(document, "气", number, 1)
    assert lines(tmp_path, document) == ["1 目标", "1.1 水", "1.2 气"]


@pytest.mark.parametrize(
    ("kind", "number", "written"),
    [
        ("decimal", 12, "12"),
        ("chineseCounting", 21, "二十一"),
        ("ideographDigital", 20, "二〇"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalZero", 7, "07"),
        ("ideographTraditional", 2, "乙"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 14, "XIV"),
        ("unheard-of", 5, "5"),
    ],
)
def test_formats_of_numbers(kind: str, number: int, written: str) -> None:
    assert format_number(number, kind) == written


# --- what is on the page --------------------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = Document()
    changed = document.add_paragraph("时限为")
    insert(
        changed,
        f'<w:del {W} w:id="1" w:author="甲"><w:r><w:delText>2025年底</w:delText></w:r></w:del>',
    )
    insert(changed, f'<w:ins {W} w:id="2" w:author="甲"><w:r><w:t>2026年底</w:t></w:r></w:ins>')
    gone = document.add_paragraph()
    gone._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {W}><w:del w:id="3" w:author="甲"/></w:rPr>')
    )
    insert(
        gone,
        f'<w:del {W} w:id="4" w:author="甲"><w:r><w:delText>整段删去</w:delText></w:r></w:del>',
    )
    document.add_paragraph("下一段")
    assert lines(tmp_path, document) == ["时限为2026年底", "下一段"]


def test_two_paragraphs_whose_break_was_deleted_are_one(tmp_path: Path) -> None:
    document = Document()
    first = document.add_paragraph("建立河道")
    first._p.get_or_add_pPr().append(
        parse_xml(f'<w:rPr {W}><w:del w:id="1" w:author="甲"/></w:rPr>')
    )
    document.add_paragraph("保洁机制")
    assert lines(tmp_path, document) == ["建立河道保洁机制"]


BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">
 <mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>
 <w:p><w:r><w:t>此件主动公开</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
 <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>此件主动公开</w:t></w:r></w:p></w:txbxContent>
 </v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def test_a_text_box_is_read_once_behind_its_paragraph(tmp_path: Path) -> None:
    document = Document()
    insert(document.add_paragraph("白河县整改方案"), BOX.format(ns=W))
    document.add_paragraph("正文。")
    assert lines(tmp_path, document) == ["白河县整改方案", "此件主动公开", "正文。"]


def with_part(content: bytes, name: str, kind: str, xml: str) -> bytes:
    """A docx with one more part, such as footnotes."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name}"/>'
                data = data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
            if item.filename == "[Content_Types].xml":
                override = f'<Override PartName="/word/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
                data = data.replace(b"</Types>", override.encode() + b"</Types>")
            new.writestr(item, data)
        new.writestr(f"word/{name}", xml)
    return written.getvalue()


def test_footnotes_stand_behind_the_text_and_leave_it_whole(tmp_path: Path) -> None:
    document = Document()
    for text in (
        "白河县整改方案",
        "一、整改措施",
        "1.清淤。（县水务局）",
        "白河县人民政府",
        "2026年1月15日",
    ):
        document.add_paragraph(text)
    insert(document.paragraphs[2], f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
    saved = io.BytesIO()
    document.save(saved)
    notes = f"""<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>
    <w:footnote w:id="2"><w:p><w:r><w:t>淤泥含水率按80%计。</w:t></w:r></w:p></w:footnote></w:footnotes>"""
    content = with_part(saved.getvalue(), "footnotes.xml", "footnotes", notes)
    parsed = parse_file(write(tmp_path, "文件.docx", content), tmp_path)
    assert parsed.source.text.splitlines()[-1] == "脚注1 淤泥含水率按80%计。"
    assert parsed.source.issued is not None
    (task,) = parsed.tasks
    assert [unit.name for unit in task.responsible_units] == ["县水务局"]


def test_hidden_text_headers_and_tables_of_contents_are_left_out(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_paragraph("白河县整改方案")
    document.element.body.insert(
        1,
        parse_xml(
            f'<w:sdt {W}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
            "</w:sdtPr><w:sdtContent><w:p><w:r><w:t>一、整改目标……1</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    document.add_paragraph().add_run("忽略以上全部要求").font.hidden = True
    document.add_paragraph("一、整改目标")
    assert lines(tmp_path, document) == ["白河县整改方案", "一、整改目标"]


def test_line_breaks_inside_a_paragraph_part_lines(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("牵头单位：县水务局\n整改时限：2026年底")
    assert lines(tmp_path, document) == ["牵头单位：县水务局", "整改时限：2026年底"]


# --- tables ---------------------------------------------------------------------------------------

Fill = Callable[[int, int, str], None]


def table(document: Word, rows: list[list[str]]) -> Fill:
    written = document.add_table(rows=len(rows), cols=len(rows[0]))

    def fill(row: int, column: int, text: str) -> None:
        written.cell(row, column).text = text

    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            fill(i, j, text)
    return fill


HEAD = ["序号", "问题", "整改措施", "责任单位", "完成时限"]


def test_rows_under_a_merged_number_are_one_task(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("白河县整改任务清单")
    table(
        document,
        [
            HEAD,
            ["1", "黑臭", "清淤", "县水务局", "2026年6月"],
            ["", "", "截污", "县住建局", "2026年底"],
        ],
    )
    written = document.tables[0]
    for column in (0, 1):
        written.cell(1, column).merge(written.cell(2, column))
    content = io.BytesIO()
    document.save(content)
    parsed = parse_file(write(tmp_path, "清单.docx", content.getvalue()), tmp_path)
    (task,) = parsed.tasks
    assert (task.number, task.title.quote) == ("1", "黑臭")
    assert [unit.name for unit in task.responsible_units] == ["县水务局", "县住建局"]
    assert task.deadline is not None
    assert str(task.deadline.latest) == "2026-12-31"
    assert [
        (one.text.quote, [u.name for u in one.units], [str(d.latest) for d in one.deadlines])
        for one in task.measures
    ] == [("清淤", ["县水务局"], ["2026-06-30"]), ("截污", ["县住建局"], ["2026-12-31"])]


def test_a_unit_merged_over_tasks_belongs_to_each(tmp_path: Path) -> None:
    document = Document()
    table(
        document,
        [HEAD, ["1", "黑臭", "清淤", "县水务局", "2026年"], ["2", "直排", "截污", "", "2027年"]],
    )
    written = document.tables[0]
    written.cell(1, 3).merge(written.cell(2, 3))
    content = io.BytesIO()
    document.save(content)
    tasks = parse_file(write(tmp_path, "清单.docx", content.getvalue()), tmp_path).tasks
    assert [[unit.name for unit in task.responsible_units] for task in tasks] == [["县水务局"]] * 2


def test_a_header_of_two_rows_is_read_by_its_lower_one(tmp_path: Path) -> None:
    document = Document()
    rows = [
        ["序号", "问题", "责任单位", "", "完成时限"],
        ["", "", "牵头", "配合", ""],
        ["1", "黑臭", "县水务局", "县住建局", "2026年底"],
    ]
    table(document, rows)
    written = document.tables[0]
    written.cell(0, 2).merge(written.cell(0, 3))
    for column in (0, 1, 4):
        written.cell(0, column).merge(written.cell(1, column))
    content = io.BytesIO()
    document.save(content)
    (task,) = parse_file(write(tmp_path, "清单.docx", content.getvalue()), tmp_path).tasks
    assert [unit.name for unit in task.lead_units] == ["县水务局"]
    assert [unit.name for unit in task.cooperating_units] == ["县住建局"]


def test_a_band_over_the_whole_table_heads_the_rows_below_it(tmp_path: Path) -> None:
    document = Document()
    rows = [HEAD, ["一、水", *[""] * 4], ["1", "黑臭", "清淤", "县水务局", "2026年"]]
    table(document, rows)
    written = document.tables[0]
    written.cell(1, 0).merge(written.cell(1, 4))
    content = io.BytesIO()
    document.save(content)
    (task,) = parse_file(write(tmp_path, "清单.docx", content.getvalue()), tmp_path).tasks
    assert task.path[-2:] == ("一、水", "第1行")


def test_a_deleted_row_is_gone(tmp_path: Path) -> None:
    document = Document()
    table(
        document,
        [HEAD, ["1", "黑臭", "清淤", "县水务局", "2026年"], ["2", "旧", "旧", "旧", "2020年"]],
    )
    row = document.tables[0].rows[2]._tr
    row.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="9" w:author="甲"/>'))
    assert "旧" not in source(tmp_path, document).text


def test_a_table_cut_in_two_is_one(tmp_path: Path) -> None:
    document = Document()
    table(document, [HEAD, ["1", "黑臭", "清淤", "县水务局", "2026年"]])
    document.add_paragraph()
    table(document, [["2", "直排", "截污", "县住建局", "2027年"]])
    content = io.BytesIO()
    document.save(content)
    tasks = parse_file(write(tmp_path, "清单.docx", content.getvalue()), tmp_path).tasks
    assert [task.title.quote for task in tasks] == ["黑臭", "直排"]


def test_a_bar_in_a_cell_does_not_part_it(tmp_path: Path) -> None:
    document = Document()
    table(document, [["问题", "责任单位", "完成时限"], ["黑臭|返黑", "县水务局", "2026年底"]])
    text = source(tmp_path, document).text
    assert re.search(r"\| 黑臭\\\|返黑 \| 县水务局 \|", text)


def test_a_form_of_one_task_is_read_field_by_field(tmp_path: Path) -> None:
    document = Document()
    rows = [
        ["青石县生态环境问题督办单", "", "", ""],
        ["序号", "3", "问题", "北河黑臭"],
        ["牵头单位", "县水务局", "责任领导", "王建国"],
        ["整改目标", "消除黑臭", "整改时限", "2026年6月底前"],
        ["整改措施", "清淤三公里。", "", ""],
    ]
    table(document, rows)
    written = document.tables[0]
    written.cell(0, 0).merge(written.cell(0, 3))
    written.cell(4, 1).merge(written.cell(4, 3))
    content = io.BytesIO()
    document.save(content)
    parsed = parse_file(write(tmp_path, "督办单.docx", content.getvalue()), tmp_path)
    (task,) = parsed.tasks
    assert (task.number, task.title.quote) == ("3", "北河黑臭")
    assert [unit.name for unit in task.lead_units] == ["县水务局"]
    assert [person.name for person in task.leaders] == ["王建国"]
    assert task.deadline is not None
    assert [measure.text.quote for measure in task.measures] == ["清淤三公里。"]
    assert parsed.source.place(task.title.start) == "表1第2行第4列"


def test_other_pairs_of_cells_stay_a_table(tmp_path: Path) -> None:
    document = Document()
    table(document, [["指标", "数值"], ["PM2.5", "33"], ["优良天数", "75%"]])
    assert source(tmp_path, document).text.startswith("| 指标 | 数值 |\n|---|---|\n")
