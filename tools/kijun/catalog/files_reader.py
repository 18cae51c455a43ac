"""Reads files.yaml and holds it against layouts and glossary: operations, reasons, codes and placeholders are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kijun.catalog.catalog import Catalog
from kijun.catalog.dictionary import Dictionary, Key, read_beside
from kijun.catalog.layout_reader import parts_of, read_layout_file
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.api_mapping import AsIs, Template
from kijun.model.errors import ConfigurationError
from kijun.model.file_mapping import FileMapping, FileOperation, Job, Part, Step
from kijun.model.glossary import FieldUse
from kijun.model.layout import FIXED, INPUT, RESULT, Column, Item, Layout, LayoutBook

_IDENTITY = frozenset(["work", "call", "number", "python", "env"])
_CLOSE = _IDENTITY | {"session", "kept", "encoding", "newline"}
_OPEN = _CLOSE | {"as_of", "profile"}
_NAMES = _CLOSE | {"as_of", "actor", "operation"}
_CELLS = {"yen": "0", "count": "0", "fiscal_year": "0", "flag": {"true": "1", "false": "0"}}  # cells are text


def read_files(folder: Path, catalog: Catalog) -> FileMapping:
    """Raises ConfigurationError with everything that is wrong, the vendor's own layouts included."""
    file = read_beside(folder, "files", "ファイルでの動かし方", "file-batch")
    reader = _Reader(file, catalog, _books(folder, file, catalog))
    mapping = reader.mapping()
    if reader.problems:
        raise ConfigurationError(reader.problems)
    return mapping


def _books(folder: Path, file: YamlFile, catalog: Catalog) -> tuple[LayoutBook, ...]:
    """The vendor's layouts before those of the standard. Nothing can be said of files while a layout is wrong."""
    name = file.data["files"].get("layouts")
    if name is None:
        return catalog.layouts
    own, problems = read_layout_file(folder / name, catalog.glossary)
    if problems:
        raise ConfigurationError(problems)
    return (own, *catalog.layouts) if own else catalog.layouts


