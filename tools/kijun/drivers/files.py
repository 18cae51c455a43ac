"""Drives a product by files and a batch command, by files.yaml and layouts. It knows no business: they say it all."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kijun.drivers import csv_text
from kijun.drivers.mapped import check_environment, greeting
from kijun.model.api_mapping import MISSING, NotThere, Sources, Template, Unsayable, dotted, look, put, text_of
from kijun.model.driver import Message
from kijun.model.errors import ConnectionLost, DeadlinePassed, DriverBroke, Position
from kijun.model.file_mapping import FileMapping, FileOperation, Job, Part, Step
from kijun.model.layout import MESSAGE, NUMBER, OUTCOME, REASON, Column
from kijun.model.profile import FileForm
from kijun.model.statement import SystemUnderTest

_FIRST_PAUSE, _LONGEST_PAUSE = 0.0005, 0.05
_LEAVE_SECONDS = 3.0
_CONSOLE = "console.txt"
_TAIL_BYTES = 2000


class ProductFailed(Exception):
    """The product's own program ended in failure."""


class FilesSystem:
    """A product as its files.yaml sees it; every connection has a folder of its own."""

    def __init__(self, sut: SystemUnderTest) -> None:
        assert isinstance(sut.mapping, FileMapping), "files.yaml is read together with sut.yaml"
        self._mapping, self._folder = sut.mapping, sut.folder
        check_environment(self._mapping, Position.of(sut.folder / "files.yaml"))
        self._kept = sut.folder / sut.settings["work"] if "work" in sut.settings else None
        if self._kept is not None:
            self._kept.mkdir(parents=True, exist_ok=True)
        self._work = Path(tempfile.mkdtemp("", "kijun-files-", self._kept))
        self._connections, self._calls = itertools.count(1), itertools.count(1)
        self._drivers: list[FilesDriver] = []

    def connect(self) -> FilesDriver:
        driver = FilesDriver(self._mapping, self._folder, self._new_work, self._calls, self._kept is not None)
        self._drivers.append(driver)
        return driver

    def shut(self) -> None:
        for driver in self._drivers:
            driver.shut()
        if self._kept is None:
            shutil.rmtree(self._work, ignore_errors=True)

    def _new_work(self) -> Path:
        """A folder for one connection; what an earlier one has left is not worked off by those after it."""
        work = self._work / f"connection-{next(self._connections):02}"
        work.mkdir(parents=True)
        return work


