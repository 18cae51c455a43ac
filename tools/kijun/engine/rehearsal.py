"""A world that asks nobody: it walks a scenario to find words and values that nobody could understand."""

from __future__ import annotations

from typing import Any

from kijun.engine.outcomes import SuiteTrouble
from kijun.engine.world import ANY, EMPTY, LEFT_OUT, Table, pairs, plain
from kijun.model.glossary import Fact, Glossary, Operation, Word
from kijun.model.glossary import Label as Reason
from kijun.model.values import read_value


class Rehearsal:
    """Stands in for World while a feature is read. Notes which operations the scenario needs and probes."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._nicknames: set[str] = set()
        self._asked: Operation | None = None
        self.operations: set[str] = set()
        self.probes: set[str] = set()

    def assume(self, word: Word, text: str) -> None:
        self._value(word, text)

    def register(self, fact: Fact, table: Table | None = None) -> None:
        operation = self._need(self._glossary.operation_of(fact.operation))
        if table is None:
            return
        cells = plain(table)
        words = [self._glossary.word(label) for label in cells.headings]
        inputs = {use.word for use in operation.input}
        results = {use.word for use in operation.result}
        for word in words:
            if word.key not in inputs and not (word.type == "identifier" and word.key in results):
                raise SuiteTrouble(f"「{word.label}」は「{operation.label}」の項目ではありません。")
        for row in cells.rows:
            for word, cell in zip(words, row, strict=True):
                if word.key not in inputs:
                    self._nicknames.add(cell)
                elif cell:
                    self._value(word, cell)

    def establish(self, operation: Operation, table: Table | None = None) -> None:
        self._need(operation)
        self._inputs(operation, table)

    remember = establish

    def establish_refusal(self, operation: Operation, reason: Reason) -> None:  # noqa: ARG002 - known by now
        self._need(operation)

    def perform(self, operation: Operation, table: Table | None = None) -> None:
        self.establish(operation, table)
        self._asked = operation

    def probe(self, operation: Operation) -> None:
        if not operation.prohibited:
            raise SuiteTrouble(f"「{operation.label}」は用語集で prohibited ではありません。")
        self.probes.add(operation.key)
        self._asked = operation

    def expect_accepted(self) -> None:
        self._question()

    expect_not_provided = expect_accepted

    def expect_refused(self, reason: Reason) -> None:  # noqa: ARG002 - known by now
        self._question()

    def expect_value(self, word: Word, text: str) -> None:
        self._answer(word)
        self._value(word, text)

    expect_other_value = expect_value

    def expect_empty(self, word: Word) -> None:
        self._answer(word)

    def expect_values(self, table: Table | None) -> None:
        for label, text in pairs(table):
            self.expect_value(self._glossary.word(label), text)

    def expect_rows(self, word: Word, table: Table | None) -> None:
        self._answer(word)
        cells = plain(table)
        columns = [self._part(word, label) for label in cells.headings]
        for row in cells.rows:
            for column, cell in zip(columns, row, strict=True):
                self._value(column, cell or EMPTY)

    expect_rows_among = expect_rows
    expect_no_rows_among = expect_rows

    def expect_length(self, word: Word, number: str) -> None:
        self._answer(word)
        if not number.isdigit():
            raise SuiteTrouble(f"件数「{number}」は半角の数字で書いてください。")

    def expect_document_items(self, document: Word, table: Table | None) -> None:
        self._answer(document)
        for label, text in pairs(table):
            self._value(self._part(document, label), text)

    def expect_document_omits(self, document: Word, word: Word) -> None:
        self._answer(document)
        self._part(document, word.label)

    def expect_unchanged(self, operation: Operation) -> None:
        self._need(operation)

    def _need(self, operation: Operation) -> Operation:
        self.operations.add(operation.key)
        self.operations.update(use.provider for use in operation.input if use.provider)
        return operation

    def _inputs(self, operation: Operation, table: Table | None) -> None:
        if table is None:
            return
        keys = {use.word for use in operation.input}
        for label, text in pairs(table):
            word = self._glossary.word(label)
            if word.key not in keys:
                raise SuiteTrouble(f"「{label}」は「{operation.label}」の項目ではありません。")
            self._value(word, text)

    def _question(self) -> Operation:
        if self._asked is None:
            raise SuiteTrouble("ならばの前に、もしのステップがありません。")
        return self._asked

    def _answer(self, word: Word) -> None:
        operation = self._question()
        if word.key not in {use.word for use in operation.result}:
            raise SuiteTrouble(f"「{word.label}」は「{operation.label}」の結果にありません。")

    def _part(self, whole: Word, label: str) -> Word:
        word = self._glossary.word(label)
        if word.key not in {use.word for use in whole.fields}:
            raise SuiteTrouble(f"「{label}」は「{whole.label}」の項目にありません。")
        return word

    def _value(self, word: Word, text: str) -> Any:
        if text in (EMPTY, ANY, LEFT_OUT) or word.synthetic:
            return None
        if word.type == "identifier":
            if text not in self._nicknames and not text.startswith("存在しない"):
                raise SuiteTrouble(f"呼び名「{text}」がまだ決められていません（「{word.label}」）。")
            return None
        return read_value(word, text, self._glossary)
