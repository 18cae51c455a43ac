"""What a change reaches: the scenarios that cite the requirement, and the answers that a vendor has given to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kijun.model.statement import Answer
from kijun.publishing.comparison import Change, Kind


@dataclass(frozen=True)
class Reach:
    """What is known around two editions."""

    names: Mapping[str, str] = field(default_factory=dict)  # business → name
    labels: Mapping[str, str] = field(default_factory=dict)  # key of an operation or a document → label
    scenarios: Mapping[str, Sequence[str]] = field(default_factory=dict)  # requirement → place and name
    answers: Mapping[str, str] | None = None  # requirement → label of the vendor's answer, when somebody asks

    def scenarios_of(self, change: Change) -> tuple[str, ...]:
        """Scenarios that cite any number of the change, each once."""
        return tuple(dict.fromkeys(one for number in change.ids for one in self.scenarios.get(number, ())))

    def revisits(self, change: Change) -> tuple[str, ...]:
        """What the vendor has to do with its answers because of this change, one sentence for each number."""
        if self.answers is None or change.kind is Kind.SAME:
            return ()
        return tuple(_revisits(change, self.answers))


def _revisits(change: Change, answers: Mapping[str, str]) -> Iterator[str]:
    kept = {one.id for one in change.new} & {one.id for one in change.old}
    told = "、".join(f"{one.id}「{_answer(answers, one.id)}」" for one in change.old)
    if change.kind is Kind.RENUMBERED and not change.has_effect:
        check = "対応が正しいか確かめた上で、" if change.is_guess else ""
        yield f"{check}回答（{told}）を {change.new[0].id} に移す"
        return
    for one in change.new:
        if one.id in kept:
            if change.has_effect:
                yield f"{one.id} に答え直す（今の回答「{_answer(answers, one.id)}」）"
        elif one.id not in answers:
            yield f"{one.id} に新しく答える" + (f"（旧の回答 {told}）" if told else "")
    gone = [one.id for one in change.old if one.id not in kept and one.id in answers]
    if gone:
        yield f"{'、'.join(gone)} の回答を消す"


def _answer(answers: Mapping[str, str], one: str) -> str:
    return answers.get(one, Answer.UNANSWERED.label)