class FilesDriver:
    """One connection: its folder, its sessions, and the watcher if the product has one."""

    honours_deadlines = True

    def __init__(
        self,
        mapping: FileMapping,
        folder: Path,
        new_work: Callable[[], Path],
        calls: Iterator[int],
        keeps_files: bool,
    ) -> None:
        self._mapping, self._folder, self._new_work = mapping, folder, new_work
        self._calls, self._keeps_files = calls, keeps_files
        self._sessions: dict[str, _Session] = {}
        self._until = 0.0
        self._watcher: Child | None = None
        self._begin()

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:
        handler = getattr(self, f"_on_{method}", None)
        if handler is None:
            raise DriverBroke(f"知らない電文「{method}」です。")
        self._until = time.monotonic() + deadline_seconds
        try:
            reply: Message = handler(params)
        except (Unsayable, ProductFailed) as error:
            raise DriverBroke(f"{method}: files.yaml のとおりに運びません。{error}") from error
        return reply

    def reconnect(self) -> None:
        self.shut()
        self._sessions.clear()
        self._begin()

    def shut(self) -> None:
        if self._watcher is not None:
            self._watcher.end()

    def stderr_tail(self) -> str:
        return self._watcher.tail() if self._watcher else ""

    def _begin(self) -> None:
        self._work = self._new_work()
        if self._mapping.watcher:
            sources = {"work": str(self._work), "python": sys.executable, "env": os.environ}
            self._watcher = Child(_told(self._mapping.watcher, sources), self._folder, self._work / _CONSOLE)

    # messages ---------------------------------------------------------------------------------------

    def _on_hello(self, params: Message) -> Message:  # noqa: ARG002 - the seed is not needed
        return greeting(self._mapping, self._identity())

    def _on_ics(self, params: Message) -> Message:  # noqa: ARG002 - statement.yaml speaks
        return {"answers": None}

    def _on_open(self, params: Message) -> Message:
        session = _Session(FileForm(**params["profile"].get("files", {})))
        self._sessions[params["session"]] = session
        for step in self._mapping.opening:
            self._perform(step, params, session)
        return {"session": params["session"], "state_digest": str(session.kept.get("state_digest") or "-")}

    def _on_call(self, params: Message) -> Message:
        operation = self._mapping.operations.get(params["operation"])
        if operation is None:
            return {"unsupported": {"operation": params["operation"]}}
        try:
            return self._call(operation, params)
        except NotThere:
            return {"unsupported": {"operation": params["operation"]}}
        except Unsayable as error:
            return {"fault": {"kind": "driver", "message": f"操作「{operation.key}」: {error}"}}
        except ProductFailed as error:
            return {"fault": {"kind": "product", "message": str(error)}}

    _on_observe = _on_call

    def _on_attach(self, params: Message) -> Message:  # noqa: ARG002 - the exchanges are evidence enough
        return {"attachments": []}

    def _on_close(self, params: Message) -> Message:
        session = self._sessions.pop(params["session"], None)
        if session is not None:
            for step in self._mapping.closing:
                self._perform(step, params, session)
            session.leave(self._keeps_files)
        return {"session": params["session"], "identity": self._identity()}

    def _on_bye(self, params: Message) -> Message:  # noqa: ARG002 - bye carries nothing
        return {"identity": self._identity()}

    def _identity(self) -> Message:
        sources: Message = {"env": os.environ}
        if self._mapping.identity_step:
            session = _Session(FileForm("utf-8", "lf"))
            sources["reply"] = self._perform(self._mapping.identity_step, {}, session)
            session.leave(self._keeps_files)
        return {name: text_of(template.value(sources)) for name, template in self._mapping.identity.items()}

    def _perform(self, step: Step, params: Message, session: _Session) -> dict[str, str]:
        """One piece of work; what it wrote is given back, and kept where the mapping says so."""
        sources, call = self._sources(params, session)
        if step.job.is_done_by_somebody:
            self._run(step.job, sources, call)
        if step.reads is None:
            return {}
        place = call if step.job.is_done_by_somebody else self._folder
        path = place / text_of(step.reads.value(sources))
        row = csv_text.read_one(path, session.form.encoding, session.form.newline)
        for name, heading in step.keep.items():
            if heading not in row:
                raise Unsayable(f"{path.name} に見出し「{heading}」がありません。")
            put(session.kept, dotted(name), row[heading])
        return row

    # one operation ----------------------------------------------------------------------------------

    def _call(self, operation: FileOperation, params: Message) -> Message:
        session = self._sessions[params["session"]]
        sources, call = self._sources(params, session)
        files = (("in", operation.input), ("out", operation.result))
        told = {name: call / text_of(one.value(sources)) for name, one in files}
        sources.update({name: str(path) for name, path in told.items()})
        given = {key: value for key, value in params["input"].items() if value is not None}
        self._write(operation, given, str(sources["number"]), told["in"], session.form)
        self._run(operation.job, sources, call)
        return _Result(operation, self._mapping, session.form, sources, call).reply()

    def _write(
        self, operation: FileOperation, given: Mapping[str, Any], number: str, path: Path, form: FileForm
    ) -> None:
        columns = operation.input_columns
        lost = sorted(set(given) - {one.item.word for one in columns})
        if lost:
            raise Unsayable(f"入力「{'」「'.join(lost)}」の項目がレイアウトにありません。")
        row = [number if one.item.word == NUMBER else one.told(given.get(one.item.word)) for one in columns]
        csv_text.write(path, [one.item.name for one in columns], [row], form.encoding, form.newline)

    def _sources(self, params: Message, session: _Session) -> tuple[dict[str, Any], Path]:
        """What templates may ask for, and a fresh numbered folder for the files of this work."""
        number = next(self._calls)
        call = self._work / f"{number:06}"
        call.mkdir(parents=True)
        session.folders.append(call)
        own = {"work": str(self._work), "call": str(call), "number": number, "python": sys.executable}
        form = {"encoding": session.form.encoding, "newline": session.form.newline}
        return {**params, **own, **form, "kept": session.kept, "env": os.environ}, call

    # the product's programs -------------------------------------------------------------------------

    def _run(self, job: Job, sources: dict[str, Any], call: Path) -> None:
        """Have the work done. Raises ProductFailed, DeadlinePassed, ConnectionLost."""
        end = call / text_of(job.end.value(sources)) if job.end else None
        if end is not None:
            if end.exists():
                raise Unsayable(f"終了ファイル {end} が始める前からあります。")
            sources = {**sources, "end": str(end)}
        if job.start is None:
            child = Child(_told(job.command, sources), self._folder, call / _CONSOLE)
            try:
                self._await(child, end)
            finally:
                child.end()
            return
        assert self._watcher, "start has a watcher"
        assert end, "start has an end"
        lines = "".join(f"{line}\n" for line in _told(job.lines, sources))
        csv_text.put(call / text_of(job.start.value(sources)), lines.encode())
        self._await_watcher(self._watcher, end)

    def _await(self, child: Child, end: Path | None) -> None:
        """Wait for the end: the file if there is one, and the command itself."""
        for _ in self._pauses(child, end.name if end else "コマンドの終わり"):
            code = child.code()  # before looking for the file: what it wrote last is there when it has ended
            if end is not None and end.exists():
                child.leave(self._until)
                return
            if code == 0 and end is None:
                return
            if code not in (None, 0):
                raise ProductFailed(f"製品のコマンドが終了コード {code} で終わりました。{child.tail()}")

    def _await_watcher(self, watcher: Child, end: Path) -> None:
        for _ in self._pauses(watcher, end.name):
            code = watcher.code()
            if end.exists():
                return
            if code is not None:
                raise ConnectionLost(f"製品の見張り役が終了コード {code} で終わりました。{watcher.tail()}")

    def _pauses(self, child: Child, what: str) -> Iterable[None]:
        """Turns of a loop with growing pauses. Raises DeadlinePassed, the child and its children being ended."""
        pause = _FIRST_PAUSE
        while True:
            yield
            if time.monotonic() > self._until:
                state = "動いています" if child.code() is None else "終わっています"
                child.end(0)
                raise DeadlinePassed(f"期限内に {what} がありません（製品のコマンドは{state}）。{child.tail()}")
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)


