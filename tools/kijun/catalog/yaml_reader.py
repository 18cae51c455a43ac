"""Reads the YAML that officials write, and refuses what two YAML readers would understand differently.

Every scalar that some reader could take for a number, a date or a truth value must be in quotes; anchors,
merge keys and tags are not used. All problems of a file are found in one reading (a broken structure ends it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kijun.model.errors import Position, Problem

Key = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_PLAIN_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_AMBIGUOUS = (
    (re.compile(r"y|n|yes|no|on|off|true|false|null", re.IGNORECASE), "真偽値や空に読まれることがあります"),
    (re.compile(r"~"), "空に読まれます"),
    (re.compile(r"[-+]?0[0-9]+"), "先頭の 0 が失われることがあります"),
    (re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+"), "60進数に読まれることがあります"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*"), "日付に読まれることがあります"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9][0-9_]*\.[0-9]*)([eE][-+]?[0-9]+)?"), "小数に読まれ、末尾の 0 が失われます"),
    (re.compile(r"[-+]?\.(inf|nan)|0[xob][0-9a-f_]+|[-+][0-9]+|[0-9]+_[0-9_]+", re.IGNORECASE), "数に読まれます"),
    (re.compile(r".*：.*", re.DOTALL), "全角の「：」は区切りになりません"),
)


@dataclass(slots=True)
class YamlFile:
    """What a file says, where each part of it stands, and what is wrong with it."""

    path: Path
    data: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, *key: str | int) -> Position:
        """Position of the innermost known part of `key`."""
        while key and key not in self.lines:
            key = key[:-1]
        return Position.of(self.path, self.lines.get(key, 1))

    def complain(self, line: int, message: str, hint: str) -> None:
        self.problems.append(Problem(Position.of(self.path, line), message, hint))


def read_yaml(path: Path) -> YamlFile:
    """Read one file. Never raises for bad content: look at `.problems`."""
    file = YamlFile(path)
    text = _text(file)
    if text is None:
        return file
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            file.complain(number, "タブ文字があります。", "半角の空白に置き換えてください。")
        elif line.startswith("　"):
            file.complain(number, "行頭に全角の空白があります。", "半角の空白に置き換えてください。")
    if file.problems:
        return file
    try:
        file.data = _Builder(file, text).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        file.complain(
            mark.line + 1 if mark else 1,
            f"YAML として読めません（{error.problem}）。",
            "字下げと引用符を確かめてください。「: 」を含む文は引用符で囲みます。",
        )
    return file


def _text(file: YamlFile) -> str | None:
    try:
        raw = file.path.read_bytes()
    except OSError as error:
        file.complain(0, f"ファイルを読めません（{error.strerror}）。", "場所と権限を確かめてください。")
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        file.complain(1, "先頭に BOM があります。", "「UTF-8（BOM なし）」で保存してください。")
        return None
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        file.complain(line, "UTF-8 ではない文字があります。", "文字コードを UTF-8 にして保存してください。")
        return None


class _Builder:
    """Turns parse events into plain data, noting lines and complaining on the way."""

    def __init__(self, file: YamlFile, text: str) -> None:
        self.file = file
        self.source = text.split("\n")
        self.events: Iterator[Any] = yaml.parse(text, Loader=_Loader)

    def build(self) -> Any:
        event = self._next()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self.file.complain(1, "何も書かれていません。", "内容を書いてください。")
            return None
        return self._node(event, ())

    def _next(self) -> Any:
        return next(self.events)

    def _node(self, event: Any, key: Key) -> Any:
        line = event.start_mark.line + 1
        self.file.lines[key] = line
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.file.complain(line, "アンカー（& や *）は使えません。", "同じ内容でも書き写してください。")
            if isinstance(event, yaml.AliasEvent):
                return None
        if event.tag:
            self.file.complain(line, f"タグ {event.tag} は使えません。", "タグを消し、文字は引用符で囲んでください。")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(key)
        return self._mapping(key)

    def _sequence(self, key: Key) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, (*key, len(items))))
        return items

    def _mapping(self, key: Key) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            name = self._key(event)
            if name in entries:
                line = event.start_mark.line + 1
                first = self.file.lines.get((*key, name), 0)
                self.file.complain(
                    line, f"項目「{name}」が重複しています（最初は {first} 行目）。", "どちらか一方だけにしてください。"
                )
            entries[name] = self._node(self._next(), (*key, name))
        return entries

    def _key(self, event: Any) -> str:
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            self.file.complain(line, "項目名が文字ではありません。", "項目名は一つの語にしてください。")
            self._node(event, ("?",))
            return "?"
        if event.value == "<<":
            self.file.complain(line, "合成キー << は使えません。", "内容を書き写してください。")
        elif event.implicit[0]:
            self._check_plain(event.value, line)
        return str(event.value)

    def _scalar(self, event: Any, line: int) -> Any:
        if not event.implicit[0]:  # quoted or block
            return event.value
        value: str = event.value
        if value == "":
            return None
        if value in ("true", "false"):
            return value == "true"
        if value == "null":
            return None
        if _PLAIN_INTEGER.fullmatch(value):
            return int(value)
        self._check_plain(value, line)
        end = event.end_mark
        rest = self.source[end.line][end.column :] if end.line < len(self.source) else ""
        if re.match(r"\s+#", rest):
            self.file.complain(
                line,
                f"「{value}」の後の # から先は読まれません。",
                "値の一部なら引用符で囲み、注記なら別の行に書いてください。",
            )
        return value

    def _check_plain(self, value: str, line: int) -> None:
        for pattern, reason in _AMBIGUOUS:
            if pattern.fullmatch(value):
                self.file.complain(line, f"「{value}」は{reason}。", f'"{value}" のように引用符で囲んでください。')
                return
