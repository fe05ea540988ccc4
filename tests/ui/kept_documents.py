"""A documents folder of its own, ingested for real, and an intake that changes it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hand_made import PLAN

from assistant.commands.ingest import ensure_ingested
from assistant.live import LiveAssistant
from assistant.settings import Settings
from ui.intake import Action, Intake, Job

NOTICE = """关于开展秋冬季扬尘治理的通知

一、工作目标
到2026年末，青石镇道路积尘负荷控制在每平方米0.73克以下。
二、责任单位
由青石镇城建办负责落实。
"""
CHANGED = NOTICE.replace("0.73", "0.58")


@dataclass(frozen=True, slots=True)
class Kept:
    """The folder with whoever answers from it."""

    settings: Settings
    assistant: LiveAssistant
    intake: Intake

    @property
    def folder(self) -> Path:
        return self.settings.documents

    def files(self) -> list[str]:
        return sorted(file.name for file in self.folder.iterdir() if file.is_file())

    def paths(self) -> set[str]:
        return {one.source.path for one in self.assistant.documents()}

    def answer(self) -> str:
        return self.assistant.answer("青石镇道路积尘负荷控制在多少？").text

    def upload(self, name: str, content: bytes, *, replace: bool = False) -> Job:
        """Upload a file as the page does, and wait for what comes of it."""
        path, staged = self.intake.stage(name, len(content), replace=replace)
        staged.write_bytes(content)
        return self.done(Job(Action.REPLACE if replace else Action.ADD, path, staged=staged))

    def empty(self) -> None:
        """Remove all files but the plan."""
        others = [name for name in self.files() if name != PLAN.name]
        for job in [self.intake.submit(Job(Action.DELETE, name)) for name in others]:
            self.ended(job)

    def done(self, job: Job) -> Job:
        return self.ended(self.intake.submit(job))

    def ended(self, job: Job) -> Job:
        deadline = time.monotonic() + 120
        while not job.ended and time.monotonic() < deadline:
            time.sleep(0.02)
        assert job.ended
        return job


@contextmanager
def kept_documents(place: Path) -> Iterator[Kept]:
    folder = place / "documents"
    folder.mkdir()
    shutil.copy(PLAN, folder)
    settings = Settings(documents=folder, home=place / "home")
    ensure_ingested(settings)
    assistant = LiveAssistant(settings)
    intake = Intake(settings, assistant)
    try:
        yield Kept(settings, assistant, intake)
    finally:
        intake.close()
        assistant.close()
