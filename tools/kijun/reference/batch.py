"""The batch command: reads a file of requests, performs them like the interface does, writes files of results.

    python -m kijun.reference.batch --database URL open --code … --class … --date … --output opened.csv
    python -m kijun.reference.batch --database URL run --operation … --input in.csv --output folder --end end …
    python -m kijun.reference.batch --database URL --watch folder

With --watch it works off a folder: in every folder within it, a file ending in .go holds the arguments of one of the
other commands, one a line. It ends with SIGTERM, or when a file named `stop` is there and nothing is left to do.

Every operation goes through the handlers, the authorization and the operation log of the interface for programs. Its
files are those of layouts.json: an input of any number of rows, a result of as many, and a file for every list and
document of a result, whose rows name the request they belong to. The file --end is written when everything else is.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import io
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kijun.reference import app, desk, routing, store

ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "utf-16": "utf-16", "cp932": "cp932"}
NEWLINES = {"crlf": "\r\n", "lf": "\n"}
ACCEPTED, REFUSED, FAILED = "正常", "拒否", "異常"
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.0005, 0.02
Layout = Mapping[str, str]  # heading → key of an item


class BadFile(ValueError):
    """An input that cannot be read."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the files of one job are written."""

    encoding: str
    newline: str

    def write(self, path: Path, rows: Iterable[Sequence[str]]) -> None:
        told = io.StringIO()
        csv.writer(told, quoting=csv.QUOTE_ALL, lineterminator=NEWLINES[self.newline]).writerows(rows)
        put(path, told.getvalue().encode(ENCODINGS[self.encoding]))

    def read(self, path: Path, layout: Layout) -> list[dict[str, str]]:
        """Rows by key. Raises BadFile."""
        raw = path.read_bytes()
        if self.encoding == "utf-8" and raw.startswith(codecs.BOM_UTF8):
            raise BadFile(f"{path.name}: BOM のない UTF-8 ではありません。")
        try:
            rows = list(csv.reader(io.StringIO(raw.decode(ENCODINGS[self.encoding]), newline=""), strict=True))
        except (UnicodeError, csv.Error) as error:
            raise BadFile(f"{path.name}: {self.encoding} の CSV ではありません（{error}）。") from error
        if not rows or rows[0] != list(layout) or any(len(row) != len(layout) for row in rows):
            raise BadFile(f"{path.name}: レイアウトと違います。")
        return [dict(zip(layout.values(), row, strict=True)) for row in rows[1:]]


def put(path: Path, content: bytes) -> None:
    """Under another name first: whoever waits for a file finds it whole."""
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)


