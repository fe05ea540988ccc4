"""Records to JSON and back, exactly."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Record = TypeVar("Record")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(type[Any], kind))


def encode(record: object) -> str:
    """The JSON of a record dataclass."""
    return _adapter(cast(Hashable, type(record))).dump_json(record).decode("utf-8")


def decode(kind: type[Record], payload: str) -> Record:
    """The record of type `kind` that `payload` was made from.

    Raises:
        pydantic.ValidationError: a `ValueError`; the payload is not such a record.
    """
    record: Record = _adapter(cast(Hashable, kind)).validate_json(payload)
    return record
