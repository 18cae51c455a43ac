"""A driver written in Python and living in this process, held to its deadlines from outside."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

from kijun.model.driver import METHODS, Message
from kijun.model.errors import DeadlinePassed, DriverBroke, KijunError


class InProcessDriver:
    """Turns an object with one method per message into a Driver.

    The object's methods take the params and return the reply. They run in a thread of their own, so that one
    that hangs costs its deadline and not the run; the hung thread is left behind and replaced.
    """

    honours_deadlines = True

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._target = make()
        self._worker = _Worker()

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        if method not in METHODS:
            raise DriverBroke(f"知らない電文「{method}」です。")
        perform = getattr(self._target, method, None)
        if perform is None:
            raise DriverBroke(f"ドライバーに {method} がありません。")
        try:
            reply = self._worker.run(lambda: perform(params), deadline_seconds, method)
        except DeadlinePassed:
            self._worker.abandon()
            self._worker = _Worker()  # what the old thread still answers belongs to nobody
            raise
        if not isinstance(reply, dict):
            raise DriverBroke(f"{method} の応答が JSON のオブジェクトではありません（{type(reply).__name__}）。")
        return reply

    def reconnect(self) -> None:
        self._worker.abandon()
        self._worker = _Worker()
        self._target = self._make()

    def shut(self) -> None:
        self._worker.abandon()

    def stderr_tail(self) -> str:
        return ""


class _Worker:
    """One thread that performs one thing at a time."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], Any] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        threading.Thread(target=self._loop, name="kijun-driver", daemon=True).start()

    def run(self, job: Callable[[], Any], deadline_seconds: float, what: str) -> Any:
        self._jobs.put(job)
        try:
            value, error = self._done.get(timeout=deadline_seconds)
        except queue.Empty:
            raise DeadlinePassed(f"{what} に {deadline_seconds:g} 秒以内の応答がありません。") from None
        if isinstance(error, KijunError):
            raise error
        if error is not None:
            raise DriverBroke(f"{what} の途中でドライバーが止まりました: {type(error).__name__}: {error}") from error
        return value

    def abandon(self) -> None:
        self._jobs.put(None)

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._done.put((job(), None))
            except BaseException as error:  # noqa: BLE001 - handed to the thread that asked
                self._done.put((None, error))
