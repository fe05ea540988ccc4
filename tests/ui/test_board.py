"""The board's rows, the addresses that filter it, and files by address."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from docx import Document
from hand_made import SentenceFinder
from icalendar import Calendar
from openpyxl import load_workbook
from starlette.testclient import TestClient

from assistant.app import Assistant
from assistant.ledger import Ledger, TaskFilter
from ingest.parse import parse_text
from ui.board import Board
from ui.conversation import Conversation, Exchange
from ui.identity import COOKIE
from ui.server import web_app
from ui.store import ConversationStore

DAY = date(2025, 12, 15)
USER = "c" * 32


@pytest.fixture(scope="module")
def board(corpus: Assistant) -> Board:
    return Board(corpus.documents())


@pytest.fixture
def client(corpus: Assistant, tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(web_app(corpus, tmp_path), cookies={COOKIE: USER}) as client:
        yield client


def test_every_task_is_a_row_with_the_states_of_the_ledger(board: Board, corpus: Assistant) -> None:
    rows = json.loads(board.as_json(DAY))["tasks"]
    ledger = Ledger(corpus.documents())
    assert [row["id"] for row in rows] == [entry.task.id for entry in ledger.tasks()]
    overdue = {entry.task.id for entry in ledger.tasks(TaskFilter(overdue_on=DAY))}
    assert {row["id"] for row in rows if "overdue" in row["states"]} == overdue
    soon = [row for row in rows if "soon" in row["states"]]
    assert soon
    assert all(DAY.isoformat() <= row["due"] <= "2026-01-14" for row in soon)


def test_what_needs_a_second_look_is_a_state_with_its_reason() -> None:
    text = (
        "白河县2026年整改任务清单\n一、污水直排\n牵头单位：县水务局、老王家\n整改时限：2026年6月\n"
        "二、扬尘\n牵头单位：县住建局\n整改时限：2026年6月\n"
    )
    rows = json.loads(Board([parse_text(text, "plan.txt", "0" * 64)]).as_json(DAY))["tasks"]
    assert ["review" in row["states"] for row in rows] == [True, False]
    assert "“老王家”不像单位名称" in rows[0]["hint"]


def test_a_task_is_quoted_field_by_field(board: Board, corpus: Assistant) -> None:
    entry = next(e for e in Ledger(corpus.documents()).tasks() if e.task.number == "十六")
    quotes = board.quotes(entry.task.id, DAY)
    assert [cited.number for cited, _ in quotes] == list(range(1, len(quotes) + 1))
    assert quotes[0][0].quote == entry.task.title.quote
    assert "牵头单位：区水务局" in {cited.quote.strip() for cited, _ in quotes}
    for cited, _ in quotes:
        assert entry.document.text[cited.start : cited.end] == cited.quote


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        ("武清由区水务局牵头的任务有哪些？", {"unit": ["区水务局"], "role": ["lead"]}),
        ("武清由水务局牵头的任务有哪些？", {"unit": ["区水务局"], "role": ["lead"]}),
        ("武清区哪些任务要求长期坚持？", {"status": ["ongoing"]}),
    ],
)
def test_a_list_opens_the_board_with_its_own_filter(
    board: Board, corpus: Assistant, question: str, conditions: dict[str, list[str]]
) -> None:
    tasks = board.cited(corpus.answer(question, as_of=DAY))
    wanted = corpus.asked_filter(question, (), DAY)
    assert wanted is not None
    query = parse_qs(board.address(wanted, tasks, DAY))
    assert query["doc"] == ["wuqing-2024-rectification-plan.txt"]
    assert conditions.items() <= query.items()


def test_a_list_that_no_filter_describes_names_its_tasks(board: Board) -> None:
    ids = [row["id"] for row in json.loads(board.as_json(DAY))["tasks"][:2]]
    query = parse_qs(board.address(TaskFilter(), ids, DAY))
    assert query["tasks"] == [",".join(one[:10] for one in ids)]


def test_a_question_for_one_fact_opens_no_board(corpus: Assistant) -> None:
    assert corpus.asked_filter("高村污水处理厂扩建什么时候完成？", (), DAY) is None


def test_asking_about_a_task_is_answered_from_it(board: Board, corpus: Assistant) -> None:
    for row in json.loads(board.as_json(DAY))["tasks"][::12]:
        answer = corpus.answer(board.question(row["id"]), as_of=DAY)
        assert not answer.refused, board.question(row["id"])


def test_follow_ups_are_answered_by_the_assistant(corpus: Assistant) -> None:
    question = "武清由区水务局牵头的任务有哪些？"
    answer = corpus.answer(question, as_of=DAY)
    from assistant.answer import Turn

    history = (Turn("user", question), Turn("assistant", answer.text))
    suggestions = corpus.suggestions(history, answer, DAY)
    assert len(suggestions) == 3
    assert question not in suggestions
    assert not any(corpus.answer(one, history, DAY).refused for one in suggestions)


def test_rows_come_compressed_to_a_browser(client: TestClient) -> None:
    answer = client.get("/board/tasks.json", params={"as_of": DAY.isoformat()})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["asOf"] == DAY.isoformat()


def exported(client: TestClient, form: str, count: int = 5) -> bytes:
    tasks = client.get("/board/tasks.json").json()["tasks"]
    ids = [task["id"] for task in reversed(tasks) if task["due"]][:count]
    answer = client.post(f"/export/tasks.{form}", json={"tasks": ids, "as_of": "2025-12-15"})
    assert answer.status_code == 200, answer.text
    assert form in answer.headers["content-disposition"]
    return answer.content


def test_a_spreadsheet_has_the_tasks_in_the_order_asked(client: TestClient) -> None:
    book = load_workbook(io.BytesIO(exported(client, "xlsx")))
    assert sum(sheet.max_row - 1 for sheet in book) == 5


def test_a_word_paper_has_a_heading_and_a_repeated_header(client: TestClient) -> None:
    paper = Document(io.BytesIO(exported(client, "docx")))
    assert paper.paragraphs[0].text == "督察整改任务清单"
    assert sum(len(table.rows) - 1 for table in paper.tables) == 5
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in paper.tables)
    assert paper.sections[0].page_width > paper.sections[0].page_height


def test_a_calendar_has_the_dated_tasks(client: TestClient) -> None:
    assert Calendar.from_ical(exported(client, "ics")).walk("VEVENT")


def test_what_is_no_form_or_date_is_refused(client: TestClient) -> None:
    body = {"tasks": [], "as_of": "2025-12-15"}
    assert client.post("/export/tasks.table", json=body).status_code == 404
    assert client.post("/export/tasks.exe", json=body).status_code == 422
    assert client.get("/board/tasks.json", params={"as_of": "gestern"}).status_code == 422


@pytest.fixture
def kept(corpus: Assistant, tmp_path: Path) -> Conversation:
    question = "武清由区水务局牵头的任务有哪些？"
    answer = corpus.answer(question, as_of=DAY)
    conversation = Conversation("d" * 32, (Exchange(question, DAY, answer=answer, running=False),))
    from datetime import UTC, datetime

    ConversationStore(tmp_path).save(USER, conversation, datetime(2025, 12, 15, tzinfo=UTC))
    return conversation


def test_a_conversation_as_a_word_paper(client: TestClient, kept: Conversation) -> None:
    answer = client.get(f"/export/conversations/{kept.id}.docx")
    paper = Document(io.BytesIO(answer.content))
    words = [paragraph.text for paragraph in paper.paragraphs]
    assert words[0] == words[1].removeprefix("1. ") == kept.exchanges[0].question
    assert [cell.text for cell in paper.tables[0].rows[0].cells][:2] == ["编号", "任务"]
    assert any("附件第十六部分" in line for line in words)


def test_a_conversation_as_markdown(client: TestClient, kept: Conversation) -> None:
    written = client.get(f"/export/conversations/{kept.id}.md").text
    assert f"## {kept.exchanges[0].question}" in written
    assert "- [1] 《武清区" in written


def test_nobody_exports_the_conversation_of_another(client: TestClient, kept: Conversation) -> None:
    client.cookies.set(COOKIE, "e" * 32)
    assert client.get(f"/export/conversations/{kept.id}.md").status_code == 404


def test_a_browser_gets_an_id_of_its_own(tmp_path: Path) -> None:
    app = web_app(SentenceFinder(), tmp_path)
    with TestClient(app) as client:
        first = client.get("/").cookies[COOKIE]
        assert "set-cookie" not in client.get("/").headers
        client.cookies.clear()
        assert client.get("/").cookies[COOKIE] != first
