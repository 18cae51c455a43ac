"""The waist of the system: run.jsonl, append-only and schema-checked, with evidence kept by digest beside it."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from kijun.catalog.run_folder import EVIDENCE, LOG_NAME, evidence_name
from kijun.catalog.schemas import json_path, schema
from kijun.model.errors import RunStopped


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class RunLog:
    """Appends events as they happen, one flushed line each; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._schema = schema("event")
        self._lock = threading.Lock()
        self._file: TextIO | None = None

    def __enter__(self) -> RunLog:
        try:
            (self.folder / EVIDENCE).mkdir(parents=True, exist_ok=True)
            path = self.folder / LOG_NAME
            _cut_torn_line(path)
            self._file = path.open("a", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _cannot_write(self.folder, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            try:
                self._file.close()
            except OSError as error:
                raise _cannot_write(self.folder, error) from error

    def append(self, event: str, **fields: Any) -> None:
        """Write one event. Raises RunStopped when the disk does not take it."""
        record = {"event": event, "time": now(), **fields}
        for path, message in self._schema.errors(record):
            raise AssertionError(f"run log event {event} {json_path(path)}: {message}")
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        with self._lock:
            if self._file is None:
                raise AssertionError("the run log is not open")
            try:
                self._file.write(line)
                self._file.flush()
            except OSError as error:
                raise _cannot_write(self.folder, error) from error

    def keep(self, content: bytes, media_type: str = "application/json") -> str:
        """Store evidence under its SHA-256, so that the same content is there once. Returns the digest."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.folder / EVIDENCE / evidence_name(digest, media_type)
        try:
            beside = path.with_suffix(f".{threading.get_ident()}.part")
            beside.write_bytes(content)
            os.replace(beside, path)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error
        return digest


def _cannot_write(folder: Path, error: OSError) -> RunStopped:
    return RunStopped(
        f"{folder}: 実行記録を書けません（{error.strerror}）。"
        "空き容量と権限を確かめ、kijun run --resume で続けてください。ここまでの結果は残っています。"
    )


def _cut_torn_line(path: Path) -> None:
    """A killed process can leave half a line; what was never finished is taken away, so that appending is safe."""
    if not path.exists():
        return
    raw = path.read_bytes()
    if raw and not raw.endswith(b"\n"):
        with path.open("r+b") as file:
            file.truncate(raw.rfind(b"\n") + 1)
