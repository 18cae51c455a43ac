"""The glossary: the only place where 「初度検査年月」-like labels and English keys meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Word:
    """One item of data: its label in features, its key on the wire, and its type."""

    label: str
    key: str
    type: str
    codes: Mapping[str, str] = field(default_factory=dict)  # label → key, for type code
    fields: tuple[FieldUse, ...] = ()  # for type list and document
    synthetic: str = ""  # template of a seed-dependent value
    context: str = ""  # "as_of" or "actor": steers the conversation instead of an input
    unit: str = ""
    same_as: str = ""  # key of the identifier whose nicknames this word shares
    note: str = ""
    source: str = ""  # where the word is taken from
    business: str = ""  # whose glossary has it


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A word used as an input or a result: may it be absent, may it be null, where does it come from?"""

    word: str
    optional: bool = False
    nullable: bool = False
    default: Any = None
    provider: str = ""  # operation whose answer supplies the value when nothing else does

    @classmethod
    def parse(cls, entry: str | Mapping[str, Any]) -> FieldUse:
        """`word`, `word?` (may be absent), `word~` (may be null), or a mapping with default and from."""
        if isinstance(entry, str):
            return cls(entry.rstrip("?~"), optional=entry.endswith("?"), nullable=entry.endswith("~"))
        return cls(entry["word"], default=entry.get("default"), provider=entry.get("from", ""))


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the standard lets somebody do, in the words of the standard."""

    label: str
    key: str
    kind: str  # command | query
    input: tuple[FieldUse, ...]
    result: tuple[FieldUse, ...]
    prohibited: bool = False
    repeatable: bool = True
    deadline_seconds: float = 10.0
    note: str = ""
    source: str = ""
    business: str = ""  # whose glossary has it

    @property
    def is_query(self) -> bool:
        return self.kind == "query"


@dataclass(frozen=True, slots=True)
class Fact:
    """A noun that may stand in 次の「…」が登録されている, and the operation that registers it."""

    label: str
    operation: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its key: a role or a reason of refusal."""

    label: str
    key: str


class UnknownLabel(ValueError):
    """A label that no glossary knows; says which known one is nearest."""

    def __init__(self, kind: str, label: str, known: Iterable[str]) -> None:
        self.kind, self.label = kind, label
        nearest = get_close_matches(label, list(known), n=1, cutoff=0.3)
        self.nearest = nearest[0] if nearest else ""
        near = f"「{self.nearest}」のことですか。" if self.nearest else "用語集に加えてください。"
        super().__init__(f"用語集にない{kind}「{label}」です。{near}")


Entry = TypeVar("Entry", Word, Operation, Fact, Label)


@dataclass(frozen=True, slots=True)
class Glossary:
    """All words of the businesses read, by label and by key."""

    words: tuple[Word, ...] = ()
    operations: tuple[Operation, ...] = ()
    facts: tuple[Fact, ...] = ()
    reasons: tuple[Label, ...] = ()
    roles: tuple[Label, ...] = ()
    _index: dict[tuple[str, str], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for kind, entries in self._kinds():
            for entry in entries:
                self._index[kind, entry.label] = entry
        self._index.update({("word_key", word.key): word for word in self.words})
        self._index.update({("operation_key", one.key): one for one in self.operations})

    def _kinds(self) -> tuple[tuple[str, tuple[Any, ...]], ...]:
        return (
            ("項目", self.words),
            ("操作", self.operations),
            ("登録の対象", self.facts),
            ("拒否の理由", self.reasons),
            ("役割", self.roles),
        )

    def _find(self, kind: str, label: str) -> Any:
        found = self._index.get((kind, label))
        if found is None:
            raise UnknownLabel(kind, label, (known for one, known in self._index if one == kind))
        return found

    def word(self, label: str) -> Word:
        found: Word = self._find("項目", label)
        return found

    def operation(self, label: str) -> Operation:
        found: Operation = self._find("操作", label)
        return found

    def fact(self, label: str) -> Fact:
        found: Fact = self._find("登録の対象", label)
        return found

    def reason(self, label: str) -> Label:
        found: Label = self._find("拒否の理由", label)
        return found

    def role(self, label: str) -> Label:
        found: Label = self._find("役割", label)
        return found

    def word_of(self, key: str) -> Word:
        found: Word = self._index["word_key", key]
        return found

    def operation_of(self, key: str) -> Operation:
        found: Operation = self._index["operation_key", key]
        return found

    def has_word_key(self, key: str) -> bool:
        return ("word_key", key) in self._index

    def has_operation_key(self, key: str) -> bool:
        return ("operation_key", key) in self._index

    def reason_label(self, key: str) -> str:
        return next((one.label for one in self.reasons if one.key == key), key)

    def merged(self, other: Glossary) -> Glossary:
        return Glossary(
            self.words + other.words,
            self.operations + other.operations,
            self.facts + other.facts,
            self.reasons + other.reasons,
            self.roles + other.roles,
        )
