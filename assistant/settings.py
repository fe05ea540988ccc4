"""Every setting of Duban, read once from `DUBAN_*` in the environment or `.env`."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from ingest.files.limits import Limits

PREFIX = "DUBAN_"


class Settings(BaseSettings):
    """All settings; the README's table is made from these descriptions."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        extra="forbid",
        frozen=True,
        # The value of a misspelt setting may be a key.
        hide_input_in_errors=True,
    )

    documents: Path = Field(
        Path("documents"), description="folder with the documents to answer from"
    )
    home: Path | None = Field(
        None,
        description="folder for Duban's own state; default `.duban` beside the documents folder",
    )
    embedding_model: str = Field(
        default="",
        description="sentence-transformers folder or hub id, or the model's name at the embeddings endpoint; "
        "empty uses the built-in model",
    )
    embedding_base_url: str = Field(
        default="",
        description="address of an OpenAI-compatible embeddings endpoint, ending in `/v1`; empty runs the "
        "model on this machine",
    )
    embedding_api_key: SecretStr = Field(
        default=SecretStr(""), description="key of the embeddings endpoint; never shown or stored"
    )
    reranker: str = Field(
        default="",
        description="sentence-transformers cross-encoder, a folder or hub id, that reorders the best "
        "sentences found; empty does without",
    )
    chat_model: str = Field(
        default="",
        description="name of a chat model at the chat endpoint; empty writes by the built-in composer",
    )
    chat_base_url: str = Field(
        default="",
        description="address of an OpenAI-compatible chat endpoint, ending in `/v1`",
    )
    chat_api_key: SecretStr = Field(
        default=SecretStr(""), description="key of the chat endpoint; never shown or stored"
    )
    chat_connect_timeout: float = Field(
        default=10, gt=0, description="seconds to wait for a connection to the chat endpoint"
    )
    chat_first_token_timeout: float = Field(
        default=60,
        gt=0,
        description="seconds to wait for the first token of a reply, retries included",
    )
    chat_timeout: float = Field(
        default=180, gt=0, description="seconds a whole reply may take, a model's thinking included"
    )
    chat_context: int = Field(
        default=16384,
        ge=2048,
        description="tokens that fit into the chat model's context; what ranks last is left out",
    )
    chat_lookups: int = Field(
        default=4,
        ge=0,
        le=20,
        description="how often the chat model may look something up for one answer; 0 offers it no tools",
    )
    record_dir: Path | None = Field(
        None,
        description="folder to write what is sent to the chat endpoint and what it replies; no keys",
    )
    chroma_url: str = Field(
        default="", description="address of a Chroma server; empty uses an embedded store"
    )
    max_file_mb: int = Field(
        default=100,
        ge=1,
        description="largest file that is read, in MB; what it unpacks to may be five times that",
    )
    max_file_pages: int = Field(
        default=1000, ge=1, description="most pages of a PDF file or a scanned picture that is read"
    )
    max_file_seconds: int = Field(
        default=900,
        ge=1,
        description="longest time to read one file, in seconds; recognising a scanned page takes a few",
    )
    max_file_memory_mb: int = Field(
        default=3072,
        ge=512,
        description="most memory that reading one file may take, in MB; not enforced on Windows",
    )
    max_documents: int = Field(
        default=5000, ge=1, description="most files that the page takes into the documents folder"
    )
    host: str = Field(default="127.0.0.1", description="address the chat page listens on")
    port: int = Field(default=7860, ge=0, le=65535, description="port the chat page listens on")
    require_sign_in: bool = Field(
        default=False,
        description="ask for an account on this machine's own address too, as behind a reverse proxy; on any "
        "other address it is always asked for",
    )

    @property
    def state_folder(self) -> Path:
        """Where the store and everything else that Duban writes lives."""
        return self.home if self.home is not None else self.documents.resolve().parent / ".duban"

    @property
    def limits(self) -> Limits:
        """The bounds on each file that is read."""
        return Limits(
            size_mb=self.max_file_mb,
            pages=self.max_file_pages,
            seconds=self.max_file_seconds,
            memory_mb=self.max_file_memory_mb,
        )


def load_settings() -> Settings:
    """Read the settings and reject misspelt `DUBAN_*` variables.

    Raises:
        SettingsError: a value is invalid, or a variable with our prefix names no setting.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(
            f"未知的设置项：{'、'.join(unknown)}。可用的设置项：{'、'.join(sorted(known))}"
        )
    try:
        return Settings()
    except ValidationError as exc:
        names = "、".join(f"{PREFIX}{str(error['loc'][0]).upper()}" for error in exc.errors())
        raise SettingsError(f"设置项的取值无效（环境变量或 .env）：{names}") from exc
