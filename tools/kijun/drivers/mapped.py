"""What all drivers that work by a mapping file do alike: look for the environment they need, and greet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Protocol

from kijun.model.driver import PROTOCOL_VERSION, Message
from kijun.model.errors import ConfigurationError, Position, Problem

DRIVER_VERSION = "1"


class Declared(Protocol):
    """What every mapping file says of the product."""

    @property
    def operations(self) -> Mapping[str, Any]: ...
    @property
    def isolation(self) -> str: ...
    @property
    def parallel_sessions(self) -> int: ...
    @property
    def clock_control(self) -> bool: ...
    @property
    def environment(self) -> frozenset[str]: ...


def check_environment(mapping: Declared, at: Position) -> None:
    """Raises ConfigurationError with every variable that the file asks for and nobody set."""
    missing = sorted(name for name in mapping.environment if not os.environ.get(name))
    hint = "実行の前にその変数を設定してください。"
    if missing:
        raise ConfigurationError([Problem(at, f"環境変数 {name} がありません。", hint) for name in missing])


def greeting(mapping: Declared, identity: Message) -> Message:
    """The answer to hello."""
    return {
        "identity": identity,
        "driver_version": DRIVER_VERSION,
        "protocol": PROTOCOL_VERSION,
        "operations": sorted(mapping.operations),
        "isolation": mapping.isolation,
        "parallel_sessions": mapping.parallel_sessions,
        "clock_control": mapping.clock_control,
    }
