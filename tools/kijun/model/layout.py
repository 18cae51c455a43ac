"""A layout: which items one kind of file carries, in which order, under which headings. Values only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kijun.model.api_mapping import MISSING, Form, Unsayable

INPUT, RESULT = "input", "result"
# Items that every result carries beside the words of its operation, and that no glossary has.
NUMBER, OUTCOME, REASON, MESSAGE = "@number", "@outcome", "@reason", "@message"
FIXED = (NUMBER, OUTCOME, REASON, MESSAGE)

CLASSES = {
    "半角数字": re.compile(r"[0-9]*"),
    "半角英数字": re.compile(r"[0-9A-Za-z]*"),
    "半角": re.compile(r"[ -~｡-ﾟ]*"),
    "全角": re.compile(r"[^ -~｡-ﾟ]*"),
}
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def seen_length(text: str) -> int:
    """How many characters a reader sees: a variation selector belongs to the one before it."""
    return len(_VARIATION.sub("", text))


@dataclass(frozen=True, slots=True)
class Item:
    """One column: a word of the glossary (or a fixed item), its heading, and what may stand there."""

    word: str
    name: str
    required: bool = True
    char_class: str = ""
    length: int | None = None

    def fault(self, text: str) -> str:
        """What a cell violates, or nothing."""
        if self.required and not text:
            return "空です（必須の項目です）"
        if self.length is not None and seen_length(text) > self.length:
            return f"「{text}」は {seen_length(text)} 文字です（{self.length} 文字まで）"
        if self.char_class and not CLASSES[self.char_class].fullmatch(text):
            return f"「{text}」に{self.char_class}でない文字があります"
        return ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file: the input of an operation, its result, or one list or document of its result."""

    id: str
    title: str
    operation: str
    carries: str  # INPUT, RESULT, or the key of a list or document
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LayoutBook:
    """All layouts of one file, and how it writes the types of the glossary."""

    business: str
    formats: Mapping[str, Any]  # as in mapping.yaml
    empty: Mapping[str, str]  # type → what stands for "none"; nothing when a type is not listed
    outcomes: Mapping[str, str]  # accepted, refused, failed → what stands in the result
    layouts: tuple[Layout, ...]
    source: str  # where the layouts come from, and how sure that is


@dataclass(frozen=True, slots=True)
class Column:
    """An item together with how the product writes its values."""

    item: Item
    form: Form
    type: str = "text"  # of the word
    nullable: bool = True
    empty: str = ""

    def told(self, value: Any) -> str:
        """The cell of a value, None being written as nothing. Raises Unsayable.

        What the layout forbids is written all the same: that the product refuses it may be what a scenario asks.
        """
        try:
            return self.empty if value is None else str(self.form.to_product(value))
        except Unsayable as error:
            raise type(error)(f"項目「{self.item.name}」: {error}") from None

    def read(self, text: str) -> Any:
        """The value of a cell; MISSING where nothing stands and nothing need stand. Raises Unsayable."""
        fault = self.item.fault(text)
        if fault:
            raise Unsayable(fault)
        if text != self.empty:
            return self.form.to_glossary(text)
        if self.nullable:
            return None
        if self.type == "text":
            return ""
        if self.item.required:
            raise Unsayable(f"「{text}」は空を表します（必須の項目です）")
        return MISSING
