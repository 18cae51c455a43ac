"""What a scenario can do and see: the only thing the phrases in steps/ talk to.

A world belongs to one scenario. It turns the words of the scenario into messages, keeps the nicknames
(甲, 乙) and the answers, and compares. No business is known here: everything comes from the glossary.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from kijun.engine.conversation import Conversation, Reply
from kijun.engine.outcomes import (
    ObservationsDisagree,
    PreconditionNotMet,
    ProductContradiction,
    SuiteTrouble,
)
from kijun.engine.synthetic import synthesize
from kijun.model.glossary import Fact, FieldUse, Glossary, Operation, Word
from kijun.model.glossary import Label as Reason
from kijun.model.plan import DataTable
from kijun.model.profile import Profile
from kijun.model.values import read_value, show_value

__all__ = ["Fact", "Operation", "Reason", "Word", "World", "world"]

EMPTY, ANY, LEFT_OUT = "（空）", "（任意）", "（なし）"
ITEM, VALUE = "項目", "値"
_UNKNOWN_NUMBER = "存在しない"
_LEAVE_OUT = object()


class _Row(Protocol):
    """A row of behave's table or of ours."""

    def __iter__(self) -> Iterator[str]: ...


class Table(Protocol):
    """What a step finds under it: behave's own table under `behave`, ours under `kijun run`."""

    @property
    def headings(self) -> Iterable[str]: ...
    @property
    def rows(self) -> Iterable[Any]: ...


def plain(table: Table | None) -> DataTable:
    """Either kind of table as plain cells; a missing table is the suite's fault."""
    if table is None:
        raise SuiteTrouble("このステップには表が要ります。")
    if isinstance(table, DataTable):
        return table
    return DataTable(tuple(table.headings), tuple(tuple(row) for row in table.rows))


def pairs(table: Table | None) -> list[tuple[str, str]]:
    """A two-column table 項目 | 値 as pairs."""
    cells = plain(table)
    if cells.headings != (ITEM, VALUE):
        raise SuiteTrouble(f"表の見出しは「{ITEM}」「{VALUE}」にしてください。")
    return [(row[0], row[1]) for row in cells.rows]


