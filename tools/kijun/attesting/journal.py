"""Adds words to attestations/<name>.yaml: nothing already there is touched, and a file is never half written."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from kijun.attesting.answers import Attestation
from kijun.attesting.evidence import Unacceptable, keep
from kijun.catalog.configuration import ATTESTATIONS, EVIDENCE, read_checked
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import ConfigurationError, Position, Problem

_HEAD = "# 人による確認。kijun attest が書き加えます。手で直しても構いません。\nattestations: []\n"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")


class Journal:
    """One file of attestations in a vendor's folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self.room = folder / ATTESTATIONS
        self.path = self.room / f"{name}.yaml"
        self._lock = threading.Lock()

    @staticmethod
    def is_name(name: str) -> bool:
        return bool(_NAME.fullmatch(name))

    def examine(self) -> None:
        """Raises ConfigurationError when the file could not be added to: better before anybody has answered."""
        if self.path.exists():
            _, problems = read_checked(self.path, "attestation")
            if problems:
                raise ConfigurationError(problems)
            _with_rows(self.path, _read(self.path), [])

    def add(self, attestations: Sequence[Attestation]) -> None:
        """Keep the evidence, then write all rows or none. Raises Unacceptable, ConfigurationError."""
        with self._lock:
            self.examine()
            rows = [_row(one, self._kept(one)) for one in attestations]
            old = _read(self.path) if self.path.exists() else _HEAD
            self._write(_with_rows(self.path, old, rows), rows)

    def _kept(self, one: Attestation) -> list[dict[str, str]]:
        return [{"name": keep(self.room / EVIDENCE, file), "sha256": file.sha256} for file in one.evidence]

    def _write(self, text: str, rows: Sequence[dict[str, Any]]) -> None:
        beside = self.path.with_name(f".{self.path.name}.part")
        try:
            self.room.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8", newline="") as target:
                target.write(text)
                target.flush()
                os.fsync(target.fileno())
            self._compare(beside, rows)
            if self.path.exists():
                shutil.copymode(self.path, beside)
            os.replace(beside, self.path)
        except OSError as error:
            hint = "空き容量、書込みの権限、ほかのソフトで開いていないかを確かめてください。"
            told = f"「{self.path}」に書き込めません（{error.strerror}）。"
            raise Unacceptable(told, hint) from error
        finally:
            beside.unlink(missing_ok=True)

    def _compare(self, beside: Path, rows: Sequence[dict[str, Any]]) -> None:
        """What was written says exactly what was there and what was added."""
        before = read_yaml(self.path).data["attestations"] if self.path.exists() else []
        file, problems = read_checked(beside, "attestation")
        if problems or file.data["attestations"] != [*before, *rows]:
            raise ConfigurationError([_cannot_add(self.path)])


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as source:
        return source.read()


def _row(one: Attestation, evidence: list[dict[str, str]]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "requirement": one.requirement,
        "verdict": one.verdict,
        "office": one.office,
        "date": one.day.isoformat(),
        "expires": one.expires.isoformat(),
    }
    return {**row, **({"remark": one.remark} if one.remark else {}), **({"evidence": evidence} if evidence else {})}


def _with_rows(path: Path, text: str, rows: Sequence[dict[str, Any]]) -> str:
    """The text with rows at its end, in its own newlines and indentation."""
    newline = "\r\n" if "\r\n" in text else "\n"
    document: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    [(_, entries)] = document.value
    indent = 2
    if entries.flow_style:
        if entries.value:
            raise ConfigurationError([_cannot_add(path)])
        text = text[: entries.start_mark.index].rstrip() + text[entries.end_mark.index :]
    else:
        indent = entries.start_mark.column
    if not text.endswith("\n"):
        text += newline
    return text + "".join(line + newline for row in rows for line in _lines(row, " " * indent))


def _lines(row: dict[str, Any], indent: str) -> list[str]:
    lines = [f"{name}: {_quoted(value)}" for name, value in row.items() if isinstance(value, str)]
    if "evidence" in row:
        lines.append("evidence:")
        lines += [
            f"  - {{ name: {_quoted(one['name'])}, sha256: {_quoted(one['sha256'])} }}" for one in row["evidence"]
        ]
    return [f"{indent}{'  ' if number else '- '}{line}" for number, line in enumerate(lines)]


def _quoted(text: str) -> str:
    """A quoted scalar that every reader of YAML takes for the same text."""
    plain = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", plain)


def _cannot_add(path: Path) -> Problem:
    hint = "--file に別の名前を付けて、別のファイルに書いてください。"
    return Problem(Position.of(path), "この書き方のファイルには書き足せません。", hint)
