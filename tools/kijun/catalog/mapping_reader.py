"""Reads mapping.yaml and holds it against the glossary: every operation, field, code and placeholder must be known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from kijun.catalog.dictionary import Dictionary, listed, read_beside
from kijun.catalog.openapi_check import openapi_problems
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.api_mapping import (
    ApiMapping,
    AsIs,
    Ask,
    Field,
    MappedOperation,
    Paging,
    Refusal,
    dotted,
)
from kijun.model.errors import ConfigurationError, Problem
from kijun.model.glossary import FieldUse, Glossary, Operation, Word

_CALL = frozenset(["as_of", "actor", "session", "kept", "env"])
_OPEN = frozenset(["as_of", "session", "profile", "kept", "env"])
_CLOSE = frozenset(["session", "kept", "env"])
_IDENTITY = frozenset(["reply", "env"])
_WITHOUT_BODY = ("GET", "DELETE")
_NESTED = ("list", "document")


def read_mapping(folder: Path, glossary: Glossary) -> ApiMapping:
    """Raises ConfigurationError with everything that is wrong, the OpenAPI document included when it is a file."""
    file = read_beside(folder, "mapping", "製品の API への写し方", "http-mapping")
    reader = _Reader(file, glossary)
    mapping = reader.mapping()
    problems = reader.problems or _beside(folder, mapping, file)
    if problems:
        raise ConfigurationError(problems)
    return mapping


def _beside(folder: Path, mapping: ApiMapping, file: YamlFile) -> list[Problem]:
    """What a document in the vendor's folder says against the mapping."""
    if not mapping.openapi or mapping.publishes_openapi:
        return []
    path, at = folder / mapping.openapi, file.at("mapping", "openapi")
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError) as error:
        hint = "場所と中身（JSON か YAML）を確かめてください。"
        return [Problem(at, f"OpenAPI 文書「{mapping.openapi}」を読めません（{type(error).__name__}）。", hint)]
    return openapi_problems(mapping, document, at)


