"""`duban chat`: serve the page on this machine."""

from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING

import click

from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.live import LiveAssistant
    from ui.intake import Intake
    from ui.protocol import Assistant

_LOOPBACK = "localhost,127.0.0.1,::1"
_ANY_ADDRESS = ("0.0.0.0", "::")


@click.command()
@click.option("--host", help="监听地址，默认取 DUBAN_HOST（127.0.0.1）")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="端口，默认取 DUBAN_PORT（7860），0 为任选"
)
def chat(host: str | None, port: int | None) -> None:
    """启动网页，在浏览器里提问。"""
    from ui.intake import Intake

    settings = _settings(host, port)
    sign_in = requires_sign_in(settings)
    # Loading takes seconds, so a port that is taken is reported before it.
    chosen_port = free_port(settings.host, settings.port)
    assistant = _ready_assistant(settings)
    intake = Intake(settings, assistant)
    try:
        serve(assistant, settings, chosen_port, require_sign_in=sign_in, intake=intake)
    finally:
        intake.close()


def requires_sign_in(settings: Settings) -> bool:
    """Whether everybody has to sign in: on any address but this machine's own, and where a setting says so.

    Raises:
        click.ClickException: they would have to, and there is no account to sign in with.
    """
    from ui.access import listens_to_this_machine_only
    from ui.accounts import AccountStore

    local = listens_to_this_machine_only(settings.host)
    required = settings.require_sign_in or not local
    if required and not AccountStore(settings.state_folder).all():
        why = (
            "DUBAN_REQUIRE_SIGN_IN 要求登录"
            if local
            else f"别的电脑也能访问 {settings.host}，必须登录才能使用"
        )
        advice = "" if local else "只在本机使用时，请去掉 --host 和 DUBAN_HOST。"
        raise click.ClickException(
            f"{why}，但还没有账号。请先建立一个，再启动：duban users add 账号名 --role admin。{advice}"
        )
    return required


def free_port(host: str, port: int) -> int:
    """The port itself, or any free one for 0.

    Raises:
        click.ClickException: the port is taken, or the address is not one of this machine.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, proto) as probe:
            if os.name == "posix":
                # As the server does, so that a port just given back is not reported as taken.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as exc:
        raise click.ClickException(
            f"无法在 {host}:{port} 启动：端口已被占用或地址不可用（{exc.strerror or exc}）。"
            "请关闭占用端口的程序，或用 --port 换一个端口，例如 duban chat --port 7861。"
        ) from exc


def _settings(host: str | None, port: int | None) -> Settings:
    given = {"host": host, "port": port}
    return load_settings().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )


def _ready_assistant(settings: Settings) -> LiveAssistant:
    """An assistant with documents, whose slow parts are loaded by answering a first question."""
    from assistant.commands.ingest import ensure_ingested
    from assistant.live import LiveAssistant

    ensure_ingested(settings)
    click.echo("正在加载……", err=True)
    assistant = LiveAssistant(settings)
    assistant.warm_up()
    assistant.follow()
    return assistant


def serve(
    assistant: Assistant,
    settings: Settings,
    port: int,
    *,
    require_sign_in: bool = False,
    intake: Intake | None = None,
) -> None:
    """Serve the page until it is interrupted."""
    _stay_local()
    from ui.originals import Originals
    from ui.server import start

    originals = Originals(settings.documents, settings.state_folder, settings.limits)
    running = start(
        assistant,
        settings.host,
        port,
        settings.state_folder,
        originals,
        require_sign_in=require_sign_in,
        intake=intake,
    )
    shown = "127.0.0.1" if settings.host in _ANY_ADDRESS else settings.host
    try:
        click.echo(f"督办已启动：http://{shown}:{port}", err=True)
        click.echo("按 Ctrl+C 停止。", err=True)
        while running.is_running:
            time.sleep(0.5)
    except KeyboardInterrupt:
        click.echo("督办已停止。", err=True)
    finally:
        running.close()


def _stay_local() -> None:
    """Keep Gradio from reporting usage, and from asking a proxy for this very machine."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), _LOOPBACK)))
