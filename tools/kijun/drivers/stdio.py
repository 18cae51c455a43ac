"""A driver in any language: a child process speaking JSON-RPC 2.0, one object per line, on stdin and stdout."""

from __future__ import annotations

import io
import os
import queue
import select
import subprocess
import sys
import threading
import time
from collections import deque
from typing import IO, Any

import psutil

from kijun.drivers import json_rpc
from kijun.model.driver import Message
from kijun.model.errors import ConnectionLost, DeadlinePassed, DriverBroke
from kijun.model.statement import SystemUnderTest

_STDERR_LINES = 200
_LEAVE_SECONDS = 3.0
_PIECE = 1 << 16


class StdioSystem:
    """Starts one child process per connection."""

    def __init__(self, sut: SystemUnderTest) -> None:
        self._sut = sut
        self._drivers: list[StdioDriver] = []

    def connect(self) -> StdioDriver:
        driver = StdioDriver(self._sut)
        self._drivers.append(driver)
        return driver

    def shut(self) -> None:
        for driver in self._drivers:
            driver.shut()


class StdioDriver:
    """One child process. Replies are matched by id; a line that is no JSON object ends the conversation."""

    honours_deadlines = True

    def __init__(self, sut: SystemUnderTest) -> None:
        self._sut = sut
        self._next_id = 0
        self._stderr: deque[str] = deque(maxlen=_STDERR_LINES)
        self._start()

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        self._next_id += 1
        self._send(json_rpc.request(self._next_id, method, params))
        reply = json_rpc.result(self._receive(deadline_seconds, method), self._next_id, method)
        if method == "close":
            self._weigh()
        return reply

    def reconnect(self) -> None:
        self.shut()
        self._start()

    def shut(self) -> None:
        """Close the input, wait a moment, then end the process whatever it does."""
        process = self._process  # a session that has not noticed the end may be starting another one meanwhile
        try:
            if process.stdin:
                process.stdin.close()
        except OSError:
            pass
        try:
            process.wait(_LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()

    def stderr_tail(self) -> str:
        return "\n".join(self._stderr)

    def _start(self) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the command is the user's own sut.yaml
                list(self._sut.command),
                cwd=self._sut.folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONUTF8": "1", **_environment(self._sut.settings)},
            )
        except OSError as error:
            command = " ".join(self._sut.command)
            raise ConnectionLost(f"ドライバー「{command}」を起動できません（{error.strerror}）。") from error
        assert self._process.stdout, "a pipe, as asked for above"
        assert isinstance(self._process.stdin, io.BufferedWriter), "a pipe with a buffer, as asked for above"
        self._input = self._process.stdin.raw  # a question is one line, written whole and at once
        self._lines = _Lines(self._process.stdout)
        threading.Thread(target=_pump_stderr, args=(self._process.stderr, self._stderr), daemon=True).start()

    def _send(self, line: bytes) -> None:
        try:
            while line:
                line = line[self._input.write(line) :]
        except (OSError, ValueError) as error:  # ended by the child, or closed by a shut meanwhile
            raise self._gone() from error

    def _receive(self, deadline_seconds: float, method: str) -> bytes:
        try:
            line = self._lines.next(deadline_seconds)
        except TimeoutError:
            self._process.kill()  # what still comes would answer an older question
            raise DeadlinePassed(f"{method} に {deadline_seconds:g} 秒以内の応答がありません。") from None
        if not line:
            raise self._gone()
        return line

    def _weigh(self) -> None:
        """Between two cases: a driver that keeps all it ever heard would take the machine with it."""
        try:
            used = psutil.Process(self._process.pid).memory_info().rss // 1_000_000
        except psutil.Error:
            return  # it is gone; the next message tells
        if used > self._sut.memory_megabytes:
            self._process.kill()
            raise DriverBroke(
                f"ドライバーの処理がメモリーを {used:,} MB 使っています（上限 {self._sut.memory_megabytes:,} MB）。"
                "終わったセッションのものを手放しているか確かめてください。"
                "要る量なら sut.yaml の memory_megabytes を増やします。"
            )

    def _gone(self) -> ConnectionLost:
        deadline = time.monotonic() + 1.0
        while self._process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        code = self._process.poll()
        tail = self.stderr_tail().strip().split("\n")[-1]
        return ConnectionLost(f"ドライバーの処理が終わりました（終了コード {code}）。{tail}")


def _environment(settings: Any) -> dict[str, str]:
    """Settings reach the child as KIJUN_<NAME>; secrets are better put into the environment by the vendor."""
    return {f"KIJUN_{name.upper()}": str(value) for name, value in settings.items()}


class _PolledLines:
    """The lines of a pipe, each waited for no longer than its deadline."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream  # kept open
        self._file = stream.fileno()  # read below its buffer
        self._poll = select.poll()
        self._poll.register(stream, select.POLLIN)
        self._rest = b""

    def next(self, deadline_seconds: float) -> bytes:
        """The next line, or nothing when the pipe has ended. Raises TimeoutError."""
        line, end, rest = self._rest.partition(b"\n")
        if end:
            self._rest = rest
            return line
        until = time.monotonic() + deadline_seconds
        pieces, left = [line], deadline_seconds
        while self._poll.poll(left * 1000):
            piece = os.read(self._file, _PIECE)
            head, end, rest = piece.partition(b"\n")
            pieces.append(head)
            if end:
                self._rest = rest
                return b"".join(pieces)
            if not piece:
                return b""
            left = max(0.0, until - time.monotonic())
        raise TimeoutError


class _PumpedLines:
    """The same where pipes cannot be polled (Windows): a thread reads ahead."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._pump, args=(stream,), daemon=True).start()

    def next(self, deadline_seconds: float) -> bytes:
        """The next line, or nothing when the pipe has ended. Raises TimeoutError."""
        try:
            return self._lines.get(timeout=deadline_seconds)
        except queue.Empty:
            raise TimeoutError from None

    def _pump(self, stream: IO[bytes]) -> None:
        try:
            for line in stream:
                self._lines.put(line)
        except (OSError, ValueError):
            pass
        self._lines.put(b"")


_Lines = _PumpedLines if sys.platform == "win32" else _PolledLines


def _pump_stderr(stream: IO[bytes], into: deque[str]) -> None:
    try:
        for line in stream:
            into.append(line.decode("utf-8", "replace").rstrip())
    except (OSError, ValueError):
        pass
