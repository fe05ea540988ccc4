"""Tables of answers as files."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from fastapi import FastAPI
from hand_made import SentenceFinder, cite, plan
from openpyxl import load_workbook
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.render import escape
from ui.access import Access, Gate
from ui.accounts import AccountStore
from ui.answer_tables import FORMS, Table, answer_table, in_order
from ui.board import Board
from ui.conversation import Conversation, Exchange
from ui.downloads import download_routes
from ui.following import Following
from ui.identity import COOKIE
from ui.store import ConversationStore

PLAN = plan()
CITED = cite(PLAN, "到2025年末，全区PM2.5年均浓度控制在36微克/立方米以下")
TEXT = (
    "先说一句。[1]\n\n| 指标 | 数值 | 出处 |\n|---|---|---|\n"
    f"| PM2.5 | 36{escape('[2]')} | [1] |\n| **优良** | =1+1 | |\n\n| 甲 |\n|---|\n| 乙 |\n"
)
ANSWER = Answer(TEXT, (CITED,))
REFERENCE = f"《{PLAN.source.title}》（和平政〔2025〕4号）第二部分第（二）条"


def table() -> Table:
    found = answer_table(ANSWER, 0, [PLAN.source])
    assert found
    return found


def test_marks_become_references_and_signs_go() -> None:
    assert table().head == ("指标", "数值", "出处")
    assert table().rows == (("PM2.5", "36[2]", REFERENCE), ("优良", "=1+1", ""))
    second = answer_table(ANSWER, 1, [])
    assert second == Table(("甲",), (("乙",),))
    assert answer_table(ANSWER, 2, []) is None


def test_rows_come_in_the_readers_order() -> None:
    assert in_order(table(), [1, 0]).rows == table().rows[::-1]
    for wrong in ([0], [0, 0], [1, 2], [5, -1]):
        assert in_order(table(), wrong) == table()


def test_no_form_runs_a_formula() -> None:
    sheet = load_workbook(io.BytesIO(FORMS["xlsx"](table(), "表"))).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows][2] == ["优良", "=1+1", None]
    assert sheet["B3"].data_type == "s"
    written = FORMS["csv"](table(), "表").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written)))[2] == ["优良", "'=1+1", ""]
    paper = Document(io.BytesIO(FORMS["docx"](table(), "空气质量")))
    assert paper.paragraphs[0].text == "空气质量"
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["PM2.5", "36[2]", REFERENCE]


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    store = ConversationStore(tmp_path)
    kept = Exchange("指标有哪些？", date(2025, 10, 1), answer=ANSWER, running=False)
    store.save("a" * 32, Conversation("b" * 32, (kept,)), datetime(2025, 10, 1))
    assistant = SentenceFinder(PLAN)
    app = FastAPI()
    app.add_middleware(Gate, access=Access(AccountStore(tmp_path), required=False))
    app.include_router(download_routes(Following(assistant, Board), store, assistant))
    return TestClient(app, cookies={COOKIE: "a" * 32})


def test_a_table_is_given_to_its_own_reader_only(client: TestClient) -> None:
    address = f"/export/tables/{'b' * 32}/0/0.csv"
    rows = list(
        csv.reader(io.StringIO(client.get(f"{address}?order=1,0").content.decode("utf-8-sig")))
    )
    assert [row[0] for row in rows] == ["指标", "优良", "PM2.5"]
    for wrong in ("/0/7.csv", "/3/0.csv", "/-1/0.csv", "/0/0.exe"):
        assert client.get(f"/export/tables/{'b' * 32}{wrong}").status_code == 404
    client.cookies.clear()
    assert client.get(address).status_code == 404
