"""Reads requirements/layouts/*.yaml, and a vendor's own layouts, and holds them against the glossary."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kijun.catalog.dictionary import Dictionary, listed
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.errors import Position, Problem
from kijun.model.glossary import FieldUse, Glossary, Operation
from kijun.model.layout import FIXED, INPUT, NUMBER, OUTCOME, REASON, RESULT, Item, Layout, LayoutBook

NESTED = ("list", "document")


def parts_of(operation: Operation, glossary: Glossary) -> dict[str, FieldUse]:
    """Lists and documents of a result, and the lists within its documents (`document.list`)."""
    found: dict[str, FieldUse] = {}
    for use in operation.result:
        word = glossary.word_of(use.word)
        if word.type in NESTED:
            found[use.word] = use
            inner = (one for one in word.fields if _type(one, glossary) in NESTED)
            found.update({f"{use.word}.{one.word}": one for one in inner})
    return found


def _type(use: FieldUse, glossary: Glossary) -> str:
    return glossary.word_of(use.word).type


def read_layouts(
    root: Path, glossary: Glossary, businesses: Collection[str]
) -> tuple[tuple[LayoutBook, ...], list[Problem]]:
    """Every layout file of a root, with all problems of all of them."""
    books: list[LayoutBook] = []
    problems: list[Problem] = []
    for path in sorted((root / "requirements" / "layouts").glob("*.yaml")):
        book, faults = read_layout_file(path, glossary)
        problems += faults
        if book is not None:
            books.append(book)
            problems += _stray_problems(path, book, businesses)
    return tuple(books), problems


def _stray_problems(path: Path, book: LayoutBook, businesses: Collection[str]) -> Iterator[Problem]:
    """A file bears the name of its business, and that has a table."""
    if book.business not in businesses or path.stem != book.business:
        hint = f"使えるのは {'、'.join(sorted(businesses))} です。ファイルも同じ名前にしてください。"
        told = f"レイアウト {path.name} の業務「{book.business}」の要件表がないか、ファイルの名前と違います。"
        yield Problem(Position.of(path), told, hint)


def read_layout_file(path: Path, glossary: Glossary) -> tuple[LayoutBook | None, list[Problem]]:
    """One file; no book comes back when its form is wrong."""
    file = read_yaml(path)
    problems = file.problems or schema_problems("layout", file)
    if problems:
        return None, problems
    reader = _Reader(file, glossary)
    return reader.book(), reader.problems


class _Reader(Dictionary):
    """Builds the layouts one by one and collects what does not fit the glossary."""

    def __init__(self, file: YamlFile, glossary: Glossary) -> None:
        super().__init__(file, glossary)
        self._words: dict[str, Any] = file.data["layouts"]["words"]

    def book(self) -> LayoutBook:
        head = self.data["layouts"]
        for name in self._words:
            if name not in FIXED and not self.glossary.has_word_key(name):
                known = [one.key for one in self.glossary.words]
                self.unknown(("layouts", "words", name), "用語集に項目", name, known)
        for word in {one.type: one for one in self.glossary.words}.values():
            self.form(word, {}, ())
        layouts = tuple(self._layout(index, row) for index, row in enumerate(self.data["files"]))
        self._check_together(layouts)
        return LayoutBook(
            business=head["business"],
            formats=self.data.get("formats", {}),
            empty=head.get("empty", {}),
            outcomes=head["outcomes"],
            layouts=layouts,
            source=head["source"],
        )

    def _layout(self, index: int, row: dict[str, Any]) -> Layout:
        items = tuple(self._item(one) for one in row["items"])
        layout = Layout(row["id"], row["title"], row["operation"], row["carries"], items)
        self._check_items(index, layout)
        return layout

    def _item(self, told: str) -> Item:
        word = told.rstrip("?")
        row = self._words.get(word, {})
        label = self.glossary.word_of(word).label if self.glossary.has_word_key(word) else word
        name = row.get("name", label)
        return Item(word, name, not told.endswith("?"), row.get("class", ""), row.get("length"))

    def _check_items(self, index: int, layout: Layout) -> None:
        key = ("files", index)
        if not self.glossary.has_operation_key(layout.operation):
            known = [one.key for one in self.glossary.operations]
            self.unknown((*key, "operation"), "用語集に操作", layout.operation, known)
            return
        operation = self.glossary.operation_of(layout.operation)
        uses = self._uses(index, layout, operation)
        if uses is None:
            return
        flat = {use.word: use for use in uses if _type(use, self.glossary) not in NESTED}
        allowed = FIXED if layout.carries == RESULT else (NUMBER,)
        for place, one in enumerate(layout.items):
            if one.word not in flat and one.word not in allowed:
                where = f"レイアウト「{layout.title}」に入れられる項目"
                self.unknown((*key, "items", place), where, one.word, [*flat, *allowed])
        there = {one.word for one in layout.items}
        missing = [word for word in self._needed(layout, operation, flat) if word not in there]
        if missing:
            hint = "items に加えてください。"
            self.complain((*key, "items"), f"レイアウト「{layout.title}」に項目{listed(missing)}がありません。", hint)
        self._check_doubles(index, layout)

    def _needed(self, layout: Layout, operation: Operation, flat: Mapping[str, FieldUse]) -> list[str]:
        """An item that a paper lacks is the product's failure, not the layout's."""
        fixed = [NUMBER, OUTCOME, REASON] if layout.carries == RESULT else [NUMBER]
        whole = parts_of(operation, self.glossary).get(layout.carries)
        if whole is not None and _type(whole, self.glossary) == "document":
            return fixed
        return fixed + [word for word, use in flat.items() if not use.optional]

    def _uses(self, index: int, layout: Layout, operation: Operation) -> tuple[FieldUse, ...] | None:
        """The words that this file may carry; None when there is no such part of the operation."""
        if layout.carries in (INPUT, RESULT):
            return operation.input if layout.carries == INPUT else operation.result
        parts = parts_of(operation, self.glossary)
        if layout.carries not in parts:
            known = [INPUT, RESULT, *parts]
            self.unknown(("files", index, "carries"), f"操作「{operation.label}」に", layout.carries, known)
            return None
        return self.glossary.word_of(parts[layout.carries].word).fields

    def _check_doubles(self, index: int, layout: Layout) -> None:
        for trait in ("word", "name"):
            seen: set[str] = set()
            for place, one in enumerate(layout.items):
                told = getattr(one, trait)
                if told in seen:
                    hint = "一方を消すか、words の name で見出しを変えてください。"
                    told = f"レイアウト「{layout.title}」に「{told}」が二度あります。"
                    self.complain(("files", index, "items", place), told, hint)
                    return
                seen.add(told)

    def _check_together(self, layouts: Iterable[Layout]) -> None:
        ids: set[str] = set()
        whats: set[tuple[str, str]] = set()
        for index, one in enumerate(layouts):
            if one.id in ids or (one.operation, one.carries) in whats:
                self.complain(("files", index), f"レイアウト「{one.id}」が重複しています。", "一方を消してください。")
            ids.add(one.id)
            whats.add((one.operation, one.carries))
        for name, told in self._lonely(whats):
            where = next(index for index, one in enumerate(layouts) if one.operation == name)
            hint = "操作ごとに、入力、結果、結果の一覧と帳票のそれぞれのレイアウトが要ります。"
            self.complain(("files", where), f"操作「{name}」のレイアウト{listed(told)}がありません。", hint)

    def _lonely(self, whats: set[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
        """Operations of which only some files are laid out."""
        for name in sorted({operation for operation, _ in whats}):
            if self.glossary.has_operation_key(name):
                parts = parts_of(self.glossary.operation_of(name), self.glossary)
                missing = [one for one in (INPUT, RESULT, *parts) if (name, one) not in whats]
                if missing:
                    yield name, missing