class _Session:
    """What the product gave when the session was opened, and the folders of its calls."""

    def __init__(self, form: FileForm) -> None:
        self.form = form
        self.kept: Message = {}
        self.folders: list[Path] = []

    def leave(self, keeps_files: bool) -> None:
        for folder in () if keeps_files else self.folders:
            shutil.rmtree(folder, ignore_errors=True)


class _Result:
    """Reads the files that one call left behind."""

    def __init__(
        self, operation: FileOperation, mapping: FileMapping, form: FileForm, sources: Mapping[str, Any], call: Path
    ) -> None:
        self._operation, self._mapping, self._form = operation, mapping, form
        self._sources, self._call = sources, call

    def reply(self) -> Message:
        columns = self._operation.result_columns
        path = Path(self._sources["out"])
        rows = self._read(path, columns)
        if len(rows) != 1:
            raise Unsayable(f"{path.name} の結果が {len(rows)} 行です（期待は 1 行）。")
        line, cells = rows[0]
        fixed = {one.item.word: cell for one, cell in zip(columns, cells, strict=True)}
        reply = self._judged(path, line, fixed)
        if "result" not in reply:
            return reply
        result = self._record(path, line, columns, cells)
        for part in self._operation.parts:
            found, place = self._part(part), dotted(part.key)
            if look(result, place[:-1]) is not None:  # no list stands in a document that is not there
                put(result, place, found)
        return {"result": result}

    def _judged(self, path: Path, line: int, fixed: Mapping[str, str]) -> Message:
        outcomes, told, message = self._operation.outcomes, fixed[OUTCOME], fixed.get(MESSAGE, "")
        if told == outcomes["failed"]:
            raise ProductFailed(f"製品が「{told}」と答えました。{message}")
        if told == outcomes["refused"]:
            return {"refused": {"code": self._reason(path, line, fixed[REASON]), "message": message}}
        if told != outcomes["accepted"]:
            expected = "、".join(outcomes.values())
            raise Unsayable(f"{path.name} {line} 行目の結果が「{told}」です（期待は {expected} のどれか）。")
        return {"result": {}}

    def _reason(self, path: Path, line: int, told: str) -> str:
        if (self._mapping.reasons and told not in self._mapping.reasons) or not told:
            raise Unsayable(f"{path.name} {line} 行目の拒否の理由「{told}」が files.yaml の reasons にありません。")
        return self._mapping.reasons.get(told, told)

    def _part(self, part: Part) -> Any:
        sources = {**self._sources, "part": part.key}
        path = self._call / text_of(self._operation.part.value(sources))
        rows = [self._record(path, line, part.columns, cells) for line, cells in self._read(path, part.columns)]
        if part.kind == "list":
            return rows
        if len(rows) > 1 or (not rows and not part.nullable):
            raise Unsayable(f"{path.name} の帳票が {len(rows)} 行です（期待は 1 行）。")
        return rows[0] if rows else None

    def _read(self, path: Path, columns: Sequence[Column]) -> list[csv_text.Row]:
        """The rows of a file, all of which answer this very call."""
        rows = csv_text.read(path, [one.item.name for one in columns], self._form.encoding, self._form.newline)
        place = next(index for index, one in enumerate(columns) if one.item.word == NUMBER)
        for line, cells in rows:
            if cells[place] != str(self._sources["number"]):
                told = f"「{cells[place]}」です（期待は「{self._sources['number']}」）"
                raise Unsayable(f"{path.name} {line} 行目の項目「{columns[place].item.name}」が{told}。")
        return rows

    @staticmethod
    def _record(path: Path, line: int, columns: Sequence[Column], cells: Sequence[str]) -> Message:
        record: Message = {}
        for column, cell in zip(columns, cells, strict=True):
            if column.item.word.startswith("@"):
                continue
            try:
                value = column.read(cell)
            except Unsayable as error:
                raise Unsayable(f"{path.name} {line} 行目の項目「{column.item.name}」: {error}") from None
            if value is not MISSING:
                record[column.item.word] = value
        return record


class Child:
    """A program of the product with everything it starts, writing to a file of its own."""

    def __init__(self, command: Sequence[str], folder: Path, console: Path) -> None:
        self._console = console
        with console.open("ab") as out:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - the command is the vendor's own files.yaml
                    list(command),
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
            except OSError as error:
                raise ConnectionLost(
                    f"製品のコマンド「{' '.join(command)}」を起動できません（{error.strerror}）。"
                ) from error

    def code(self) -> int | None:
        return self._process.poll()

    def leave(self, until: float) -> None:
        """Let a command that has said all it has to say come to its end."""
        try:
            self._process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.end(0)

    def end(self, patience: float = _LEAVE_SECONDS) -> None:
        """Ask it to end, wait a moment, then end it with its children."""
        if self._process.poll() is None and patience:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
                os.killpg(self._process.pid, signal.SIGKILL)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def tail(self) -> str:
        """The last lines it wrote."""
        try:
            told = self._console.read_bytes()[-_TAIL_BYTES:].decode("utf-8", "replace")
        except OSError:
            return ""
        return " / ".join(told.strip().splitlines()[-3:])


def _told(templates: Iterable[Template], sources: Sources) -> list[str]:
    return [text_of(one.value(sources)) for one in templates]