class _Reader(Dictionary):
    """Builds the mapping piece by piece and collects what does not fit the glossary."""

    def mapping(self) -> ApiMapping:
        head, identity = self.data["mapping"], self.data["identity"]
        self.check_tables()
        return ApiMapping(
            identity=self.templates({k: v for k, v in identity.items() if k != "request"}, _IDENTITY, "identity"),
            identity_ask=self._ask({"request": identity["request"]}, _IDENTITY, "identity")
            if "request" in identity
            else None,
            isolation=head["isolation"],
            parallel_sessions=head["parallel_sessions"],
            clock_control=head["clock_control"],
            opening=self._steps("open", _OPEN),
            closing=self._steps("close", _CLOSE),
            headers=self.templates(self.data.get("headers", {}), _CALL, "headers"),
            refusals=tuple(self._refusal(index, row) for index, row in enumerate(self.data.get("refusals", ()))),
            operations=dict(self._operations()),
            openapi=head.get("openapi", ""),
            environment=frozenset(self.environment),
        )

    # requests ---------------------------------------------------------------------------------------

    def _steps(self, name: str, sources: frozenset[str]) -> tuple[Ask, ...]:
        return tuple(self._ask(row, sources, name, index) for index, row in enumerate(self.data.get(name, ())))

    def _ask(self, row: Mapping[str, Any], sources: frozenset[str], *key: str | int) -> Ask:
        method, path = row["request"].split(" ", 1)
        return Ask(
            self.file.at(*key),
            method,
            self.template(path, sources, (*key, "request")),
            self.templates(row.get("query", {}), sources, *key, "query"),
            self.templates(row.get("headers", {}), sources, *key, "headers"),
            self.templates(row.get("body", {}), sources, *key, "body"),
            row.get("keep", {}),
        )

    def _refusal(self, index: int, row: Mapping[str, Any]) -> Refusal:
        reasons = {one.key for one in self.glossary.reasons}
        codes = row.get("codes", {})
        told: list[tuple[tuple[str | int, ...], str]] = []
        if "code" in row:
            told.append((("refusals", index, "code"), row["code"]))
        told += [(("refusals", index, "codes", one), reason) for one, reason in codes.items()]
        for key, reason in told:
            if reason not in reasons:
                self.unknown(key, "用語集に理由", reason, reasons)
        return Refusal(
            tuple(map(str, row["status"])),
            row.get("when", {}),
            row.get("code", ""),
            dotted(row.get("code_at", ".")),
            dotted(row.get("message_at", ".")),
            codes,
        )

    # operations -------------------------------------------------------------------------------------

    def _operations(self) -> Iterable[tuple[str, MappedOperation]]:
        known = [one.key for one in self.glossary.operations]
        for name, row in self.data["operations"].items():
            if self.glossary.has_operation_key(name):
                whole = {"request": row} if isinstance(row, str) else row
                yield name, self._operation(self.glossary.operation_of(name), whole)
            else:
                self.unknown(("operations", name), "用語集に操作", name, known)

    def _operation(self, operation: Operation, row: Mapping[str, Any]) -> MappedOperation:
        key = ("operations", operation.key)
        same = row.get("same_names", self.data["mapping"].get("same_names", False))
        names = frozenset(use.word for use in operation.input)
        ask = self._ask(row, _CALL | names, *key)
        inputs = tuple(self._inputs(operation, row, ask, same))
        placed = {one.key for one in inputs} | set(row.get("omit", ())) | set(_placed(ask))
        result = self._result(operation, row, same)
        paging = self._paging(row, result, key)
        lost = {use.word for use in operation.input if use.word not in placed}
        needed = [use.word for use in operation.input if use.word in lost and not use.optional]
        if needed:
            hint = "inputs に製品での場所を書くか、製品が受け取らないなら omit に挙げてください。"
            self.complain(key, f"操作「{operation.label}」の入力{listed(needed)}の写し先がありません。", hint)
        envelope = dotted(row["envelope"]) if "envelope" in row else ()
        return MappedOperation(operation.key, ask, inputs, result, frozenset(lost), envelope, paging)

    def _inputs(self, operation: Operation, row: Mapping[str, Any], ask: Ask, same: bool) -> Iterable[Field]:
        """The inputs that are listed, stand in the path, or keep their names."""
        told, key = row.get("inputs", {}), ("operations", operation.key, "inputs")
        uses = {use.word: use for use in operation.input}
        for name in (*told, *row.get("omit", ())):
            if name not in uses:
                self.unknown((*key, name), f"操作「{operation.label}」に入力", name, uses)
        in_path, in_templates = _in_path(ask), set(_placed(ask)) - set(told)
        usual = "query" if ask.method in _WITHOUT_BODY else "body"
        for use in operation.input:
            is_placed = use.word in in_path | in_templates
            if use.word not in row.get("omit", ()) and (use.word in told or is_placed or same):
                place = "template" if is_placed else usual
                yield self._field(use, told.get(use.word, {}), "to", place, (*key, use.word))

    def _result(self, operation: Operation, row: Mapping[str, Any], same: bool) -> tuple[Field, ...]:
        told, key = row.get("result", {}), ("operations", operation.key, "result")
        return tuple(self._fields(operation.result, told, "from", same, key, f"操作「{operation.label}」に結果"))

    def _fields(
        self,
        uses: Iterable[FieldUse],
        told: Mapping[str, Any],
        way: str,
        same: bool,
        key: tuple[str | int, ...],
        where: str,
    ) -> Iterable[Field]:
        """The fields of a result or a row; what has no place and is needed is a problem."""
        known = {use.word: use for use in uses}
        for name in told:
            if name not in known:
                self.unknown((*key, name), where, name, known)
        yield from (
            self._field(use, told.get(name, {}), way, "body", (*key, name), same)
            for name, use in known.items()
            if name in told or same
        )
        lost = [] if same else [name for name, use in known.items() if name not in told and not use.optional]
        if lost:
            hint = "応答での場所を書いてください。製品が言わないことのある項目には absent も書きます。"
            self.complain(key, f"{where}{listed(lost)}の取り出し先がありません。", hint)

    def _field(
        self, use: FieldUse, told: Any, way: str, place: str, key: tuple[str | int, ...], same: bool = True
    ) -> Field:
        """`way` is `to` for an input and `from` for a result."""
        row = {way: told} if isinstance(told, str) else told
        word = self.glossary.word_of(use.word)
        nested = word.type in _NESTED
        return Field(
            key=use.word,
            path=dotted(row.get(way, use.word)),
            form=AsIs() if nested else self.form(word, row, key),
            place=place if place == "template" else row.get("in", place),
            kind=word.type if nested else "",
            fields=self._parts(word, row, way, same, key) if nested else (),
            absent_is_null=row.get("absent") == "null",
        )

    def _parts(
        self, word: Word, row: Mapping[str, Any], way: str, same: bool, key: tuple[str | int, ...]
    ) -> tuple[Field, ...]:
        told, where, uses = row.get("fields", {}), f"「{word.label}」に項目", word.fields
        if word.type == "document":  # an item that the paper lacks is the product's failure, not the mapping's
            uses = tuple(replace(use, optional=True) for use in uses)
        return tuple(self._fields(uses, told, way, same, (*key, "fields"), where))

    def _paging(self, row: Mapping[str, Any], result: Iterable[Field], key: tuple[str | int, ...]) -> Paging | None:
        told = row.get("paging")
        if told is None:
            return None
        if sum(one.kind == "list" for one in result) != 1:
            hint = "結果に一覧が一つある操作にだけ書けます。"
            self.complain((*key, "paging"), "どの一覧をつなぐのか決まりません。", hint)
        return Paging(
            dotted(told["next"]) if "next" in told else (),
            told.get("page", ""),
            told.get("first", 1),
            dotted(told["pages"]) if "pages" in told else (),
        )


def _placed(ask: Ask) -> set[str]:
    """Names of the inputs that stand in a template of the request."""
    templates = (ask.path, *ask.query.values(), *ask.headers.values(), *ask.body.values())
    return {one.source for template in templates for one in template.references} - _CALL


def _in_path(ask: Ask) -> set[str]:
    return {one.source for one in ask.path.references} - _CALL
