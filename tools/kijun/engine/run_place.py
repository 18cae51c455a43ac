"""Where runs lie: kijun-out/<run>/, and kijun-out/latest pointing to the newest."""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from pathlib import Path

from kijun.catalog.run_folder import LOG_NAME
from kijun.model.errors import ConfigurationError, Position, Problem, UsageError

LATEST = "latest"
_RUN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,80}")


def new_folder(out: Path, run_id: str = "") -> Path:
    """A fresh folder for a run. Raises UsageError for a bad name, ConfigurationError when it is taken."""
    if run_id and (not _RUN_ID.fullmatch(run_id) or run_id == LATEST):
        raise UsageError(f"実行の名前「{run_id}」は使えません。半角の英数字と . _ - で付けてください。")
    name = run_id or datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    folder, number = out / name, 1
    while not run_id and folder.exists():
        number += 1
        folder = out / f"{name}-{number}"
    if folder.exists() and any(folder.iterdir()):
        hint = "別の --run-id を付けるか、続きなら --resume を使ってください。"
        raise ConfigurationError([Problem(Position.of(folder), "別の実行の結果がすでにあります。", hint)])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "場所と権限を確かめるか、--out で別のフォルダーを指定してください。"
        problem = Problem(Position.of(folder), f"実行フォルダーを作れません（{error.strerror}）。", hint)
        raise ConfigurationError([problem]) from error
    return folder


def existing_folder(out: Path, run: str) -> Path:
    """The folder of an earlier run: a name below `out`, a path, or empty for the latest."""
    folder = latest(out) if not run else next((p for p in (out / run, Path(run)) if p.is_dir()), out / run)
    if folder is None or not (folder / LOG_NAME).is_file():
        hint = f"{out} の下にある実行の名前を指定してください。"
        raise ConfigurationError([Problem(Position.of(folder or out), "続きから実行する記録がありません。", hint)])
    return folder


def latest(out: Path) -> Path | None:
    """The newest run that `latest` points to, whether it is a link or (where links are not allowed) a text file."""
    pointer = out / LATEST
    if pointer.is_dir():
        return pointer.resolve()
    return out / pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None


def point_latest(folder: Path) -> None:
    """Make `latest` point to this run, in one step where the system allows it."""
    pointer = folder.parent / LATEST
    beside = folder.parent / f".{LATEST}-{os.getpid()}"
    try:
        beside.symlink_to(folder.name, target_is_directory=True)
        os.replace(beside, pointer)
    except OSError:  # Windows without the right to make links
        _point_without_link(folder, pointer)


def _point_without_link(folder: Path, pointer: Path) -> None:
    if sys.platform == "win32":
        import _winapi  # noqa: PLC0415 - exists on Windows only

        try:
            if pointer.exists():
                pointer.rmdir()
            _winapi.CreateJunction(str(folder), str(pointer))
        except OSError:
            pass
        else:
            return
    pointer.write_text(folder.name + "\n", encoding="utf-8")
