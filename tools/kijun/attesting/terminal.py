"""The walk through the agenda at a terminal: every answer is asked until it can be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from kijun.attesting import answers
from kijun.attesting.agenda import Item
from kijun.attesting.answers import LATER, VERDICTS, Attestation
from kijun.attesting.evidence import EvidenceFile, Unacceptable, evidence_file
from kijun.attesting.journal import Journal

_YES = {"": True, "1": True, "はい": True, "y": True, "yes": True}
_NO = {"2": False, "いいえ": False, "やり直す": False, "n": False, "no": False}
_Read = TypeVar("_Read")


@dataclass(slots=True)
class Tally:
    """What a sitting came to. It is right at any moment, also when the sitting is broken off."""

    recorded: int = 0
    put_off: int = 0


@dataclass(slots=True)
class Dialogue:
    """`ask` shows a prompt and returns a line (EOFError when nobody answers any more); `tell` shows a line."""

    ask: Callable[[str], str]
    tell: Callable[[str], None]
    journal: Journal
    today: date
    office: str = ""
    tally: Tally = field(default_factory=Tally)

    def walk(self, items: Sequence[Item]) -> Tally:
        """Ask about every item. Each answer is on the disk before the next question."""
        for number, item in enumerate(items, start=1):
            self._show(item, f"{number}/{len(items)}")
            if self._ask_about(item):
                self.tally.recorded += 1
            else:
                self.tally.put_off += 1
        return self.tally

    def _show(self, item: Item, count: str) -> None:
        one = item.requirement
        self.tell("")
        self.tell(f"［{count}］ {one.id} {one.name}（{one.method.label}）")
        self.tell(f"  要件　 {one.text}")
        self.tell(f"  理由　 {item.rationale}")
        self.tell(f"  これまで　 {item.told}")
        self.tell("  手順" if item.procedure else "  手順　 決められていません。要件の文を確かめてください。")
        for number, step in enumerate(item.procedure, start=1):
            self.tell(f"    {number}. {step}")

    def _ask_about(self, item: Item) -> bool:
        """True when a word was recorded, False when it was put off."""
        while (attestation := self._questions(item)) is not None:
            self._summary(attestation)
            if not self._until("  記録しますか（1 はい、2 やり直す）［はい］: ", _agreed):
                continue
            try:
                self.journal.add([attestation])
            except Unacceptable as error:
                self._again(error)
                continue
            self.tell(f"  記録しました（{self.journal.path}）。")
            return True
        return False

    def _questions(self, item: Item) -> Attestation | None:
        def verdict_that_counts(text: str) -> str:
            verdict = answers.read_verdict(text)
            if verdict != LATER:
                item.admit(verdict, self.today)
            return verdict

        verdict = self._until("  判定（1 適合、2 不適合、3 後で）: ", verdict_that_counts)
        if verdict == LATER:
            return None
        standing = f"［{self.office}］" if self.office else ""
        self.office = self._until(
            f"  担当の部署{standing}: ", lambda text: answers.read_office(text.strip() or self.office)
        )
        default = answers.default_expires(self.today)
        expires = self._until(
            f"  有効期限［{default}］: ", lambda text: answers.read_expires(text, self.today, self.today)
        )
        wish = "不適合の理由" if verdict == "fail" else "備考（なければ空のまま）"
        remark = self._until(f"  {wish}: ", lambda text: answers.read_remark(text, verdict))
        evidence = self._evidence()
        return Attestation(item.requirement.id, verdict, self.office, self.today, expires, remark, evidence)

    def _evidence(self) -> tuple[EvidenceFile, ...]:
        found: list[EvidenceFile] = []
        while (one := self._until("  証拠ファイル（一つずつ。なければ空のまま）: ", _file)) is not None:
            found = [*(old for old in found if old.source != one.source), one]
            self.tell(f"    {one.name}　SHA-256 {one.sha256}")
        return tuple(found)

    def _summary(self, one: Attestation) -> None:
        files = f"、証拠 {len(one.evidence)} 件" if one.evidence else ""
        self.tell(f"  → {VERDICTS[one.verdict]}、{one.office}、実施日 {one.day}、期限 {one.expires}{files}")

    def _until(self, prompt: str, read: Callable[[str], _Read]) -> _Read:
        """Ask until the answer can be taken."""
        while True:
            try:
                return read(self.ask(prompt))
            except Unacceptable as error:
                self._again(error)

    def _again(self, error: Unacceptable) -> None:
        self.tell(f"    ! {error.message}")
        self.tell(f"      {error.hint}")


def _agreed(text: str) -> bool:
    word = answers.plain(text).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unacceptable(f"「{word}」は選べません。", "1（はい）か 2（やり直す）を選んでください。")


def _file(text: str) -> EvidenceFile | None:
    """A path as typed, or as dragged into the window, in quotes."""
    path = text.strip().strip("\"'").strip()
    return evidence_file(Path(path).expanduser()) if path else None
