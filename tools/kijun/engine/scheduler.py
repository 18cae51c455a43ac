"""Runs the remaining cases of a run in as many sessions as the driver allows.

Sessions live in threads; results are written as they happen and carry their place in the plan, so that the
order of execution never shows in a report.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from kijun.engine.run import Run
from kijun.engine.session import CaseResult, IdentityChanged, Session
from kijun.model.errors import DriverTrouble, RunStopped
from kijun.model.plan import Case

DEFAULT_SESSIONS = 8
_LEAVE_SECONDS = 10.0
OnCase = Callable[[Case, CaseResult], None]


class Scheduler:
    """Hands out cases in plan order to worker threads until none is left or something stops the run."""

    def __init__(self, run: Run, sessions: int | None = None, on_case: OnCase | None = None) -> None:
        self._run = run
        self._cases: queue.SimpleQueue[Case] = queue.SimpleQueue()
        remaining = run.remaining
        for case in remaining:
            self._cases.put(case)
        self._count = max(1, min(sessions or DEFAULT_SESSIONS, run.parallel, len(remaining) or 1))
        self._on_case = on_case or (lambda _case, _result: None)
        self._stopping = threading.Event()
        self._working, self._counting, self._all_left = self._count, threading.Lock(), threading.Event()
        self._failure: BaseException | None = None

    def go(self) -> None:
        """Run everything. Raises RunStopped after an interrupt, a lost system or a full disk: all can be resumed."""
        workers = [
            threading.Thread(target=self._work, args=(number,), name=f"kijun-session-{number}", daemon=True)
            for number in range(self._count)
        ]
        for worker in workers:
            worker.start()
        try:
            while not self._all_left.wait(0.2):  # an interrupted join() would take a running thread for ended
                pass
        except KeyboardInterrupt:
            self._stopping.set()
            self._all_left.wait(_LEAVE_SECONDS)
            self._run.stop("利用者が中断しました。")
            raise RunStopped("中断しました。") from None
        if self._failure is not None:
            self._run.stop(str(self._failure))
            if isinstance(self._failure, RunStopped):
                raise self._failure
            raise RunStopped(f"実行を続けられません: {self._failure}") from self._failure

    def _work(self, number: int) -> None:
        session: Session | None = None
        try:
            session = self._run.first_session() if number == 0 else self._run.new_session()
            while not self._stopping.is_set():
                try:
                    case = self._cases.get_nowait()
                except queue.Empty:
                    return
                self._on_case(case, self._run.run_case(session, case))
        except (RunStopped, DriverTrouble, IdentityChanged) as error:
            self._fail(error)
        except Exception as error:  # noqa: BLE001 - a fault of ours must stop the run, not one thread silently
            self._fail(error)
        finally:
            if session is not None and number > 0:
                session.conversation.driver.shut()
            self._leave()

    def _leave(self) -> None:
        with self._counting:
            self._working -= 1
            if self._working == 0:
                self._all_left.set()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, IdentityChanged):
            self._run.log.append("preflight", check="identity", ok=False, message=str(error))
        self._failure = self._failure or error
        self._stopping.set()