class World:
    """One scenario's view of the system under test."""

    def __init__(self, conversation: Conversation, glossary: Glossary, profile: Profile, seed: str, scenario: str):
        self._conversation = conversation
        self._glossary = glossary
        self._seed = seed
        self._scenario = scenario
        self._as_of = profile.as_of.isoformat()
        self._actor = glossary.roles[0].key if glossary.roles else "operator"
        self._assumed: dict[str, Any] = {}
        self._known: dict[str, Any] = {}  # latest value of every result word
        self._nicknames: dict[tuple[str, str], str] = {}
        self._unnamed = 0
        self._remembered: dict[str, Any] = {}
        self._asked: Operation | None = None
        self._reply: Reply | None = None
        self.assertions = 0

    # 前提 -------------------------------------------------------------------------------------------

    def assume(self, word: Word, text: str) -> None:
        """Take a value for granted: the business date, the acting role, or an input of later operations."""
        value = self._read(word, text)
        if word.context == "as_of":
            self._as_of = value
        elif word.context == "actor":
            self._actor = value
        else:
            self._assumed[word.key] = value

    def register(self, fact: Fact, table: Table | None = None) -> None:
        """Register one thing per row; cells of identifiers bind a nickname to the number the product gives."""
        operation = self._glossary.operation_of(fact.operation)
        if table is None:
            self._establish(operation, {})
            return
        cells = plain(table)
        inputs = {use.word for use in operation.input}
        for row in cells.rows:
            named = [
                (self._glossary.word(label), cell) for label, cell in zip(cells.headings, row, strict=True) if cell
            ]
            result = self._establish(operation, self._inputs((w, c) for w, c in named if w.key in inputs))
            for word, nickname in named:
                if word.key not in inputs:
                    self._nicknames[word.key, nickname] = str(result.get(word.key))

    def establish(self, operation: Operation, table: Table | None = None) -> None:
        """Perform an operation that must succeed before the behaviour under test."""
        self._establish(operation, self._from_pairs(table))

    def establish_refusal(self, operation: Operation, reason: Reason) -> None:
        """Have an operation refused for this reason before the behaviour under test."""
        reply = self._ask(operation, {})
        if reply.refusal != reason.key:
            raise PreconditionNotMet(f"前提「{operation.label}」が「{reason.label}」として拒否されません。")

    def remember(self, operation: Operation) -> None:
        """Observe now, twice, to compare later; two different answers are no ground to stand on."""
        first = self._establish(operation, {})
        if operation.repeatable and self._establish(operation, {}) != first:
            raise ObservationsDisagree(f"「{operation.label}」を続けて二度行うと、結果が異なりました。")
        self._remembered[operation.key] = first

    # もし -------------------------------------------------------------------------------------------

    def perform(self, operation: Operation, table: Table | None = None) -> None:
        """The behaviour under test. Whatever comes back is an observation; the ならば-steps judge it."""
        self._asked, self._reply = operation, self._ask(operation, self._from_pairs(table))

    def probe(self, operation: Operation) -> None:
        """Try an operation that must not exist."""
        self._asked, self._reply = operation, self._ask(operation, {}, provide=False)

    # ならば ------------------------------------------------------------------------------------------

    def expect_accepted(self) -> None:
        self._result()
        self.assertions += 1

    def expect_refused(self, reason: Reason) -> None:
        self.assertions += 1
        reply = self._answer()
        if reply.refusal is None:
            raise ProductContradiction(f"「{reason.label}」として拒否されるはずが、受け付けられました。")
        if reply.refusal != reason.key:
            actual = self._glossary.reason_label(reply.refusal)
            raise ProductContradiction(
                f"拒否の理由: 期待「{reason.label}」、実際「{actual}」（{reply.refusal_message}）"
            )

    def expect_not_provided(self) -> None:
        self.assertions += 1
        reply = self._answer()
        if not reply.unsupported:
            label = self._asked.label if self._asked else ""
            raise ProductContradiction(f"提供してはならない機能「{label}」が提供されています。")

    def expect_value(self, word: Word, text: str) -> None:
        self._compare(word, text, self._result().get(word.key))

    def expect_other_value(self, word: Word, text: str) -> None:
        self.assertions += 1
        actual = self._result().get(word.key)
        if self._matches(word, text, actual):
            raise ProductContradiction(f"「{word.label}」が「{text}」であってはならないのに、その値です。")

    def expect_empty(self, word: Word) -> None:
        self._compare(word, EMPTY, self._result().get(word.key))

    def expect_values(self, table: Table | None) -> None:
        for label, text in pairs(table):
            self.expect_value(self._glossary.word(label), text)

    def expect_rows(self, word: Word, table: Table | None) -> None:
        """The list holds exactly these rows, in any order, looking only at the columns shown."""
        expected, actual = self._rows(word, table)
        left = list(actual)
        for row in expected:
            found = next((one for one in left if self._row_matches(row, one)), None)
            if found is None:
                raise self._no_such_row(word, row, actual)
            left.remove(found)
        if left:
            columns = [column for column, _ in expected[0]] if expected else []
            raise ProductContradiction(f"「{word.label}」に余分な行があります: {self._show_row(columns, left[0])}")

    def expect_rows_among(self, word: Word, table: Table | None) -> None:
        expected, actual = self._rows(word, table)
        for row in expected:
            if not any(self._row_matches(row, one) for one in actual):
                raise self._no_such_row(word, row, actual)

    def expect_no_rows_among(self, word: Word, table: Table | None) -> None:
        expected, actual = self._rows(word, table)
        for row in expected:
            if any(self._row_matches(row, one) for one in actual):
                shown = "、".join(f"{column.label}={text}" for column, text in row)
                raise ProductContradiction(f"「{word.label}」にあってはならない行があります: {shown}")

    def expect_length(self, word: Word, number: str) -> None:
        self.assertions += 1
        actual = len(self._list(word))
        if actual != int(number):
            raise ProductContradiction(f"「{word.label}」の件数: 期待 {number} 件、実際 {actual} 件")

    def expect_document_items(self, document: Word, table: Table | None) -> None:
        content = self._document(document)
        for label, text in pairs(table):
            word = self._glossary.word(label)
            self._compare(word, text, content.get(word.key), f"「{document.label}」の")

    def expect_document_omits(self, document: Word, word: Word) -> None:
        """The item is empty, and no value this scenario used for it stands anywhere in the document."""
        self.assertions += 1
        content = self._document(document)
        if content.get(word.key) not in (None, ""):
            raise ProductContradiction(f"「{document.label}」に「{word.label}」が記載されています。")
        printed = json.dumps(content, ensure_ascii=False)
        used = (value for (key, _), value in self._nicknames.items() if key == word.key)
        if any(value in printed for value in used):
            raise ProductContradiction(f"「{document.label}」の別の項目に「{word.label}」の値が記載されています。")

    def expect_unchanged(self, operation: Operation) -> None:
        self.assertions += 1
        if operation.key not in self._remembered:
            raise SuiteTrouble(f"「{operation.label}」の控えがありません。")
        now = self._establish(operation, {})
        if now != self._remembered[operation.key]:
            before = self._remembered[operation.key]
            changed = [self._label(key) for key in {*before, *now} if before.get(key) != now.get(key)]
            raise ProductContradiction(f"「{operation.label}」の結果が変わりました（{'、'.join(sorted(changed))}）。")

    # asking -----------------------------------------------------------------------------------------

    def _establish(self, operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
        reply = self._ask(operation, given)
        if reply.result is None:
            raise PreconditionNotMet(f"前提「{operation.label}」が整いません（{self._why(reply)}）。")
        return reply.result

    def _ask(self, operation: Operation, given: dict[str, Any], provide: bool = True) -> Reply:
        filled = self._filled(operation, given, provide)
        left_out = [key for key, value in filled.items() if value is _LEAVE_OUT]
        message = {key: value for key, value in filled.items() if value is not _LEAVE_OUT}
        if not left_out and provide:
            for path, fault in self._conversation.wire.input(operation).errors(message):
                raise SuiteTrouble(f"操作「{operation.label}」の入力 {'.'.join(map(str, path))}: {fault}")
        reply = self._conversation.invoke(operation, message, self._actor, self._as_of)
        if reply.result is not None:
            self._known.update(reply.result)
        return reply

    def _filled(self, operation: Operation, given: dict[str, Any], provide: bool) -> dict[str, Any]:
        filled = dict(given)
        for use in operation.input:
            if use.word not in filled:
                value = self._supply(use, provide)
                if value is not None:
                    filled[use.word] = value
                elif not use.optional and provide:
                    raise SuiteTrouble(f"操作「{operation.label}」に「{self._label(use.word)}」の値がありません。")
        return filled

    def _supply(self, use: FieldUse, provide: bool) -> Any:
        """A value nobody wrote: assumed, already known, provided by another operation, synthetic, or the default."""
        if use.word in self._assumed:
            return self._assumed[use.word]
        if use.optional:
            return None
        if use.provider:
            if use.word not in self._known and provide:
                self._establish(self._glossary.operation_of(use.provider), {})
            return self._known.get(use.word)
        word = self._glossary.word_of(use.word)
        if word.synthetic:
            self._unnamed += 1
            return self._nickname(word, f"#{self._unnamed}")
        return self._as_of if use.default == "as_of" else use.default

    def _from_pairs(self, table: Table | None) -> dict[str, Any]:
        if table is None:
            return {}
        return self._inputs((self._glossary.word(label), text) for label, text in pairs(table))

    def _inputs(self, cells: Iterable[tuple[Word, str]]) -> dict[str, Any]:
        return {word.key: self._input(word, text) for word, text in cells}

    def _input(self, word: Word, text: str) -> Any:
        if text == EMPTY:
            return None
        return _LEAVE_OUT if text == LEFT_OUT else self._read(word, text)

    # reading and comparing --------------------------------------------------------------------------

    def _read(self, word: Word, text: str) -> Any:
        if word.synthetic or word.type == "identifier":
            return self._nickname(word, text)
        return read_value(word, text, self._glossary)

    def _nickname(self, word: Word, name: str) -> str:
        """The concrete value behind 甲: drawn from the seed, or the number the product gave to 甲."""
        if word.synthetic:
            key = (word.key, name)
            if key not in self._nicknames:
                taken = set(self._nicknames.values())
                for salt in range(1000):
                    value = synthesize(word.synthetic, self._seed, self._scenario, *key, str(salt))
                    if value not in taken:
                        self._nicknames[key] = value
                        break
            return self._nicknames[key]
        if name.startswith(_UNKNOWN_NUMBER):
            return synthesize("0{digits:9}", self._seed, self._scenario, word.key)
        bound = self._nicknames.get((word.same_as or word.key, name))
        candidates = {bound} if bound else {v for (_, one), v in self._nicknames.items() if one == name}
        if len(candidates) != 1:
            raise SuiteTrouble(f"呼び名「{name}」が指す「{word.label}」が一つに決まりません。")
        return candidates.pop()

    def _compare(self, word: Word, text: str, actual: Any, where: str = "") -> None:
        self.assertions += 1
        if not self._matches(word, text, actual):
            shown = self._show(word, actual)
            raise ProductContradiction(f"{where}「{word.label}」: 期待「{text}」、実際「{shown}」")

    def _matches(self, word: Word, text: str, actual: Any) -> bool:
        if text == EMPTY:
            return actual in (None, "", [])
        if text == ANY:
            return actual not in (None, "", [])
        expected = self._read(word, text)
        return type(actual) is type(expected) and bool(actual == expected)

    def _rows(self, word: Word, table: Table | None) -> tuple[list[list[tuple[Word, str]]], list[dict[str, Any]]]:
        self.assertions += 1
        cells = plain(table)
        columns = [self._glossary.word(label) for label in cells.headings]
        expected = [list(zip(columns, row, strict=True)) for row in cells.rows]
        return expected, self._list(word)

    def _row_matches(self, row: list[tuple[Word, str]], actual: dict[str, Any]) -> bool:
        return all(self._matches(word, text or EMPTY, actual.get(word.key)) for word, text in row)

    def _no_such_row(self, word: Word, row: list[tuple[Word, str]], actual: list[dict[str, Any]]) -> Exception:
        wanted = "、".join(f"{column.label}={text}" for column, text in row)
        columns = [column for column, _ in row]
        seen = " / ".join(self._show_row(columns, one) for one in actual[:5]) or "行がありません"
        return ProductContradiction(f"「{word.label}」に行がありません: 期待 {wanted}。実際 {seen}")

    def _show_row(self, columns: list[Word], row: dict[str, Any]) -> str:
        return "、".join(f"{word.label}={self._show(word, row.get(word.key))}" for word in columns)

    def _show(self, word: Word, value: Any) -> str:
        """A value as a person reads it; what a nickname stands for is shown by the nickname."""
        if isinstance(value, str):
            for (key, name), known in self._nicknames.items():
                if known == value and key in (word.key, word.same_as):
                    return name
        return show_value(word, value, self._glossary)

    def _label(self, key: str) -> str:
        return self._glossary.word_of(key).label if self._glossary.has_word_key(key) else key

    # the last answer --------------------------------------------------------------------------------

    def _answer(self) -> Reply:
        if self._reply is None:
            raise SuiteTrouble("ならばの前に、もしのステップがありません。")
        if self._reply.product_fault is not None:
            raise ProductContradiction(f"製品が異常を返しました: {self._reply.product_fault}")
        return self._reply

    def _result(self) -> dict[str, Any]:
        reply = self._answer()
        if reply.result is None:
            raise ProductContradiction(f"処理が受け付けられませんでした（{self._why(reply)}）。")
        return reply.result

    def _list(self, word: Word) -> list[dict[str, Any]]:
        found = self._result().get(word.key)
        return found if isinstance(found, list) else []

    def _document(self, word: Word) -> dict[str, Any]:
        found = self._result().get(word.key)
        if not isinstance(found, dict):
            raise ProductContradiction(f"「{word.label}」が出力されていません。")
        return found

    def _why(self, reply: Reply) -> str:
        if reply.refusal is not None:
            return f"{self._glossary.reason_label(reply.refusal)}: {reply.refusal_message}"
        if reply.product_fault is not None:
            return f"製品の異常: {reply.product_fault}"
        return "提供されていません"


def world(context: Any) -> World:
    """The world of the scenario under way, whichever door it came through."""
    found: World = context.world
    return found