class _Reader(Dictionary):
    """Builds the mapping piece by piece and collects what does not fit."""

    def __init__(self, file: YamlFile, catalog: Catalog, books: tuple[LayoutBook, ...]) -> None:
        super().__init__(file, catalog.glossary)
        self._own_formats = self._formats
        self._layouts: dict[tuple[str, str], tuple[LayoutBook, Layout]] = {}
        for book in books:
            for one in book.layouts:
                self._layouts.setdefault((one.operation, one.carries), (book, one))

    def mapping(self) -> FileMapping:
        head, identity = self.data["files"], self.data["identity"]
        told = {name: raw for name, raw in identity.items() if name in ("product", "vendor", "version", "build")}
        self.check_tables()
        self._check_reasons()
        return FileMapping(
            isolation=head["isolation"],
            parallel_sessions=head["parallel_sessions"],
            clock_control=head["clock_control"],
            identity=self.templates(told, frozenset(["reply", "env"]), "identity"),
            identity_step=self._step(identity, _IDENTITY, "identity") if "reads" in identity else None,
            watcher=self._list(self.data.get("watcher", ()), frozenset(["work", "python", "env"]), ("watcher",)),
            opening=self._steps("open", _OPEN),
            closing=self._steps("close", _CLOSE),
            reasons=self.data.get("reasons", {}),
            operations=dict(self._operations()),
            environment=frozenset(self.environment),
        )

    def _check_reasons(self) -> None:
        known = {one.key for one in self.glossary.reasons}
        for name, reason in self.data.get("reasons", {}).items():
            if reason not in known:
                self.unknown(("reasons", name), "用語集に理由", reason, known)

    # work -------------------------------------------------------------------------------------------

    def _steps(self, name: str, sources: frozenset[str]) -> tuple[Step, ...]:
        return tuple(self._step(row, sources, name, index) for index, row in enumerate(self.data.get(name, ())))

    def _step(self, row: Mapping[str, Any], sources: frozenset[str], *key: str | int) -> Step:
        reads = self.template(row["reads"], sources, (*key, "reads")) if "reads" in row else None
        return Step(self._job(row, sources, frozenset(), key), reads, row.get("keep", {}))

    def _job(self, row: Mapping[str, Any], names: frozenset[str], files: frozenset[str], key: Key) -> Job:
        """`names` may stand in names of files; in the command and its like `files`, and the end if there is one."""
        start = row.get("start")
        sources = names | files | ({"end"} & set(row))
        if start is not None and "watcher" not in self.data:
            self.complain(
                (*key, "start"), "start の見張り役（watcher）がありません。", "watcher か command を書いてください。"
            )
        return Job(
            self._list(row.get("command", ()), sources, (*key, "command")),
            self.template(start["file"], names, (*key, "start", "file")) if start else None,
            self._list(start.get("lines", ()), sources, (*key, "start", "lines")) if start else (),
            self.template(row["end"], names, (*key, "end")) if "end" in row else None,
        )

    def _list(self, raw: Iterable[str], sources: frozenset[str], key: Key) -> tuple[Template, ...]:
        return tuple(self.template(one, sources, (*key, index)) for index, one in enumerate(raw))

    # operations -------------------------------------------------------------------------------------

    def _operations(self) -> Iterable[tuple[str, FileOperation]]:
        known = {operation for operation, carries in self._layouts if carries == INPUT}
        for name, row in self.data["operations"].items():
            if name in known:
                yield name, self._operation(name, row or {})
            else:
                self.unknown(("operations", name), "レイアウトのある操作", name, known)

    def _operation(self, name: str, row: Mapping[str, Any]) -> FileOperation:
        operation, common = self.glossary.operation_of(name), self.data["call"]
        ways = ("command", "start") if {"command", "start"} & set(row) else ()
        whole = {**{key: value for key, value in common.items() if key not in ways}, **row}
        places = {key: ("operations", name) if key in row else ("call",) for key in whole}
        at = ("operations", name) if ways else ("call",)
        uses = {use.word: use for use in operation.result}
        book = self._layouts[name, RESULT][0]
        return FileOperation(
            name,
            self._job(whole, _NAMES, frozenset(["in", "out"]), at),
            self.template(whole["input"], _NAMES, (*places["input"], "input")),
            self.template(whole["result"], _NAMES, (*places["result"], "result")),
            self.template(whole["part"], _NAMES | {"part"}, (*places["part"], "part")),
            self._columns(name, INPUT, {use.word: use for use in operation.input}),
            self._columns(name, RESULT, uses),
            tuple(self._part(name, *one) for one in parts_of(operation, self.glossary).items()),
            {**book.outcomes, **self.data.get("outcomes", {})},
        )

    def _part(self, operation: str, key: str, use: FieldUse) -> Part:
        word = self.glossary.word_of(use.word)
        fields = {one.word: one for one in word.fields}
        columns = self._columns(operation, key, fields, word.type == "document")
        return Part(key, word.type, columns, use.nullable or use.optional)

    def _columns(
        self, operation: str, carries: str, uses: Mapping[str, FieldUse], is_paper: bool = False
    ) -> tuple[Column, ...]:
        book, layout = self._layouts[operation, carries]
        self._formats = {**_CELLS, **book.formats, **self._own_formats}
        empty = {**book.empty, **self.data.get("empty", {})}
        return tuple(self._column(item, uses.get(item.word), empty, is_paper) for item in layout.items)

    def _column(self, item: Item, use: FieldUse | None, empty: Mapping[str, str], is_paper: bool) -> Column:
        if item.word in FIXED or use is None:
            return Column(item, AsIs())
        word = self.glossary.word_of(item.word)
        nullable = use.optional or use.nullable or is_paper
        return Column(item, self.form(word, {}, ()), word.type, nullable, empty.get(word.type, ""))
