"""How a run ends when something stops it from outside or on leaving."""

from __future__ import annotations

import signal
import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest

from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.model.errors import RunStopped


class SlowRun:
    """A run of a few cases, each of which waits; it notes in which order things happened."""

    parallel = 2
    log = SimpleNamespace(append=lambda *_words, **_items: None)

    def __init__(self, cases: int, seconds: float, shut: Any = lambda: None) -> None:
        self.remaining = list(range(cases))
        self.told: list[str] = []
        self.began = threading.Event()
        self._seconds, self._shut = seconds, shut

    def first_session(self) -> Any:
        return SimpleNamespace(conversation=SimpleNamespace(driver=SimpleNamespace(shut=self._shut)))

    new_session = first_session

    def run_case(self, _session: Any, _case: Any) -> Any:
        self.began.set()
        threading.Event().wait(self._seconds)
        self.told.append("case")

    def stop(self, _reason: str) -> None:
        self.told.append("stop")


def test_an_interrupt_waits_for_the_case_under_way() -> None:
    run = SlowRun(cases=5, seconds=1.0)

    def interrupt() -> None:
        run.began.wait()
        threading.Event().wait(0.3)  # by now the run waits for its sessions
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores it
    try:
        threading.Thread(target=interrupt).start()
        with pytest.raises(RunStopped):
            Scheduler(cast(Run, run), sessions=1).go()
    finally:
        signal.signal(signal.SIGINT, before)
    assert run.told == ["case", "stop"]


def test_a_driver_that_cannot_be_shut_does_not_keep_the_run_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda given: told.append(str(given.exc_value)))

    def fails() -> None:
        raise RuntimeError("閉じられません")

    run = SlowRun(cases=2, seconds=0.01, shut=fails)
    whole = threading.Thread(target=Scheduler(cast(Run, run), sessions=2).go, daemon=True)
    whole.start()
    whole.join(20)
    assert not whole.is_alive()
    for one in threading.enumerate():
        if one.name.startswith("kijun-session"):
            one.join(5)
    assert told == ["閉じられません"]
    assert run.told == ["case", "case"]
