"""Reads mapping.yaml and holds it against the glossary: every operation, field, code and placeholder must be known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from kijun.catalog.openapi_check import openapi_problems
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.api_mapping import (
    ApiMapping,
    AsIs,
    Ask,
    Dates,
    Field,
    Form,
    MappedOperation,
    NumberText,
    Paging,
    Refusal,
    Table,
    Template,
    Unsayable,
    dotted,
)
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.glossary import FieldUse, Glossary, Operation, Word

FILE = "mapping.yaml"
_CALL = frozenset(["as_of", "actor", "session", "kept", "env"])
_OPEN = frozenset(["as_of", "session", "profile", "kept", "env"])
_CLOSE = frozenset(["session", "kept", "env"])
_IDENTITY = frozenset(["reply", "env"])
_WITHOUT_BODY = ("GET", "DELETE")
_NESTED = ("list", "document")


def read_mapping(folder: Path, glossary: Glossary) -> ApiMapping:
    """Raises ConfigurationError with everything that is wrong, the OpenAPI document included when it is a file."""
    path = folder / FILE
    if not path.exists():
        hint = "sut.yaml の隣に置いてください。examples/http-mapping に実例があります。"
        raise ConfigurationError(
            [Problem(Position.of(path), "製品の API への写し方（mapping.yaml）がありません。", hint)]
        )
    file = read_yaml(path)
    problems = file.problems or schema_problems("mapping", file)
    if problems:
        raise ConfigurationError(problems)
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


class _Reader:
    """Builds the mapping piece by piece and collects what does not fit the glossary."""

    def __init__(self, file: YamlFile, glossary: Glossary) -> None:
        self._file, self._data, self._glossary = file, file.data, glossary
        self._formats: Mapping[str, Any] = file.data.get("formats", {})
        self._tables: Mapping[str, Any] = file.data.get("codes", {})
        self._environment: set[str] = set()
        self.problems: list[Problem] = []

    def mapping(self) -> ApiMapping:
        head, identity = self._data["mapping"], self._data["identity"]
        self._check_tables()
        return ApiMapping(
            identity=self._templates({k: v for k, v in identity.items() if k != "request"}, _IDENTITY, "identity"),
            identity_ask=self._ask({"request": identity["request"]}, _IDENTITY, "identity")
            if "request" in identity
            else None,
            isolation=head["isolation"],
            parallel_sessions=head["parallel_sessions"],
            clock_control=head["clock_control"],
            opening=self._steps("open", _OPEN),
            closing=self._steps("close", _CLOSE),
            headers=self._templates(self._data.get("headers", {}), _CALL, "headers"),
            refusals=tuple(self._refusal(index, row) for index, row in enumerate(self._data.get("refusals", ()))),
            operations=dict(self._operations()),
            openapi=head.get("openapi", ""),
            environment=frozenset(self._environment),
        )

    def _complain(self, key: tuple[str | int, ...], message: str, hint: str) -> None:
        self.problems.append(Problem(self._file.at(*key), message, hint))

    def _unknown(self, key: tuple[str | int, ...], what: str, word: str, known: Iterable[str]) -> None:
        """One word that nobody knows, with the nearest that somebody does."""
        known = sorted(known)
        near = get_close_matches(word, known, n=1, cutoff=0.5)
        hint = f"「{near[0]}」のことですか。" if near else f"使えるのは {'、'.join(known) or '一つもありません'} です。"
        self._complain(key, f"{what}「{word}」はありません。", hint)

    # requests ---------------------------------------------------------------------------------------

    def _steps(self, name: str, sources: frozenset[str]) -> tuple[Ask, ...]:
        return tuple(self._ask(row, sources, name, index) for index, row in enumerate(self._data.get(name, ())))

    def _ask(self, row: Mapping[str, Any], sources: frozenset[str], *key: str | int) -> Ask:
        method, path = row["request"].split(" ", 1)
        return Ask(
            self._file.at(*key),
            method,
            self._template(path, sources, (*key, "request")),
            self._templates(row.get("query", {}), sources, *key, "query"),
            self._templates(row.get("headers", {}), sources, *key, "headers"),
            self._templates(row.get("body", {}), sources, *key, "body"),
            row.get("keep", {}),
        )

    def _templates(self, row: Mapping[str, Any], sources: frozenset[str], *key: str | int) -> dict[str, Template]:
        return {name: self._template(raw, sources, (*key, name)) for name, raw in row.items()}

    def _template(self, raw: Any, sources: frozenset[str], key: tuple[str | int, ...]) -> Template:
        try:
            template = Template.parse(raw)
        except Unsayable as error:
            self._complain(key, str(error), "{項目} か {kept.名前} のように書いてください。")
            return Template(())
        for one in template.references:
            for name in filter(None, (one.source, one.chosen_by)):
                if name not in sources:
                    self._unknown(key, "差し込む値", name, sources)
            if one.source == "env":
                self._environment.add(".".join(one.path))
        return template

    def _refusal(self, index: int, row: Mapping[str, Any]) -> Refusal:
        reasons = {one.key for one in self._glossary.reasons}
        codes = row.get("codes", {})
        told: list[tuple[tuple[str | int, ...], str]] = []
        if "code" in row:
            told.append((("refusals", index, "code"), row["code"]))
        told += [(("refusals", index, "codes", one), reason) for one, reason in codes.items()]
        for key, reason in told:
            if reason not in reasons:
                self._unknown(key, "用語集に理由", reason, reasons)
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
        known = [one.key for one in self._glossary.operations]
        for name, row in self._data["operations"].items():
            if self._glossary.has_operation_key(name):
                whole = {"request": row} if isinstance(row, str) else row
                yield name, self._operation(self._glossary.operation_of(name), whole)
            else:
                self._unknown(("operations", name), "用語集に操作", name, known)

    def _operation(self, operation: Operation, row: Mapping[str, Any]) -> MappedOperation:
        key = ("operations", operation.key)
        same = row.get("same_names", self._data["mapping"].get("same_names", False))
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
            self._complain(key, f"操作「{operation.label}」の入力{_listed(needed)}の写し先がありません。", hint)
        envelope = dotted(row["envelope"]) if "envelope" in row else ()
        return MappedOperation(operation.key, ask, inputs, result, frozenset(lost), envelope, paging)

    def _inputs(self, operation: Operation, row: Mapping[str, Any], ask: Ask, same: bool) -> Iterable[Field]:
        """The inputs that are listed, stand in the path, or keep their names."""
        told, key = row.get("inputs", {}), ("operations", operation.key, "inputs")
        uses = {use.word: use for use in operation.input}
        for name in (*told, *row.get("omit", ())):
            if name not in uses:
                self._unknown((*key, name), f"操作「{operation.label}」に入力", name, uses)
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
                self._unknown((*key, name), where, name, known)
        yield from (
            self._field(use, told.get(name, {}), way, "body", (*key, name), same)
            for name, use in known.items()
            if name in told or same
        )
        lost = [] if same else [name for name, use in known.items() if name not in told and not use.optional]
        if lost:
            hint = "応答での場所を書いてください。製品が言わないことのある項目には absent も書きます。"
            self._complain(key, f"{where}{_listed(lost)}の取り出し先がありません。", hint)

    def _field(
        self, use: FieldUse, told: Any, way: str, place: str, key: tuple[str | int, ...], same: bool = True
    ) -> Field:
        """`way` is `to` for an input and `from` for a result."""
        row = {way: told} if isinstance(told, str) else told
        word = self._glossary.word_of(use.word)
        nested = word.type in _NESTED
        return Field(
            key=use.word,
            path=dotted(row.get(way, use.word)),
            form=AsIs() if nested else self._form(word, row, key),
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
            self._complain((*key, "paging"), "どの一覧をつなぐのか決まりません。", hint)
        return Paging(
            dotted(told["next"]) if "next" in told else (),
            told.get("page", ""),
            told.get("first", 1),
            dotted(told["pages"]) if "pages" in told else (),
        )

    # forms ------------------------------------------------------------------------------------------

    def _form(self, word: Word, row: Mapping[str, Any], key: tuple[str | int, ...]) -> Form:
        if word.type == "code":
            table = row.get("codes", self._tables.get(word.key))
            if "codes" in row:
                self._check_table(word, table, (*key, "codes"))
            return Table(table) if table else AsIs()
        told = row.get("format", self._formats.get(word.type))
        if told is None:
            return AsIs()
        if word.type == "flag" and isinstance(told, Mapping):
            return Table({True: told["true"], False: told["false"]})
        if word.type in ("date", "year_month") and isinstance(told, str) and Dates.understands(told):
            return Dates(told)
        if word.type in ("yen", "count", "fiscal_year") and told in ("text", "grouped"):
            return NumberText(told == "grouped")
        own = "format" in row
        what = f"型 {word.type}" + (f" の項目「{word.key}」" if own else "")
        at = (*key, "format") if own else ("formats", word.type)
        self._complain(
            at,
            f"書き方「{told}」は{what}に使えません。",
            "requirements/schema/mapping.json の formats を見てください。",
        )
        return AsIs()

    def _check_tables(self) -> None:
        for name, table in self._tables.items():
            coded = [word.key for word in self._glossary.words if word.type == "code"]
            if name in coded:
                self._check_table(self._glossary.word_of(name), table, ("codes", name))
            else:
                self._unknown(("codes", name), "用語集に区分", name, coded)

    def _check_table(self, word: Word, table: Mapping[str, Any], key: tuple[str | int, ...]) -> None:
        """Every value of the glossary has its pair, and no two share one of the product's: it could not be read."""
        known = set(word.codes.values())
        for value in table:
            if value not in known:
                self._unknown((*key, value), f"区分「{word.label}」に値", value, known)
        missing = sorted(known - set(table))
        if missing:
            hint = "製品の値を書いてください。当たるものがなければ null と書きます。"
            self._complain(key, f"区分「{word.label}」の値{_listed(missing)}の写し先がありません。", hint)
        seen: dict[str, str] = {}
        for value, other in table.items():
            first = seen.setdefault(json.dumps(other), value)
            if other is not None and first != value:
                told = f"区分「{word.label}」の「{first}」と「{value}」が同じ製品の値に写ります。"
                self._complain((*key, value), told, "読み戻せるように別の値にしてください。")


def _listed(names: Sequence[str]) -> str:
    """The first few names in brackets, and how many there are if there are more."""
    shown = "」「".join(names[:5])
    return f"「{shown}」" + (f"ほか {len(names) - 5} 件" if len(names) > 5 else "")


def _placed(ask: Ask) -> set[str]:
    """Names of the inputs that stand in a template of the request."""
    templates = (ask.path, *ask.query.values(), *ask.headers.values(), *ask.body.values())
    return {one.source for template in templates for one in template.references} - _CALL


def _in_path(ask: Ask) -> set[str]:
    return {one.source for one in ask.path.references} - _CALL
