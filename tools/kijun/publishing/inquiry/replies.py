"""What a body replied, as far as it could be read; what could not be read is kept as words beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

UNCLEAR = ""  # in place of a code: something was answered, but not what


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one row: its code, or UNCLEAR, and the words that go with it."""

    code: str
    opinion: str = ""
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Words that belong to no row: about what, and what is said."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a reply that a person should look at: where, what, how it was counted."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One filled sheet."""

    file: str  # and the sheet, where a file holds several
    stated: str  # the bodies in the words of the reply
    bodies: tuple[str, ...]  # codes of the bodies that could be told, each once
    office: str
    day: date | None
    blank_agrees: bool  # whether a blank row is the code that is no opinion
    rows: frozenset[str]  # ids of the rows that the sheet has, in the text that is asked
    answers: Mapping[str, Answer]  # id → what is filled in
    remarks: tuple[Remark, ...]
    notes: tuple[Note, ...]

    @property
    def is_joint(self) -> bool:
        return len(self.bodies) > 1

    @property
    def says(self) -> tuple[object, ...]:
        """Everything that is counted or quoted: two replies that say the same are one reply sent twice."""
        return self.blank_agrees, self.rows, self.answers, self.remarks

    def code_of(self, row: str, agreement: str) -> str | None:
        """The code of a row, UNCLEAR, or None where the row is not answered."""
        if answer := self.answers.get(row):
            return answer.code
        return agreement if self.blank_agrees and row in self.rows else None
