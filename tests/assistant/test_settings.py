"""Settings come from `DUBAN_*` and `.env`; what is misspelt or invalid is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant import cli
from assistant.errors import AssistantError, SettingsError
from assistant.settings import Settings, load_settings


def test_defaults_work_without_any_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DUBAN_HOME")
    settings = load_settings()
    assert settings.documents == Path("documents")
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.embedding_model == ""
    assert settings.chroma_url == ""


def test_state_lies_beside_the_documents_by_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DUBAN_HOME")
    assert load_settings().state_folder == tmp_path / ".duban"
    monkeypatch.setenv("DUBAN_DOCUMENTS", str(tmp_path / "office" / "papers"))
    assert load_settings().state_folder == tmp_path / "office" / ".duban"


def test_state_lies_where_home_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "elsewhere"))
    assert load_settings().state_folder == tmp_path / "elsewhere"


def test_the_environment_sets_every_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_PORT", "8080")
    monkeypatch.setenv("DUBAN_HOST", "0.0.0.0")
    monkeypatch.setenv("DUBAN_EMBEDDING_MODEL", "/models/bge")
    settings = load_settings()
    assert (settings.port, settings.host) == (8080, "0.0.0.0")
    assert settings.embedding_model == "/models/bge"


def test_a_file_named_env_in_the_working_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DUBAN_PORT=8081\n", encoding="utf-8")
    assert load_settings().port == 8081


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DUBAN_PORT=8081\n", encoding="utf-8")
    monkeypatch.setenv("DUBAN_PORT", "8082")
    assert load_settings().port == 8082


def test_a_misspelt_variable_is_named_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_DOCUMENT", "documents")
    monkeypatch.setenv("DUBAN_PROT", "1")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert "DUBAN_DOCUMENT、DUBAN_PROT" in message
    assert "DUBAN_DOCUMENTS" in message
    assert "DUBAN_PORT" in message


def test_a_misspelt_line_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DUBAN_PROT=8081\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"(?i)duban_prot"):
        load_settings()


@pytest.mark.parametrize("port", ["http", "-1", "70000", "80.5"])
def test_an_invalid_port_is_named(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("DUBAN_PORT", port)
    with pytest.raises(SettingsError, match=r"(?m)(?i)DUBAN_PORT"):
        load_settings()


def test_variables_of_other_programs_are_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBANX_PORT", "1")
    monkeypatch.setenv("PORT", "1")
    assert load_settings().port == 7860


def test_settings_do_not_change_once_read() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]


def test_every_setting_is_described_for_the_readme() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_commands_tell_a_wrong_setting_and_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_PROT", "1")
    result = CliRunner().invoke(cli.main, ["doctor"])
    assert result.exit_code == 1
    assert "DUBAN_PROT" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wrong_setting_is_an_error_of_the_user() -> None:
    assert issubclass(SettingsError, AssistantError)
