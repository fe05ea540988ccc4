"""Addresses and keys of OpenAI-compatible services, as people paste them into settings."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit


def is_web_address(address: str) -> bool:
    """Whether an address is http or https with a host and, if any, a valid port."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_sendable(key: str) -> bool:
    """Whether a key may stand in a header. Checked early: the HTTP client would quote the key in its complaint."""
    return all("!" <= character <= "~" for character in key)


def shown_address(url: str) -> str:
    """The address as it may be shown and stored: without a user name and password."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
