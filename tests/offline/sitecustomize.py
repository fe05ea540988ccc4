"""Python imports this by itself where it is on the path: no process may reach another machine.

What was tried is written to the file in OFFLINE_TEST_REFUSED, because a library may swallow the error.
"""

from __future__ import annotations

import ipaddress
import os
import sys

_CONTACTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_LOOK_UPS = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}


def _stays_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name == "localhost"
    return address.is_loopback or address.is_unspecified


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event in _CONTACTS:
        address = arguments[_CONTACTS[event]]
        host = address[0] if isinstance(address, tuple) else "localhost"
    elif event in _LOOK_UPS:
        host = arguments[_LOOK_UPS[event]]
    else:
        return
    if not _stays_here(host):
        with open(os.environ["OFFLINE_TEST_REFUSED"], "a", encoding="utf-8") as file:
            file.write(f"{event} {host!r}\n")
        raise OSError(f"{event}: there is no network")


if "OFFLINE_TEST_REFUSED" in os.environ:
    sys.addaudithook(_guard)
