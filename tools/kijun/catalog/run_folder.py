"""Reads a run folder: the log that engine and reporting meet at, and the evidence beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kijun.catalog.schemas import schema
from kijun.model.errors import ConfigurationError, Position, Problem

LOG_NAME = "run.jsonl"
EVIDENCE = "evidence"
_ENDINGS = {
    "application/json": ".json",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
}


def evidence_name(digest: str, media_type: str) -> str:
    """The name of a kept file: a type that nobody expects gets no ending that some program would open."""
    return digest + _ENDINGS.get(media_type, ".bin")


def read_events(folder: Path) -> Iterator[dict[str, Any]]:
    """Stream the events of a run. Raises ConfigurationError with the line of anything that is not an event."""
    path = folder / LOG_NAME
    check = schema("event")
    try:
        file = path.open("rb")
    except OSError as error:
        hint = "kijun-out の下の実行フォルダーを指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "実行記録がありません。", hint)]) from error
    with file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return  # the torn last line of a killed run
            try:
                event = json.loads(line)
            except ValueError:
                event = None
            if event is None or not check.is_valid(event):
                hint = "記録は書き換えられません。元の記録に戻すか、実行し直してください。"
                raise ConfigurationError([Problem(Position.of(path, number), "実行記録の行が形式に合いません。", hint)])
            yield event


def log_digest(folder: Path) -> str:
    """SHA-256 of the log: which run a paper speaks of."""
    with (folder / LOG_NAME).open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def read_evidence(folder: Path, digest: str) -> Any:
    """Evidence by digest, refused when its content no longer matches its name."""
    return json.loads(read_kept(folder, digest, "application/json"))


def read_kept(folder: Path, digest: str, media_type: str) -> bytes:
    """The bytes of a kept file, refused like evidence."""
    path = folder / EVIDENCE / evidence_name(digest, media_type)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            [Problem(Position.of(path), "証跡がありません。", "実行フォルダーを丸ごと戻してください。")]
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise ConfigurationError(
            [Problem(Position.of(path), "証跡が書き換えられています。", "元の証跡に戻してください。")]
        )
    return content