@cache
def layouts() -> dict[str, dict[str, dict[str, str]]]:
    """Operation → what a file holds (input, result, or a part of it) → its layout, of every business that has some."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted(Path(__file__).parent.glob("*/layouts.json")):
        found.update(json.loads(path.read_text(encoding="utf-8")))
    return found


class Batch:
    """One database, and the commands that work on it."""

    def __init__(self, database: str) -> None:
        for _ in app.businesses():
            pass  # their tables are known now
        self._store = store.Store(database)

    def close(self) -> None:
        self._store.close()

    def about(self, given: argparse.Namespace) -> None:
        """Product, vendor, version and build."""
        about = app.product()
        self._form(given).write(given.output, [list(about), list(about.values())])

    def open(self, given: argparse.Namespace) -> None:
        """A fresh municipality, with the key of every role."""
        with self._store.transaction() as session:
            tenant = store.open_tenant(session, given.code, given.kind, given.date)
            keys = {role: desk.token_of(tenant, role) for role in desk.ROLES}
            self._form(given).write(given.output, [["tenant", *keys], [tenant.id, *keys.values()]])

    def drop(self, given: argparse.Namespace) -> None:
        """Everything about a municipality goes."""
        self._store.drop([given.tenant])

    def run(self, given: argparse.Namespace) -> None:
        """Perform every row of the input; the rows of the results stand in the same order."""
        files, form = layouts().get(given.operation), self._form(given)
        if files is None:
            raise BadFile(f"処理「{given.operation}」のレイアウトがありません。")
        rows: dict[str, list[list[str]]] = {holds: [list(layout)] for holds, layout in files.items()}
        for request in form.read(given.input, files["input"]):
            self._perform(given, request, files, rows)
        for holds, told in rows.items():
            if holds not in ("input", "result"):
                form.write(given.output / f"{given.operation}_{holds}.csv", told)
        form.write(given.output / f"{given.operation}_result.csv", rows["result"])

    def _perform(
        self,
        given: argparse.Namespace,
        request: dict[str, str],
        files: Mapping[str, Layout],
        rows: Mapping[str, list[list[str]]],
    ) -> None:
        receipt = {"@number": request.pop("@number")}
        items = {key: text for key, text in request.items() if text}
        headers = (given.tenant, f"Bearer {given.key}", given.date)
        status, content = routing.ask(self._store, given.operation, items, headers)
        if status != 200:
            outcome = FAILED if status >= 500 else REFUSED
            told = {"@outcome": outcome, "@reason": content.get("code"), "@message": content["message"]}
            rows["result"].append(_cells(files["result"], {**receipt, **told}))
            return
        rows["result"].append(_cells(files["result"], {**content, **receipt, "@outcome": ACCEPTED}))
        for key in files.keys() - {"input", "result"}:
            whole, _, last = key.rpartition(".")
            part = (content[whole] if whole else content).get(last)
            found = part if isinstance(part, list) else [part] if part else []
            rows[key].extend(_cells(files[key], {**row, **receipt}) for row in found)

    @staticmethod
    def _form(given: argparse.Namespace) -> Form:
        return Form(given.encoding, given.newline)


def _cells(layout: Layout, content: Mapping[str, Any]) -> list[str]:
    return [_cell(content.get(key)) for key in layout.values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


# commands ------------------------------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m kijun.reference.batch", description="参照システムのバッチ処理")
    whole.add_argument("--database", required=True, help="SQLAlchemy の URL")
    whole.add_argument("--watch", type=Path, help="見張るフォルダー")
    _add_commands(whole)
    return whole


def job_parser() -> argparse.ArgumentParser:
    """What stands in a file that tells the watcher to begin."""
    job = argparse.ArgumentParser(prog="job", exit_on_error=False)
    _add_commands(job)
    return job


def _add_commands(whole: argparse.ArgumentParser) -> None:
    commands = whole.add_subparsers(dest="command")
    about = commands.add_parser("about", help="製品の名乗りを書く")
    opening = commands.add_parser("open", help="団体を開く")
    opening.add_argument("--code", required=True)
    opening.add_argument("--class", dest="kind", required=True)
    opening.add_argument("--date", type=date.fromisoformat, required=True)
    dropping = commands.add_parser("drop", help="団体を消す")
    dropping.add_argument("--tenant", required=True)
    running = commands.add_parser("run", help="処理を行う")
    for name in ("--tenant", "--key", "--operation"):
        running.add_argument(name, required=True)
    running.add_argument("--date", type=date.fromisoformat, required=True)
    running.add_argument("--input", type=Path, required=True)
    for command in (about, opening, running):
        command.add_argument("--output", type=Path, required=True, help="書くファイル（run ではフォルダー）")
        command.add_argument("--encoding", choices=sorted(ENCODINGS), default="utf-8")
        command.add_argument("--newline", choices=sorted(NEWLINES), default="lf")
    for command in (about, opening, dropping, running):
        command.add_argument("--end", type=Path, help="最後に書く終了ファイル")


def main(argv: Sequence[str]) -> int:
    given = parser().parse_args(argv)
    if (given.watch is None) == (given.command is None):
        parser().error("--watch か処理の名前のどちらか一つを指定してください。")
    batch = Batch(given.database)
    try:
        if given.watch is None:
            return perform(batch, given)
        watch(batch, given.watch)
        return 0
    finally:
        batch.close()


def perform(batch: Batch, given: argparse.Namespace) -> int:
    """One job; its last file is written only when all went well."""
    try:
        getattr(batch, given.command)(given)
    except (BadFile, OSError, UnicodeError) as error:
        print(error, file=sys.stderr, flush=True)
        return 2
    if given.end is not None:
        put(given.end, b"")
    return 0


def watch(batch: Batch, folder: Path) -> None:
    """Work off a folder until told to stop. A job that fails leaves no end, and a trace on the console."""
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopped.append(number))
    jobs, pause = job_parser(), _SHORTEST_PAUSE
    while True:
        found = sorted(_jobs(folder))
        for path in found:
            taken = path.with_suffix(".taken")
            os.replace(path, taken)
            try:
                perform(batch, jobs.parse_args(taken.read_text(encoding="utf-8").splitlines()))
            except (Exception, SystemExit):  # noqa: BLE001 - one bad job must not stop those after it
                traceback.print_exc()
        if stopped or (not found and (folder / "stop").exists()):
            return
        pause = _SHORTEST_PAUSE if found else min(pause * 1.2, _LONGEST_PAUSE)
        time.sleep(pause)


def _jobs(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            with suppress(FileNotFoundError):  # whoever has read its results may remove a folder
                yield from (path for path in Path(entry).iterdir() if path.suffix == ".go")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
