"""One plan and one list of tasks written as files of every format, by the libraries that write them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

PLAN = """青石县贯彻落实省生态环境保护督察反馈意见整改方案
为贯彻落实省生态环境保护督察反馈意见，根据《青石县关于印发<青石县督察整改工作办法>的通知》，制定本方案。
一、整改目标
到2026年底，全县PM2.5年均浓度控制在33微克/立方米以内，地表水优良水体比例达到75%。
二、组织保障
各镇人民政府、各部门要切实负起责任，定期研究调度，确保各项整改任务按期完成，对推进不力、进展缓慢、弄虚作假的单位和个人严肃追责问责。
附件
青石县整改任务清单
一、北河沿岸垃圾清理不及时
北河沿岸三公里存在积存垃圾，雨后冲入河道，影响下游考核断面水质，群众多次反映，属地政府与主管部门相互推诿，长期得不到解决。
责任领导：王建国
牵头单位：县水务局
责任单位：县城市管理局、北河镇、丁香镇人民政府
整改目标：北河沿岸无积存垃圾
整改时限：2026年6月底前
整改措施：
（一）全面清理北河沿岸积存垃圾，2026年3月底前完成。（责任单位：北河镇人民政府）
（二）建立河道保洁长效机制，按照属地管理、分级负责的原则，落实专人每日巡河，发现问题第一时间交办、限时办结并定期通报。（责任单位：县水务局）
二、餐饮油烟扰民
责任领导：李红
牵头单位：县城市管理局
责任单位：各镇人民政府、街道办事处
整改目标：油烟投诉量下降30%
整改时限：2026年12月并长期坚持
整改措施：
（一）安装油烟净化器120台。（责任单位：县城市管理局）
青石县人民政府
2026年1月15日
"""

LIST_TITLE = "青石县2026年突出生态环境问题整改任务清单"
LIST_HEAD = (
    *("序号", "整改任务", "整改目标", "整改措施"),
    *("责任领导", "牵头单位", "责任单位", "完成时限"),
)
LIST_ROWS = (
    (
        *("1", "北河沿岸垃圾清理不及时", "北河沿岸无积存垃圾"),
        "1.全面清理北河沿岸积存垃圾，2026年3月底前完成；\n2.建立河道保洁长效机制，落实专人每日巡河。",
        *("王建国", "县水务局", "县城市管理局、北河镇、丁香镇人民政府", "2026年6月底前"),
    ),
    (
        *("2", "餐饮油烟扰民", "油烟投诉量下降30%", "安装油烟净化器120台。"),
        *("李红", "县城市管理局", "各镇人民政府、街道办事处", "2026年12月并长期坚持"),
    ),
    (
        *("3", "青云河断面水质超标", "断面水质达到Ⅲ类", "新建污水管网12.5公里，改造提升泵站3座。"),
        *("赵玉兰", "县住房城乡建设局", "青云镇人民政府", "2027年底"),
    ),
)

Rows = Sequence[Sequence[str]]


def as_docx(lines: Sequence[str], table: Rows = ()) -> bytes:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        written = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(written.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def as_html(lines: Sequence[str], table: Rows = (), encoding: str = "utf-8") -> bytes:
    """A page as sites of Chinese governments have it, with its menus and its foot."""
    paragraphs = "\n".join(f"<p>　　{raw_angles(line)}</p>" for line in lines)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(c).replace(chr(10), '<br>')}</td>" for c in row) + "</tr>"
        for row in table
    )
    page = f"""<!DOCTYPE html>
<html><head><meta charset="{encoding}"><title>青石县人民政府</title>
<style>p {{ margin: 0 }}</style><script>document.write("<p>一、恶意标题</p>")</script></head>
<body><div class="header"><a href="/">首页</a> <a href="/zw">政务公开</a> <a href="/hd">互动</a></div>
<div class="content">{paragraphs}<table border="1">{rows}</table></div>
<div style="display:none">隐藏的文字</div>
<img src="http://example.com/x.png" onerror="alert(1)">
<div class="footer">主办：青石县人民政府办公室 网站标识码1234567890</div></body></html>"""
    return page.encode(encoding)


def raw_angles(text: str) -> str:
    """The angle brackets of titles as careless editors leave them, everything else escaped."""
    return escape(text).replace("&lt;", "<").replace("&gt;", ">")


def as_xlsx(title: str, table: Rows) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "清单"
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(table[0]))
    for row in table:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_csv(title: str, table: Rows, encoding: str = "gb18030") -> bytes:
    content = io.StringIO()
    csv.writer(content).writerows([[title, *[""] * (len(table[0]) - 1)], *table])
    return content.getvalue().encode(encoding)


def as_pdf(
    lines: Sequence[str], table: Rows = (), header: str = "", height: float = 842, repeat: int = 1
) -> bytes:
    """A printed document: first lines indented, running head and page number on each page."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK"
    )
    cell = ParagraphStyle("cell", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, alignment=1, firstLineIndent=0, fontSize=16)

    def decorate(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 9)  # type: ignore[attr-defined]
        canvas.drawString(72, height - 40, header)  # type: ignore[attr-defined]
        canvas.drawCentredString(297, 30, f"— {document.page} —")  # type: ignore[attr-defined]

    story: list[object] = [
        Paragraph(escape(line), title if index == 0 else body) for index, line in enumerate(lines)
    ]
    if table:
        rows = [[Paragraph(escape(c).replace("\n", "<br/>"), cell) for c in row] for row in table]
        written = LongTable(
            rows, colWidths=[451 / len(rows[0])] * len(rows[0]), repeatRows=repeat, splitInRow=1
        )
        written.setStyle([
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ])
        story.append(written)
    content = io.BytesIO()
    SimpleDocTemplate(content, pagesize=(595, height)).build(
        story, onFirstPage=decorate, onLaterPages=decorate
    )
    return content.getvalue()


def as_zip(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
