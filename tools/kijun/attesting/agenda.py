"""Which requirements wait for a person, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kijun.attesting.evidence import Unacceptable
from kijun.catalog.catalog import Catalog
from kijun.model.conformance import attestation_state, newest_attestation
from kijun.model.errors import UsageError
from kijun.model.profile import Profile
from kijun.model.requirement import Method, Obligation, Requirement
from kijun.model.statement import Answer, ImplementationConformanceStatement

PEOPLE = (Method.DEMONSTRATION, Method.INSPECTION, Method.ANALYSIS)
CLOSED = ("complete", "failed")
_STATES = {
    "missing": "まだ確認がありません",
    "expired": "前の確認は期限切れです",
    "changed": "前の確認の証拠ファイルが、その後に変わっています",
    "complete": "有効な確認があります",
    "failed": "「不適合」の有効な確認があります",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement that a person is asked about."""

    requirement: Requirement
    state: str  # as attestation_state says it
    last: Mapping[str, Any] | None

    @property
    def procedure(self) -> tuple[str, ...]:
        return tuple(self.requirement.row["verification"].get("procedure", ()))

    @property
    def rationale(self) -> str:
        return str(self.requirement.row["rationale"])

    def admit(self, verdict: str, day: date) -> None:
        """Raises Unacceptable for a word that would not count: an older or stricter one stands against it."""
        if self.last is None:
            return
        before = date.fromisoformat(self.last["date"])
        hint = "書き間違いを直すときは、事業者のフォルダーの attestations/ にある YAML から、その行を消してください。"
        if day < before:
            raise Unacceptable(
                f"これより新しい確認（{before} {self.last['office']}）があるので、数えられません。", hint
            )
        if day == before and verdict == "pass" and self.last["verdict"] == "fail":
            told = f"同じ日（{before}）に「不適合」の記録があるので、「適合」は数えられません。"
            raise Unacceptable(told, f"直したものを確かめたのなら、翌日以後に記録してください。{hint}")

    @property
    def told(self) -> str:
        """What stands so far, in a sentence."""
        if self.last is None:
            return f"{_STATES[self.state]}。"
        return f"{_STATES[self.state]}（{self.last['date']} {self.last['office']}、期限 {self.last['expires']}）。"


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is asked, in the order of the tables, and how many requirements are not asked for want of an answer."""

    items: tuple[Item, ...]
    unanswered: int


@dataclass(frozen=True)
class Ground:
    """What decides whether a person is to be asked: tables, conditions, claims, what was said before, and the day."""

    catalog: Catalog
    profile: Profile
    statement: ImplementationConformanceStatement
    rows: tuple[Mapping[str, Any], ...]
    today: date

    def agenda(self, chosen: Sequence[str] = ()) -> Agenda:
        """Everything claimed that only a person can confirm and nobody validly has.

        `chosen` ids are asked whatever has been confirmed before. Raises UsageError for one that cannot be asked.
        """
        if chosen:
            try:
                return Agenda(tuple(self.item(one) for one in dict.fromkeys(chosen)), 0)
            except Unacceptable as error:
                raise UsageError(f"{error.message}{error.hint}") from error
        people = [one for one in self.catalog.requirements.values() if one.method in PEOPLE and self._applies(one)]
        items = [self._item(one) for one in people if self._claimed(one)]
        unanswered = sum(self.statement.answer(one.id) is Answer.UNANSWERED for one in people)
        return Agenda(tuple(one for one in items if one.state not in CLOSED), unanswered)

    def item(self, name: str) -> Item:
        """One requirement by its id, by any method but a test. Raises Unacceptable with the reason."""
        one = self.catalog.requirements.get(name)
        if one is None:
            hint = "番号と、--profile や --business の条件を確かめてください。"
            raise Unacceptable(f"要件 {name} は、この条件の要件表にありません。", hint)
        if one.method is Method.TEST:
            hint = f"kijun run --select {name} で確かめてください。"
            raise Unacceptable(f"要件 {name} は、人ではなく機械で試験する要件です。", hint)
        if not self._applies(one):
            hint = "--profile の団体区分と基準日を確かめてください。"
            raise Unacceptable(f"要件 {name} は、この団体と基準日には適用されません。", hint)
        if not self._claimed(one):
            told = f"要件 {name} の宣言は「{self.statement.answer(name).label}」なので、確認の対象になりません。"
            raise Unacceptable(told, "statement.yaml の答えを確かめてください。")
        return self._item(one)

    def _item(self, one: Requirement) -> Item:
        rows = [dict(row) for row in self.rows if row["requirement"] == one.id]
        return Item(one, attestation_state(rows, self.today), newest_attestation(rows))

    def _applies(self, one: Requirement) -> bool:
        return self.profile.obligation(one) is not Obligation.NONE and one.in_force_on(self.profile.as_of)

    def _claimed(self, one: Requirement) -> bool:
        """Of a prohibited function "no" is the claim that a person confirms."""
        prohibited = self.profile.obligation(one) is Obligation.PROHIBITED
        return self.statement.answer(one.id) is (Answer.NO if prohibited else Answer.YES)
