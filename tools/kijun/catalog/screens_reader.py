"""Reads screens.yaml and holds it against the glossary: every operation, field, code and placeholder must be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kijun.catalog.dictionary import NUMBERS, Dictionary, Key, listed, read_beside
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.api_mapping import AsIs, Form, NumberText
from kijun.model.errors import ConfigurationError
from kijun.model.glossary import FieldUse, Glossary, Operation, Word
from kijun.model.screen_mapping import Complaint, MappedScreen, ScreenMapping, ShownField, Sign, Spot, Visit

_OPEN = frozenset(["as_of", "session", "profile", "kept", "env"])
_SIGN_IN = frozenset(["as_of", "actor", "session", "kept", "env"])
_CLOSE = frozenset(["session", "kept", "env"])
_IDENTITY = ("product", "vendor", "version", "build")


def read_screens(folder: Path, glossary: Glossary) -> ScreenMapping:
    """Raises ConfigurationError with everything that is wrong."""
    file = read_beside(folder, "screens", "製品の画面への写し方", "browser")
    reader = _Reader(file, glossary)
    mapping = reader.mapping()
    if reader.problems:
        raise ConfigurationError(reader.problems)
    return mapping


class _Reader(Dictionary):
    """Builds the mapping piece by piece and collects what does not fit the glossary."""

    def __init__(self, file: YamlFile, glossary: Glossary) -> None:
        super().__init__(file, glossary)
        if file.data["screens"].get("same_labels"):
            coded = [word for word in glossary.words if word.type == "code"]
            own = {word.key: {value: label for label, value in word.codes.items()} for word in coded}
            self.tables = {name: {**own.get(name, {}), **self.tables.get(name, {})} for name in {**own, **self.tables}}

    def mapping(self) -> ScreenMapping:
        head, identity = self.data["screens"], self.data["identity"]
        self.check_tables()
        self._check_labels()
        return ScreenMapping(
            identity_page=self._visit(
                {k: v for k, v in identity.items() if k not in _IDENTITY}, frozenset(), "identity"
            ),
            identity={name: _spot(identity[name]) for name in _IDENTITY},
            isolation=head["isolation"],
            parallel_sessions=head["parallel_sessions"],
            clock_control=head["clock_control"],
            home=head["home"],
            empty=head.get("empty", ""),
            masked=tuple(head["mask"]),
            opening=self._visits("open", _OPEN),
            signing_in=self._visits("sign_in", _SIGN_IN),
            closing=self._visits("close", _CLOSE),
            complaints=tuple(self._complaints()),
            operations=dict(self._operations()),
            environment=frozenset(self.environment),
        )

    def _check_labels(self) -> None:
        known = {word.key for word in self.glossary.words}
        for name in self.data.get("labels", {}):
            if name not in known:
                self.unknown(("labels", name), "用語集に項目", name, known)

    # errands ----------------------------------------------------------------------------------------

    def _visits(self, name: str, sources: frozenset[str]) -> tuple[Visit, ...]:
        return tuple(self._visit(row, sources, name, index) for index, row in enumerate(self.data.get(name, ())))

    def _visit(self, row: Mapping[str, Any], sources: frozenset[str], *key: str | int) -> Visit:
        menu, press, arrives = row.get("menu", ()), row.get("press", ()), row.get("arrives")
        return Visit(
            at=self.file.at(*key),
            page=self.template(row["page"], sources, (*key, "page")) if "page" in row else None,
            menu=(menu,) if isinstance(menu, str) else tuple(menu),
            fill=tuple(
                (Spot(name), self.template(raw, sources, (*key, "fill", name)))
                for name, raw in row.get("fill", {}).items()
            ),
            press=tuple(map(_spot, press)) if isinstance(press, list | tuple) else (_spot(press),),
            arrives=Sign(*next(iter(arrives.items()))) if arrives else None,
            keep={name: _spot(raw) for name, raw in row.get("keep", {}).items()},
        )

    def _complaints(self) -> Iterable[Complaint]:
        reasons = {one.key for one in self.glossary.reasons}
        for index, row in enumerate(self.data.get("refusals", ())):
            key, codes = ("refusals", index), row.get("codes", {})
            for reason in (*((row["code"],) if "code" in row else ()), *codes.values()):
                if reason not in reasons:
                    self.unknown(key, "用語集に理由", reason, reasons)
            try:
                says = re.compile(row["says"])
            except re.error as error:
                self.complain(
                    (*key, "says"), f"正規表現として読めません（{error}）。", "括弧や記号を確かめてください。"
                )
                continue
            if "code" not in row and "code" not in says.groupindex:
                hint = "code に用語集の理由を書くか、(?P<code>…) で知らせから取り出してください。"
                self.complain(key, "どの理由による拒否なのか決まりません。", hint)
            yield Complaint(says, row.get("code", ""), codes)

    # operations -------------------------------------------------------------------------------------

    def _operations(self) -> Iterable[tuple[str, MappedScreen]]:
        known = [one.key for one in self.glossary.operations]
        for name, row in self.data["operations"].items():
            if self.glossary.has_operation_key(name):
                yield (
                    name,
                    self._operation(self.glossary.operation_of(name), {"menu": row} if isinstance(row, str) else row),
                )
            else:
                self.unknown(("operations", name), "用語集に操作", name, known)

    def _operation(self, operation: Operation, row: Mapping[str, Any]) -> MappedScreen:
        head, key = self.data["screens"], ("operations", operation.key)
        usual = {name: head[name] for name in ("press", "arrives") if name in head}
        visit = self._visit({**usual, **row}, _SIGN_IN, *key)
        if visit.page is None and not visit.menu:
            self.complain(key, f"操作「{operation.label}」の画面が決まりません。", "page か menu を書いてください。")
        if visit.arrives is None:
            hint = "arrives に、結果の画面にだけある見出し、領域又は知らせを書いてください。"
            self.complain(key, f"操作「{operation.label}」の結果が来たことを知る手がかりがありません。", hint)
        same = row.get("same_labels", head.get("same_labels", False))
        inputs = tuple(self._inputs(operation, row, same))
        lost = {use.word for use in operation.input} - {one.key for one in inputs} - set(row.get("omit", ()))
        needed = sorted(use.word for use in operation.input if use.word in lost and not use.optional)
        if needed:
            hint = "inputs に製品での欄を書くか、製品が受け取らないなら omit に挙げてください。"
            self.complain(key, f"操作「{operation.label}」の入力{listed(needed)}の写し先がありません。", hint)
        where = f"操作「{operation.label}」に結果"
        result = tuple(self._shown(operation.result, row.get("result", {}), same, (*key, "result"), where))
        more = _spot(row["more"]) if "more" in row else None
        if more and sum(one.kind == "list" for one in result) != 1:
            self.complain(
                (*key, "more"), "どの一覧をつなぐのか決まりません。", "結果に一覧が一つある操作にだけ書けます。"
            )
        return MappedScreen(operation.key, visit, inputs, result, frozenset(lost), more)

    def _inputs(self, operation: Operation, row: Mapping[str, Any], same: bool) -> Iterable[ShownField]:
        told, key = row.get("inputs", {}), ("operations", operation.key, "inputs")
        uses = {use.word: use for use in operation.input}
        for name in (*told, *row.get("omit", ())):
            if name not in uses:
                self.unknown((*key, name), f"操作「{operation.label}」に入力", name, uses)
        for name in uses:
            word = self.glossary.word_of(name)
            if name in row.get("omit", ()) or not (name in told or same or name in self.data.get("labels", {})):
                continue
            if word.type in ("list", "document"):
                continue  # no single box takes them: they count as unmapped
            yield self._field(uses[name], told.get(name, {}), same, (*key, name), is_input=True)

    def _shown(
        self, uses: Iterable[FieldUse], told: Mapping[str, Any], same: bool, key: Key, where: str
    ) -> Iterable[ShownField]:
        """The fields of a result, a table or a document; what has no place and is needed is a problem."""
        known = {use.word: use for use in uses}
        for name in told:
            if name not in known:
                self.unknown((*key, name), where, name, known)
        named = self.data.get("labels", {})
        placed = [name for name in known if same or name in told or name in named]
        yield from (self._field(known[name], told.get(name, {}), same, (*key, name)) for name in placed)
        lost = [name for name, use in known.items() if name not in placed and not use.optional]
        if lost:
            hint = "画面での名前を書いてください。"
            self.complain(key, f"{where}{listed(lost)}の取り出し先がありません。", hint)

    def _field(self, use: FieldUse, told: Any, same: bool, key: Key, is_input: bool = False) -> ShownField:
        row: Mapping[str, Any] = {"at": told} if isinstance(told, str) else told
        word = self.glossary.word_of(use.word)
        is_nested = word.type in ("list", "document")
        where = f"「{word.label}」に項目"
        return ShownField(
            key=use.word,
            spot=_spot(row.get("at", self._label(word))),
            form=AsIs() if is_nested else self._text_form(word, row, key, is_input),
            kind=word.type if is_nested else "",
            fields=tuple(self._shown(word.fields, row.get("fields", {}), same, (*key, "fields"), where))
            if is_nested
            else (),
            is_absent_if_empty=use.optional and not use.nullable,
        )

    def _label(self, word: Word) -> str:
        label: str = self.data.get("labels", {}).get(word.key, word.label)
        return label

    def _text_form(self, word: Word, row: Mapping[str, Any], key: Key, is_input: bool) -> Form:
        """Everything on a page is text; what is typed into a box is typed without commas and units."""
        form = self.form(word, row, key)
        if word.type in NUMBERS and (is_input or isinstance(form, AsIs)):
            return NumberText("0" if is_input else "#,##0")
        return form


def _spot(raw: Any) -> Spot:
    return Spot(raw) if isinstance(raw, str) else Spot(raw.get("name", ""), raw.get("section", ""), raw.get("css", ""))
