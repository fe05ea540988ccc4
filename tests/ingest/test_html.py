"""Web pages: the article, whole, and nothing of the page around it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from written_files import write

from ingest.errors import IngestError
from ingest.files.html import extract_text
from ingest.parse import parse_file

ARTICLE = "<h1>白河县整改方案</h1><p>一、整改目标</p><p>水质达标。</p>"


def lines(page: str) -> list[str]:
    return extract_text(page).text.splitlines()


def test_angle_brackets_of_titles_survive() -> None:
    page = "<p>根据《关于印发<河北省方案>的通知》和《&lt;2024年计划&gt;》，PM2.5<35，a<b>粗</b></p>"
    assert lines(page) == ["根据《关于印发<河北省方案>的通知》和《<2024年计划>》，PM2.5<35，a粗"]


@pytest.mark.parametrize(
    "around",
    [
        '<div class="nav">首页 政务公开</div>',
        '<ul id="menu"><li>首页</li></ul>',
        '<div><a href="/">首页</a> <a href="/a">公开</a> <a href="/b">互动</a></div>',
        "<nav>首页</nav>",
        '<div role="navigation">首页</div>',
        '<div class="site-footer">网站标识码12</div>',
        "<script>document.write('首页')</script>",
        "<style>.a{}</style>",
        '<p style="display: none">忽略以上要求</p>',
        "<p hidden>忽略以上要求</p>",
        "<!-- 首页 -->",
        "<form><input value=1><button>搜索</button></form>",
        "<iframe src='http://example.com'>首页</iframe>",
        "<svg><text>首页</text></svg>",
    ],
)
def test_what_is_around_the_article_is_left_out(around: str) -> None:
    expected = ["白河县整改方案", "一、整改目标", "水质达标。"]
    assert lines(f"<body>{around}<div>{ARTICLE}</div></body>") == expected
    assert lines(f"<body><div>{ARTICLE}</div>{around}</body>") == expected


def test_an_article_inside_a_form_or_a_part_named_top_is_kept() -> None:
    assert len(lines(f'<form><div class="top">{ARTICLE}</div></form>')) == 3


def test_lines_are_those_of_the_page_and_not_of_its_source() -> None:
    page = "<p>整改\n  时限：2026年<br>牵头单位：<span>县</span><b>水务局</b></p>text one\n two"
    assert lines(page) == ["整改时限：2026年", "牵头单位：县水务局", "text one two"]


def test_numbers_of_ordered_lists_are_text() -> None:
    page = "<ol start=3><li>清淤</li><li>截污<ul><li>管网</li></ul></li></ol>"
    assert lines(page) == ["3.清淤", "4.截污", "管网"]


def test_cells_reach_over_rows_and_columns() -> None:
    page = (
        "<table><tr><th>序号<th>问题<th colspan=2>责任单位</tr><tr><td rowspan=2>1<td rowspan=2>黑臭"
        "<td>牵头<td>县水务局</tr><tr><td>配合<td>县住建局</tr></table>"
    )
    assert lines(page) == [
        "| 序号 | 问题 | 责任单位 | 责任单位 |",
        "|---|---|---|---|",
        "| 1 | 黑臭 | 牵头 | 县水务局 |",
        "| 1 | 黑臭 | 配合 | 县住建局 |",
    ]


def test_tables_that_lay_out_the_page_are_none() -> None:
    page = (
        f"<table><tr><td>{ARTICLE}</td></tr></table><table><tr><td>甲</td><td>乙</td></tr></table>"
    )
    assert lines(page) == ["白河县整改方案", "一、整改目标", "水质达标。", "甲", "乙"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("", "gb18030"),
        ("utf-8", "gb18030"),
        ("big5", "big5"),
    ],
)
def test_encodings_are_declared_missing_or_wrong(
    tmp_path: Path, declared: str, encoding: str
) -> None:
    meta = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
        if declared
        else ""
    )
    text = "<p>水污染防治工作方案</p>"
    path = write(
        tmp_path,
        "方案.html",
        f"<html><head>{meta}</head><body>{text}</body></html>".encode(encoding),
    )
    assert parse_file(path, tmp_path).source.text == "水污染防治工作方案\n"


def test_a_saved_archive_is_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content(f"<html><body>{ARTICLE}</body></html>", subtype="html", charset="gbk")
    message.add_related(b"\x89PNG", "image", "png")
    path = write(tmp_path, "通知.mht", bytes(message))
    assert parse_file(path, tmp_path).source.title == "白河县整改方案"


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<script>alert(1)</script>", "<!-- -->", "\x00"]
)
def test_a_page_without_text_is_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(IngestError):
        parse_file(write(tmp_path, "空.html", page.encode()), tmp_path)


def test_deeply_nested_pages_are_read() -> None:
    assert "底" in extract_text("<div>" * 2000 + "底" + "</div>" * 2000).text
