"""Other models than the built-in one, through the commands: changing them, asking with them, `duban doctor`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from embeddings_server import DIMENSION, EmbeddingsServer, Reply, running
from tiny_models import WIDTH, make_cross_encoder, make_encoder

from assistant.cli import main
from assistant.settings import load_settings

PLAN = """白石县水污染防治工作方案

一、主要目标
到2024年底，全县新建污水管网12公里。

二、重点任务
县水务局负责清理黑臭水体，2024年6月底前完成。
"""
QUESTION = "白石县要新建多少公里污水管网？"
KEY = "sk-0123456789abcdef"


def duban(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def succeeds(*arguments: str) -> str:
    result = duban(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def answers() -> bool:
    return "12公里" in succeeds("ask", QUESTION)


@pytest.fixture(autouse=True)
def _documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(folder))


@pytest.fixture
def server() -> Iterator[EmbeddingsServer]:
    with running() as server:
        yield server


@pytest.fixture
def _endpoint(server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name the service."""
    monkeypatch.setenv("DUBAN_EMBEDDING_BASE_URL", server.url)
    monkeypatch.setenv("DUBAN_EMBEDDING_API_KEY", KEY)
    monkeypatch.setenv("DUBAN_EMBEDDING_MODEL", "some-model")


@pytest.mark.slow
def test_changing_the_model_says_what_to_run_and_never_mixes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    succeeds("ingest")
    assert answers()
    monkeypatch.setenv("DUBAN_EMBEDDING_MODEL", str(make_encoder(tmp_path / "other")))
    refused = duban("ask", QUESTION)
    assert refused.exit_code == 1
    assert "duban ingest" in refused.stderr
    assert "duban ingest" in duban("doctor").stdout
    assert json.loads(succeeds("ingest", "--json"))["added"] == ["plan.txt"]
    assert answers()
    assert f"other（{WIDTH} 维）" in succeeds("doctor")
    # What the first model had is still there.
    monkeypatch.delenv("DUBAN_EMBEDDING_MODEL")
    assert json.loads(succeeds("ingest", "--json"))["unchanged"] == ["plan.txt"]
    assert answers()


@pytest.mark.usefixtures("_endpoint")
def test_an_endpoint_is_used_for_ingesting_and_asking(server: EmbeddingsServer) -> None:
    succeeds("ingest")
    assert any("新建污水管网12公里" in text for asked in server.requests for text in asked.texts)
    ingested = len(server.requests)
    assert answers()
    assert len(server.requests) > ingested
    assert {asked.authorization for asked in server.requests} == {f"Bearer {KEY}"}


@pytest.mark.usefixtures("_endpoint")
def test_doctor_asks_the_endpoint(server: EmbeddingsServer) -> None:
    succeeds("ingest")
    said = succeeds("doctor")
    assert f"✓ 向量模型：some-model（{DIMENSION} 维，服务 {server.url}）" in said
    assert KEY not in said


@pytest.mark.usefixtures("_endpoint")
def test_an_endpoint_that_refuses_the_key_is_reported_without_it(server: EmbeddingsServer) -> None:
    succeeds("ingest")
    server.replies += [Reply(401, f"wrong key {KEY}")] * 2
    checked = duban("doctor")
    assert checked.exit_code == 1
    assert "✗ 向量模型" in checked.stdout
    asked = duban("ask", QUESTION)
    assert asked.exit_code == 1
    for said in (checked.output, asked.output):
        assert "DUBAN_EMBEDDING_API_KEY" in said
        assert KEY not in said


def test_an_endpoint_without_a_model_is_reported(
    server: EmbeddingsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUBAN_EMBEDDING_BASE_URL", server.url)
    result = duban("ingest")
    assert result.exit_code == 1
    assert "DUBAN_EMBEDDING_MODEL" in result.stderr


def test_the_key_is_shown_neither_by_the_settings_nor_by_a_mistake_in_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DUBAN_EMBEDDING_API_KEY", KEY)
    settings = load_settings()
    assert KEY not in f"{settings} {settings!r} {settings.model_dump_json()}"
    Path(".env").write_text(f"DUBAN_EMBEDDING_API_KEYS={KEY}\n", encoding="utf-8")
    result = duban("doctor")
    assert result.exit_code == 1
    assert "embedding_api_keys" in result.stderr.lower()
    assert KEY not in result.output


@pytest.mark.slow
def test_a_reranker_is_used_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    succeeds("ingest")
    assert "重排模型" not in succeeds("doctor")
    model = str(make_cross_encoder(tmp_path / "reranker"))
    monkeypatch.setenv("DUBAN_RERANKER", model)
    assert f"✓ 重排模型：{model}" in succeeds("doctor")
    assert answers()
    monkeypatch.setenv("DUBAN_RERANKER", str(make_encoder(tmp_path / "encoder")))
    result = duban("doctor")
    assert result.exit_code == 1
    assert "✗ 重排模型" in result.stdout


def test_a_reranker_that_is_not_there_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    succeeds("ingest")
    monkeypatch.setenv("DUBAN_RERANKER", str(tmp_path / "nowhere"))
    for command in (("doctor",), ("ask", QUESTION)):
        result = duban(*command)
        assert result.exit_code == 1
        assert "DUBAN_RERANKER" in result.output
