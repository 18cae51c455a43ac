"""Somebody else's system: how to reach it. One module per transport; they do not know each other."""

from __future__ import annotations

from importlib.metadata import entry_points
from types import TracebackType
from typing import Protocol

from kijun.model.driver import Driver
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.statement import SystemUnderTest


class System(Protocol):
    """A system under test that can be spoken to over several connections."""

    def connect(self) -> Driver:
        """Open one more connection. Raises ConnectionLost."""
        ...

    def shut(self) -> None:
        """Release everything; never raises."""
        ...


class Approach:
    """Reaches a system in two steps, and leaves it.

    One that we start ourselves takes a second for it, in which the suite can be read; somebody else's is left alone
    until everything has been checked.
    """

    def __init__(self) -> None:
        self._system: System | None = None

    def __enter__(self) -> Approach:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._system:
            self._system.shut()

    def begin(self, sut: SystemUnderTest) -> None:
        """Start a system of our own."""
        if sut.driver == "reference":
            self._system = reach(sut)

    def arrive(self, sut: SystemUnderTest) -> System:
        """The system. Raises ConfigurationError, ConnectionLost."""
        self._system = self._system or reach(sut)
        return self._system


def reach(sut: SystemUnderTest) -> System:
    """The system that sut.yaml names. Raises ConfigurationError for an unknown driver."""
    if sut.driver == "stdio":
        from kijun.drivers.stdio import StdioSystem  # noqa: PLC0415 - only the transport asked for is loaded

        return StdioSystem(sut)
    if sut.driver == "http":
        from kijun.drivers.http import HttpSystem  # noqa: PLC0415

        return HttpSystem(sut)
    if sut.driver == "mapping":
        from kijun.drivers.declarative import MappingSystem  # noqa: PLC0415

        return MappingSystem(sut)
    if sut.driver == "browser":
        from kijun.drivers.browser import BrowserSystem  # noqa: PLC0415

        return BrowserSystem(sut)
    if sut.driver == "files":
        from kijun.drivers.files import FilesSystem  # noqa: PLC0415

        return FilesSystem(sut)
    known = {point.name: point for point in entry_points(group="kijun.drivers")}
    if sut.driver not in known:
        names = "、".join(sorted({"stdio", "http", "mapping", "browser", "files", *known}))
        problem = Problem(
            Position.of(sut.folder / "sut.yaml"),
            f"ドライバー「{sut.driver}」が見つかりません。",
            f"使えるのは {names} です。自作のものは kijun.drivers のエントリーポイントに登録してください。",
        )
        raise ConfigurationError([problem])
    make = known[sut.driver].load()
    system: System = make(sut)
    return system
