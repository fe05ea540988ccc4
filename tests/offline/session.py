"""Ingest, ask, eval and the interface, one after the other in one process: `python session.py QUESTIONS STATE`."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

import httpx

from assistant.app import open_assistant
from assistant.cli import main
from assistant.settings import load_settings
from ui.command import free_port
from ui.server import start

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP
QUESTION = "北河沿岸垃圾清理不及时由哪个单位牵头？"


def bring_loopback_up() -> None:
    """In a network of its own a process begins without even that."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        request = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(handle, _GET_FLAGS, request))[1]
        fcntl.ioctl(handle, _SET_FLAGS, struct.pack("16sh", b"lo", flags | _UP))


def run(*arguments: str) -> None:
    try:
        main(list(arguments))
    except SystemExit as ended:
        assert not ended.code, arguments  # noqa: PT017 - no test: this is a program


def interface(state: Path) -> None:
    running = start(
        open_assistant(load_settings()), "127.0.0.1", port := free_port("127.0.0.1", 0), state
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as page:
            assert "督办" in page.get("/").raise_for_status().text
            assert page.get("/board/tasks.json").raise_for_status().json()["tasks"]
            asked = {"messages": [{"role": "user", "content": QUESTION}]}
            reply = page.post("/v1/chat/completions", json=asked).raise_for_status().json()
            assert "县水务局" in reply["choices"][0]["message"]["content"]
    finally:
        running.close()


if __name__ == "__main__":
    if os.environ.get("OFFLINE_TEST_OWN_NETWORK"):
        bring_loopback_up()
        del os.environ["OFFLINE_TEST_OWN_NETWORK"]
    questions, state = sys.argv[1:]
    run("ingest")
    run("ask", QUESTION)
    run("eval", "--questions", questions)
    run("doctor")
    interface(Path(state))
